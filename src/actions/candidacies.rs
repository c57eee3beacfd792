//! A candidacy: begun and handed in by the candidate, read and answered by the certifier.

mod judging;
mod telling;

pub use judging::{Answered, accept_piece, admit, decide, refuse_piece, resit};

use super::{Act, Done, House, keys};
use addresses::Page;
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::Instant;
use domain::candidacies::{
    Candidacy, CandidacyState, CandidacyStep, Eligibility, Facts, LARGEST_PIECE, LONGEST_TEXT, PieceKind,
    Refusal, Told, Verdict,
};
use domain::certifications::{AccessRoute, Entrance, Level, Requirement};
use domain::ids::{CandidacyId, CertificationId, PersonId, PieceId};
use domain::keys::KeyPurpose;
use domain::letters::CandidacyNews;
use domain::people::PersonName;
use domain::text::{Name, search_key};
use store::candidacies::{File, Opened, Piece};
use store::{self, Conn, journal::Line};
pub(super) use telling::{dossier, tell_candidate, tell_once};

/// What a candidate tells of themselves, before what is nobody else's business is sealed.
#[derive(Debug, Clone)]
pub struct Application {
    pub route: AccessRoute,
    pub level: Option<Level>,
    pub motivation: String,
    /// What is to be arranged for them; none when nothing is.
    pub accommodation: Option<String>,
}

/// Begins a candidacy for oneself.
pub fn begin(
    house: &House,
    actor: &Actor,
    id: CertificationId,
    application: &Application,
) -> Done<CandidacyId> {
    actor.may(Action::ApplyForCertification)?;
    let person = actor.person().ok_or(store::Error::Missing)?;
    let (version, entrance) = house.store.read(|conn| store::certifications::entrance_now(conn, id))?;
    let told = told(house, person, id, application)?;
    told.check(&entrance)?;
    house.act(actor, Action::ApplyForCertification, |act| {
        if store::candidacies::live_of(act.conn, &act.reach, id, person)?.is_some() {
            return Err(Refusal::Once.into());
        }
        let begun = match store::candidacies::begin(act.conn, (id, version), person, &told, act.now) {
            Err(store::Error::Taken(store::Unique::CandidacyOnce)) => return Err(Refusal::Once.into()),
            other => other?,
        };
        note(act, begun, (None, CandidacyState::Draft), None)?;
        act.made(&Page::Candidacy(begun));
        Ok(begun)
    })
}

/// Tells anew of oneself, while nobody has answered.
pub fn change(house: &House, actor: &Actor, id: CandidacyId, application: &Application) -> Done<()> {
    let reach = actor.may(Action::ApplyForCertification)?;
    let (seen, entrance) = house.store.read(|conn| with_entrance(conn, &reach, id))?;
    let told = told(house, seen.person, seen.certification, application)?;
    told.check(&entrance)?;
    house.act(actor, Action::ApplyForCertification, |act| {
        let seen = held(act, id)?;
        if !seen.state.is_open() {
            return Err(Refusal::Closed.into());
        }
        store::candidacies::tell(act.conn, &seen, &told, act.now)?;
        let line = Line { kind: "application", reference: &reference(id), ..Line::default() };
        act.note(Subject::Candidacy(id), &[line])
    })
}

/// What is told, with what is to be arranged sealed.
fn told(
    house: &House,
    person: PersonId,
    certification: CertificationId,
    application: &Application,
) -> Done<Told> {
    let wish = application.accommodation.as_deref().map(str::trim);
    let accommodation = match wish {
        None => None,
        Some("") => return Err(Refusal::AccommodationMissing.into()),
        Some(wish) if wish.chars().count() > LONGEST_TEXT => return Err(Refusal::TextTooLong.into()),
        Some(wish) => {
            let about = accommodation_of(person, certification);
            Some(keys::master(house)?.seal(KeyPurpose::Candidacy, &about, wish.as_bytes())?)
        }
    };
    Ok(Told {
        route: application.route,
        level: application.level,
        motivation: application.motivation.clone(),
        accommodation,
    })
}

