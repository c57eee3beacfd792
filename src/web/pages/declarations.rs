//! The declaration to the State, for the certifier; and what is still missing, for the candidate too.

mod declarant;
mod files;

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::calendar::Day;
use domain::declarations::{CivilName, DeclarationState, Draft, Lack};
use domain::ids::{CandidacyId, DeclarationId};
use serde::Deserialize;
use store::declarations::{Declaration, Listed, Shelf};

pub fn routes(routes: &mut Routes) {
    routes.get("/declarations", Action::ReadDeclarations, list);
    declarant::routes(routes);
    files::routes(routes);
    routes.get("/declarations/{declaration}", Action::ReadDeclarations, one);
    routes.post("/declarations/{declaration}/correction", Action::Declare, correct);
    routes.get("/candidatures/{candidacy}/declaration", Action::ReadCandidacies, of_candidacy);
}

const fn mark(state: DeclarationState) -> &'static str {
    match state {
        DeclarationState::Accepted => "ok",
        DeclarationState::Incomplete | DeclarationState::Rejected => "no",
        DeclarationState::Ready
        | DeclarationState::Batched
        | DeclarationState::Exported
        | DeclarationState::Deposited => "wait",
    }
}

#[derive(Template)]
#[template(path = "declarations/list.html")]
struct ListPage {
    shell: Shell,
    shelf: Shelf,
    today: Day,
    ready: i64,
    has_numbers: bool,
    rows: Vec<Listed>,
    next: Option<String>,
    problem: String,
}

impl ListPage {
    fn shelves(&self) -> [(&'static str, &'static str, bool); 3] {
        let w = self.shell.w;
        [
            ("", w.declarations_to_do(), self.shelf == Shelf::ToDo),
            ("?vue=envoyees", w.declarations_sent(), self.shelf == Shelf::Sent),
            ("?vue=acceptees", w.declarations_accepted(), self.shelf == Shelf::Accepted),
        ]
    }

    fn alert(&self, row: &Listed) -> String {
        self.shell.w.declaration_pressing(row.state, row.due_on, self.today)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    vue: String,
    apres: Option<String>,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, String::new())?)
}

fn page(visit: &Visit<'_>, problem: String) -> Result<ListPage, Problem> {
    let asked: Asked = visit.query().unwrap_or_default();
    let shelf = match asked.vue.as_str() {
        "envoyees" => Shelf::Sent,
        "acceptees" => Shelf::Accepted,
        _ => Shelf::ToDo,
    };
    let after = asked.apres.as_deref().and_then(|cursor| {
        let (day, id) = cursor.split_once('.')?;
        Some((day.parse().ok()?, id.parse().ok()?))
    });
    let today = visit.today();
    let reach = visit.actor.may(Action::ReadDeclarations).map_err(Error::from)?;
    let certifier = store::certificates::certifier_of(&reach)?;
    let (page, (ready, _), declarant) = visit.read(|conn| {
        let page = store::declarations::list(conn, &reach, shelf, after)?;
        let pressing = store::declarations::pressing(conn, &reach, today)?;
        Ok((page, pressing, store::declarations::declarant(conn, certifier)?))
    })?;
    let view = if asked.vue.is_empty() { String::new() } else { format!("vue={}&", asked.vue) };
    Ok(ListPage {
        shell: visit.shell(visit.w.declarations_title()),
        shelf,
        today,
        ready,
        has_numbers: declarant.is_some(),
        rows: page.rows,
        next: page.next.map(|next| format!("/declarations?{view}apres={next}")),
        problem,
    })
}

#[derive(Template)]
#[template(path = "declarations/one.html")]
struct OnePage {
    shell: Shell,
    kept: Declaration,
    facts: Vec<(&'static str, String)>,
    lacks: Vec<Lack>,
    is_lost: bool,
    alert: String,
    problem: String,
}

impl OnePage {
    fn mark(&self) -> &'static str {
        mark(self.kept.state)
    }
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&one_page(visit, String::new())?)
}

