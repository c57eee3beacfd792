//! What a jury awarded becomes certificates, all of them at one go.

use super::making::{LANGUAGE, Origin, Place, Press};
use super::{note, publishing};
use crate::actions::{Done, Error, House, candidacies, declarations, identities};
use crate::credentials::{self, badges};
use crate::domain::access::{Action, Actor, Reach};
use crate::domain::calendar::{Day, Instant, Zone};
use crate::domain::certificates::{
    CertificateNumber, CertificateState, Claims, Holder, Refusal, Scope, VerificationCode, ends_on,
};
use crate::domain::certifications::{BlockCode, Certification};
use crate::domain::ids::{CertificationVersionId, JuryId};
use crate::domain::juries::Jury;
use crate::domain::letters::CandidacyNews;
use crate::store::certificates::{Award, New, Open};
use crate::store::{self, Conn};
use crate::words::Words;
use std::collections::HashMap;

/// Candidates whose certificates are kept in one transaction.
const AT_ONCE: usize = 10;
/// How often a portion is made again because somebody took a number of it.
const TRIES: usize = 3;

/// Issues what a jury awarded and nobody has yet, to everyone who told who they are; answers how many certificates. What
/// was issued stands, even when a later one fails: asking again goes on from there.
pub fn issue(house: &House, actor: &Actor, jury: JuryId) -> Done<usize> {
    let reach = actor.may(Action::IssueCertificates)?;
    let (seen, awards) = house.store.read(|conn| {
        let (seen, _) = store::juries::get(conn, &reach, jury)?;
        Ok::<_, store::Error>((seen, store::certificates::awards_of(conn, &reach, jury)?))
    })?;
    if awards.iter().all(|award| award.pending.is_empty()) {
        return Err(Refusal::NothingToIssue.into());
    }
    if !awards.iter().any(|award| award.is_identified && !award.pending.is_empty()) {
        return Err(Refusal::NoIdentity.into());
    }
    let press = Press::ready(house, seen.certifier)?;
    let issued = every_portion(house, actor, &reach, &seen, &press);
    publishing::publish_soon(house);
    issued
}

fn every_portion(house: &House, actor: &Actor, reach: &Reach, jury: &Jury, press: &Press) -> Done<usize> {
    let (mut issued, mut tries) = (0, 0);
    loop {
        match portion(house, actor, reach, jury, press) {
            Ok(0) => return Ok(issued),
            Ok(more) => (issued, tries) = (issued + more, 0),
            Err(Error::Store(store::Error::Stale | store::Error::Taken(_))) if tries < TRIES => tries += 1,
            Err(other) => return Err(other),
        }
    }
}

/// Makes the certificates of some candidates, and keeps them if nothing that they rest on changed meanwhile.
fn portion(house: &House, actor: &Actor, reach: &Reach, jury: &Jury, press: &Press) -> Done<usize> {
    let now = house.clock.now();
    let today = now.day(Zone::PARIS);
    let draft = house.store.read(|conn| Draft::read(conn, house, reach, jury, today))?;
    if draft.awards.is_empty() {
        return Ok(0);
    }
    let mut list = open_list(house, press, draft.certificates())?;
    let mut made = Vec::new();
    for claims in draft.claims(jury, press, today)? {
        let (award, holder) = (claims.0, claims.1);
        let of = draft.records.get(&award.version).ok_or(store::Error::Missing)?;
        let entry = badges::free_entry(&list.taken).ok_or(store::Error::Stale)?;
        list.taken.insert(entry);
        let place = Place { list: list.id, number: list.number, entry };
        let origin = Origin { candidacy: award.candidacy, attempt: award.attempt, replaces: None };
        made.push((press.make(house, of, &holder, origin, place)?, holder));
    }
    house.store.write(|conn| keep(conn, house, actor, reach, (jury, &draft, &made), now))?;
    Ok(made.len())
}

/// What a portion rests on.
struct Draft {
    /// Who may hold a certificate now, at most [`AT_ONCE`] of them.
    awards: Vec<(Award, Holder)>,
    records: HashMap<CertificationVersionId, Certification>,
    /// The last number that was given.
    last_rank: u32,
}

