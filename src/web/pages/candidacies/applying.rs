//! What the candidate does: begin, tell, send, hand in, withdraw.

use super::again;
use crate::forms::mistakes::Mistakes;
use crate::forms::uploads;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::candidacies::Application;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::candidacies::Refusal;
use domain::certifications::{AccessRoute, Entrance, Level};
use domain::ids::{CandidacyId, CertificationId};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/certifications/{certification}/candidature", Action::ApplyForCertification, ask_begin);
    routes.post("/certifications/{certification}/candidature", Action::ApplyForCertification, begin);
    routes.get("/candidatures/{candidacy}/dossier", Action::ApplyForCertification, ask_change);
    routes.post("/candidatures/{candidacy}/dossier", Action::ApplyForCertification, change);
    routes.upload("/candidatures/{candidacy}/pieces", Action::ApplyForCertification, send_piece);
    routes.post("/candidatures/{candidacy}/depot", Action::ApplyForCertification, submit);
    routes.get("/candidatures/{candidacy}/retrait", Action::WithdrawCandidacy, ask_withdraw);
    routes.post("/candidatures/{candidacy}/retrait", Action::WithdrawCandidacy, withdraw);
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ApplicationForm {
    voie: String,
    niveau: String,
    projet: String,
    amenagement: String,
    souhait: String,
}

impl ApplicationForm {
    fn read(&self, visit: &Visit<'_>, mistakes: &mut Mistakes) -> Option<Application> {
        let route = mistakes.read("voie", self.voie.parse::<AccessRoute>(), visit.w.route_missing())?;
        Some(Application {
            route,
            level: self.niveau.parse().ok(),
            motivation: self.projet.replace("\r\n", "\n").trim().to_owned(),
            accommodation: (!self.amenagement.is_empty()).then(|| self.souhait.replace("\r\n", "\n")),
        })
    }
}

#[derive(Template)]
#[template(path = "candidacies/form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    back: String,
    certification: String,
    form: ApplicationForm,
    routes: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    is_new: bool,
    mistakes: Mistakes,
}

/// Where the form stands: a new candidacy, or one that is changed.
#[derive(Clone, Copy)]
enum Of {
    New(CertificationId),
    Kept(CandidacyId),
}

fn page(
    visit: &Visit<'_>,
    of: Of,
    entrance: &Entrance,
    form: ApplicationForm,
    mistakes: Mistakes,
) -> FormPage {
    let w = visit.w;
    let title = entrance.title.as_str();
    let (action, back) = match of {
        Of::New(id) => (format!("/certifications/{id}/candidature"), format!("/certifications/{id}")),
        Of::Kept(id) => (format!("/candidatures/{id}/dossier"), format!("/candidatures/{id}")),
    };
    let none = (String::new(), w.no_level().to_owned());
    FormPage {
        shell: visit.shell(w.apply_for(title)),
        action,
        back,
        certification: title.to_owned(),
        form,
        routes: entrance
            .routes
            .iter()
            .map(|route| (route.to_string(), w.access_route(*route).to_owned()))
            .collect(),
        levels: [none]
            .into_iter()
            .chain(Level::ALL.iter().map(|level| (level.to_string(), w.level_choice(*level))))
            .collect(),
        is_new: matches!(of, Of::New(_)),
        mistakes,
    }
}

fn entrance(visit: &Visit<'_>) -> Result<(CertificationId, Entrance), Problem> {
    let id: CertificationId = visit.part("certification")?;
    let (_, entrance) = visit.house.store.read(|conn| store::certifications::entrance_now(conn, id))?;
    Ok((id, entrance))
}

fn ask_begin(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (certification, entrance) = entrance(visit)?;
    let person = visit.actor.person().ok_or(Problem::NotFound)?;
    let live = visit
        .house
        .store
        .read(|conn| store::candidacies::live_of(conn, &visit.reach, certification, person))?;
    if let Some((id, _)) = live {
        return Ok(Reply::see(&format!("/candidatures/{id}")));
    }
    let of = Of::New(certification);
    Reply::page(&page(visit, of, &entrance, ApplicationForm::default(), Mistakes::default()))
}

