//! Somebody whom staff add by hand, from the page of the session or from the room.

use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error, enrolments::ByHand};
use askama::Template;
use domain::access::Action;
use domain::enrolments::{EnrolmentState, Refusal};
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::organisations::Siret;
use domain::people::{EmailAddress, PersonName};
use domain::text::Name;
use serde::Deserialize;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/inscription", Action::AddEnrolment, ask);
    routes.post("/sessions/{session}/inscription", Action::AddEnrolment, add);
}

#[derive(Deserialize, Default)]
struct Form {
    #[serde(default)]
    prenom: String,
    #[serde(default)]
    nom: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    siret: String,
    #[serde(default)]
    motif: String,
    /// The half-day whose room one came from, and goes back to.
    #[serde(default)]
    salle: String,
    /// Places of people who look alike, and are somebody else.
    #[serde(default)]
    autre: Vec<String>,
}

impl Form {
    fn room(&self, session: SessionId) -> Option<String> {
        let slot: SlotId = self.salle.parse().ok()?;
        Some(format!("/sessions/{session}/salle/{slot}"))
    }

    fn back(&self, session: SessionId) -> String {
        self.room(session).unwrap_or_else(|| format!("/sessions/{session}"))
    }

    /// Where somebody of the session is seen: on the sheet of the room that one came from, if they are on it.
    fn row_of(&self, session: SessionId, id: EnrolmentId, state: EnrolmentState) -> String {
        match self.room(session) {
            Some(room) if state == EnrolmentState::Confirmed => format!("{room}#place-{id}"),
            _ => format!("/inscriptions/{id}"),
        }
    }
}

/// Somebody in the session who looks like whom one is adding.
struct Alike {
    id: EnrolmentId,
    href: String,
    may_differ: bool,
}

#[derive(Template)]
#[template(path = "enrolments/by_hand.html")]
struct HandPage {
    shell: Shell,
    session: SessionId,
    help: &'static str,
    exceed_help: &'static str,
    form: Form,
    alike: Option<Alike>,
    mistakes: Mistakes,
}

fn page(
    visit: &Visit<'_>,
    form: Form,
    alike: Option<Alike>,
    mistakes: Mistakes,
) -> Result<HandPage, Problem> {
    let id: SessionId = visit.part("session")?;
    let session = visit.read(|conn| store::sessions::get(conn, &visit.reach, id))?;
    let (w, waits) = (visit.w, session.queue_is_open(visit.house.clock.now()));
    Ok(HandPage {
        shell: visit.shell(w.add_by_hand()),
        session: id,
        help: if waits { w.add_by_hand_help() } else { w.add_by_hand_late_help() },
        exceed_help: if waits { w.exceed_reason_help() } else { w.exceed_reason_late_help() },
        form,
        alike,
        mistakes,
    })
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&page(visit, visit.query()?, None, Mistakes::default())?)
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, form): (SessionId, Form) = (visit.part("session")?, visit.form()?);
    let w = visit.w;
    let again = |form: Form, alike: Option<Alike>, mistakes: Mistakes| {
        Reply::form_again(&page(visit, form, alike, mistakes)?)
    };
    let who = match read(w, &form) {
        Ok(who) => who,
        Err(mistakes) => return again(form, None, mistakes),
    };
    match actions::enrolments::add(visit.house, &visit.actor, session, &who) {
        Ok(asked) => {
            let told = w.asked(asked.confirmed, asked.waiting, asked.requested, asked.already);
            Ok(Reply::see_with(&form.back(session), told))
        }
        Err(Error::Refused(actions::Refusal::Enrolment(Refusal::Full))) => {
            again(form, None, Mistakes::one("motif", w.exceed_reason_wanted()))
        }
        Err(Error::Refused(actions::Refusal::Enrolment(no @ Refusal::Alike { id, state, same }))) => {
            let href = form.row_of(session, id, state);
            let alike = Alike { id, href, may_differ: same.may_differ() };
            again(form, Some(alike), Mistakes::one("deja", w.enrolment_refusal(no)))
        }
        Err(Error::Refused(actions::Refusal::Enrolment(no))) => {
            again(form, None, Mistakes::one("", w.enrolment_refusal(no)))
        }
        Err(Error::Store(store::Error::Missing)) if who.company.is_some() => {
            again(form, None, Mistakes::one("siret", w.unknown_company()))
        }
        Err(other) => Err(other.into()),
    }
}

/// The fields as what they mean, or what is to be mended.
fn read(w: Words, form: &Form) -> Result<ByHand, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut name = |field: &'static str, typed: &str| {
        let read: Result<Name, _> = typed.parse();
        read.map_err(|why| mistakes.add(field, w.name_by_hand_mistake(field, why))).ok()
    };
    let (given, family) = (name("prenom", &form.prenom), name("nom", &form.nom));
    let email: Option<EmailAddress> =
        mistakes.parse("email", &form.email, |_| w.by_hand_email_wrong().to_owned());
    let company: Option<Siret> = mistakes.parse("siret", &form.siret, |_| w.by_hand_siret_wrong().to_owned());
    let (Some(given), Some(family), true) = (given, family, mistakes.is_empty()) else {
        return Err(mistakes);
    };
    let exceed = Some(form.motif.trim().to_owned()).filter(|reason| !reason.is_empty());
    let not = form.autre.iter().filter_map(|id| id.parse().ok()).collect();
    Ok(ByHand { name: PersonName { given, family }, email, company, exceed, not })
}
