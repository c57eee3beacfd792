//! Candidacies, for those who apply and those who answer.

mod applying;
mod attempts;
mod judging;

use super::tracks::Followed;
use crate::forms::Choice;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Subject};
use domain::calendar::{Instant, Zone};
use domain::candidacies::{CandidacyState, Condition, PieceState, Refusal, Verdict};
use domain::certifications::Requirement;
use domain::ids::{CandidacyId, CertificationId, PieceId};
use domain::text::search_key;
use serde::Deserialize;
use store::candidacies::{Listed, Piece};

pub fn routes(routes: &mut Routes) {
    routes.get("/candidatures", Action::ReadCandidacies, list);
    routes.get("/candidatures/{candidacy}", Action::ReadCandidacies, one);
    routes.get("/candidatures/{candidacy}/pieces/{piece}", Action::ReadCandidacies, open_piece);
    applying::routes(routes);
    attempts::routes(routes);
    judging::routes(routes);
}

#[derive(Template)]
#[template(path = "candidacies/list.html")]
struct ListPage {
    shell: Shell,
    /// Whether the reader is the candidate.
    is_own: bool,
    states: Vec<Choice>,
    is_filtered: bool,
    rows: Vec<Listed>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    etat: String,
    #[serde(default)]
    apres: String,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let filter: Filter = visit.query()?;
    let state: Option<CandidacyState> = filter.etat.parse().ok();
    let before = filter.apres.parse().ok();
    let page = visit.read(|conn| store::candidacies::list(conn, &visit.reach, state, before))?;
    let choice =
        |of: &CandidacyState| Choice::new(of, visit.w.candidacy_state(*of)).chosen(state == Some(*of));
    let all = Choice::new("", visit.w.all_states()).chosen(state.is_none());
    let shown = CandidacyState::ALL.iter().filter(|of| **of != CandidacyState::Draft).map(choice);
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.candidacies()),
        is_own: visit.actor.person().is_some(),
        states: [all].into_iter().chain(shown).collect(),
        is_filtered: state.is_some(),
        next: page.next.map(|next| format!("/candidatures?etat={}&apres={next}", filter.etat)),
        rows: page.rows,
    })
}

/// One condition with what was sent for it.
struct ConditionRow {
    condition: Condition,
    /// The piece that it asks for, when it asks for one.
    piece: Option<String>,
    sent: Vec<Piece>,
}

impl ConditionRow {
    /// Whether the candidate should send something.
    fn wants_file(&self) -> bool {
        self.piece.is_some() && !self.sent.iter().any(|piece| piece.state == PieceState::Accepted)
    }
}

#[derive(Template)]
#[template(path = "candidacies/one.html")]
struct OnePage {
    shell: Shell,
    id: CandidacyId,
    is_own: bool,
    state: CandidacyState,
    candidate: String,
    title: String,
    code: String,
    conditions: Vec<ConditionRow>,
    /// Whether the chosen route is open.
    route_is_open: bool,
    facts: Vec<(&'static str, String)>,
    accommodation: Option<String>,
    /// When the candidate confirmed who they are by birth.
    identity_confirmed_at: Option<Instant>,
    verdict: Verdict,
    /// The training that leads to the certification, as far as the candidate has a place in it.
    track: Vec<Followed>,
    certification: CertificationId,
    told: Vec<(Instant, String, String)>,
    mistake: Option<(PieceId, String)>,
    problem: String,
}

/// What a form of the page was refused for, said on it.
#[derive(Default)]
struct Refused {
    /// The piece that it is about, when it is about one.
    piece: Option<PieceId>,
    sentence: String,
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, visit.part("candidacy")?, Refused::default())?)
}

/// The page again, with why nothing was done.
fn again(visit: &Visit<'_>, id: CandidacyId, piece: Option<PieceId>, no: Refusal) -> Result<Reply, Problem> {
    let refused = Refused { piece, sentence: visit.w.candidacy_refusal(no) };
    Reply::form_again(&page(visit, id, refused)?)
}

