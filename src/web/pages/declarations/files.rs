//! The files for the State: prepared, taken away, deposited, answered.

use crate::forms::mistakes::Mistakes;
use crate::forms::uploads;
use crate::forms::{Declared, Form, REASON, REASON_NAME, Text};
use crate::frame::route::REPORT_LIMIT;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::declarations::{self, Settled};
use actions::{Done, Error};
use askama::Template;
use domain::access::Action;
use domain::calendar::{Day, Zone};
use domain::declarations::{DeclarationState, FileState, FileStep, Refusal};
use domain::ids::{DeclarationFileId, DeclarationReportId};
use serde::Deserialize;
use store::declarations::{File, Report};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/declarations/fichiers", Action::ReadDeclarations, list);
    routes.post("/declarations/fichiers", Action::Declare, prepare);
    routes.get("/declarations/fichiers/{file}", Action::ReadDeclarations, one);
    routes.post("/declarations/fichiers/{file}/suite", Action::Declare, finish);
    routes.get_blocking("/declarations/fichiers/{file}/declaration.xml", Action::Declare, export);
    routes.post("/declarations/fichiers/{file}/depot", Action::Declare, deposit);
    routes.form("/declarations/fichiers/{file}/abandon", Action::Declare, give_up);
    routes.upload_up_to(
        REPORT_LIMIT,
        "/declarations/fichiers/{file}/compte-rendu",
        Action::Declare,
        take_report,
    );
    routes.get_blocking("/declarations/fichiers/{file}/comptes-rendus/{report}", Action::Declare, report);
    routes.post("/declarations/fichiers/{file}/reprise", Action::Declare, correct_all);
    routes.form("/declarations/fichiers/{file}/rejet", Action::Declare, refuse);
}

fn path_of(id: DeclarationFileId) -> String {
    format!("/declarations/fichiers/{id}")
}

const fn mark(state: FileState) -> &'static str {
    match state {
        FileState::Batched | FileState::Exported => "wait",
        FileState::Deposited => "ok",
        FileState::GivenUp => "no",
    }
}

#[derive(Template)]
#[template(path = "declarations/files.html")]
struct FilesPage {
    shell: Shell,
    rows: Vec<File>,
    next: Option<String>,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let before = visit.after()?;
    let page = visit.read(|conn| store::declarations::files(conn, &visit.reach, before))?;
    Reply::page(&FilesPage {
        shell: visit.shell(visit.w.declaration_files()),
        rows: page.rows,
        next: page.next.map(|next| format!("/declarations/fichiers?apres={next}")),
    })
}

fn prepare(visit: &Visit<'_>) -> Result<Reply, Problem> {
    match declarations::prepare(visit.house, &visit.actor) {
        Ok(id) => Ok(Reply::see_with(&path_of(id), visit.w.file_prepared())),
        Err(Error::Refused(actions::Refusal::Declaration(no))) => {
            Reply::form_again(&super::page(visit, visit.w.declaration_refusal(&no))?)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "declarations/file.html")]
struct FilePage {
    shell: Shell,
    seen: File,
    facts: Vec<(&'static str, String)>,
    /// How many of those that are in it now stand how.
    standing: Vec<(DeclarationState, i64)>,
    /// How many of those in it lost their certificate since.
    lost: Vec<(DeclarationState, i64)>,
    reports: Vec<Report>,
    day: String,
    mistakes: Mistakes,
    problem: String,
}

fn count(counts: &[(DeclarationState, i64)], state: DeclarationState) -> i64 {
    counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, many)| *many)
}

impl FilePage {
    fn mark(&self) -> &'static str {
        mark(self.seen.state)
    }

    fn standing_in(&self, state: DeclarationState) -> i64 {
        count(&self.standing, state)
    }

    /// What is said of those who lost their certificate since; nothing where there are none.
    fn lost(&self) -> String {
        let many = self.lost.iter().map(|(_, many)| many).sum();
        if many == 0 { String::new() } else { self.shell.w.declarations_lost(self.seen.state, many) }
    }

    /// Whether some that were rejected can go again.
    fn has_to_put_right(&self) -> bool {
        self.standing_in(DeclarationState::Rejected) > count(&self.lost, DeclarationState::Rejected)
    }

    /// What comes next.
    fn next(&self) -> &'static str {
        let w = self.shell.w;
        let is_answered = self.standing_in(DeclarationState::Deposited) == 0;
        match self.seen.state {
            FileState::Deposited if is_answered => w.declaration_file_answered(),
            state => w.declaration_file_next(state),
        }
    }

    fn counted(&self) -> String {
        self.shell.w.declarations_counted(i64::from(self.seen.passages))
    }

    fn may(&self, step: FileStep) -> bool {
        self.seen.state.step(step).is_ok()
    }
}

fn one(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, None, Mistakes::default(), String::new())?)
}

