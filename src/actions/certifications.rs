//! Keeping what can be obtained, and how.

use super::{Done, House};
use domain::access::{Action, Actor, Subject};
use domain::certifications::{Entry, Record, RecordCode, Refusal};
use domain::ids::{CertificationId, OrganisationId, ProgrammeId};
use domain::imports::Unreadable;
use store::{self, Conn, journal::Line};

/// Adds a record to a programme that the certifier takes part in.
pub fn add(
    house: &House,
    actor: &Actor,
    programme: ProgrammeId,
    code: &RecordCode,
    record: &Record,
) -> Done<CertificationId> {
    let reach = actor.may(Action::EditCertification)?;
    let certifier = actor.organisation().ok_or(store::Error::Missing)?;
    record.check(code)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        store::organisations::hold(conn, certifier)?;
        let takes_part = store::programmes::joined_by(conn, certifier)?.iter().any(|p| p.id == programme);
        if !takes_part {
            return Err(Refusal::NoProgramme.into());
        }
        if store::certifications::by_code(conn, &reach, code)?.is_some() {
            return Err(Refusal::Known.into());
        }
        let id = store::certifications::insert(conn, certifier, programme, code, record, now)?;
        tell(conn, house, actor, certifier, id, 1)?;
        Ok(id)
    })
}

/// Writes another version of a record, unless somebody wrote one since version `seen` was read. Candidates keep the
/// version that they applied under.
pub fn edit(house: &House, actor: &Actor, id: CertificationId, seen: i32, record: &Record) -> Done<()> {
    let reach = actor.may(Action::EditCertification)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let kept = store::certifications::own(conn, &reach, id)?;
        store::organisations::hold(conn, kept.certifier)?;
        let kept = store::certifications::own(conn, &reach, id)?;
        record.check(&kept.code)?;
        if kept.number != seen {
            return Err(store::Error::Stale.into());
        }
        if kept.record == *record {
            return Ok(());
        }
        store::certifications::add_version(conn, id, seen + 1, record, now)?;
        tell(conn, house, actor, kept.certifier, id, seen + 1)
    })
}

/// What the files of the national register say of a record; none when they do not name it.
pub fn read_register(bytes: &[u8], code: &RecordCode) -> Result<Option<Entry>, Unreadable> {
    exchange::registers::read_entry(bytes, code)
}

fn tell(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    certifier: OrganisationId,
    id: CertificationId,
    number: i32,
) -> Done<()> {
    let (reference, from, to) = (format!("certification:{id}"), (number - 1).to_string(), number.to_string());
    let from = (number > 1).then_some(from.as_str());
    let line = Line { kind: "certification", reference: &reference, from, to: Some(&to), ..Line::default() };
    Ok(store::journal::write(conn, actor, Subject::Organisation(certifier), house.clock.now(), &[line])?)
}
