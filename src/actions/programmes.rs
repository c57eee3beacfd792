//! Founding a public programme.

use super::organisations::told;
use super::{Done, Error, House};
use domain::access::{Action, Actor};
use domain::ids::ProgrammeId;
use domain::programmes::{NewProgramme, Target};

/// Founds a programme; its operator takes part in it from the first day.
pub fn found(house: &House, actor: &Actor, new: &NewProgramme) -> Done<ProgrammeId> {
    let reach = actor.may(Action::FoundProgramme)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let operator = store::organisations::get(conn, &reach, new.operator)?;
        new.check(&operator)?;
        store::organisations::hold(conn, operator.id)?;
        let programme = store::programmes::add(conn, new)?;
        store::organisations::join(conn, programme, operator.id)?;
        told(conn, actor, operator.id, "programme_founded", now)?;
        Ok::<_, Error>(programme)
    })
}

/// Sets what a programme aims at, in place of what stood there.
pub fn set_targets(house: &House, actor: &Actor, id: ProgrammeId, targets: &[Target]) -> Done<()> {
    let reach = actor.may(Action::SetTargets)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let programme = store::programmes::get(conn, &reach, id)?;
        store::organisations::hold(conn, programme.operator)?;
        store::programmes::set_targets(conn, id, targets)?;
        Ok(told(conn, actor, programme.operator, "targets_set", now)?)
    })
}