impl Draft {
    fn read(conn: &mut Conn, house: &House, reach: &Reach, jury: &Jury, today: Day) -> Done<Self> {
        let waiting = store::certificates::awards_of(conn, reach, jury.id)?;
        let waiting = waiting.into_iter().filter(|award| award.is_identified && !award.pending.is_empty());
        let mut draft = Self { awards: Vec::new(), records: HashMap::new(), last_rank: 0 };
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

    /// What each certificate says.
    fn claims(&self, jury: &Jury, press: &Press, today: Day) -> Done<Vec<(&Award, Claims)>> {
        let jury_on = jury.closed_at.ok_or(store::Error::Missing)?.day(jury.meeting.zone);
        let mut rank = self.last_rank;
        let mut all = Vec::with_capacity(self.certificates());
        for (award, holder) in &self.awards {
            let of = self.records.get(&award.version).ok_or(store::Error::Missing)?;
            for block in &award.pending {
                rank += 1;
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
                all.push((award, claims));
            }
        }
        Ok(all)
    }
}

fn scope(of: &Certification, block: Option<&BlockCode>) -> Done<Scope> {
    let Some(code) = block else { return Ok(Scope::Whole) };
    let known = of.record.blocks.iter().find(|known| known.code == *code);
    let title = known.map(|known| known.title.clone()).ok_or(store::Error::Missing)?;
    Ok(Scope::Block { code: code.clone(), title })
}

/// Who holds a certificate, as they told it and as it is printed.
pub(super) fn holder(told: &crate::domain::declarations::Holder) -> Done<Holder> {
    let place = Words(LANGUAGE).certificate_birthplace(&told.birthplace).and_then(|place| place.parse().ok());
    Holder::of(told, place).map_err(|e| Error::Fault(e.to_string()))
}

/// The list in which the next badges get their places: another one is opened when the last has no room for them.
pub(super) fn open_list(house: &House, press: &Press, wanted: usize) -> Done<Open> {
    let certifier = press.issuer.certifier;
    let known = house.store.read(|conn| store::certificates::newest_list(conn, certifier))?;
    let most = usize::try_from(crate::domain::badges::StatusList::ENTRIES).unwrap_or(usize::MAX);
    let number = match known {
        Some(open) if open.taken.len() + wanted <= most => return Ok(open),
        Some(full) => full.number + 1,
        None => 1,
    };
    let now = house.clock.now();
    let id = house.store.write(|conn| store::certificates::add_list(conn, certifier, number, now))?;
    Ok(Open { id, number, taken: std::collections::BTreeSet::new() })
}

fn keep(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    reach: &Reach,
    (jury, draft, made): (&Jury, &Draft, &[(New, Claims)]),
    now: Instant,
) -> Done<()> {
    store::juries::hold(conn, jury.id)?;
    let still = store::certificates::awards_of(conn, reach, jury.id)?;
    let is_pending =
        |award: &Award| still.iter().any(|now| now.attempt == award.attempt && now.pending == award.pending);
    if !draft.awards.iter().all(|(award, _)| is_pending(award)) {
        return Err(store::Error::Stale.into());
    }
    if let Some((_, last)) = made.last() {
        let (code, year) = (&last.record, last.number.year());
        store::certificates::give_ranks(conn, code, year, draft.last_rank, last.number.rank())?;
    }
    let today = now.day(Zone::PARIS);
    for (new, claims) in made {
        let id = store::certificates::insert(conn, new, today, now)?;
        declarations::begin(conn, house, reach, (id, new, claims), now)?;
        store::certificates::change_list(conn, new.list)?;
        let number = claims.number.to_string();
        let evidence = Some(new.files.paper_digest.as_str());
        let to = (None, CertificateState::Valid);
        note(conn, actor, new.candidacy, (&number, evidence), to, None, now)?;
    }
    for (award, _) in &draft.awards {
        let own = made.iter().filter(|(new, _)| new.candidacy == award.candidacy);
        let titles = own.map(|(_, claims)| claims.scope_title().to_string()).collect();
        let seen = store::candidacies::get(conn, reach, award.candidacy)?;
        let entrance = store::certifications::entrance(conn, seen.version)?;
        let news = CandidacyNews::Certified { titles };
        candidacies::tell_candidate(conn, house, actor, &seen, &entrance, news, now)?;
    }
    Ok(())
}
