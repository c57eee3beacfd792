//! What a jury awarded becomes certificates, all of them at one go.

use super::making::{LANGUAGE, Origin, Place, Press};
use super::{note, publishing};
use crate::{Act, Done, Error, House, candidacies, declarations, identities};
use credentials::{self, badges};
use domain::access::{Action, Actor, Reach};
use domain::calendar::{Day, Zone};
use domain::certificates::{
    CertificateNumber, CertificateState, Claims, Holder, Refusal, Scope, VerificationCode, ends_on,
};
use domain::certifications::{BlockCode, Certification};
use domain::ids::{AttemptId, CertificationVersionId, JuryId};
use domain::juries::Jury;
use domain::letters::CandidacyNews;
use std::collections::{BTreeSet, HashMap};
use store::certificates::{Award, New, Open};
use store::{self, Conn};
use words::Words;

/// Candidates whose certificates are kept in one transaction.
const AT_ONCE: usize = 25;
/// How often a portion is made again because somebody took a number of it.
const TRIES: usize = 3;

/// What came of issuing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many certificates.
    pub issued: usize,
    /// Whose name no paper can print, and which sign of it.
    pub unprintable: Vec<(String, char)>,
}

/// Issues what a jury awarded and nobody has yet, to everyone who told who they are. What was issued stands, even when a
/// later one fails: asking again goes on from there.
pub fn issue(house: &House, actor: &Actor, jury: JuryId) -> Done<Outcome> {
    let reach = actor.may(Action::IssueCertificates)?;
    let (seen, awards) = house.store.read(|conn| {
        let (seen, _) = store::juries::get(conn, &reach, jury)?;
        Ok::<_, Error>((seen, store::certificates::awards_of(conn, &reach, jury)?))
    })?;
    if awards.iter().all(|award| award.pending.is_empty()) {
        return Err(Refusal::NothingToIssue.into());
    }
    if !awards.iter().any(|award| award.is_identified && !award.pending.is_empty()) {
        return Err(Refusal::NoIdentity.into());
    }
    let press = Press::ready(house, seen.certifier)?;
    let mut outcome = Outcome::default();
    let done = Batch { house, actor, reach, jury: seen, press }.make(&mut outcome);
    publishing::publish_soon(house);
    done?;
    match (outcome.issued, outcome.unprintable.first()) {
        (0, Some((_, sign))) => Err(Refusal::Unprintable(*sign).into()),
        // Somebody else was faster.
        (0, None) => Err(Refusal::NothingToIssue.into()),
        _ => Ok(outcome),
    }
}

/// All certificates of one jury.
struct Batch<'a> {
    house: &'a House,
    actor: &'a Actor,
    reach: Reach,
    jury: Jury,
    press: Press,
}

impl Batch<'_> {
    fn make(&self, outcome: &mut Outcome) -> Done<()> {
        // Who cannot be printed keeps none of the others waiting.
        let mut aside = BTreeSet::new();
        loop {
            let Portion { read, issued, unprintable } = again_if_moved(|| self.portion(&aside))?;
            outcome.issued += issued;
            for (attempt, name, sign) in unprintable {
                aside.insert(attempt);
                outcome.unprintable.push((name, sign));
            }
            if read == 0 {
                return Ok(());
            }
        }
    }

    /// Makes the certificates of some candidates, and keeps them if nothing that they rest on changed meanwhile.
    fn portion(&self, aside: &BTreeSet<AttemptId>) -> Done<Portion> {
        let house = self.house;
        let draft = house.store.read(|conn| Draft::read(conn, self, aside))?;
        let mut portion = Portion { read: draft.awards.len(), issued: 0, unprintable: Vec::new() };
        if draft.awards.is_empty() {
            return Ok(portion);
        }
        for record in draft.records.values() {
            check_print(record, &self.press)?;
        }
        let mut list = open_list(house, &self.press, draft.certificates())?;
        let mut made: Vec<Made<'_>> = Vec::new();
        let mut rank = draft.last_rank;
        for (award, holder) in &draft.awards {
            match draft.made(self, (award, holder), rank, &mut list) {
                Ok(more) => {
                    rank += u32::try_from(more.len()).unwrap_or_default();
                    made.extend(more);
                }
                Err(Error::Refused(crate::Refusal::Certificate(Refusal::Unprintable(sign)))) => {
                    portion.unprintable.push((award.attempt, award.name.clone(), sign));
                }
                Err(other) => return Err(other),
            }
        }
        if !made.is_empty() {
            // Chains are written in ascending order.
            made.sort_by_key(|one| one.award.candidacy);
            house.act(self.actor, Action::IssueCertificates, |act| keep(act, (&self.jury, &draft, &made)))?;
        }
        portion.issued = made.len();
        Ok(portion)
    }
}

