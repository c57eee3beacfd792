//! Founding a public programme.

use super::organisations::told;
use super::{Done, House};
use domain::access::{Action, Actor};
use domain::ids::ProgrammeId;
use domain::programmes::{NewProgramme, Target};

/// Founds a programme; its operator takes part in it from the first day.
pub fn found(house: &House, actor: &Actor, new: &NewProgramme) -> Done<ProgrammeId> {
    house.act(actor, Action::FoundProgramme, |act| {
        let operator = store::organisations::get(act.conn, &act.reach, new.operator)?;
        new.check(&operator)?;
        act.hold(|conn| store::organisations::hold(conn, operator.id))?;
        let programme = store::programmes::add(act.conn, new)?;
        store::organisations::join(act.conn, programme, operator.id)?;
        told(act, operator.id, "programme_founded")?;
        Ok(programme)
    })
}

/// Sets what a programme aims at, in place of what stood there.
pub fn set_targets(house: &House, actor: &Actor, id: ProgrammeId, targets: &[Target]) -> Done<()> {
    house.act(actor, Action::SetTargets, |act| {
        let programme = store::programmes::get(act.conn, &act.reach, id)?;
        act.hold(|conn| store::organisations::hold(conn, programme.operator))?;
        store::programmes::set_targets(act.conn, id, targets)?;
        told(act, programme.operator, "targets_set")
    })
}
