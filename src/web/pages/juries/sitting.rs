//! What members do around a sitting: state their interests, open it, break it off, close it.

use super::whole;
use crate::forms::confirm::{SureForm, SurePage};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::ids::{JurorId, JuryId};
use domain::juries::Juror;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/jurys/{jury}/declaration", Action::StateInterest, ask_statement);
    routes.post("/jurys/{jury}/declaration", Action::StateInterest, state_interest);
    routes.get("/jurys/{jury}/ouverture", Action::ChairJury, ask_open);
    routes.post("/jurys/{jury}/ouverture", Action::ChairJury, open);
    routes.get("/jurys/{jury}/suspension", Action::ChairJury, ask_adjourn);
    routes.post("/jurys/{jury}/suspension", Action::ChairJury, adjourn);
    routes.get("/jurys/{jury}/cloture", Action::ChairJury, ask_close);
    routes.post("/jurys/{jury}/cloture", Action::ChairJury, close);
}

#[derive(Template)]
#[template(path = "juries/statement.html")]
struct StatementPage {
    shell: Shell,
    id: JuryId,
    title: String,
    candidates: Vec<String>,
    form: StatementForm,
    mistakes: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StatementForm {
    lien: String,
    lequel: String,
}

fn statement_page(
    visit: &Visit<'_>,
    form: StatementForm,
    mistakes: Mistakes,
) -> Result<StatementPage, Problem> {
    let id: JuryId = visit.part("jury")?;
    let whole = whole(visit, id)?;
    Ok(StatementPage {
        shell: visit.shell(visit.w.state_interest()),
        id,
        title: whole.about.title.to_string(),
        candidates: whole.attempts.iter().map(|one| one.name.full()).collect(),
        form,
        mistakes,
    })
}

fn ask_statement(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&statement_page(visit, StatementForm::default(), Mistakes::default())?)
}

fn state_interest(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form: StatementForm = visit.form()?;
    let interest = match form.lien.as_str() {
        "aucun" => None,
        "lien" => Some(form.lequel.as_str()),
        _ => {
            let no = domain::juries::Refusal::StatementMissing;
            let mistakes = Mistakes::one("lien", visit.w.jury_refusal(&no));
            return Reply::form_again(&statement_page(visit, form, mistakes)?);
        }
    };
    match actions::juries::state_interest(visit.house, &visit.actor, id, interest) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.statement_made())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("lequel", visit.w.jury_refusal(&no));
            Reply::form_again(&statement_page(visit, form, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "juries/open.html")]
struct OpenPage {
    shell: Shell,
    id: JuryId,
    title: String,
    /// The members, and whether they are ticked.
    jurors: Vec<(Juror, bool)>,
    mistakes: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OpenForm {
    present: Vec<String>,
}

fn open_page(visit: &Visit<'_>, present: &[JurorId], mistakes: Mistakes) -> Result<OpenPage, Problem> {
    let id: JuryId = visit.part("jury")?;
    let whole = whole(visit, id)?;
    Ok(OpenPage {
        shell: visit.shell(visit.w.open_sitting()),
        id,
        title: whole.about.title.to_string(),
        jurors: whole
            .jurors
            .into_iter()
            .map(|juror| (present.contains(&juror.id), juror))
            .map(|(there, juror)| (juror, there))
            .collect(),
        mistakes,
    })
}

fn ask_open(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&open_page(visit, &[], Mistakes::default())?)
}

fn open(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form: OpenForm = visit.form()?;
    let present: Vec<JurorId> = form.present.iter().filter_map(|one| one.parse().ok()).collect();
    match actions::juries::open(visit.house, &visit.actor, id, &present) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.sitting_opened())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("present", visit.w.jury_refusal(&no));
            Reply::form_again(&open_page(visit, &present, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn adjourn_page(visit: &Visit<'_>, reason: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let id: JuryId = visit.part("jury")?;
    let whole = whole(visit, id)?;
    Ok(SurePage {
        shell: visit.shell(w.adjourn_sitting()),
        action: format!("/jurys/{id}/suspension"),
        back: format!("/jurys/{id}"),
        back_label: whole.about.title.to_string(),
        help: w.adjourn_sure(),
        quoted: String::new(),
        asked: Some(w.reason()),
        reason: reason.to_owned(),
        buttons: vec![("", w.adjourn_sitting())],
        is_grave: false,
        mistakes,
    })
}

fn ask_adjourn(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&adjourn_page(visit, "", Mistakes::default())?)
}

fn adjourn(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form: SureForm = visit.form()?;
    match actions::juries::adjourn(visit.house, &visit.actor, id, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.sitting_adjourned())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.jury_refusal(&no));
            Reply::form_again(&adjourn_page(visit, &form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn close_page(visit: &Visit<'_>, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let id: JuryId = visit.part("jury")?;
    let whole = whole(visit, id)?;
    Ok(SurePage {
        shell: visit.shell(w.close_jury()),
        action: format!("/jurys/{id}/cloture"),
        back: format!("/jurys/{id}"),
        back_label: whole.about.title.to_string(),
        help: w.close_jury_sure(),
        quoted: String::new(),
        asked: None,
        reason: String::new(),
        buttons: vec![("", w.close_jury())],
        is_grave: false,
        mistakes,
    })
}

fn ask_close(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&close_page(visit, Mistakes::default())?)
}

fn close(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    match actions::juries::close(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.jury_closed())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.jury_refusal(&no));
            Reply::form_again(&close_page(visit, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
