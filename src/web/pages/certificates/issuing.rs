//! What a jury awarded, and the one button that certifies it.

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::certifications::BlockCode;
use domain::ids::JuryId;
use domain::juries::JuryState;
use store::certificates::Award;

pub fn routes(routes: &mut Routes) {
    routes.get("/jurys/{jury}/certificats", Action::IssueCertificates, ask);
    routes.post("/jurys/{jury}/certificats", Action::IssueCertificates, issue);
}

#[derive(Template)]
#[template(path = "certificates/issue.html")]
struct IssuePage {
    shell: Shell,
    id: JuryId,
    jury: String,
    awards: Vec<Award>,
    /// Certificates that can be issued now.
    ready: usize,
    is_settled: bool,
    problem: String,
}

impl IssuePage {
    fn obtained(&self, block: Option<&BlockCode>) -> String {
        block.map_or_else(|| self.shell.w.certificate_whole().to_owned(), ToString::to_string)
    }
}

fn page(visit: &Visit<'_>, problem: String) -> Result<IssuePage, Problem> {
    let w = visit.w;
    let id: JuryId = visit.part("jury")?;
    let (seen, awards, issuer) = visit.read(|conn| {
        let (seen, _) = store::juries::get(conn, &visit.reach, id)?;
        let awards = store::certificates::awards_of(conn, &visit.reach, id)?;
        let issuer = store::certificates::issuer_of(conn, seen.certifier)?;
        Ok((seen, awards, issuer))
    })?;
    if seen.state != JuryState::Closed {
        return Err(Problem::NotFound);
    }
    let ready = awards.iter().filter(|award| award.is_identified).map(|award| award.pending.len()).sum();
    Ok(IssuePage {
        shell: visit.shell(w.issuing_title()),
        id,
        jury: w.sits_at(&seen.meeting),
        awards,
        ready,
        is_settled: issuer.is_some(),
        problem,
    })
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, String::new())?)
}

fn issue(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    match actions::certificates::issue(visit.house, &visit.actor, id) {
        Ok(done) if done.unprintable.is_empty() => {
            let said = visit.w.certificates_issued(done.issued);
            Ok(Reply::see_with(&format!("/jurys/{id}/certificats"), said))
        }
        Ok(done) => {
            let said = visit.w.certificates_issued(done.issued);
            let aside = visit.w.certificates_unprintable(&done.unprintable);
            Reply::form_again(&page(visit, format!("{said} {aside}"))?)
        }
        Err(Error::Refused(actions::Refusal::Certificate(no))) => {
            Reply::form_again(&page(visit, visit.w.certificate_refusal(&no))?)
        }
        Err(other) => Err(other.into()),
    }
}