fn one_page(visit: &Visit<'_>, problem: String) -> Result<OnePage, Problem> {
    let w = visit.w;
    let id: DeclarationId = visit.part("declaration")?;
    let reach = visit.actor.may(Action::ReadDeclarations).map_err(Error::from)?;
    let actions::declarations::Told { kept, draft, lacks, is_lost } =
        visit.house.store.read(|conn| actions::declarations::told(visit.house, conn, &reach, id))?;
    let today = visit.today();
    let facts = facts(visit, &kept, &draft);
    let name = [draft.first_name.as_ref(), draft.birth_name.as_ref()];
    let name: Vec<&str> = name.into_iter().flatten().map(CivilName::as_str).collect();
    Ok(OnePage {
        shell: visit.shell(if name.is_empty() { w.declaration_title().to_owned() } else { name.join(" ") }),
        alert: w.declaration_pressing(kept.state, kept.due_on, today),
        lacks,
        is_lost,
        facts,
        kept,
        problem,
    })
}

fn facts(visit: &Visit<'_>, kept: &Declaration, draft: &Draft) -> Vec<(&'static str, String)> {
    let w = visit.w;
    let text = |name: &CivilName| name.as_str().to_owned();
    let names = &draft.other_names;
    let given: Vec<&str> = [draft.first_name.as_ref(), names.second.as_ref(), names.third.as_ref()]
        .into_iter()
        .flatten()
        .map(CivilName::as_str)
        .collect();
    let mut facts = vec![(w.certificate_whole(), kept.code.to_string())];
    facts.extend(draft.birth_name.as_ref().map(|name| (w.birth_name(), text(name))));
    facts.extend(names.usual.as_ref().map(|name| (w.usual_name(), text(name))));
    if !given.is_empty() {
        facts.push((w.given_names(), given.join(", ")));
    }
    facts.extend(draft.born.map(|born| (w.birth_date_label(), w.short_birth_date(born))));
    facts.push((w.birthplace_label(), w.birthplace(&draft.birthplace)));
    facts.extend(draft.sex.map(|sex| (w.sex_label(), w.sex(sex).to_owned())));
    facts.extend(draft.issued_on.map(|day| (w.certificate_jury(), w.date(day))));
    let until = draft.details.valid_until;
    facts.push((
        w.declaration_until(),
        until.map_or_else(|| w.certificate_endless().to_owned(), |day| w.date(day)),
    ));
    facts.extend(draft.details.route.map(|route| (w.route_label(), w.access_route(route).to_owned())));
    facts.push((w.technical_label(), kept.technical.to_string()));
    facts
}

fn correct(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: DeclarationId = visit.part("declaration")?;
    match actions::declarations::correct(visit.house, &visit.actor, id) {
        Ok(state) => {
            let said = match state {
                DeclarationState::Ready => visit.w.declaration_corrected_done(),
                _ => visit.w.declaration_still_lacks(),
            };
            Ok(Reply::see_with(&format!("/declarations/{id}"), said))
        }
        Err(Error::Refused(actions::Refusal::Declaration(no))) => {
            Reply::form_again(&one_page(visit, visit.w.declaration_refusal(&no))?)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "declarations/candidacy.html")]
struct CandidacyPage {
    shell: Shell,
    id: CandidacyId,
    help: &'static str,
    state: Option<DeclarationState>,
    /// What the State asks for, and whether it is there.
    wanted: Vec<(Lack, bool)>,
    /// What cannot be.
    contradictions: Vec<Lack>,
}

const WANTED: [Lack; 7] = [
    Lack::Certification,
    Lack::BirthName,
    Lack::FirstName,
    Lack::BirthYear,
    Lack::Sex,
    Lack::Contract,
    Lack::IssueDate,
];

fn of_candidacy(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    let standing = visit
        .house
        .store
        .read(|conn| actions::declarations::standing(visit.house, conn, &visit.reach, id))?;
    let lacks = standing.lacks;
    let reason = standing.kept.as_ref().and_then(|kept| kept.reason_kind);
    let state = standing.kept.filter(|_| !standing.is_lost).map(|kept| kept.state);
    Reply::page(&CandidacyPage {
        shell: visit.shell(visit.w.declaration_title()),
        id,
        help: match state {
            _ if visit.actor.person().is_none() => visit.w.declaration_candidate_help(),
            _ if standing.is_lost => visit.w.declaration_own_lost(),
            Some(state) => visit.w.declaration_own_standing(state, reason),
            None => visit.w.declaration_own_help(),
        },
        state,
        wanted: WANTED.iter().map(|lack| (*lack, !lacks.contains(lack))).collect(),
        contradictions: lacks.into_iter().filter(|lack| !WANTED.contains(lack)).collect(),
    })
}

impl CandidacyPage {
    fn is_complete(&self) -> bool {
        self.contradictions.is_empty() && self.wanted.iter().all(|(_, is_there)| *is_there)
    }
}