fn page(visit: &Visit<'_>, id: CandidacyId, refused: Refused) -> Result<OnePage, Problem> {
    let w = visit.w;
    // Reading what was entrusted is what the reader of the page may do, whatever the form asked for.
    let reach = visit.actor.may(Action::ReadCandidacies).map_err(actions::Error::from)?;
    let (whole, places, told) = visit.read(|conn| {
        let whole = actions::candidacies::whole(conn, &reach, id)?;
        let places = store::tracks::places(conn, &reach, id)?;
        let told = store::journal::of(conn, &reach, Subject::Candidacy(id), None)?;
        Ok((whole, places, told.rows))
    })?;
    let (seen, candidate) = (&whole.seen, &whole.candidate);
    let accommodation = actions::candidacies::accommodation(visit.house, seen)?;
    let mut facts = vec![(w.route_label(), w.access_route(seen.told.route).to_owned())];
    facts.extend(seen.told.level.map(|level| (w.level_told(), w.level_choice(level))));
    if !seen.told.motivation.is_empty() {
        facts.push((w.motivation_fact(), seen.told.motivation.clone()));
    }
    facts.extend(seen.submitted_at.map(|at| (w.submitted_on(), w.moment(at, Zone::OFFICE))));
    let is_own = visit.actor.person() == Some(seen.person);
    let told = told.into_iter().filter_map(|line| {
        let state: CandidacyState = line.to.as_deref()?.parse().ok()?;
        let by = line.by.unwrap_or_default();
        (line.kind == "candidacy").then(|| (line.at, w.candidacy_state(state).to_owned(), by))
    });
    let (mistake, problem) = match refused.piece {
        Some(piece) => (Some((piece, refused.sentence)), String::new()),
        None => (None, refused.sentence),
    };
    Ok(OnePage {
        shell: visit.shell(if is_own { w.candidacy().to_owned() } else { candidate.full() }),
        id,
        is_own,
        state: seen.state,
        candidate: candidate.full(),
        title: whole.entrance.title.to_string(),
        code: whole.entrance.code.to_string(),
        route_is_open: whole.eligibility.route_is_open,
        verdict: whole.eligibility.verdict(),
        conditions: rows(whole.eligibility.conditions, &whole.pieces),
        facts,
        accommodation,
        identity_confirmed_at: whole.identity_confirmed_at,
        track: places.iter().map(|place| Followed::new(w, place, is_own)).collect(),
        certification: seen.certification,
        told: told.collect(),
        mistake,
        problem,
    })
}

fn rows(conditions: Vec<Condition>, pieces: &[Piece]) -> Vec<ConditionRow> {
    let row = |condition: Condition| {
        let piece = match &condition.requirement {
            Requirement::Piece(name) => Some(name.to_string()),
            Requirement::Attended(_) | Requirement::Level(_) => None,
        };
        let key = piece.as_deref().map(search_key);
        let sent = pieces.iter().filter(|one| Some(one.name.search_key()) == key).cloned().collect();
        ConditionRow { condition, piece, sent }
    };
    conditions.into_iter().map(row).collect()
}

impl OnePage {
    fn mark(&self) -> &'static str {
        match self.state {
            CandidacyState::Draft | CandidacyState::Submitted => "wait",
            CandidacyState::NotEligible | CandidacyState::Withdrawn => "no",
            _ => "ok",
        }
    }

    fn mistake_of(&self, piece: PieceId) -> &str {
        self.mistake.as_ref().filter(|(of, _)| *of == piece).map_or("", |(_, sentence)| sentence)
    }

    fn confirmed(&self, at: &Instant) -> String {
        self.shell.w.identity_confirmed(at.day(Zone::OFFICE))
    }

    fn moment(&self, at: &Instant) -> String {
        self.shell.w.moment(*at, Zone::OFFICE)
    }
}

/// A document to keep: it never opens among our pages.
fn open_piece(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, piece) = (visit.part("candidacy")?, visit.part("piece")?);
    let (file, bytes) = actions::candidacies::read_piece(visit.house, &visit.reach, id, piece)?;
    let media_type = match file.media_type.as_str() {
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        _ => "application/pdf",
    };
    let ending = media_type.rsplit('/').next().unwrap_or_default();
    Ok(Reply::file(&format!("piece-{piece}.{ending}"), media_type, bytes))
}
