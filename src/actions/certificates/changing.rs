//! What becomes of a certificate after its issue: another one in its place, another period, its revocation, its end.

use super::issuing::{again_if_moved, holder, open_list};
use super::making::{Origin, Place, Press};
use super::{claims, note, publishing};
use crate::{Done, Error, House, candidacies, declarations, identities};
use credentials::{self, badges};
use domain::access::{Action, Actor, Reach};
use domain::calendar::{Instant, Zone};
use domain::certificates::{
    CertificateNumber, CertificateState, CertificateStep, Claims, Holder, Illegal, Refusal, VerificationCode,
    period_after, renewal_window,
};
use domain::certifications::Certification;
use domain::ids::CertificateId;
use domain::letters::{Bearing, CandidacyNews};
use domain::text;
use store::certificates::{Certificate, New};
use store::{self, Conn};
use uuid::Uuid;

/// Issues another certificate in place of one, to its holder as they are called now: what the jury decided, and for how
/// long it holds, stay. Answers the badge of the new one.
pub fn supersede(house: &House, actor: &Actor, uuid: Uuid, reason: &str) -> Done<Uuid> {
    let reach = actor.may(Action::ChangeCertificate)?;
    let reason = given(reason)?;
    changed(house, || {
        let next = Next::ready(house, &reach, uuid)?;
        next.seen.state.step(CertificateStep::Supersede).map_err(Refusal::from)?;
        let replaces = Some(next.old.number.clone());
        let made = next.make(house, &Claims { replaces, ..next.claims(house)? }, Some(next.seen.id))?;
        let news = CandidacyNews::Superseded { about: next.about(), reason: reason.to_owned() };
        let now = house.clock.now();
        house.store.write(|conn| {
            next.give_number(conn, now)?;
            let step = end(conn, &next.seen, CertificateStep::Supersede, reason, now)?;
            let id = Next::keep(conn, &made, now)?;
            declarations::follow(conn, next.seen.id, id)?;
            step.note(conn, actor, now)?;
            next.note(conn, actor, &made, now)?;
            tell(conn, house, actor, &reach, &next.seen, news, now)
        })?;
        Ok(made.uuid)
    })
}

/// Issues a certificate for the period after that of another one, which stays what it is. Answers the badge of the new
/// one.
pub fn renew(house: &House, actor: &Actor, uuid: Uuid) -> Done<Uuid> {
    let reach = actor.may(Action::ChangeCertificate)?;
    changed(house, || {
        let next = Next::ready(house, &reach, uuid)?;
        let now = house.clock.now();
        let today = now.day(Zone::PARIS);
        if next.seen.state != CertificateState::Valid {
            let step = CertificateStep::Supersede;
            return Err(Refusal::from(Illegal { from: next.seen.state, step }).into());
        }
        let end = next.old.renewable_from(today)?;
        let months = next.of.record.validity_months.ok_or(Refusal::Endless)?;
        let (valid_from, until) = period_after(end, today, months).ok_or(Refusal::Endless)?;
        let claims = Claims { valid_from, valid_until: Some(until), replaces: None, ..next.claims(house)? };
        let about = Bearing { number: claims.number.to_string(), ..next.about() };
        let made = next.make(house, &claims, None)?;
        house.store.write(|conn| {
            next.give_number(conn, now)?;
            store::candidacies::hold(conn, next.seen.candidacy)?;
            if store::certificates::is_renewed(conn, &next.seen)? {
                return Err(Refusal::Renewed.into());
            }
            Next::keep(conn, &made, now)?;
            next.note(conn, actor, &made, now)?;
            let news = CandidacyNews::Renewed { about, until };
            tell(conn, house, actor, &reach, &next.seen, news, now)
        })?;
        Ok(made.uuid)
    })
}

/// Issues anew what was revoked, to who is found in their right: the jury still awards it, and they hold nothing for it. What
/// was revoked stays so. Answers the badge of the new one.
pub fn issue_anew(house: &House, actor: &Actor, uuid: Uuid) -> Done<Uuid> {
    let reach = actor.may(Action::ChangeCertificate)?;
    changed(house, || {
        let next = Next::ready(house, &reach, uuid)?;
        let now = house.clock.now();
        let claims = Claims { replaces: None, ..next.claims(house)? };
        let made = next.make(house, &claims, None)?;
        house.store.write(|conn| {
            // In the order in which a jury's certificates are issued: it decides nothing anew meanwhile.
            let jury = store::juries::jury_of(conn, next.seen.attempt)?;
            store::juries::hold(conn, jury)?;
            let is_awarded = store::certificates::is_awarded(conn, &next.seen)?;
            if next.seen.state != CertificateState::Revoked || !is_awarded {
                return Err(Refusal::NotLost.into());
            }
            next.give_number(conn, now)?;
            let id = Next::keep(conn, &made, now)?;
            let declared = declarations::begin(conn, house, &reach, (id, &made, &claims), now)?;
            next.note(conn, actor, &made, now)?;
            if let Some(state) = declared {
                declarations::note(conn, actor, made.candidacy, (None, state), None, now)?;
            }
            let news = CandidacyNews::Certified { titles: vec![claims.scope_title().to_string()] };
            tell(conn, house, actor, &reach, &next.seen, news, now)
        })?;
        Ok(made.uuid)
    })
}

