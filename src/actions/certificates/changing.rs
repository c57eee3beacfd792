//! What becomes of a certificate after its issue: another one in its place, or its revocation; and its end.

use super::issuing::{holder, open_list};
use super::making::{Origin, Place, Press};
use super::{claims, note, publishing};
use crate::actions::{Done, Error, House, candidacies, declarations, identities};
use crate::credentials::{self, badges};
use crate::domain::access::{Action, Actor};
use crate::domain::calendar::{Instant, Zone};
use crate::domain::certificates::{
    CertificateNumber, CertificateState, CertificateStep, Claims, RENEWAL_DAYS, Refusal, VerificationCode,
};
use crate::domain::ids::CertificateId;
use crate::domain::letters::CandidacyNews;
use crate::store::certificates::{Certificate, New};
use crate::store::{self, Conn};
use uuid::Uuid;

/// Issues another certificate in place of one, to its holder as they are called now: what the jury decided, and for how
/// long it holds, stay. Answers the badge of the new one.
pub fn supersede(house: &House, actor: &Actor, uuid: Uuid, reason: &str) -> Done<Uuid> {
    let reach = actor.may(Action::ChangeCertificate)?;
    let reason = given(reason)?;
    let now = house.clock.now();
    let today = now.day(Zone::PARIS);
    let read = |conn: &mut Conn| {
        let seen = store::certificates::get(conn, &reach, uuid)?;
        let candidacy = store::candidacies::get(conn, &reach, seen.candidacy)?;
        let identity =
            identities::read(house, conn, &reach, seen.candidacy)?.ok_or(Refusal::NoIdentity)?.holder;
        let of = store::certifications::at_version(conn, candidacy.version)?;
        let rank = store::certificates::last_rank(conn, &of.code, today.year())?;
        Ok::<_, Error>((seen, identity, of, rank))
    };
    let (seen, identity, of, rank) = house.store.read(read)?;
    seen.state.step(CertificateStep::Supersede).map_err(Refusal::from)?;
    let press = Press::ready(house, seen.issuer)?;
    let old = claims(house, &seen)?;
    let number = CertificateNumber::new(of.code.clone(), today.year(), rank + 1);
    let new = Claims {
        number: number.map_err(|_| Refusal::NumbersSpent)?,
        code: VerificationCode::new(credentials::random()?),
        holder: holder(&identity)?,
        issued_on: today.max(old.jury_on),
        signatory: press.issuer.signatory.clone(),
        replaces: Some(old.number.clone()),
        ..old
    };
    let list = open_list(house, &press, 1)?;
    let entry = badges::free_entry(&list.taken).ok_or(store::Error::Stale)?;
    let place = Place { list: list.id, number: list.number, entry };
    let origin = Origin { candidacy: seen.candidacy, attempt: seen.attempt, replaces: Some(seen.id) };
    let made = press.make(house, &of, &new, origin, place)?;
    let news = CandidacyNews::Superseded { number: seen.number.clone(), reason: reason.to_owned() };
    house.store.write(|conn| {
        end(conn, actor, &seen, CertificateStep::Supersede, reason, now)?;
        store::certificates::give_ranks(conn, &of.code, today.year(), rank, rank + 1)?;
        let id = begin(conn, actor, &made, now)?;
        declarations::follow(conn, seen.id, id)?;
        tell(conn, house, actor, &seen, news, now)
    })?;
    publishing::publish_soon(house);
    Ok(made.uuid)
}

/// Takes a certificate back for good. Its badge is told as revoked as soon as its list is signed anew, at once.
pub fn revoke(house: &House, actor: &Actor, uuid: Uuid, reason: &str) -> Done<()> {
    let reach = actor.may(Action::ChangeCertificate)?;
    let reason = given(reason)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let seen = store::certificates::get(conn, &reach, uuid)?;
        end(conn, actor, &seen, CertificateStep::Revoke, reason, now)?;
        declarations::forget(conn, &seen)?;
        let news = CandidacyNews::Revoked { number: seen.number.clone(), reason: reason.to_owned() };
        tell(conn, house, actor, &seen, news, now)
    })?;
    publishing::publish_soon(house);
    Ok(())
}

fn given(reason: &str) -> Result<&str, Refusal> {
    Some(reason.trim()).filter(|reason| !reason.is_empty()).ok_or(Refusal::ReasonMissing)
}

fn end(
    conn: &mut Conn,
    actor: &Actor,
    seen: &Certificate,
    step: CertificateStep,
    reason: &str,
    now: Instant,
) -> Done<()> {
    let next = seen.state.step(step).map_err(Refusal::from)?;
    store::certificates::shift(conn, seen, next, reason, now.day(Zone::PARIS))?;
    store::certificates::change_list(conn, seen.list)?;
    note(conn, actor, seen.candidacy, (&seen.number, None), (Some(seen.state), next), Some(reason), now)
}

fn begin(conn: &mut Conn, actor: &Actor, new: &New, now: Instant) -> Done<CertificateId> {
    let id = store::certificates::insert(conn, new, now.day(Zone::PARIS), now)?;
    store::certificates::change_list(conn, new.list)?;
    let about = (new.number.as_str(), Some(new.files.paper_digest.as_str()));
    note(conn, actor, new.candidacy, about, (None, CertificateState::Valid), None, now)?;
    Ok(id)
}

fn tell(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    seen: &Certificate,
    news: CandidacyNews,
    now: Instant,
) -> Done<()> {
    let reach = actor.may(Action::ReadCertificates).or_else(|_| actor.may(Action::RunRounds))?;
    let candidacy = store::candidacies::get(conn, &reach, seen.candidacy)?;
    let entrance = store::certifications::entrance(conn, candidacy.version)?;
    candidacies::tell_candidate(conn, house, actor, &candidacy, &entrance, news, now)
}

/// Tells the holders of certificates that end within [`RENEWAL_DAYS`], each once. Answers how many.
pub fn warn_of_ends(house: &House) -> Done<usize> {
    Actor::HOUSE.may(Action::RunRounds)?;
    let now = house.clock.now();
    let today = now.day(Zone::PARIS);
    let window = (today, today.plus_days(RENEWAL_DAYS.unsigned_abs()));
    let ending = house.store.read(|conn| store::certificates::to_warn(conn, window))?;
    let mut told = 0;
    for seen in ending {
        let Some(until) = seen.valid_until else { continue };
        let news = CandidacyNews::Ending { number: seen.number.clone(), until };
        let kept = house.store.write(|conn| {
            store::certificates::warn(conn, seen.id, now)?;
            tell(conn, house, &Actor::HOUSE, &seen, news, now)
        });
        match kept {
            Ok(()) => told += 1,
            // Another server was faster.
            Err(Error::Store(store::Error::Stale)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(told)
}
