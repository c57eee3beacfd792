//! The minutes, as they were sealed.

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::{Action, Subject};
use domain::calendar::{Instant, Zone};
use domain::ids::JuryId;
use domain::juries::minutes::{Candidate, Minutes};
use domain::juries::verdicts::{Appearance, BlockResult, Decision};
use domain::juries::{Capacity, SittingMode};
use store::journal::archive;
use store::juries::Sealed;

pub fn routes(routes: &mut Routes) {
    routes.get_blocking("/jurys/{jury}/proces-verbal", Action::ReadJuries, read);
    routes.post("/jurys/{jury}/proces-verbal", Action::SignMinutes, sign);
}

#[derive(Template)]
#[template(path = "juries/minutes.html")]
struct MinutesPage {
    shell: Shell,
    id: JuryId,
    /// Whether what stands is what was sealed.
    holds: bool,
    /// Whether the reader has still to sign.
    may_sign: bool,
    /// The newest first.
    versions: Vec<Version>,
    problem: String,
}

/// One version, ready to be read.
struct Version {
    sealed: Sealed,
    minutes: Minutes,
    facts: Vec<(&'static str, String)>,
}

impl MinutesPage {
    fn moment(&self, at: &Instant) -> String {
        self.shell.w.moment(*at, Zone::OFFICE)
    }

    fn capacity(&self, kept: &str) -> &'static str {
        kept.parse::<Capacity>().map_or("", |capacity| self.shell.w.juror_capacity(capacity))
    }

    fn decision(&self, of: &Candidate) -> &'static str {
        of.decision.parse::<Decision>().map_or("", |decision| self.shell.w.decision(decision))
    }

    fn appearance(&self, of: &Candidate) -> &'static str {
        of.appearance.parse::<Appearance>().map_or("", |appearance| self.shell.w.appearance(appearance))
    }

    fn result(&self, kept: &str) -> &'static str {
        kept.parse::<BlockResult>().map_or("", |result| self.shell.w.block_result(result))
    }

    fn said(&self, is: bool) -> &'static str {
        if is { self.shell.w.yes_word() } else { self.shell.w.no_word() }
    }
}

fn read(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, String::new())?)
}

fn page(visit: &Visit<'_>, problem: String) -> Result<MinutesPage, Problem> {
    let w = visit.w;
    let id: JuryId = visit.part("jury")?;
    let reach = visit.actor.may(Action::ReadJuries).map_err(Error::from)?;
    let account = visit.actor.account();
    let (all, agrees, sat) = visit.read(|conn| {
        let all = store::juries::minutes_of(conn, &reach, id)?;
        let agrees = archive::agrees(conn, &Subject::Jury(id).to_string())?;
        let sat = account.map_or(Ok(false), |account| store::juries::sat(conn, id, account))?;
        Ok((all, agrees, sat))
    })?;
    if all.is_empty() {
        return Err(Problem::NotFound);
    }
    let signs = |one: &Sealed| !one.signed.iter().any(|(signed, ..)| Some(*signed) == account);
    let may_sign = sat && visit.actor.may(Action::SignMinutes).is_ok() && all.first().is_some_and(signs);
    let mut holds = agrees;
    let mut versions = Vec::new();
    for sealed in all {
        match Minutes::read(&sealed.body) {
            Ok(minutes) => {
                let facts = facts(visit, &minutes);
                versions.push(Version { sealed, minutes, facts });
            }
            // What cannot be read was not sealed like this.
            Err(_) => holds = false,
        }
    }
    Ok(MinutesPage { shell: visit.shell(w.minutes_label()), id, holds, may_sign, versions, problem })
}

fn facts(visit: &Visit<'_>, minutes: &Minutes) -> Vec<(&'static str, String)> {
    let w = visit.w;
    let mode = minutes.mode.parse::<SittingMode>().map_or("", |mode| w.sitting_mode(mode));
    let at =
        |text: &str| Instant::from_iso(text).map_or_else(|| text.to_owned(), |at| w.moment(at, Zone::OFFICE));
    let rules = domain::certifications::JuryRules {
        members: minutes.rules.members,
        outside_percent: minutes.rules.outside_percent,
        quorum: minutes.rules.quorum,
        outside_chair: minutes.rules.outside_chair,
    };
    vec![
        (w.certifier(), minutes.certifier.clone()),
        (w.jury_mode(), mode.to_owned()),
        (w.jury_place(), minutes.place.clone()),
        (w.sat_from(), at(&minutes.opened_at)),
        (w.sat_until(), at(&minutes.closed_at)),
        (w.rules_label(), w.jury_rules(rules)),
    ]
}

fn sign(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    match actions::juries::sign(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}/proces-verbal"), visit.w.minutes_signed())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            Reply::form_again(&page(visit, visit.w.jury_refusal(&no))?)
        }
        Err(other) => Err(other.into()),
    }
}
