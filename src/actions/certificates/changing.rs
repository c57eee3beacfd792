//! What becomes of a certificate after its issue: another one in its place, another period, its revocation, its end.

use super::issuing::{holder, open_list};
use super::making::{Origin, Place, Press};
use super::{claims, note, publishing};
use crate::actions::{Done, Error, House, candidacies, declarations, identities};
use crate::credentials::{self, badges};
use crate::domain::access::{Action, Actor, Reach};
use crate::domain::calendar::{Instant, Zone};
use crate::domain::certificates::{
    CertificateNumber, CertificateState, CertificateStep, Claims, Holder, Illegal, RENEWAL_DAYS, Refusal,
    VerificationCode, period_after,
};
use crate::domain::certifications::Certification;
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
    let next = Next::ready(house, &reach, uuid)?;
    next.seen.state.step(CertificateStep::Supersede).map_err(Refusal::from)?;
    let replaces = Some(next.old.number.clone());
    let made = next.make(house, Claims { replaces, ..next.claims(house)? }, Some(next.seen.id))?;
    let news = CandidacyNews::Superseded { number: next.seen.number.clone(), reason: reason.to_owned() };
    let now = house.clock.now();
    house.store.write(|conn| {
        end(conn, actor, &next.seen, CertificateStep::Supersede, reason, now)?;
        let id = next.keep(conn, actor, &made, now)?;
        declarations::follow(conn, next.seen.id, id)?;
        tell(conn, house, actor, &next.seen, news, now)
    })?;
    publishing::publish_soon(house);
    Ok(made.uuid)
}

/// Issues a certificate for the period after that of another one, which stays what it is. Answers the badge of the new
/// one.
pub fn renew(house: &House, actor: &Actor, uuid: Uuid) -> Done<Uuid> {
    let reach = actor.may(Action::ChangeCertificate)?;
    let next = Next::ready(house, &reach, uuid)?;
    let now = house.clock.now();
    let today = now.day(Zone::PARIS);
    if next.seen.state != CertificateState::Valid {
        return Err(Refusal::from(Illegal { from: next.seen.state, step: CertificateStep::Supersede }).into());
    }
    let end = next.old.renewable_from(today)?;
    let months = next.of.record.validity_months.ok_or(Refusal::Endless)?;
    let (valid_from, until) = period_after(end, today, months).ok_or(Refusal::Endless)?;
    let claims = Claims { valid_from, valid_until: Some(until), replaces: None, ..next.claims(house)? };
    let news = CandidacyNews::Renewed { number: claims.number.to_string(), until };
    let made = next.make(house, claims, None)?;
    house.store.write(|conn| {
        store::candidacies::hold(conn, next.seen.candidacy)?;
        if store::certificates::is_renewed(conn, &next.seen)? {
            return Err(Refusal::Renewed.into());
        }
        next.keep(conn, actor, &made, now)?;
        tell(conn, house, actor, &next.seen, news, now)
    })?;
    publishing::publish_soon(house);
    Ok(made.uuid)
}

/// What another certificate for the same decision rests on, read before it is made.
struct Next {
    seen: Certificate,
    old: Claims,
    holder: Holder,
    of: Certification,
    /// The last number that was given this year.
    rank: u32,
    press: Press,
}

impl Next {
    fn ready(house: &House, reach: &Reach, uuid: Uuid) -> Done<Self> {
        let year = house.clock.now().day(Zone::PARIS).year();
        let read = |conn: &mut Conn| {
            let seen = store::certificates::get(conn, reach, uuid)?;
            let candidacy = store::candidacies::get(conn, reach, seen.candidacy)?;
            let told = identities::read(house, conn, reach, seen.candidacy)?.ok_or(Refusal::NoIdentity)?;
            let of = store::certifications::at_version(conn, candidacy.version)?;
            let rank = store::certificates::last_rank(conn, &of.code, year)?;
            Ok::<_, Error>((seen, told.holder, of, rank))
        };
        let (seen, told, of, rank) = house.store.read(read)?;
        let press = Press::ready(house, seen.issuer)?;
        Ok(Self { old: claims(house, &seen)?, holder: holder(&told)?, seen, of, rank, press })
    }

    /// What the old one says, to its holder as they are called now, under a number and a code of its own.
    fn claims(&self, house: &House) -> Done<Claims> {
        let today = house.clock.now().day(Zone::PARIS);
        let number = CertificateNumber::new(self.of.code.clone(), today.year(), self.rank + 1);
        Ok(Claims {
            number: number.map_err(|_| Refusal::NumbersSpent)?,
            code: VerificationCode::new(credentials::random()?),
            holder: self.holder.clone(),
            issued_on: today.max(self.old.jury_on),
            signatory: self.press.issuer.signatory.clone(),
            ..self.old.clone()
        })
    }

    fn make(&self, house: &House, claims: Claims, replaces: Option<CertificateId>) -> Done<New> {
        let list = open_list(house, &self.press, 1)?;
        let entry = badges::free_entry(&list.taken).ok_or(store::Error::Stale)?;
        let place = Place { list: list.id, number: list.number, entry };
        let origin = Origin { candidacy: self.seen.candidacy, attempt: self.seen.attempt, replaces };
        claims.check().map_err(|e| Error::Fault(e.to_string()))?;
        self.press.make(house, &self.of, &claims, origin, place)
    }

    /// Keeps what was made, if its number is still free.
    fn keep(&self, conn: &mut Conn, actor: &Actor, made: &New, now: Instant) -> Done<CertificateId> {
        let today = now.day(Zone::PARIS);
        store::certificates::give_ranks(conn, &self.of.code, today.year(), self.rank, self.rank + 1)?;
        let id = store::certificates::insert(conn, made, today, now)?;
        store::certificates::change_list(conn, made.list)?;
        let about = (made.number.as_str(), Some(made.files.paper_digest.as_str()));
        note(conn, actor, made.candidacy, about, (None, CertificateState::Valid), None, now)?;
        Ok(id)
    }
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
