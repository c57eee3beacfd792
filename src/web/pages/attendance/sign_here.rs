//! Signing on the trainer's device, handed round; and withdrawing a signature.

use super::{room, slot_label};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::signatures::Connection;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::ids::{EnrolmentId, SessionId, SlotId};
use domain::signatures::Hand;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    let one = "/sessions/{session}/salle/{slot}/signature/{enrolment}";
    routes.get(one, Action::CollectSignature, ask);
    routes.post(one, Action::CollectSignature, collect);
    let withdrawal = "/sessions/{session}/salle/{slot}/retrait/{enrolment}";
    routes.get(withdrawal, Action::WithdrawSignature, ask_withdrawal);
    routes.post(withdrawal, Action::WithdrawSignature, withdraw);
    routes.post("/sessions/{session}/salle/{slot}/demande", Action::AskSignature, ask_late);
}

/// What a hand left in a form.
#[derive(Debug, Default, Deserialize)]
pub struct HandForm {
    #[serde(default)]
    pub nom: String,
    #[serde(default)]
    pub dessin: String,
}

/// A page with the field for a signature.
#[derive(Template)]
#[template(path = "attendance/sign.html")]
pub struct SignPage {
    pub shell: Shell,
    /// What is signed: the session and the half-day.
    pub about: String,
    pub help: &'static str,
    pub action: String,
    pub back: Option<String>,
    /// The code that the form brings back, where one is needed.
    pub code: String,
    pub form: HandForm,
    pub mistakes: Mistakes,
}

/// Where, and who signs.
fn at(visit: &Visit<'_>) -> Result<(SessionId, SlotId, EnrolmentId), Problem> {
    Ok((visit.part("session")?, visit.part("slot")?, visit.part("enrolment")?))
}

/// The person and the half-day, for the pages about one square.
fn about(visit: &Visit<'_>) -> Result<(String, String), Problem> {
    let (session, slot, who) = at(visit)?;
    let (listed, kept) = visit.read(|conn| super::read(conn, visit, session))?;
    let square =
        kept.squares.iter().find(|s| s.enrolment == who && s.slot == slot).ok_or(Problem::NotFound)?;
    let label = kept.slots.iter().find(|k| k.id == slot).map(|k| slot_label(visit.w, k)).unwrap_or_default();
    Ok((square.name.listed(), format!("{}, {label}", listed.title)))
}

fn sign_page(visit: &Visit<'_>, form: HandForm, mistakes: Mistakes) -> Result<SignPage, Problem> {
    let (session, slot, who) = at(visit)?;
    let (name, about) = about(visit)?;
    let room = format!("/sessions/{session}/salle/{slot}");
    Ok(SignPage {
        shell: visit.shell(name),
        about,
        help: visit.w.sign_here_help(),
        action: format!("{room}/signature/{who}"),
        back: Some(room),
        code: String::new(),
        form,
        mistakes,
    })
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&sign_page(visit, HandForm::default(), Mistakes::default())?)
}

fn collect(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, slot, who) = at(visit)?;
    let form: HandForm = visit.form()?;
    let hand = match Hand::read(&form.nom, &form.dessin) {
        Ok(hand) => hand,
        Err(no) => {
            let mistakes = Mistakes::one("nom", visit.w.signature_refusal(no));
            return Reply::form_again(&sign_page(visit, form, mistakes)?);
        }
    };
    let (house, actor, connection) = (visit.house, &visit.actor, connection(visit, None));
    match actions::signatures::collect(house, actor, (session, slot), (who, &hand), &connection) {
        Ok(()) => Ok(Reply::see_with(&format!("/sessions/{session}/salle/{slot}"), visit.w.signed_thanks())),
        Err(Error::Refused(actions::Refusal::Signature(no))) => {
            let mistakes = Mistakes::one("", visit.w.signature_refusal(no));
            Reply::form_again(&sign_page(visit, form, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

/// How the request reached us, as a signature keeps it for a time.
pub fn connection(visit: &Visit<'_>, device: Option<String>) -> Connection {
    Connection { address: visit.request.address.clone(), agent: visit.request.agent.clone(), device }
}

#[derive(Deserialize, Default)]
struct ReasonForm {
    #[serde(default)]
    motif: String,
}

#[derive(Template)]
#[template(path = "attendance/withdraw.html")]
struct WithdrawPage {
    shell: Shell,
    about: String,
    action: String,
    back: String,
    reason: String,
    mistakes: Mistakes,
}

fn withdraw_page(visit: &Visit<'_>, reason: String, mistakes: Mistakes) -> Result<WithdrawPage, Problem> {
    let (session, slot, who) = at(visit)?;
    let (name, about) = about(visit)?;
    let back = format!("/sessions/{session}/salle/{slot}");
    Ok(WithdrawPage {
        shell: visit.shell(visit.w.withdraw_signature_title()),
        about: format!("{name}, {about}"),
        action: format!("{back}/retrait/{who}"),
        back,
        reason,
        mistakes,
    })
}

fn ask_withdrawal(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&withdraw_page(visit, String::new(), Mistakes::default())?)
}

fn withdraw(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, slot, who) = at(visit)?;
    let form: ReasonForm = visit.form()?;
    match actions::signatures::withdraw(visit.house, &visit.actor, session, (who, slot), &form.motif) {
        Ok(()) => Ok(Reply::see_with(
            &format!("/sessions/{session}/salle/{slot}"),
            visit.w.signature_withdrawn_notice(),
        )),
        Err(Error::Refused(actions::Refusal::Signature(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.signature_refusal(no));
            Reply::form_again(&withdraw_page(visit, form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize, Default)]
struct AskForm {
    #[serde(default)]
    qui: Vec<i64>,
    /// `cloture`, for who asks from the list of what is missing.
    #[serde(default)]
    depuis: String,
}

fn ask_late(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, slot): (SessionId, SlotId) = (visit.part("session")?, visit.part("slot")?);
    let form: AskForm = visit.form()?;
    let whom: Vec<EnrolmentId> = form.qui.into_iter().map(EnrolmentId).collect();
    let back = match form.depuis.as_str() {
        "cloture" => format!("/sessions/{session}/cloture"),
        _ => format!("/sessions/{session}/salle/{slot}"),
    };
    match actions::signatures::ask(visit.house, &visit.actor, session, slot, &whom) {
        Ok(asked) => Ok(Reply::see_with(&back, visit.w.letters_asking(asked))),
        Err(Error::Refused(actions::Refusal::Signature(no))) => room::refused(visit, no),
        Err(other) => Err(other.into()),
    }
}
