//! A list of staff, from the paste to the confirmation.

mod columns;
mod lines;

use self::lines::{Tab, show};
use crate::forms::uploads;
use crate::frame::reply::CSV;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::imports::{self, Mending, Mendings, Preview, Sent, Summary};
use askama::Template;
use domain::access::Action;
use domain::ids::{ImportId, SessionId};
use domain::imports::{Field, Line};
use serde::Deserialize;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/salaries/import", Action::ImportStaff, ask);
    routes.upload("/salaries/import", Action::ImportStaff, start);
    routes.get("/salaries/import/modele.csv", Action::ImportStaff, model);
    routes.get("/salaries/import/{import}", Action::ImportStaff, show);
    columns::routes(routes);
    routes.post("/salaries/import/{import}/verification", Action::ImportStaff, check);
    routes.post("/salaries/import/{import}/confirmation", Action::ImportStaff, confirm);
    routes.get_blocking("/salaries/import/{import}/refus.csv", Action::ImportStaff, give_back);
}

/// Lines that a page shows at once.
const LINES: usize = 100;

#[derive(Template)]
#[template(path = "people/import.html")]
struct AskPage {
    shell: Shell,
    pasted: String,
    session: String,
    mistake: String,
}

#[derive(Deserialize)]
struct For {
    #[serde(default)]
    session: String,
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let For { session } = visit.query()?;
    let shell = visit.shell(visit.w.import_title());
    Reply::page(&AskPage { shell, pasted: String::new(), session, mistake: String::new() })
}

fn start(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form = uploads::read(visit.request)?;
    let (pasted, session) = (form.text("lignes"), form.text("session"));
    let sent = match &form.file {
        Some(file) => Sent::File { bytes: &file.bytes, name: &file.name },
        None => Sent::Pasted(pasted),
    };
    let wanted = session.parse::<SessionId>().ok();
    match imports::start(visit.house, &visit.actor, sent, wanted) {
        Ok(import) => Ok(Reply::see(&format!("/salaries/import/{import}"))),
        Err(actions::Error::Refused(actions::Refusal::Import(no))) => Reply::form_again(&AskPage {
            shell: visit.shell(visit.w.import_title()),
            pasted: pasted.to_owned(),
            session: session.to_owned(),
            mistake: visit.w.import_refusal(&no),
        }),
        Err(other) => Err(other.into()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a handler like the others")]
fn model(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let mut line = Line::default();
    for (field, text) in [
        (Field::FamilyName, "Carpentier"),
        (Field::GivenName, "Lou"),
        (Field::Email, "lou.carpentier@entreprise.example"),
        (Field::StaffNumber, "A-012"),
        (Field::JobGroup, visit.w.job_group_name(domain::people::JobGroup::Clerk)),
        (Field::StartsOn, "01/09/2024"),
    ] {
        line.put(field, text);
    }
    let headings = Field::ALL.iter().map(|f| visit.w.import_field(*f)).collect::<Vec<_>>();
    Ok(Reply::file("salaries-modele.csv", CSV, imports::given_back(&headings, [(line, None)])))
}

#[derive(Template)]
#[template(path = "people/import_done.html")]
struct DonePage {
    shell: Shell,
    id: ImportId,
    refused: Vec<(usize, String, String)>,
    enrol: Option<String>,
}

/// The inputs of the page, by the line and the field in their names.
fn mendings(visit: &Visit<'_>) -> Result<Mendings, Problem> {
    let typed: Vec<(String, String)> = visit.form()?;
    let mut mendings = Mendings::default();
    for (name, text) in typed {
        let place = name.strip_prefix('l').and_then(|rest| rest.split_once('.'));
        match place.and_then(|(line, part)| Some((line.parse().ok()?, part))) {
            Some((line, lines::ANSWER)) => mendings.answers.push((line, text.parse().ok())),
            Some((line, part)) => {
                let field = part.parse().ok();
                mendings.cells.extend(field.map(|field| Mending { line, field, text }));
            }
            None if name == lines::SAME_PEOPLE => mendings.same_people = true,
            None => {}
        }
    }
    Ok(mendings)
}

fn check(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    imports::mend(visit.house, &visit.actor, id, &mendings(visit)?)?;
    let view: lines::View = visit.query()?;
    Ok(Reply::see(&format!("/salaries/import/{id}?voir={}", Tab::named(&view.voir).name())))
}

fn confirm(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let confirmed = imports::confirm(visit.house, &visit.actor, id, &mendings(visit)?)?;
    let summary = confirmed.summary;
    let said = visit.w.import_done(summary.added, summary.back, summary.changed, summary.known);
    let path = match confirmed.session {
        _ if summary.refused() > 0 => format!("/salaries/import/{id}"),
        Some(session) => format!("/inscriptions/nouvelle?session={session}&import={id}"),
        None => "/salaries".to_owned(),
    };
    Ok(Reply::see_with(&path, said))
}

/// Lines that were left out, each with its reason.
fn refused(w: Words, preview: &Preview) -> impl Iterator<Item = (&Line, String)> {
    let lines = preview.import.lines.iter().zip(&preview.verdicts);
    lines
        .filter(|(kept, _)| kept.person.is_none())
        .map(move |(kept, verdict)| (&kept.line, w.import_reason(verdict)))
        .filter(|(_, reason)| !reason.is_empty())
}

fn done(visit: &Visit<'_>, preview: &Preview) -> Result<Reply, Problem> {
    let id = preview.import.id;
    let refused: Vec<(usize, String, String)> = refused(visit.w, preview)
        .take(LINES)
        .map(|(line, reason)| {
            let name = format!("{} {}", line.cell(Field::GivenName), line.cell(Field::FamilyName));
            (line.number, name.trim().to_owned(), reason)
        })
        .collect();
    let title = match refused.len() {
        0 => visit.w.import_finished().to_owned(),
        _ => visit.w.import_left_out(Summary::of(&preview.verdicts).refused()),
    };
    let enrol = preview.import.session.map(|s| format!("/inscriptions/nouvelle?session={s}&import={id}"));
    Reply::page(&DonePage { shell: visit.shell(title), id, refused, enrol })
}

fn give_back(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let preview = imports::preview(visit.house, &visit.actor, id)?;
    let mut headings: Vec<&str> = Field::ALL.iter().map(|f| visit.w.import_field(*f)).collect();
    headings.push(visit.w.import_reason_heading());
    let lines = refused(visit.w, &preview).map(|(line, reason)| (line.clone(), Some(reason)));
    Ok(Reply::file("salaries-a-completer.csv", CSV, imports::given_back(&headings, lines)))
}