fn accommodation_of(person: PersonId, certification: CertificationId) -> String {
    format!("accommodation:{person}:{certification}")
}

fn piece_of(candidacy: CandidacyId, name: &Name) -> String {
    format!("piece:{candidacy}:{}", search_key(name.as_str()))
}

/// What is to be arranged for a candidate whose candidacy was read within a reach, in their words.
pub fn accommodation(house: &House, seen: &Candidacy) -> Done<Option<String>> {
    let Some(sealed) = &seen.told.accommodation else { return Ok(None) };
    let about = accommodation_of(seen.person, seen.certification);
    let opened = keys::master(house)?.open(KeyPurpose::Candidacy, &about, sealed)?;
    Ok(Some(String::from_utf8_lossy(&opened).into_owned()))
}

/// Sends a document that the record asks for; it takes the place of one that nobody has read.
pub fn send_piece(
    house: &House,
    actor: &Actor,
    id: CandidacyId,
    name: &str,
    (file_name, bytes): (&str, &[u8]),
) -> Done<PieceId> {
    let reach = actor.may(Action::ApplyForCertification)?;
    let (_, entrance) = house.store.read(|conn| with_entrance(conn, &reach, id))?;
    let wanted = asked_for(&entrance, name).ok_or(Refusal::PieceUnknown)?;
    if bytes.len() > LARGEST_PIECE {
        return Err(Refusal::PieceTooLarge.into());
    }
    let kind = PieceKind::of(bytes).ok_or(Refusal::PieceKind)?;
    let sealed = keys::master(house)?.seal(KeyPurpose::Candidacy, &piece_of(id, &wanted), bytes)?;
    house.act(actor, Action::ApplyForCertification, |act| {
        let seen = held(act, id)?;
        if !seen.state.is_open() {
            return Err(Refusal::Closed.into());
        }
        let name_shown: String = file_name.chars().filter(|c| !c.is_control()).take(120).collect();
        let (what, size) = ((&wanted, name_shown.as_str()), (kind, bytes.len()));
        let piece = store::candidacies::add_piece(act.conn, id, what, size, &sealed, act.now)?;
        let reference = format!("piece:{piece}");
        let line = Line { kind: "piece", reference: &reference, to: Some("sent"), ..Line::default() };
        act.note(Subject::Candidacy(id), &[line])?;
        Ok(piece)
    })
}

/// The name that the record gives to a piece that somebody names.
fn asked_for(entrance: &Entrance, name: &str) -> Option<Name> {
    let key = search_key(name);
    entrance.requirements.iter().find_map(|requirement| match requirement {
        Requirement::Piece(wanted) if search_key(wanted.as_str()) == key => Some(wanted.clone()),
        _ => None,
    })
}

/// A document of a candidacy within reach, opened.
pub fn read_piece(house: &House, reach: &Reach, id: CandidacyId, piece: PieceId) -> Done<(File, Vec<u8>)> {
    let file = house.store.read(|conn| store::candidacies::file(conn, reach, id, piece))?;
    let opened = keys::master(house)?.open(KeyPurpose::Candidacy, &piece_of(id, &file.name), &file.sealed)?;
    Ok((file, opened))
}

/// Hands the candidacy in: nothing may be missing but what the certifier has to read.
pub fn submit(house: &House, actor: &Actor, id: CandidacyId) -> Done<()> {
    house.act(actor, Action::ApplyForCertification, |act| {
        held(act, id)?;
        let Whole { seen, entrance, eligibility, .. } = whole(act.conn, &act.reach, id)?;
        if eligibility.verdict() == Verdict::Lacking {
            return Err(Refusal::Incomplete.into());
        }
        step(act, &seen, CandidacyStep::Submit, None)?;
        tell_candidate(act, &seen, &entrance, CandidacyNews::Submitted)?;
        telling::tell_certifier(act, &seen, &entrance)
    })
}

