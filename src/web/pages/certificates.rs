//! Certificates, for who issued them and who holds them; and the pages on which a stranger checks one.

mod checking;
mod issuer;
mod issuing;
mod one;
mod publishing;

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::certificates::Extent;
use askama::Template;
use domain::access::Action;
use domain::calendar::Day;
use domain::certificates::{Claims, Holder, Scope, Validity, renewal_window};
use serde::Deserialize;
use store::certificates::Listed;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/certificats", Action::ReadCertificates, list);
    issuer::routes(routes);
    issuing::routes(routes);
    one::routes(routes);
    publishing::routes(routes);
    checking::routes(routes);
}

#[derive(Template)]
#[template(path = "certificates/list.html")]
struct ListPage {
    shell: Shell,
    /// Whether the reader issued them, or holds them.
    issues: bool,
    is_ending: bool,
    today: Day,
    rows: Vec<Listed>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    apres: Option<String>,
    /// `bientot`: those whose renewal is spoken of.
    #[serde(default)]
    fin: String,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let asked: Asked = visit.query()?;
    let before = asked.apres.and_then(|text| text.parse().ok());
    let is_ending = asked.fin == "bientot";
    let today = visit.today();
    let ending = is_ending.then(|| renewal_window(today));
    let page = visit.read(|conn| store::certificates::list(conn, &visit.reach, ending, before))?;
    let filter = if is_ending { "fin=bientot&" } else { "" };
    Reply::page(&ListPage {
        shell: visit.shell(visit.w.certificates()),
        issues: visit.actor.may(Action::IssueCertificates).is_ok(),
        is_ending,
        today,
        rows: page.rows,
        next: page.next.map(|next| format!("/certificats?{filter}apres={next}")),
    })
}

impl ListPage {
    fn validity(&self, row: &Listed) -> Validity {
        row.standing().validity((row.valid_from, row.valid_until), self.today)
    }

    fn until(&self, row: &Listed) -> String {
        row.valid_until.map_or_else(
            || self.shell.w.certificate_endless().to_owned(),
            |until| self.shell.w.short_day(until),
        )
    }
}

/// The certification, or its block.
fn obtained(row: &Listed) -> String {
    if row.block.is_empty() { row.title.to_string() } else { format!("{}, {}", row.title, row.block) }
}

const fn mark(validity: Validity) -> &'static str {
    match validity {
        Validity::Valid => "ok",
        Validity::NotYet(_) | Validity::Superseded(_) | Validity::Expired(_) => "wait",
        Validity::Revoked(_) => "no",
    }
}

/// A holder as they are printed: « Léa Marie D’AUBIGNÉ (LEROY) ».
fn named(holder: &Holder) -> String {
    let name = holder.printed_name();
    holder.printed_usual_name().map_or(name.clone(), |usual| format!("{name} ({usual})"))
}

/// What a certificate says, as far as the reader is told.
fn facts(w: Words, claims: &Claims, extent: Extent) -> Vec<(&'static str, String)> {
    let mut facts = vec![(w.certificate_number(), claims.number.to_string())];
    if extent != Extent::Outline {
        facts.push((w.certificate_holder(), named(&claims.holder)));
    }
    if extent == Extent::Everything {
        facts.extend(w.certificate_birth(&claims.holder).map(|birth| (w.certificate_birth_label(), birth)));
    }
    if let Scope::Block { code, title } = &claims.scope {
        facts.push((w.certificate_block_label(), format!("{title} ({code})")));
    }
    let level = claims.level.map(|level| format!(", {}", w.certification_level(Some(level))));
    let registered = format!("{} ({}{})", claims.title, claims.record, level.unwrap_or_default());
    facts.push((w.certificate_whole(), registered));
    facts.push((w.certifier(), claims.certifier.to_string()));
    if extent != Extent::Outline {
        facts.push((w.certificate_jury(), w.date(claims.jury_on)));
    }
    facts.push((w.certificate_issued(), w.date(claims.issued_on)));
    facts.push((w.certificate_valid(), w.certificate_period(claims.valid_from, claims.valid_until)));
    if extent == Extent::Everything {
        let signatory = &claims.signatory;
        facts.push((w.certificate_for_certifier(), format!("{}, {}", signatory.name, signatory.quality)));
        facts.extend(claims.replaces.as_ref().map(|old| (w.certificate_replaces(), old.to_string())));
    }
    facts
}
