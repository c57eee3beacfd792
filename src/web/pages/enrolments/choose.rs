//! Choosing a session and fifteen people for it.

use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use crate::pages::session_rows::{SeatsMeter, place};
use actions::{self, Error, enrolments::Request};
use askama::Template;
use domain::access::Action;
use domain::enrolments::GroupPolicy;
use domain::ids::{ImportId, PersonId, SessionId};
use serde::Deserialize;
use std::collections::HashSet;
use store::{self, sessions::Heading};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/inscriptions/nouvelle", Action::RequestEnrolment, choose);
    routes.post("/inscriptions", Action::RequestEnrolment, enrol);
    routes.post("/sessions/{session}/demande", Action::RequestEnrolment, ask);
}

#[derive(Deserialize, Default)]
struct Choice {
    #[serde(default)]
    session: String,
    #[serde(default)]
    person: Vec<String>,
    /// An import whose people are to be chosen.
    #[serde(default)]
    import: String,
    #[serde(default)]
    recherche: String,
    #[serde(default)]
    mode: String,
}

/// A session as it is offered.
pub struct Offer {
    pub href: String,
    pub title: String,
    pub when: String,
    pub place: String,
    pub free: u32,
    pub seats: SeatsMeter,
}

impl Offer {
    pub fn new(w: Words, heading: &Heading, href: String) -> Self {
        Self {
            href,
            title: heading.title.clone(),
            when: w.span(heading.starts_at, heading.ends_at, heading.zone),
            place: place(w, heading.commune.as_ref()),
            free: heading.free(),
            seats: SeatsMeter::new(w, heading.held + heading.reserved, heading.capacity),
        }
    }
}

struct Person {
    id: PersonId,
    name: String,
    group: &'static str,
    chosen: bool,
    /// In the session already.
    live: bool,
}

#[derive(Template)]
#[template(path = "enrolments/choose_session.html")]
struct ChooseSessionPage {
    shell: Shell,
    offers: Vec<Offer>,
}

#[derive(Template)]
#[template(path = "enrolments/choose.html")]
struct ChoosePage {
    shell: Shell,
    session: SessionId,
    offer: Offer,
    people: Vec<Person>,
    /// Whether the list is cut: one searches for who is not shown.
    searchable: bool,
    search: String,
    whole_group: bool,
    mistakes: Mistakes,
}

fn choose(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let choice: Choice = visit.query()?;
    let Ok(session) = choice.session.parse::<SessionId>() else { return choose_session(visit, &choice) };
    Reply::page(&choose_page(visit, session, &choice, None)?)
}

fn choose_session(visit: &Visit<'_>, choice: &Choice) -> Result<Reply, Problem> {
    let now = visit.house.clock.now();
    let open = visit.read(|conn| store::sessions::open_sessions(conn, now, 50))?;
    let kept: Vec<(&str, &str)> = choice
        .person
        .iter()
        .map(|p| ("person", p.as_str()))
        .chain((!choice.import.is_empty()).then_some(("import", choice.import.as_str())))
        .collect();
    let kept = serde_html_form::to_string(kept).unwrap_or_default();
    let and = if kept.is_empty() { "" } else { "&" };
    let offers = open
        .iter()
        .map(|h| Offer::new(visit.w, h, format!("/inscriptions/nouvelle?session={}{and}{kept}", h.id)))
        .collect();
    Reply::page(&ChooseSessionPage { shell: visit.shell(visit.w.choose_session_title()), offers })
}

fn choose_page(
    visit: &Visit<'_>,
    session: SessionId,
    choice: &Choice,
    mistake: Option<String>,
) -> Result<ChoosePage, Problem> {
    let named: Vec<PersonId> = choice.person.iter().filter_map(|p| p.parse().ok()).collect();
    let import: Option<ImportId> = choice.import.parse().ok();
    let (heading, people, chosen, live) = visit.read(|conn| {
        let heading = store::sessions::heading(conn, session)?;
        let day = heading.starts_at.day(heading.zone);
        let mut chosen: HashSet<PersonId> = named.iter().copied().collect();
        let mut only = Vec::new();
        if let Some(import) = import {
            only = store::imports::people(conn, &visit.reach, import)?;
            chosen.extend(&only);
        }
        let mut people = store::enrolments::choosable(conn, &visit.reach, day, &only, &choice.recherche)?;
        let shown: HashSet<_> = people.iter().map(|p| p.person).collect();
        let hidden: Vec<_> = chosen.iter().copied().filter(|p| !shown.contains(p)).collect();
        if !hidden.is_empty() {
            // Who was chosen before a search stays chosen, and in sight.
            people.extend(store::enrolments::choosable(conn, &visit.reach, day, &hidden, "")?);
        }
        let ids: Vec<_> = people.iter().map(|p| p.person).collect();
        let live = store::enrolments::live_in(conn, session, &ids)?;
        Ok((heading, people, chosen, live))
    })?;
    let w = visit.w;
    let day = heading.starts_at.day(heading.zone);
    let limit = usize::try_from(store::enrolments::MOST_CHOOSABLE).unwrap_or(usize::MAX);
    Ok(ChoosePage {
        shell: visit.shell(w.who_to_enrol(day)),
        session,
        offer: Offer::new(w, &heading, format!("/catalogue/{session}")),
        searchable: people.len() >= limit || !choice.recherche.is_empty(),
        people: people
            .into_iter()
            .map(|p| Person {
                id: p.person,
                name: p.name.listed(),
                group: p.job_group.map(|g| w.job_group_name(g)).unwrap_or_default(),
                chosen: chosen.contains(&p.person),
                live: live.contains(&p.person),
            })
            .collect(),
        search: choice.recherche.clone(),
        whole_group: choice.mode == GroupPolicy::AllOrNone.as_str(),
        mistakes: mistake.map(|m| Mistakes::one("personnes", m)).unwrap_or_default(),
    })
}

fn enrol(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let choice: Choice = visit.form()?;
    let session: SessionId = choice.session.parse().map_err(|_| Problem::NotFound)?;
    let policy = match choice.mode.as_str() {
        "" => GroupPolicy::AsManyAsFit,
        mode => match mode.parse() {
            Ok(policy) => policy,
            Err(_) => {
                let mistake = visit.w.mode_mistake().to_owned();
                return Reply::form_again(&choose_page(visit, session, &choice, Some(mistake))?);
            }
        },
    };
    let wanted =
        Request { session, people: choice.person.iter().filter_map(|p| p.parse().ok()).collect(), policy };
    match actions::enrolments::request(visit.house, &visit.actor, &wanted) {
        Ok(asked) => {
            let told = visit.w.asked(asked.confirmed, asked.waiting, asked.requested, asked.already);
            Ok(Reply::see_with("/inscriptions", told))
        }
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => {
            Reply::form_again(&choose_page(visit, session, &choice, Some(visit.w.enrolment_refusal(no)))?)
        }
        Err(other) => Err(other.into()),
    }
}

/// A trainee asks for a place for themselves.
fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let session: SessionId = visit.part("session")?;
    let asked = actions::enrolments::request_for_oneself(visit.house, &visit.actor, session)?;
    let told = visit.w.asked(asked.confirmed, asked.waiting, asked.requested, asked.already);
    Ok(Reply::see_with("/accueil", told))
}
