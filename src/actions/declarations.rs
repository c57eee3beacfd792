//! The declaration of holders to the State: what is missing, the files, and what the State answers.

mod answering;
mod filing;
mod frozen;

pub use answering::{Settled, read_report_of, refuse_whole, take_report};
pub use filing::{deposit, export, finish, give_up, prepare};

use super::{Done, Error, House, certificates, identities};
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::{Instant, Zone};
use domain::certificates::{CertificateState, Claims, Scope};
use domain::declarations::{
    ContractId, Declarant, DeclarationState, Draft, Exam, ExamMode, Holder, Lack, Refusal, TechnicalId,
    deadline,
};
use domain::ids::{CandidacyId, CertificateId, DeclarationFileId, DeclarationId, OrganisationId};
use domain::juries::SittingMode;
use store::certificates::New;
use store::declarations::{Declaration, Material};
use store::{self, Conn, journal, journal::Line};
use uuid::Uuid;

/// Says under which numbers a certifier declares; whoever lacked nothing else is ready then.
pub fn settle(house: &House, actor: &Actor, declarant: &Declarant) -> Done<()> {
    let reach = actor.may(Action::EditDeclarant)?;
    let certifier = store::certificates::certifier_of(&reach)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        store::declarations::keep_declarant(conn, certifier, declarant, now)?;
        let said = format!("{}, {}, {}", declarant.client, declarant.contract, declarant.sender);
        let line = Line {
            kind: "declarant",
            reference: &format!("organisation:{certifier}"),
            to: Some("settled"),
            reason: Some(&said),
            ..Line::default()
        };
        Ok::<_, Error>(journal::write(conn, actor, Subject::Organisation(certifier), now, &[line])?)
    })?;
    complete_all(house, &reach, certifier, &declarant.contract)
}

/// Those who wait for something that is there now are ready.
fn complete_all(house: &House, reach: &Reach, certifier: OrganisationId, contract: &ContractId) -> Done<()> {
    let mut after = None;
    loop {
        let portion = house.store.read(|conn| {
            store::declarations::materials(conn, reach, certifier, DeclarationState::Incomplete, after)
        })?;
        let Some(last) = portion.last() else { return Ok(()) };
        after = Some(last.id);
        let now = house.clock.now();
        house.store.write(|conn| {
            for material in &portion {
                let lacks = draft(house, material, Some(contract.clone()))?.lacks();
                complete(conn, material.id, material.state, &lacks, now)?;
            }
            Ok::<_, Error>(())
        })?;
    }
}

/// Writes what becomes of a declaration whose data changed.
fn complete(
    conn: &mut Conn,
    id: DeclarationId,
    seen: DeclarationState,
    lacks: &[Lack],
    now: Instant,
) -> Done<DeclarationState> {
    let next = seen.edited(lacks)?;
    if next != seen {
        store::declarations::shift(conn, (id, seen), next, None, now)?;
    }
    Ok(next)
}

/// Somebody holds the whole certification: they are to be declared. One block alone is not. Answers where it stands; the
/// caller writes it into the journal.
pub(super) fn begin(
    conn: &mut Conn,
    house: &House,
    reach: &Reach,
    (certificate, new, claims): (CertificateId, &New, &Claims),
    now: Instant,
) -> Done<Option<DeclarationState>> {
    if claims.scope != Scope::Whole || store::declarations::is_declared(conn, new.attempt)? {
        return Ok(None);
    }
    let technical = TechnicalId::from(Uuid::new_v4());
    let id = store::declarations::add(
        conn,
        &store::declarations::New {
            technical: &technical,
            certifier: new.issuer,
            candidacy: new.candidacy,
            certificate,
            code: &claims.record,
            due_on: deadline(claims.valid_from),
        },
        now,
    )?;
    let contract = store::declarations::declarant(conn, new.issuer)?.map(|declarant| declarant.contract);
    let material = store::declarations::material(conn, reach, id)?;
    let lacks = draft(house, &material, contract)?.lacks();
    complete(conn, id, material.state, &lacks, now).map(Some)
}

