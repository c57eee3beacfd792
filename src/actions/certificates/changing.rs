//! What becomes of a certificate after its issue: another one in its place, another period, its revocation, its end.

use super::issuing::{again_if_moved, holder, open_list};
use super::making::{Origin, Place, Press};
use super::{claims, note, publishing};
use crate::{Act, Done, Error, House, candidacies, declarations, identities};
use addresses::Page;
use credentials::{self, badges};
use domain::access::{Action, Actor, Reach};
use domain::calendar::{Day, Zone};
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
        let made = next.make(house, &Claims { replaces, ..next.claims()? }, Some(next.seen.id))?;
        let news = CandidacyNews::Superseded { about: next.about(), reason: reason.to_owned() };
        house.act(actor, Action::ChangeCertificate, |act| {
            next.give_number(act)?;
            let step = end(act, &next.seen, CertificateStep::Supersede, reason)?;
            let id = Next::keep(act, &made)?;
            declarations::follow(act.conn, next.seen.id, id)?;
            step.note(act)?;
            next.note(act, &made)?;
            tell(act, &next.seen, news)
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
        if next.seen.state != CertificateState::Valid {
            let step = CertificateStep::Supersede;
            return Err(Refusal::from(Illegal { from: next.seen.state, step }).into());
        }
        let end = next.old.renewable_from(next.today)?;
        let months = next.of.record.validity_months.ok_or(Refusal::Endless)?;
        let (valid_from, until) = period_after(end, next.today, months).ok_or(Refusal::Endless)?;
        let claims = Claims { valid_from, valid_until: Some(until), replaces: None, ..next.claims()? };
        let about = Bearing { number: claims.number.to_string(), ..next.about() };
        let made = next.make(house, &claims, None)?;
        house.act(actor, Action::ChangeCertificate, |act| {
            next.give_number(act)?;
            act.hold(|conn| store::candidacies::hold(conn, next.seen.candidacy))?;
            if store::certificates::is_renewed(act.conn, &next.seen)? {
                return Err(Refusal::Renewed.into());
            }
            Next::keep(act, &made)?;
            next.note(act, &made)?;
            let news = CandidacyNews::Renewed { about, until };
            tell(act, &next.seen, news)
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
        let claims = Claims { replaces: None, ..next.claims()? };
        let made = next.make(house, &claims, None)?;
        house.act(actor, Action::ChangeCertificate, |act| {
            // In the order in which a jury's certificates are issued: it decides nothing anew meanwhile.
            let jury = store::juries::jury_of(act.conn, next.seen.attempt)?;
            act.hold(|conn| store::juries::hold(conn, jury))?;
            let is_awarded = store::certificates::is_awarded(act.conn, &next.seen)?;
            if next.seen.state != CertificateState::Revoked || !is_awarded {
                return Err(Refusal::NotLost.into());
            }
            next.give_number(act)?;
            let id = Next::keep(act, &made)?;
            let declared = declarations::begin(act, (id, &made, &claims))?;
            next.note(act, &made)?;
            if let Some(state) = declared {
                declarations::note(act, made.candidacy, (None, state), None)?;
            }
            let news = CandidacyNews::Certified { titles: vec![claims.scope_title().to_string()] };
            tell(act, &next.seen, news)
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
    /// Whose year its number names.
    today: Day,
    /// The last number that was given this year.
    rank: u32,
    press: Press,
}

impl Next {
    fn ready(house: &House, reach: &Reach, uuid: Uuid) -> Done<Self> {
        let today = house.clock.now().day(Zone::OFFICE);
        let read = |conn: &mut Conn| {
            let seen = store::certificates::get(conn, reach, uuid)?;
            let candidacy = store::candidacies::get(conn, reach, seen.candidacy)?;
            let told = identities::read(house, conn, reach, seen.candidacy)?.ok_or(Refusal::NoIdentity)?;
            let of = store::certifications::at_version(conn, candidacy.version)?;
            let rank = store::certificates::last_rank(conn, &of.code, today.year())?;
            Ok::<_, Error>((seen, told.holder, of, rank))
        };
        let (seen, told, of, rank) = house.store.read(read)?;
        let press = Press::ready(house, seen.issuer)?;
        Ok(Self { old: claims(house, &seen)?, holder: holder(&told)?, seen, of, today, rank, press })
    }

    /// What the old one says, to its holder as they are called now, under a number and a code of its own.
    fn claims(&self) -> Done<Claims> {
        let number = CertificateNumber::new(self.of.code.clone(), self.today.year(), self.rank + 1);
        Ok(Claims {
            number: number.map_err(|_| Refusal::NumbersSpent)?,
            code: VerificationCode::new(credentials::random()?),
            holder: self.holder.clone(),
            issued_on: self.today.max(self.old.jury_on),
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
        self.press.make(house, &self.of, claims, (origin, place))
    }

    /// Takes the number of what was made, if it is still free.
    fn give_number(&self, act: &mut Act<'_>) -> Done<()> {
        let (of, year) = (&self.of.code, self.today.year());
        Ok(store::certificates::give_ranks(act.conn, of, year, self.rank, self.rank + 1)?)
    }

    fn keep(act: &mut Act<'_>, made: &New) -> Done<CertificateId> {
        let id = store::certificates::insert(act.conn, made, act.today(), act.now)?;
        store::certificates::change_list(act.conn, made.list)?;
        act.made(&Page::Certificate(&made.uuid.to_string()));
        Ok(id)
    }

    fn note(&self, act: &mut Act<'_>, made: &New) -> Done<()> {
        let about = (made.number.as_str(), Some(made.files.paper_digest.as_str()));
        note(act, self.seen.candidacy, about, (None, CertificateState::Valid), None)
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
        Ok::<_, Error>((seen, store::certifications::entrance(conn, candidacy.version)?))
    })?;
    // What cannot be opened is revoked all the same.
    let title =
        claims(house, &seen).map_or_else(|_| entrance.title.to_string(), |of| of.scope_title().to_string());
    house.act(actor, Action::ChangeCertificate, |act| {
        let seen = store::certificates::get(act.conn, &act.reach, uuid)?;
        end(act, &seen, CertificateStep::Revoke, reason)?.note(act)?;
        let about = Bearing { number: seen.number.clone(), title };
        let news = CandidacyNews::Revoked { about, reason: reason.to_owned() };
        tell(act, &seen, news)
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
    fn note(&self, act: &mut Act<'_>) -> Done<()> {
        let Self { seen, next, reason } = *self;
        note(act, seen.candidacy, (&seen.number, None), (Some(seen.state), next), Some(reason))
    }
}

fn end<'a>(
    act: &mut Act<'_>,
    seen: &'a Certificate,
    step: CertificateStep,
    reason: &'a str,
) -> Done<End<'a>> {
    let next = seen.state.step(step).map_err(Refusal::from)?;
    store::certificates::shift(act.conn, seen, next, reason, act.today())?;
    store::certificates::change_list(act.conn, seen.list)?;
    Ok(End { seen, next, reason })
}

fn tell(act: &mut Act<'_>, seen: &Certificate, news: CandidacyNews) -> Done<()> {
    let candidacy = store::candidacies::get(act.conn, &act.reach, seen.candidacy)?;
    let entrance = store::certifications::entrance(act.conn, candidacy.version)?;
    candidacies::tell_candidate(act, &candidacy, &entrance, news)
}

/// Tells the holders of certificates that end soon, each once; one who cannot be told keeps none of the others waiting.
/// Answers how many, or the last failure.
pub fn warn_of_ends(house: &House) -> Done<usize> {
    let window = renewal_window(house.clock.now().day(Zone::OFFICE));
    let (mut told, mut failed, mut last) = (0, None, None);
    loop {
        let some = house.store.read(|conn| store::certificates::to_warn(conn, window, last.as_ref()))?;
        if some.is_empty() {
            return failed.map_or(Ok(told), Err);
        }
        // Those that fail keep none of the others waiting.
        for seen in &some {
            match warn(house, seen) {
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

fn warn(house: &House, seen: &Certificate) -> Done<()> {
    let Some(until) = seen.valid_until else { return Ok(()) };
    let title = claims(house, seen)?.scope_title().to_string();
    let news = CandidacyNews::Ending { about: Bearing { number: seen.number.clone(), title }, until };
    house.act(&Actor::HOUSE, Action::RunRounds, |act| {
        store::certificates::warn(act.conn, seen.id, act.now)?;
        tell(act, seen, news)
    })
}