fn page(
    visit: &Visit<'_>,
    typed: Option<String>,
    mistakes: Mistakes,
    problem: String,
) -> Result<FilePage, Problem> {
    let w = visit.w;
    let id: DeclarationFileId = visit.part("file")?;
    let reach = visit.actor.may(Action::ReadDeclarations).map_err(Error::from)?;
    let (seen, standing, lost, reports) = visit.read(|conn| {
        let seen = store::declarations::file(conn, &reach, id)?;
        let standing = store::declarations::counted(conn, id)?;
        let lost = store::declarations::lost_in(conn, id)?;
        Ok((seen, standing, lost, store::declarations::reports(conn, id)?))
    })?;
    let mut facts = vec![
        (w.declaration_made(), w.moment(seen.made_at, Zone::OFFICE)),
        (w.declaration_passages(), w.number(i64::from(seen.passages))),
        (w.flow_label(), seen.flow.to_string()),
    ];
    facts.extend(seen.digest.clone().map(|digest| (w.file_digest(), digest)));
    facts.extend(seen.deposited_on.map(|day| (w.deposit_day(), w.date(day))));
    let today = visit.today();
    Ok(FilePage {
        shell: visit.shell(seen.envelope().file_name()),
        facts,
        standing,
        lost,
        reports,
        day: typed.unwrap_or_else(|| w.short_day(today)),
        seen,
        mistakes,
        problem,
    })
}

/// Goes back to a file after something was done, or says on its page why nothing was.
fn told(visit: &Visit<'_>, done: Done<()>, notice: &'static str) -> Result<Reply, Problem> {
    let id: DeclarationFileId = visit.part("file")?;
    match done {
        Ok(()) => Ok(Reply::see_with(&path_of(id), notice)),
        Err(Error::Refused(actions::Refusal::Declaration(no))) => {
            let problem = visit.w.declaration_refusal(&no);
            Reply::form_again(&page(visit, None, Mistakes::default(), problem)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn finish(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let done = declarations::finish(visit.house, &visit.actor, visit.part("file")?);
    if let Err(Error::Refused(actions::Refusal::Declaration(no @ Refusal::NobodyReady))) = &done {
        // It was empty, and is gone.
        return Reply::form_again(&super::page(visit, visit.w.declaration_refusal(no))?);
    }
    told(visit, done, visit.w.file_prepared())
}

fn export(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (export, name) = declarations::export(visit.house, &visit.actor, visit.part("file")?)?;
    Reply::export(visit, &name, "application/xml", export)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DepositForm {
    jour: String,
}

fn deposit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    known(visit)?;
    let form: DepositForm = visit.form()?;
    let Ok(day) = form.jour.parse::<Day>() else {
        let mistakes = Mistakes::one("jour", visit.w.deposit_day_wrong());
        return Reply::form_again(&page(visit, Some(form.jour), mistakes, String::new())?);
    };
    let done = declarations::deposit(visit.house, &visit.actor, visit.part("file")?, day);
    told(visit, done, visit.w.deposit_noted())
}

/// What is out of reach is not found, whatever was sent.
fn known(visit: &Visit<'_>) -> Result<File, Problem> {
    let id: DeclarationFileId = visit.part("file")?;
    Ok(visit.read(|conn| store::declarations::file(conn, &visit.reach, id))?)
}

const PORTAL_SAYS: Text = Text::new(REASON_NAME, Words::portal_says);

/// What is done to a whole file for a reason.
fn deed<'v>(visit: &'v Visit<'v>, seen: &File, title: &str) -> Form<'v> {
    let back = path_of(seen.id);
    Form::new(visit, title).narrow().from(&back, visit.w.declaration_file()).button(title)
}

fn give_up<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, seen) = (visit.w, known(visit)?);
    Ok(deed(visit, &seen, w.give_up_file()).lede(w.give_up_file_help()).ask(REASON).submits(
        |form| form.get(REASON),
        move |why| declarations::give_up(visit.house, &visit.actor, seen.id, &why),
        move |()| Reply::see_with(&path_of(seen.id), w.file_given_up()),
    ))
}

fn refuse<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, seen) = (visit.w, known(visit)?);
    Ok(deed(visit, &seen, w.refuse_file()).lede(w.refuse_file_help()).ask(PORTAL_SAYS).submits(
        |form| form.get(PORTAL_SAYS),
        move |why| declarations::refuse_whole(visit.house, &visit.actor, seen.id, &why),
        move |()| Reply::see_with(&path_of(seen.id), w.file_refused()),
    ))
}

fn take_report(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let id = known(visit)?.id;
    let Some(file) = uploads::read(visit.request)?.file else {
        let mistakes = Mistakes::one("fichier", w.report_missing());
        return Reply::form_again(&page(visit, None, mistakes, String::new())?);
    };
    match declarations::take_report(visit.house, &visit.actor, id, &file.bytes) {
        Ok(Settled { accepted, rejected, open }) => {
            let said = w.report_taken(accepted, rejected, open);
            Ok(Reply::see_with(&path_of(id), said))
        }
        Err(Error::Refused(actions::Refusal::Declaration(no))) => {
            let mistakes = Mistakes::one("fichier", w.declaration_refusal(&no));
            Reply::form_again(&page(visit, None, mistakes, String::new())?)
        }
        Err(other) => Err(other.into()),
    }
}

/// A report as it came.
fn report(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: DeclarationReportId = visit.part("report")?;
    let bytes = declarations::read_report_of(visit.house, &visit.reach, visit.part("file")?, id)?;
    Ok(Reply::file(&format!("compte-rendu-{id}.xml"), "application/xml", bytes))
}

fn correct_all(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id = known(visit)?.id;
    let many = declarations::correct_all(visit.house, &visit.actor, id)?;
    Ok(Reply::see_with(&path_of(id), visit.w.declarations_put_right(many)))
}