/// Makes another certificate, again where somebody was faster, and tells those who look at lists.
fn changed(house: &House, work: impl FnMut() -> Done<Uuid>) -> Done<Uuid> {
    let made = again_if_moved(work)?;
    publishing::publish_soon(house);
    Ok(made)
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

    fn make(&self, house: &House, claims: &Claims, replaces: Option<CertificateId>) -> Done<New> {
        let list = open_list(house, &self.press, 1)?;
        let entry = badges::free_entry(&list.taken).ok_or(store::Error::Stale)?;
        let place = Place { list: list.id, number: list.number, entry };
        let origin = Origin { candidacy: self.seen.candidacy, attempt: self.seen.attempt, replaces };
        claims.check().map_err(|e| Error::Fault(e.to_string()))?;
        self.press.make(house, &self.of, claims, origin, place)
    }

    /// Takes the number of what was made, if it is still free.
    fn give_number(&self, conn: &mut Conn, now: Instant) -> Done<()> {
        let year = now.day(Zone::PARIS).year();
        Ok(store::certificates::give_ranks(conn, &self.of.code, year, self.rank, self.rank + 1)?)
    }

    fn keep(conn: &mut Conn, made: &New, now: Instant) -> Done<CertificateId> {
        let id = store::certificates::insert(conn, made, now.day(Zone::PARIS), now)?;
        store::certificates::change_list(conn, made.list)?;
        Ok(id)
    }

    fn note(&self, conn: &mut Conn, actor: &Actor, made: &New, now: Instant) -> Done<()> {
        let about = (made.number.as_str(), Some(made.files.paper_digest.as_str()));
        note(conn, actor, self.seen.candidacy, about, (None, CertificateState::Valid), None, now)
    }

    /// The old one, as letters tell it.
    fn about(&self) -> Bearing {
        Bearing { number: self.seen.number.clone(), title: self.old.scope_title().to_string() }
    }
}

/// Takes a certificate back for good. Its badge is told as revoked as soon as its list is signed anew, at once.
pub fn revoke(house: &House, actor: &Actor, uuid: Uuid, reason: &str) -> Done<()> {
    let reach = actor.may(Action::ChangeCertificate)?;
    let reason = given(reason)?;
    let (seen, entrance) = house.store.read(|conn| {
        let seen = store::certificates::get(conn, &reach, uuid)?;
        let candidacy = store::candidacies::get(conn, &reach, seen.candidacy)?;
        Ok::<_, store::Error>((seen, store::certifications::entrance(conn, candidacy.version)?))
    })?;
    // What cannot be opened is revoked all the same.
    let title =
        claims(house, &seen).map_or_else(|_| entrance.title.to_string(), |of| of.scope_title().to_string());
    let now = house.clock.now();
    house.store.write(|conn| {
        let seen = store::certificates::get(conn, &reach, uuid)?;
        end(conn, &seen, CertificateStep::Revoke, reason, now)?.note(conn, actor, now)?;
        let about = Bearing { number: seen.number.clone(), title };
        let news = CandidacyNews::Revoked { about, reason: reason.to_owned() };
        tell(conn, house, actor, &reach, &seen, news, now)
    })?;
    publishing::publish_soon(house);
    Ok(())
}

fn given(typed: &str) -> Result<&str, Refusal> {
    text::reason(typed).ok_or(Refusal::ReasonMissing)
}

/// The end of a certificate, to be written into the journal.
struct End<'a> {
    seen: &'a Certificate,
    next: CertificateState,
    reason: &'a str,
}

impl End<'_> {
    fn note(&self, conn: &mut Conn, actor: &Actor, now: Instant) -> Done<()> {
        let Self { seen, next, reason } = *self;
        note(conn, actor, seen.candidacy, (&seen.number, None), (Some(seen.state), next), Some(reason), now)
    }
}

fn end<'a>(
    conn: &mut Conn,
    seen: &'a Certificate,
    step: CertificateStep,
    reason: &'a str,
    now: Instant,
) -> Done<End<'a>> {
    let next = seen.state.step(step).map_err(Refusal::from)?;
    store::certificates::shift(conn, seen, next, reason, now.day(Zone::PARIS))?;
    store::certificates::change_list(conn, seen.list)?;
    Ok(End { seen, next, reason })
}

fn tell(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    reach: &Reach,
    seen: &Certificate,
    news: CandidacyNews,
    now: Instant,
) -> Done<()> {
    let candidacy = store::candidacies::get(conn, reach, seen.candidacy)?;
    let entrance = store::certifications::entrance(conn, candidacy.version)?;
    candidacies::tell_candidate(conn, house, actor, &candidacy, &entrance, news, now)
}

/// Tells the holders of certificates that end soon, each once; one who cannot be told keeps none of the others waiting.
/// Answers how many, or the last failure.
pub fn warn_of_ends(house: &House) -> Done<usize> {
    let reach = Actor::HOUSE.may(Action::RunRounds)?;
    let now = house.clock.now();
    let window = renewal_window(now.day(Zone::PARIS));
    let (mut told, mut failed, mut last) = (0, None, None);
    loop {
        let some = house.store.read(|conn| store::certificates::to_warn(conn, window, last.as_ref()))?;
        if some.is_empty() {
            return failed.map_or(Ok(told), Err);
        }
        // Those that fail keep none of the others waiting.
        for seen in &some {
            match warn(house, &reach, seen, now) {
                // Another server was faster.
                Err(Error::Store(store::Error::Stale)) => {}
                Ok(()) => told += 1,
                Err(error) => {
                    tracing::warn!("the holder of {} was not told that it ends: {error}", seen.number);
                    failed = Some(error);
                }
            }
        }
        last = some.into_iter().next_back();
    }
}

fn warn(house: &House, reach: &Reach, seen: &Certificate, now: Instant) -> Done<()> {
    let Some(until) = seen.valid_until else { return Ok(()) };
    let title = claims(house, seen)?.scope_title().to_string();
    let news = CandidacyNews::Ending { about: Bearing { number: seen.number.clone(), title }, until };
    house.store.write(|conn| {
        store::certificates::warn(conn, seen.id, now)?;
        tell(conn, house, &Actor::HOUSE, reach, seen, news, now)
    })
}
