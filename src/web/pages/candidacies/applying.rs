//! What the candidate does: begin, tell, send, hand in, withdraw.

use super::again;
use crate::forms::uploads;
use crate::forms::{Ask as _, Choice, Declared, Field, Form, Optional, REASON, Refused, Text, Tick};
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::candidacies::Application;
use actions::{self, Error};
use domain::access::Action;
use domain::candidacies::Refusal;
use domain::certifications::{AccessRoute, Entrance, Level};
use domain::ids::{CandidacyId, CertificationId};
use std::iter;
use words::Words;

pub fn routes(routes: &mut Routes) {
    let begins = "/certifications/{certification}/candidature";
    routes.get(begins, Action::ApplyForCertification, ask_begin);
    routes.form_of_page(begins, Action::ApplyForCertification, begin);
    routes.form("/candidatures/{candidacy}/dossier", Action::ApplyForCertification, change);
    routes.upload("/candidatures/{candidacy}/pieces", Action::ApplyForCertification, send_piece);
    routes.post("/candidatures/{candidacy}/depot", Action::ApplyForCertification, submit);
    routes.form("/candidatures/{candidacy}/retrait", Action::WithdrawCandidacy, withdraw);
}

fn path_of(id: CandidacyId) -> String {
    format!("/candidatures/{id}")
}

const ROUTE: Field<AccessRoute> = Field::select("voie", Words::route_label, Words::route_missing);
const LEVEL: Optional<Level> = Field::select("niveau", Words::own_level, Words::level_missing).optional();
const PROJECT: Text = Text::new("projet", Words::motivation_label).optional();
const WISHES: Tick = Tick::new("amenagement", Words::accommodation_box);
const WISH: Text = Text::new("souhait", Words::accommodation_label).help(Words::accommodation_help);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Route => Some(ROUTE.name()),
            Self::TextTooLong => Some(PROJECT.name()),
            Self::AccommodationMissing => Some(WISH.name()),
            _ => None,
        }
    }
}

fn ask_application<'v>(
    visit: &'v Visit<'v>,
    entrance: &Entrance,
    back: &str,
    kept: Option<&Application>,
) -> Form<'v> {
    let (w, title) = (visit.w, entrance.title.as_str());
    let levels = Level::ALL.iter().map(|level| Choice::new(level, w.level_choice(*level)));
    let wish = kept.and_then(|kept| kept.accommodation.as_ref());
    Form::new(visit, w.apply_for(title))
        .from(back, title)
        .ask_again(ROUTE, kept.map(|kept| kept.route))
        .among(entrance.routes.iter().map(|route| Choice::new(route, w.access_route(*route))))
        .ask_again(LEVEL, kept.and_then(|kept| kept.level))
        .among(iter::once(Choice::new("", w.no_level())).chain(levels))
        .ask_again(PROJECT, kept.map(|kept| &kept.motivation))
        .ask_again(WISHES, wish.map(|_| Tick::YES))
        .ask_again(WISH, wish)
}

fn application(form: &Form<'_>) -> Option<Application> {
    let wish = form.get(WISH)?;
    Some(Application {
        route: form.get(ROUTE)?,
        level: form.get(LEVEL)?,
        motivation: form.get(PROJECT)?,
        accommodation: form.get(WISHES)?.then_some(wish),
    })
}

fn begin<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, certification) = (visit.w, visit.part::<CertificationId>("certification")?);
    let (_, entrance) = visit.read(|conn| store::certifications::entrance_now(conn, certification))?;
    let back = format!("/certifications/{certification}");
    Ok(ask_application(visit, &entrance, &back, None).button(w.begin_candidacy()).submits(
        |form| application(form),
        move |told| actions::candidacies::begin(visit.house, &visit.actor, certification, &told),
        move |id| Reply::see_with(&path_of(id), w.candidacy_begun()),
    ))
}

/// The form, unless there is a candidacy that lives: then that one.
fn ask_begin(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form = begin(visit)?;
    let (certification, person) =
        (visit.part("certification")?, visit.actor.person().ok_or(Problem::NotFound)?);
    let live = visit.read(|conn| store::candidacies::live_of(conn, &visit.reach, certification, person))?;
    live.map_or_else(|| form.show(), |(id, _)| Ok(Reply::see(&path_of(id))))
}

fn kept(visit: &Visit<'_>) -> Result<actions::candidacies::Whole, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    Ok(visit.read(|conn| actions::candidacies::whole(conn, &visit.reach, id))?)
}

fn change<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, whole) = (visit.w, kept(visit)?);
    let (id, back, told) = (whole.seen.id, path_of(whole.seen.id), &whole.seen.told);
    let kept = Application {
        route: told.route,
        level: told.level,
        motivation: told.motivation.clone(),
        accommodation: actions::candidacies::accommodation(visit.house, &whole.seen)?,
    };
    Ok(ask_application(visit, &whole.entrance, &back, Some(&kept)).button(w.save()).submits(
        |form| application(form),
        move |told| actions::candidacies::change(visit.house, &visit.actor, id, &told),
        move |()| Reply::see_with(&back, w.candidacy_saved()),
    ))
}

fn withdraw<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, whole) = (visit.w, kept(visit)?);
    let (id, back) = (whole.seen.id, path_of(whole.seen.id));
    Ok(Form::new(visit, w.withdraw_candidacy())
        .narrow()
        .grave()
        .from(&back, whole.entrance.title.as_str())
        .lede(w.withdraw_sure())
        .ask(REASON)
        .button(w.withdraw_candidacy())
        .submits(
            |form| form.get(REASON),
            move |why| actions::candidacies::withdraw(visit.house, &visit.actor, id, &why),
            move |()| Reply::see_with(&back, w.candidacy_withdrawn()),
        ))
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
        Ok(_) => Ok(Reply::see_with(&path_of(id), visit.w.piece_sent())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}

fn submit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: CandidacyId = visit.part("candidacy")?;
    match actions::candidacies::submit(visit.house, &visit.actor, id) {
        Ok(()) => Ok(Reply::see_with(&path_of(id), visit.w.handed_in())),
        Err(Error::Refused(actions::Refusal::Candidacy(no))) => again(visit, id, None, no),
        Err(other) => Err(other.into()),
    }
}