fn begin(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (certification, entrance) = entrance(visit)?;
    let form: ApplicationForm = visit.form()?;
    let of = Of::New(certification);
    let mut mistakes = Mistakes::default();
    let Some(application) = form.read(visit, &mut mistakes) else {
        return Reply::form_again(&page(visit, of, &entrance, form, mistakes));
    };
    match actions::candidacies::begin(visit.house, &visit.actor, certification, &application) {
        Ok(id) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.candidacy_begun())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => {
            let mistakes = Mistakes::one(field_of(no), visit.w.candidacy_refusal(no));
            Reply::form_again(&page(visit, of, &entrance, form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}

fn field_of(no: Refusal) -> &'static str {
    match no {
        Refusal::Route => "voie",
        Refusal::TextTooLong => "projet",
        Refusal::AccommodationMissing => "souhait",
        _ => "",
    }
}

fn kept(visit: &Visit<'_>) -> Result<actions::candidacies::Whole, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    Ok(visit.house.store.read(|conn| actions::candidacies::whole(conn, &visit.reach, id))?)
}

fn ask_change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let whole = kept(visit)?;
    let wish = actions::candidacies::accommodation(visit.house, &whole.seen)?;
    let told = &whole.seen.told;
    let form = ApplicationForm {
        voie: told.route.to_string(),
        niveau: told.level.map(|level| level.to_string()).unwrap_or_default(),
        projet: told.motivation.clone(),
        amenagement: if wish.is_some() { "oui".to_owned() } else { String::new() },
        souhait: wish.unwrap_or_default(),
    };
    let of = Of::Kept(whole.seen.id);
    Reply::page(&page(visit, of, &whole.entrance, form, Mistakes::default()))
}

fn change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let whole = kept(visit)?;
    let (id, of) = (whole.seen.id, Of::Kept(whole.seen.id));
    let form: ApplicationForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let Some(application) = form.read(visit, &mut mistakes) else {
        return Reply::form_again(&page(visit, of, &whole.entrance, form, mistakes));
    };
    match actions::candidacies::change(visit.house, &visit.actor, id, &application) {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.candidacy_saved())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => {
            let mistakes = Mistakes::one(field_of(no), visit.w.candidacy_refusal(no));
            Reply::form_again(&page(visit, of, &whole.entrance, form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}

fn send_piece(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    let upload = uploads::read(visit.request)?;
    let Some(file) = &upload.file else {
        let refused = super::Refused { piece: None, sentence: visit.w.piece_missing().to_owned() };
        return Reply::form_again(&super::page(visit, id, refused)?);
    };
    let name = upload.text("piece");
    let sent = (file.name.as_str(), file.bytes.as_slice());
    match actions::candidacies::send_piece(visit.house, &visit.actor, id, name, sent) {
        Ok(_) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.piece_sent())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}

fn submit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    match actions::candidacies::submit(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.handed_in())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "candidacies/withdraw.html")]
struct WithdrawPage {
    shell: Shell,
    id: CandidacyId,
    title: String,
    reason: String,
    mistakes: Mistakes,
}

fn withdraw_page(visit: &Visit<'_>, reason: &str, mistakes: Mistakes) -> Result<WithdrawPage, Problem> {
    let whole = kept(visit)?;
    Ok(WithdrawPage {
        shell: visit.shell(visit.w.withdraw_candidacy()),
        id: whole.seen.id,
        title: whole.entrance.title.to_string(),
        reason: reason.to_owned(),
        mistakes,
    })
}

fn ask_withdraw(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&withdraw_page(visit, "", Mistakes::default())?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WithdrawForm {
    motif: String,
}

fn withdraw(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    let form: WithdrawForm = visit.form()?;
    match actions::candidacies::withdraw(visit.house, &visit.actor, id, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/candidatures/{id}"), visit.w.candidacy_withdrawn())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.candidacy_refusal(no));
            Reply::form_again(&withdraw_page(visit, &form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