/// What was made with care and could not be kept, since somebody was faster, is made again.
pub(super) fn again_if_moved<T>(mut work: impl FnMut() -> Done<T>) -> Done<T> {
    let mut tries = 0;
    loop {
        match work() {
            Err(Error::Store(store::Error::Stale | store::Error::Taken(_) | store::Error::Busy(_)))
                if tries < TRIES =>
            {
                tries += 1;
            }
            other => return other,
        }
    }
}

/// What became of some candidates.
struct Portion {
    /// How many candidates it was about.
    read: usize,
    issued: usize,
    unprintable: Vec<(AttemptId, String, char)>,
}

/// A certificate that was made, and for which award.
struct Made<'a> {
    award: &'a Award,
    claims: Claims,
    new: New,
}

/// What a portion rests on.
struct Draft {
    today: Day,
    /// Who may hold a certificate now, at most [`AT_ONCE`] of them.
    awards: Vec<(Award, Holder)>,
    records: HashMap<CertificationVersionId, Certification>,
    /// The last number that was given.
    last_rank: u32,
}

impl Draft {
    fn read(conn: &mut Conn, batch: &Batch<'_>, aside: &BTreeSet<AttemptId>) -> Done<Self> {
        let Batch { house, reach, jury, .. } = batch;
        let today = house.clock.now().day(Zone::OFFICE);
        let waiting = store::certificates::awards_of(conn, reach, jury.id)?;
        let waits = |award: &Award| {
            award.is_identified && !award.pending.is_empty() && !aside.contains(&award.attempt)
        };
        let waiting = waiting.into_iter().filter(waits);
        let mut draft = Self { today, awards: Vec::new(), records: HashMap::new(), last_rank: 0 };
        for award in waiting.take(AT_ONCE) {
            let identity =
                identities::read(house, conn, reach, award.candidacy)?.ok_or(Refusal::NoIdentity)?;
            if !draft.records.contains_key(&award.version) {
                let record = store::certifications::at_version(conn, award.version)?;
                draft.last_rank = store::certificates::last_rank(conn, &record.code, today.year())?;
                draft.records.insert(award.version, record);
            }
            draft.awards.push((award, holder(&identity.holder)?));
        }
        Ok(draft)
    }

    fn certificates(&self) -> usize {
        self.awards.iter().map(|(award, _)| award.pending.len()).sum()
    }

    /// The certificates of one candidate, made; all of them or none.
    fn made<'a>(
        &self,
        Batch { house, jury, press, .. }: &Batch<'_>,
        (award, holder): (&'a Award, &Holder),
        last_rank: u32,
        list: &mut Open,
    ) -> Done<Vec<Made<'a>>> {
        let today = self.today;
        let of = self.records.get(&award.version).ok_or(store::Error::Missing)?;
        let jury_on = jury.closed_at.ok_or(store::Error::Missing)?.day(jury.meeting.zone);
        let origin = Origin { candidacy: award.candidacy, attempt: award.attempt, replaces: None };
        let mut made = Vec::with_capacity(award.pending.len());
        for (rank, block) in (last_rank + 1..).zip(&award.pending) {
            let number = CertificateNumber::new(of.code.clone(), today.year(), rank)
                .map_err(|_| Refusal::NumbersSpent)?;
            let claims = Claims {
                number,
                code: VerificationCode::new(credentials::random()?),
                holder: holder.clone(),
                certifier: press.certifier.clone(),
                record: of.code.clone(),
                title: of.record.title.clone(),
                level: of.record.level,
                scope: scope(of, block.as_ref())?,
                jury_on,
                issued_on: today.max(jury_on),
                valid_from: jury_on,
                valid_until: of.record.validity_months.and_then(|months| ends_on(jury_on, months)),
                signatory: press.issuer.signatory.clone(),
                replaces: None,
            };
            claims.check().map_err(|e| Error::Fault(e.to_string()))?;
            let entry = badges::free_entry(&list.taken).ok_or(store::Error::Stale)?;
            let place = Place { list: list.id, number: list.number, entry };
            let new = press.make(house, of, &claims, (origin, place))?;
            list.taken.insert(entry);
            made.push(Made { award, claims, new });
        }
        Ok(made)
    }
}

