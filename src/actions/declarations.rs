//! The declaration of holders to the State: what is missing, the files, and what the State answers.

mod answering;
mod filing;
mod frozen;

pub use answering::{Settled, read_report_of, refuse_whole, take_report};
pub use filing::{deposit, export, finish, give_up, prepare};

use super::{Act, Done, Error, House, certificates, identities};
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::Zone;
use domain::certificates::{CertificateState, Claims, Scope};
use domain::declarations::{
    ContractId, Declarant, DeclarationState, Draft, Exam, ExamMode, Holder, Lack, Refusal, TechnicalId,
    deadline,
};
use domain::ids::{CandidacyId, CertificateId, DeclarationFileId, DeclarationId, OrganisationId};
use domain::juries::SittingMode;
use store::certificates::New;
use store::declarations::{Declaration, Material};
use store::{self, Conn, journal::Line};
use uuid::Uuid;

/// Says under which numbers a certifier declares; whoever lacked nothing else is ready then.
pub fn settle(house: &House, actor: &Actor, declarant: &Declarant) -> Done<()> {
    let reach = actor.may(Action::EditDeclarant)?;
    let certifier = store::certificates::certifier_of(&reach)?;
    house.act(actor, Action::EditDeclarant, |act| {
        store::declarations::keep_declarant(act.conn, certifier, declarant, act.now)?;
        let said = format!("{}, {}, {}", declarant.client, declarant.contract, declarant.sender);
        let line = Line {
            kind: "declarant",
            reference: &format!("organisation:{certifier}"),
            to: Some("settled"),
            reason: Some(&said),
            ..Line::default()
        };
        act.note(Subject::Organisation(certifier), &[line])
    })?;
    complete_all(house, actor, certifier, &declarant.contract)
}

/// Those who wait for something that is there now are ready.
fn complete_all(house: &House, actor: &Actor, certifier: OrganisationId, contract: &ContractId) -> Done<()> {
    let reach = actor.may(Action::EditDeclarant)?;
    let mut after = None;
    loop {
        let portion = house.store.read(|conn| {
            store::declarations::materials(conn, &reach, certifier, DeclarationState::Incomplete, after)
        })?;
        let Some(last) = portion.last() else { return Ok(()) };
        after = Some(last.id);
        house.act(actor, Action::EditDeclarant, |act| {
            for material in &portion {
                let lacks = draft(act.house, material, Some(contract.clone()))?.lacks();
                complete(act, material.id, material.state, &lacks)?;
            }
            Ok(())
        })?;
    }
}

/// Writes what becomes of a declaration whose data changed.
fn complete(
    act: &mut Act<'_>,
    id: DeclarationId,
    seen: DeclarationState,
    lacks: &[Lack],
) -> Done<DeclarationState> {
    let next = seen.edited(lacks)?;
    if next != seen {
        store::declarations::shift(act.conn, (id, seen), next, None, act.now)?;
    }
    Ok(next)
}

/// Somebody holds the whole certification: they are to be declared. One block alone is not. Answers where it stands; the
/// caller writes it into the journal.
pub(super) fn begin(
    act: &mut Act<'_>,
    (certificate, new, claims): (CertificateId, &New, &Claims),
) -> Done<Option<DeclarationState>> {
    if claims.scope != Scope::Whole || store::declarations::is_declared(act.conn, new.attempt)? {
        return Ok(None);
    }
    let technical = TechnicalId::from(Uuid::new_v4());
    let id = store::declarations::add(
        act.conn,
        &store::declarations::New {
            technical: &technical,
            certifier: new.issuer,
            candidacy: new.candidacy,
            certificate,
            code: &claims.record,
            due_on: deadline(claims.valid_from),
        },
        act.now,
    )?;
    let contract = store::declarations::declarant(act.conn, new.issuer)?.map(|declarant| declarant.contract);
    let material = store::declarations::material(act.conn, &act.reach, id)?;
    let lacks = draft(act.house, &material, contract)?.lacks();
    complete(act, id, material.state, &lacks).map(Some)
}

/// Another certificate stands in the place of one: what is to be declared follows it.
pub(super) fn follow(conn: &mut Conn, old: CertificateId, new: CertificateId) -> Done<()> {
    Ok(store::declarations::reissue(conn, old, new)?)
}

/// A passage as far as it is known.
fn draft(house: &House, material: &Material, contract: Option<ContractId>) -> Done<Draft> {
    let claims = certificates::opened(house, material.uuid, &material.claims)?;
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
    draft.details.enrolled_on = material.submitted_at.map(|at| at.day(Zone::OFFICE));
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
    house.act(actor, Action::Declare, |act| {
        let kept = store::declarations::get(act.conn, &act.reach, id)?;
        put_right(act, &kept)
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
        corrected += house.act(actor, Action::Declare, |act| {
            let mut corrected = 0;
            for id in portion {
                let kept = store::declarations::get(act.conn, &act.reach, *id)?;
                // Somebody was faster.
                if !is_rejected(kept.file, kept.state) {
                    continue;
                }
                match put_right(act, &kept) {
                    Ok(_) => corrected += 1,
                    Err(Error::Refused(crate::Refusal::Declaration(
                        Refusal::WouldLack(_) | Refusal::CertificateLost,
                    ))) => {}
                    Err(other) => return Err(other),
                }
            }
            Ok(corrected)
        })?;
    }
    Ok(corrected)
}

fn put_right(act: &mut Act<'_>, kept: &Declaration) -> Done<DeclarationState> {
    let material = store::declarations::material(act.conn, &act.reach, kept.id)?;
    if material.certificate == CertificateState::Revoked {
        return Err(Refusal::CertificateLost.into());
    }
    let contract = store::declarations::declarant(act.conn, kept.certifier)?.map(|one| one.contract);
    let lacks = draft(act.house, &material, contract)?.lacks();
    let next = complete(act, kept.id, kept.state, &lacks)?;
    if next != kept.state {
        note(act, kept.candidacy, (Some(kept.state), next), None)?;
    }
    Ok(next)
}

/// Writes what became of a declaration into the journal of its candidacy.
pub(super) fn note(
    act: &mut Act<'_>,
    candidacy: CandidacyId,
    (from, to): (Option<DeclarationState>, DeclarationState),
    reason: Option<&str>,
) -> Done<()> {
    let line = Line {
        kind: "declaration",
        reference: &format!("candidacy:{candidacy}"),
        from: from.map(DeclarationState::as_str),
        to: Some(to.as_str()),
        reason,
        ..Line::default()
    };
    act.note(Subject::Candidacy(candidacy), &[line])
}

/// Nothing is declared without the certifier's numbers.
fn declarant(conn: &mut Conn, certifier: OrganisationId) -> Done<Declarant> {
    Ok(store::declarations::declarant(conn, certifier)?.ok_or(Refusal::NoDeclarant)?)
}