/// Another certificate stands in the place of one: what is to be declared follows it.
pub(super) fn follow(conn: &mut Conn, old: CertificateId, new: CertificateId) -> Done<()> {
    Ok(store::declarations::reissue(conn, old, new)?)
}

/// A passage as far as it is known.
fn draft(house: &House, material: &Material, contract: Option<ContractId>) -> Done<Draft> {
    let claims = certificates::opened(house, &material.uuid, &material.claims)?;
    let holder = match &material.identity {
        Some(sealed) => Some(identities::opened(house, material.candidacy, sealed)?),
        None => None,
    };
    let zone: Zone = material.zone;
    let sat_on = material.sat_at.day(zone);
    let mut draft = known(material.technical.clone(), contract, holder.as_ref());
    draft.certification = Some(material.code.clone());
    draft.issued_on = Some(claims.valid_from);
    draft.details.valid_until = claims.valid_until;
    draft.details.exam = Exam {
        starts_on: Some(sat_on),
        ends_on: Some(sat_on),
        mode: Some(exam_mode(material.mode)),
        postal_code: None,
    };
    draft.details.route = Some(material.route);
    draft.details.enrolled_on = material.submitted_at.map(|at| at.day(Zone::PARIS));
    Ok(draft)
}

/// What is known of a passage from the first day on.
fn known(id: TechnicalId, contract: Option<ContractId>, holder: Option<&Holder>) -> Draft {
    let mut draft = Draft::new(id);
    draft.contract = contract;
    if let Some(holder) = holder {
        draft.birth_name = Some(holder.birth_name.clone());
        draft.first_name = Some(holder.first_name.clone());
        draft.born = Some(holder.born);
        draft.sex = Some(holder.sex);
        draft.other_names = holder.other_names.clone();
        draft.birthplace = holder.birthplace.clone();
    }
    draft
}

const fn exam_mode(mode: SittingMode) -> ExamMode {
    match mode {
        SittingMode::OnSite => ExamMode::OnSite,
        SittingMode::Remote => ExamMode::Remote,
        SittingMode::Mixed => ExamMode::Mixed,
    }
}

/// How somebody's declaration stands, from the first day of their candidacy on.
#[derive(Debug, Clone)]
pub struct Standing {
    /// None before a certificate was issued.
    pub kept: Option<Declaration>,
    pub lacks: Vec<Lack>,
    /// Who lost their certificate is declared no more.
    pub is_lost: bool,
}

