//! Juries, for the certifier who composes them and the members who sit.

mod appeals;
mod assessing;
mod composing;
mod minutes;
mod sitting;

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::juries::Whole;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::ids::{AttemptId, JuryId};
use domain::juries::{Juror, JuryState, JuryStep, Refusal};
use store::juries::{Appeal, Attempt, Listed};

pub fn routes(routes: &mut Routes) {
    routes.get("/jurys", Action::ReadJuries, list);
    routes.get("/jurys/{jury}", Action::ReadJuries, one);
    composing::routes(routes);
    sitting::routes(routes);
    assessing::routes(routes);
    minutes::routes(routes);
    appeals::routes(routes);
}

#[derive(Template)]
#[template(path = "juries/list.html")]
struct ListPage {
    shell: Shell,
    /// Whether the reader composes juries, or sits in them.
    composes: bool,
    rows: Vec<Listed>,
    next: Option<String>,
}

fn composes(visit: &Visit<'_>) -> bool {
    visit.actor.may(Action::ComposeJury).is_ok()
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let before = visit.after()?;
    let page = visit.read(|conn| store::juries::list(conn, &visit.reach, before))?;
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.juries()),
        composes: composes(visit),
        rows: page.rows,
        next: page.next.map(|next| format!("/jurys?apres={next}")),
    })
}

#[derive(Template)]
#[template(path = "juries/one.html")]
struct OnePage {
    shell: Shell,
    id: JuryId,
    state: JuryState,
    title: String,
    code: String,
    when: String,
    facts: Vec<(&'static str, String)>,
    breaches: Vec<String>,
    jurors: Vec<Juror>,
    candidates: Vec<CandidateRow>,
    /// Whether the reader composes it, and may still do so.
    composes: bool,
    /// The member that the reader is.
    own: Option<Juror>,
    problem: String,
}

struct CandidateRow {
    attempt: Attempt,
    appeal: Option<Appeal>,
}

impl OnePage {
    fn mark(&self) -> &'static str {
        match self.state {
            JuryState::Composing | JuryState::Convened | JuryState::Sitting => "wait",
            JuryState::Closed => "ok",
            JuryState::Cancelled => "no",
        }
    }

    fn may(&self, step: JuryStep) -> bool {
        self.state.step(step).is_ok()
    }

    fn presides(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.is_chair)
    }

    fn sits(&self) -> bool {
        self.state == JuryState::Sitting && self.own.as_ref().is_some_and(|own| own.is_present)
    }
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, visit.part("jury")?, String::new())?)
}

fn path_of(id: JuryId) -> String {
    format!("/jurys/{id}")
}

/// The page again, with why nothing was done.
fn again(visit: &Visit<'_>, id: JuryId, no: &Refusal) -> Result<Reply, Problem> {
    Reply::form_again(&page(visit, id, visit.w.jury_refusal(no))?)
}

/// A jury within the reader's reach, whatever the form asked for.
fn whole(visit: &Visit<'_>, id: JuryId) -> Result<Whole, Problem> {
    let reach = visit.actor.may(Action::ReadJuries).map_err(Error::from)?;
    let today = visit.today();
    Ok(visit.read(|conn| actions::juries::whole(conn, &reach, id, today))?)
}

fn page(visit: &Visit<'_>, id: JuryId, problem: String) -> Result<OnePage, Problem> {
    let w = visit.w;
    let whole = whole(visit, id)?;
    let composes = composes(visit);
    let appeals = if composes && whole.seen.state == JuryState::Closed {
        visit.read(|conn| store::juries::appeals_of(conn, &visit.reach, id))?
    } else {
        Vec::new()
    };
    let breaches = match whole.seen.state {
        JuryState::Closed | JuryState::Cancelled => Vec::new(),
        _ => whole.breaches().iter().map(|breach| w.breach(breach)).collect(),
    };
    let rules = whole.seen.rules;
    let facts = vec![
        (w.jury_mode(), w.sitting_mode(whole.seen.meeting.mode).to_owned()),
        (w.jury_place(), whole.seen.meeting.place.clone()),
        (w.rules_label(), w.jury_rules(rules)),
    ];
    let own = whole.member(visit.actor.account()).filter(|_| !composes).cloned();
    let row = |attempt: Attempt| CandidateRow {
        appeal: appeals.iter().find(|appeal| appeal.attempt == attempt.id).cloned(),
        attempt,
    };
    Ok(OnePage {
        shell: visit.shell(w.jury()),
        id,
        state: whole.seen.state,
        title: whole.about.title.to_string(),
        code: whole.about.code.to_string(),
        when: w.sits_at(&whole.seen.meeting),
        facts,
        breaches,
        jurors: whole.jurors,
        candidates: whole.attempts.into_iter().map(row).collect(),
        composes,
        own,
        problem,
    })
}

/// The jury of a path and one of its candidates.
fn with_candidate(visit: &Visit<'_>) -> Result<(JuryId, AttemptId, Whole, Attempt), Problem> {
    let (id, attempt): (JuryId, AttemptId) = (visit.part("jury")?, visit.part("attempt")?);
    let whole = whole(visit, id)?;
    let found = whole.attempts.iter().find(|one| one.id == attempt).cloned().ok_or(Problem::NotFound)?;
    Ok((id, attempt, whole, found))
}
