//! Keeping what can be obtained, and how.

use super::{Act, Done, House};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::certifications::{Entry, Record, RecordCode, Refusal};
use domain::ids::{CertificationId, OrganisationId, ProgrammeId};
use domain::imports::Unreadable;
use store::{self, journal::Line};

/// Adds a record to a programme that the certifier takes part in.
pub fn add(
    house: &House,
    actor: &Actor,
    programme: ProgrammeId,
    code: &RecordCode,
    record: &Record,
) -> Done<CertificationId> {
    house.act(actor, Action::EditCertification, |act| {
        let certifier = act.actor.organisation().ok_or(store::Error::Missing)?;
        record.check(code)?;
        act.hold(|conn| store::organisations::hold(conn, certifier))?;
        let takes_part = store::programmes::joined_by(act.conn, certifier)?.iter().any(|p| p.id == programme);
        if !takes_part {
            return Err(Refusal::NoProgramme.into());
        }
        if store::certifications::by_code(act.conn, &act.reach, code)?.is_some() {
            return Err(Refusal::Known.into());
        }
        let id = store::certifications::insert(act.conn, certifier, programme, code, record, act.now)?;
        tell(act, certifier, id, 1)?;
        act.made(&Page::Certification(id));
        Ok(id)
    })
}

/// Writes another version of a record, unless somebody wrote one since version `seen` was read. Candidates keep the
/// version that they applied under.
pub fn edit(house: &House, actor: &Actor, id: CertificationId, seen: i32, record: &Record) -> Done<()> {
    house.act(actor, Action::EditCertification, |act| {
        let kept = store::certifications::own(act.conn, &act.reach, id)?;
        act.hold(|conn| store::organisations::hold(conn, kept.certifier))?;
        let kept = store::certifications::own(act.conn, &act.reach, id)?;
        record.check(&kept.code)?;
        if kept.number != seen {
            return Err(store::Error::Stale.into());
        }
        if kept.record == *record {
            return Ok(());
        }
        store::certifications::add_version(act.conn, id, seen + 1, record, act.now)?;
        tell(act, kept.certifier, id, seen + 1)
    })
}

/// What the files of the national register say of a record; none when they do not name it.
pub fn read_register(bytes: &[u8], code: &RecordCode) -> Result<Option<Entry>, Unreadable> {
    exchange::registers::read_entry(bytes, code)
}

fn tell(act: &mut Act<'_>, certifier: OrganisationId, id: CertificationId, number: i32) -> Done<()> {
    let (reference, from, to) = (format!("certification:{id}"), (number - 1).to_string(), number.to_string());
    let from = (number > 1).then_some(from.as_str());
    let line = Line { kind: "certification", reference: &reference, from, to: Some(&to), ..Line::default() };
    act.note(Subject::Organisation(certifier), &[line])
}