/// What stands on the paper of everybody alike is no reason to set one of them aside.
fn check_print(of: &Certification, press: &Press) -> Result<(), Refusal> {
    let blocks = of.record.blocks.iter().map(|block| block.title.as_str());
    let mut texts = [of.record.title.as_str(), press.certifier.as_str()].into_iter().chain(blocks);
    texts.find_map(papers::unprintable).map_or(Ok(()), |sign| Err(Refusal::UnprintableRecord(sign)))
}

fn scope(of: &Certification, block: Option<&BlockCode>) -> Done<Scope> {
    let Some(code) = block else { return Ok(Scope::Whole) };
    let known = of.record.blocks.iter().find(|known| known.code == *code);
    let title = known.map(|known| known.title.clone()).ok_or(store::Error::Missing)?;
    Ok(Scope::Block { code: code.clone(), title })
}

/// Who holds a certificate, as they told it and as it is printed.
pub fn holder(told: &domain::declarations::Holder) -> Done<Holder> {
    let place = Words(LANGUAGE).certificate_birthplace(&told.birthplace).and_then(|place| place.parse().ok());
    Holder::of(told, place).map_err(|e| Error::Fault(e.to_string()))
}

/// The list in which the next badges get their places: another one is opened when the last has no room for them.
pub(super) fn open_list(house: &House, press: &Press, wanted: usize) -> Done<Open> {
    let certifier = press.issuer.certifier;
    let known = house.store.read(|conn| store::certificates::newest_list(conn, certifier))?;
    let most = usize::try_from(domain::badges::StatusList::ENTRIES).unwrap_or(usize::MAX);
    let number = match known {
        Some(open) if open.taken.len() + wanted <= most => return Ok(open),
        Some(full) => full.number + 1,
        None => 1,
    };
    let id = house.act(&Actor::HOUSE, Action::RunRounds, |act| {
        Ok(store::certificates::add_list(act.conn, certifier, number, act.now)?)
    })?;
    Ok(Open { id, number, taken: BTreeSet::new() })
}

/// Rows first, in the order of locks; the lines of journals and the letters last.
fn keep(act: &mut Act<'_>, (jury, draft, made): (&Jury, &Draft, &[Made<'_>])) -> Done<()> {
    act.hold(|conn| store::juries::hold(conn, jury.id))?;
    let still = store::certificates::awards_of(act.conn, &act.reach, jury.id)?;
    let is_pending =
        |award: &Award| still.iter().any(|one| one.attempt == award.attempt && one.pending == award.pending);
    if !made.iter().all(|one| is_pending(one.award)) {
        return Err(store::Error::Stale.into());
    }
    let last = made.iter().map(|one| &one.claims.number).max_by_key(|number| number.rank());
    if let Some(last) = last {
        store::certificates::give_ranks(act.conn, last.record(), last.year(), draft.last_rank, last.rank())?;
    }
    let today = act.today();
    let mut declared = Vec::new();
    for one in made {
        let id = store::certificates::insert(act.conn, &one.new, today, act.now)?;
        declared.push(declarations::begin(act, (id, &one.new, &one.claims))?);
        store::certificates::change_list(act.conn, one.new.list)?;
    }
    for (one, declared) in made.iter().zip(declared) {
        let number = one.claims.number.to_string();
        let about = (number.as_str(), Some(one.new.files.paper_digest.as_str()));
        note(act, one.new.candidacy, about, (None, CertificateState::Valid), None)?;
        if let Some(state) = declared {
            declarations::note(act, one.new.candidacy, (None, state), None)?;
        }
    }
    for (award, _) in &draft.awards {
        let own = made.iter().filter(|one| one.award.attempt == award.attempt);
        let titles: Vec<String> = own.map(|one| one.claims.scope_title().to_string()).collect();
        if titles.is_empty() {
            continue;
        }
        let seen = store::candidacies::get(act.conn, &act.reach, award.candidacy)?;
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        let news = CandidacyNews::Certified { titles };
        candidacies::tell_candidate(act, &seen, &entrance, news)?;
    }
    Ok(())
}