/// Gives a candidacy up: the candidate by themselves, or the certifier at their wish.
pub fn withdraw(house: &House, actor: &Actor, id: CandidacyId, reason: &str) -> Done<()> {
    house.act(actor, Action::WithdrawCandidacy, |act| {
        let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
        if reason.is_none() && act.actor.person().is_none() {
            return Err(Refusal::ReasonMissing.into());
        }
        let seen = held(act, id)?;
        let entrance = store::certifications::entrance(act.conn, seen.version)?;
        step(act, &seen, CandidacyStep::Withdraw, reason)?;
        store::juries::release(act.conn, id)?;
        let news = CandidacyNews::Withdrawn { reason: reason.map(str::to_owned) };
        tell_candidate(act, &seen, &entrance, news)
    })
}

/// A candidacy with everything that is known of it.
#[derive(Debug, Clone)]
pub struct Whole {
    pub seen: Candidacy,
    pub candidate: PersonName,
    pub entrance: Entrance,
    /// When the candidate confirmed who they are by birth; none while they told nothing.
    pub identity_confirmed_at: Option<Instant>,
    pub eligibility: Eligibility,
    pub pieces: Vec<Piece>,
}

/// A candidacy within reach, with how each condition stands now.
pub fn whole(conn: &mut Conn, reach: &Reach, id: CandidacyId) -> Result<Whole, store::Error> {
    let Opened { seen, candidate, entrance, identity_confirmed_at } =
        store::candidacies::opened(conn, reach, id)?;
    let pieces = store::candidacies::pieces_of(conn, reach, id)?;
    let facts = Facts {
        route: Some(seen.told.route),
        level: seen.told.level,
        attended: store::candidacies::attended(conn, reach, seen.person)?,
        pieces: pieces.iter().map(|piece| (piece.name.clone(), piece.state)).collect(),
    };
    let eligibility = Eligibility::of(&entrance, &facts);
    Ok(Whole { seen, candidate, entrance, identity_confirmed_at, eligibility, pieces })
}

fn with_entrance(
    conn: &mut Conn,
    reach: &Reach,
    id: CandidacyId,
) -> Result<(Candidacy, Entrance), store::Error> {
    let seen = store::candidacies::get(conn, reach, id)?;
    let entrance = store::certifications::entrance(conn, seen.version)?;
    Ok((seen, entrance))
}

/// A candidacy within reach, held until the end of the transaction.
pub(super) fn held(act: &mut Act<'_>, id: CandidacyId) -> Done<Candidacy> {
    store::candidacies::get(act.conn, &act.reach, id)?;
    act.hold(|conn| store::candidacies::hold(conn, id))?;
    Ok(store::candidacies::get(act.conn, &act.reach, id)?)
}

/// Moves a candidacy by one step and writes it into its journal.
pub(super) fn step(
    act: &mut Act<'_>,
    seen: &Candidacy,
    step: CandidacyStep,
    reason: Option<&str>,
) -> Done<CandidacyState> {
    let next = seen.state.step(step).map_err(Refusal::from)?;
    store::candidacies::shift(act.conn, seen, next, act.now)?;
    note(act, seen.id, (Some(seen.state), next), reason)?;
    Ok(next)
}

fn reference(id: CandidacyId) -> String {
    format!("candidacy:{id}")
}

fn note(
    act: &mut Act<'_>,
    id: CandidacyId,
    (from, to): (Option<CandidacyState>, CandidacyState),
    reason: Option<&str>,
) -> Done<()> {
    let line = Line {
        kind: "candidacy",
        reference: &reference(id),
        from: from.map(CandidacyState::as_str),
        to: Some(to.as_str()),
        reason,
        ..Line::default()
    };
    act.note(Subject::Candidacy(id), &[line])
}
