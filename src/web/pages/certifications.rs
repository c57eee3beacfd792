//! What can be obtained at the end of the path: the records, for everyone to read.

mod form;
mod writing;

use super::tracks;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::certifications::{Block, Certification};
use domain::ids::CertificationId;
use store::certifications::Listed;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/certifications", Action::ReadPublicPages, list);
    writing::routes(routes);
    routes.get("/certifications/{certification}", Action::ReadPublicPages, one);
}

/// Whether whoever reads may write records.
fn may_write(visit: &Visit<'_>) -> bool {
    visit.login.is_some() && visit.actor.may(Action::EditCertification).is_ok()
}

#[derive(Template)]
#[template(path = "certifications/list.html")]
struct ListPage {
    shell: Shell,
    may_write: bool,
    rows: Vec<Listed>,
    next: Option<String>,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let before = visit.after()?;
    let page = visit.read(|conn| store::certifications::list(conn, before))?;
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.certifications()),
        may_write: may_write(visit),
        rows: page.rows,
        next: page.next,
    })
}

#[derive(Template)]
#[template(path = "certifications/one.html")]
struct OnePage {
    shell: Shell,
    id: CertificationId,
    code: String,
    facts: Vec<(&'static str, String)>,
    standing: Option<&'static str>,
    conditions: Vec<String>,
    is_partial: bool,
    blocks: Vec<Block>,
    /// The courses that lead to it: title, what is said of them, where their sessions are.
    track: Vec<(String, String, String)>,
    may_edit: bool,
    may_apply: bool,
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CertificationId = visit.part("certification")?;
    let (kept, certifier, courses) = visit.read(|conn| {
        let kept = store::certifications::get(conn, id)?;
        let (certifier, _) = store::certifications::certifier(conn, kept.certifier)?;
        Ok((kept, certifier, store::tracks::of(conn, id)?))
    })?;
    let today = visit.today();
    let may_edit = may_write(visit) && visit.actor.organisation() == Some(kept.certifier);
    Reply::page(&OnePage {
        shell: visit.shell(kept.record.title.to_string()),
        id,
        code: kept.code.to_string(),
        facts: facts(visit.w, &kept, certifier.as_str()),
        standing: visit.w.certification_standing(kept.record.standing(today)),
        conditions: kept.record.requirements.iter().map(|one| visit.w.requirement(one)).collect(),
        is_partial: kept.record.is_partial,
        blocks: kept.record.blocks,
        track: courses.iter().map(|course| tracks::told(visit.w, course)).collect(),
        may_edit,
        may_apply: visit.actor.person().is_some(),
    })
}

fn facts(w: Words, kept: &Certification, certifier: &str) -> Vec<(&'static str, String)> {
    let record = &kept.record;
    let routes: Vec<_> = record.routes.iter().map(|route| w.access_route(*route)).collect();
    let mut facts = vec![
        (w.certifier(), certifier.to_owned()),
        (w.level_label(), record.level.map_or_else(|| w.no_level().to_owned(), |l| w.level_choice(l))),
        (w.effective_on_label(), w.day(record.effective_on)),
        (w.registered_until_label(), w.day(record.registered_until)),
    ];
    facts.extend(record.last_issue_on.map(|day| (w.last_issue_label(), w.day(day))));
    facts.push((w.validity_fact(), w.validity(record.validity_months)));
    facts.push((w.routes_label(), routes.join(", ")));
    facts.push((w.jury(), w.jury_rules(record.jury)));
    facts
}
