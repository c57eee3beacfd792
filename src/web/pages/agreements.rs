//! What organisations are asked before they take part in a programme: both sides read it, one answers, one takes it back.

use super::organisations::commune_name;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::{Action, Extent};
use domain::agreements::{AgreementState, AgreementStep};
use domain::calendar::{Instant, Zone};
use domain::ids::{AgreementId, OrganisationId};
use domain::reference;
use serde::Deserialize;
use store::agreements::{Agreement, Side};
use store::{self, Conn, Kept};

pub fn routes(routes: &mut Routes) {
    routes.get("/accords", Action::ReadAgreements, list);
    routes.get("/accords/{agreement}", Action::ReadAgreements, show);
    routes.post("/accords/{agreement}/reponse", Action::AnswerAgreement, answer);
    routes.post("/accords/{agreement}/retrait", Action::WithdrawAgreement, withdraw);
}

#[derive(Template)]
#[template(path = "agreements/list.html")]
struct ListPage {
    shell: Shell,
    /// What the reader's organisation is asked; none for who acts for no organisation.
    asked: Option<Vec<Agreement>>,
    /// What is asked in the name of the reader's programmes; none for who has no programme.
    asking: Option<Vec<Agreement>>,
    asking_title: &'static str,
    next: Option<String>,
}

impl ListPage {
    fn day(&self, at: &Instant) -> String {
        self.shell.w.day(at.day(Zone::OFFICE))
    }
}

#[derive(Deserialize)]
struct Cursor {
    #[serde(default)]
    apres: String,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let before = visit.query::<Cursor>()?.apres.parse().ok();
    let extent = visit.reach.extent();
    let asks = matches!(extent, Extent::Everything | Extent::OperatedBy(_));
    let read = |conn: &mut Conn, side, before| store::agreements::list(conn, &visit.reach, side, before);
    let (asked, asking) = visit.read(|conn| {
        let asked = visit.actor.organisation().map(|_| read(conn, Side::Asked, None)).transpose()?;
        Ok((asked, asks.then(|| read(conn, Side::Asking, before)).transpose()?))
    })?;
    let w = visit.w;
    let next = asking.as_ref().and_then(|page| page.next.as_ref());
    let everyone = extent == Extent::Everything;
    Reply::page(&ListPage {
        shell: visit.shell(w.agreements()),
        next: next.map(|next| format!("/accords?apres={next}")),
        asked: asked.map(|page| page.rows),
        asking: asking.map(|page| page.rows),
        asking_title: if everyone { w.agreements_asked_by_all() } else { w.agreements_asked_by() },
    })
}

#[derive(Template)]
#[template(path = "agreements/one.html")]
struct AgreementPage {
    shell: Shell,
    one: Agreement,
    /// What became of it.
    became: AgreementState,
    side: Side,
    facts: Vec<(&'static str, String)>,
    /// What comes next for who asks.
    next: String,
    /// The page of the organisation, for who may read it by now.
    page: Option<OrganisationId>,
}

impl AgreementPage {
    fn may(&self, step: AgreementStep) -> bool {
        self.one.state.step(step).is_ok()
    }
}

/// An agreement, and the side that the reader is on.
fn found(conn: &mut Conn, visit: &Visit<'_>, id: AgreementId) -> Kept<(Agreement, Side)> {
    match store::agreements::get(conn, &visit.reach, Side::Asked, id) {
        Err(store::Error::Missing) => {
            store::agreements::get(conn, &visit.reach, Side::Asking, id).map(|one| (one, Side::Asking))
        }
        other => other.map(|one| (one, Side::Asked)),
    }
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.part("agreement")?;
    let today = visit.today();
    let (one, side, takes_part, is_answerable) = visit.read(|conn| {
        let (one, side) = found(conn, visit, id)?;
        let takes_part = store::organisations::takes_part(conn, one.programme, one.organisation)?;
        let can_answer = store::members::keepers_of(conn, one.organisation, today)?;
        Ok((one, side, takes_part, !can_answer.is_empty()))
    })?;
    // It may have come in while it had nobody to ask.
    let became = if takes_part { AgreementState::Given } else { one.state };
    let title = match side {
        Side::Asked => visit.w.agreement_question(&one.operator_name, became),
        Side::Asking => one.organisation_name.clone(),
    };
    let reads = side == Side::Asking && takes_part;
    Reply::page(&AgreementPage {
        shell: visit.shell(title),
        next: visit.w.agreement_next(became, is_answerable),
        facts: facts(visit, &one, side),
        page: reads.then_some(one.organisation),
        became,
        side,
        one,
    })
}

/// What each side may know of the other: what is public.
fn facts(visit: &Visit<'_>, one: &Agreement, side: Side) -> Vec<(&'static str, String)> {
    let w = visit.w;
    let day = |at: Instant| w.day(at.day(Zone::OFFICE));
    let mut facts = vec![(w.agreement_programme(), one.programme_name.clone())];
    match side {
        Side::Asked => {
            let region = reference::region(&one.region).map_or(one.region.as_str(), |region| region.name);
            facts.push((w.programme_region(), region.to_owned()));
            facts.push((w.agreement_operator(), one.operator_name.clone()));
        }
        Side::Asking => {
            facts.extend(one.siret.as_ref().map(|siret| (w.organisation_siret(), siret.to_string())));
            facts.extend(one.commune.as_ref().map(|code| (w.organisation_commune(), commune_name(code))));
        }
    }
    facts.push((w.agreement_asked_on(), day(one.asked_at)));
    let ended = match one.state {
        AgreementState::Withdrawn => w.agreement_withdrawn_on(),
        _ => w.agreement_answered_on(),
    };
    facts.extend(one.answered_at.map(|at| (ended, day(at))));
    facts
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    reponse: String,
}

fn answer(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: AgreementId = visit.part("agreement")?;
    let said = match visit.form::<Answer>()?.reponse.as_str() {
        "oui" => {
            let given = actions::agreements::agree(visit.house, &visit.actor, id)?;
            visit.w.agreement_given_now(&given.programme_name)
        }
        "non" => {
            actions::agreements::decline(visit.house, &visit.actor, id)?;
            visit.w.agreement_declined_now().to_owned()
        }
        _ => return Err(Problem::Unreadable),
    };
    Ok(Reply::see_with(&format!("/accords/{id}"), said))
}

fn withdraw(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: AgreementId = visit.part("agreement")?;
    actions::agreements::withdraw(visit.house, &visit.actor, id)?;
    Ok(Reply::see_with(&format!("/accords/{id}"), visit.w.agreement_withdrawn_now()))
}