/// What the State will ask for of a candidacy within reach, and what of it is missing.
pub fn standing(house: &House, conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Done<Standing> {
    let seen = store::candidacies::get(conn, reach, id)?;
    let kept = store::declarations::of_candidacy(conn, reach, id)?;
    let contract = store::declarations::declarant(conn, seen.certifier)?.map(|one| one.contract);
    let mut is_lost = false;
    let lacks = match &kept {
        Some(kept) => {
            let material = store::declarations::material(conn, reach, kept.id)?;
            is_lost = material.certificate == CertificateState::Revoked;
            draft(house, &material, contract)?.lacks()
        }
        None => {
            let identity = identities::read(house, conn, reach, id)?.map(|identity| identity.holder);
            let mut draft = known(TechnicalId::from(Uuid::nil()), contract, identity.as_ref());
            draft.certification = Some(store::certifications::entrance(conn, seen.version)?.code);
            draft.lacks()
        }
    };
    Ok(Standing { kept, lacks, is_lost })
}

/// What was told of somebody to the State, or will be: for their certifier.
#[derive(Debug, Clone)]
pub struct Told {
    pub kept: Declaration,
    pub draft: Draft,
    pub lacks: Vec<Lack>,
    /// Who lost their certificate is declared no more.
    pub is_lost: bool,
}

pub fn told(house: &House, conn: &mut Conn, reach: &Reach, id: DeclarationId) -> Done<Told> {
    let kept = store::declarations::get(conn, reach, id)?;
    let material = store::declarations::material(conn, reach, id)?;
    let is_lost = material.certificate == CertificateState::Revoked;
    if let (Some(file), true) = (kept.file, kept.state.is_told()) {
        let seen = store::declarations::file(conn, reach, file)?;
        let row = store::declarations::frozen_of(conn, file, id)?;
        let draft = filing::opened(house, &seen.envelope().contract, &row)?;
        return Ok(Told { kept, draft, lacks: Vec::new(), is_lost });
    }
    let contract = store::declarations::declarant(conn, kept.certifier)?.map(|one| one.contract);
    let draft = draft(house, &material, contract)?;
    let lacks = draft.lacks();
    Ok(Told { kept, draft, lacks, is_lost })
}

/// What the State rejected was put right, or what was missing is there: it goes with the next file. Answers what became
/// of it.
pub fn correct(house: &House, actor: &Actor, id: DeclarationId) -> Done<DeclarationState> {
    let reach = actor.may(Action::Declare)?;
    let now = house.clock.now();
    house.store.write(|conn| {
        let kept = store::declarations::get(conn, &reach, id)?;
        put_right(conn, house, actor, &reach, &kept, now)
    })
}

/// Declarations that are put right in one transaction.
const AT_ONCE: usize = 100;

/// Everything in a file that was rejected waits for the next one; what still lacks something stays. Answers how many.
pub fn correct_all(house: &House, actor: &Actor, file: DeclarationFileId) -> Done<usize> {
    let reach = actor.may(Action::Declare)?;
    let sent = house.store.read(|conn| {
        store::declarations::file(conn, &reach, file)?;
        store::declarations::sent(conn, file)
    })?;
    let is_rejected =
        |of: Option<DeclarationFileId>, state| of == Some(file) && state == DeclarationState::Rejected;
    let rejected: Vec<DeclarationId> =
        sent.iter().filter(|one| is_rejected(one.file, one.state)).map(|one| one.id).collect();
    let mut corrected = 0;
    for portion in rejected.chunks(AT_ONCE) {
        let now = house.clock.now();
        corrected += house.store.write(|conn| {
            let mut corrected = 0;
            for id in portion {
                let kept = store::declarations::get(conn, &reach, *id)?;
                // Somebody was faster.
                if !is_rejected(kept.file, kept.state) {
                    continue;
                }
                match put_right(conn, house, actor, &reach, &kept, now) {
                    Ok(_) => corrected += 1,
                    Err(Error::Declaration(Refusal::WouldLack(_) | Refusal::CertificateLost)) => {}
                    Err(other) => return Err(other),
                }
            }
            Ok::<_, Error>(corrected)
        })?;
    }
    Ok(corrected)
}

fn put_right(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    reach: &Reach,
    kept: &Declaration,
    now: Instant,
) -> Done<DeclarationState> {
    let material = store::declarations::material(conn, reach, kept.id)?;
    if material.certificate == CertificateState::Revoked {
        return Err(Refusal::CertificateLost.into());
    }
    let contract = store::declarations::declarant(conn, kept.certifier)?.map(|one| one.contract);
    let lacks = draft(house, &material, contract)?.lacks();
    let next = complete(conn, kept.id, kept.state, &lacks, now)?;
    if next != kept.state {
        note(conn, actor, kept.candidacy, (Some(kept.state), next), None, now)?;
    }
    Ok(next)
}

/// Writes what became of a declaration into the journal of its candidacy.
pub(super) fn note(
    conn: &mut Conn,
    actor: &Actor,
    candidacy: CandidacyId,
    (from, to): (Option<DeclarationState>, DeclarationState),
    reason: Option<&str>,
    now: Instant,
) -> Done<()> {
    let line = Line {
        kind: "declaration",
        reference: &format!("candidacy:{candidacy}"),
        from: from.map(DeclarationState::as_str),
        to: Some(to.as_str()),
        reason,
        ..Line::default()
    };
    Ok(journal::write(conn, actor, Subject::Candidacy(candidacy), now, &[line])?)
}

/// Nothing is declared without the certifier's numbers.
fn declarant(conn: &mut Conn, certifier: OrganisationId) -> Done<Declarant> {
    Ok(store::declarations::declarant(conn, certifier)?.ok_or(Refusal::NoDeclarant)?)
}
