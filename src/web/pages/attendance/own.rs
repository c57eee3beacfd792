//! The trainee signs on their own device: logged in, or by their personal link.

use super::sign_here::{HandForm, SignPage, connection};
use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use credentials::room_codes;
use domain::access::{Action, Extent};
use domain::calendar::Zone;
use domain::ids::{EnrolmentId, SlotId};
use domain::signatures::{Hand, Refusal};
use serde::Deserialize;
use store::signatures::Signable;

pub fn routes(routes: &mut Routes) {
    routes.get("/emargement", Action::ReadPublicPages, ask_code);
    routes.get("/emargement/{code}", Action::ReadPublicPages, show);
    routes.post("/emargement/{code}", Action::SignAttendance, sign);
    routes.post("/emargement/{code}/lien", Action::ReadPublicPages, ask_link);
    routes.get("/place/{link}/signature", Action::SignAttendance, show_by_link);
    routes.post("/place/{link}/signature", Action::SignAttendance, sign_by_link);
    routes.get("/place/{link}/signature/{slot}", Action::SignAttendance, show_afterwards);
    routes.post("/place/{link}/signature/{slot}", Action::SignAttendance, sign_afterwards);
}

#[derive(Deserialize, Default)]
struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    email: String,
}

/// Asks for the code of the room.
#[derive(Template)]
#[template(path = "attendance/enter_code.html")]
struct CodePage {
    shell: Shell,
    action: String,
    code: String,
    mistakes: Mistakes,
}

/// Who is it that signs? Shown to who is not logged in as a trainee.
#[derive(Template)]
#[template(path = "attendance/who_signs.html")]
struct WhoPage {
    shell: Shell,
    code: String,
    /// Whether an account is logged in that may act as a trainee.
    as_trainee: bool,
    email: String,
    notice: String,
}

fn code_page(visit: &Visit<'_>, action: &str, code: String, mistakes: Mistakes) -> CodePage {
    CodePage { shell: visit.shell(visit.w.sign_my_attendance()), action: action.to_owned(), code, mistakes }
}

fn ask_code(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let typed: Typed = visit.query()?;
    let code = room_codes::read(&typed.code);
    if code.is_empty() {
        return Reply::page(&code_page(visit, "/emargement", String::new(), Mistakes::default()));
    }
    Ok(Reply::see(&format!("/emargement/{code}")))
}

fn who_page(visit: &Visit<'_>, email: String, notice: String) -> Result<WhoPage, Problem> {
    let typed: String = visit.part("code")?;
    let as_trainee = visit.login.is_some_and(|login| login.part_named("stagiaire").is_some());
    Ok(WhoPage {
        shell: visit.shell(visit.w.sign_as_whom_title()),
        code: room_codes::spaced(&room_codes::read(&typed)),
        as_trainee,
        email,
        notice,
    })
}

/// Before it is asked who signs: a code that no room shows is asked for again.
fn wrong_code(visit: &Visit<'_>) -> Result<Option<Reply>, Problem> {
    let code: String = visit.part("code")?;
    if actions::signatures::is_shown(visit.house, &code)? {
        return Ok(None);
    }
    let mistakes = Mistakes::one("code", visit.w.code_of_no_room());
    let code = room_codes::read(&code);
    Reply::form_again(&code_page(visit, "/emargement", code, mistakes)).map(Some)
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if visit.actor.person().is_none() {
        return match wrong_code(visit)? {
            Some(again) => Ok(again),
            None => Reply::page(&who_page(visit, String::new(), String::new())?),
        };
    }
    let code: String = visit.part("code")?;
    with_code(visit, &code, "/emargement", HandForm::default())
}

/// The page to sign, once the code fits; else the code is asked for again.
fn with_code(visit: &Visit<'_>, code: &str, action: &str, form: HandForm) -> Result<Reply, Problem> {
    match actions::signatures::find(visit.house, &visit.actor, code) {
        Ok(found) => match before(visit, found.enrolment, found.slot, found.zone)? {
            Some(no) => code_again(visit, action, code, no),
            None => Reply::page(&sign_page(visit, &found, action, code, form, Mistakes::default())),
        },
        Err(Error::Refused(actions::Refusal::Signature(no))) => code_again(visit, action, code, no),
        Err(other) => Err(other.into()),
    }
}

/// Whether the half-day is signed already, and when.
fn before(visit: &Visit<'_>, who: EnrolmentId, slot: SlotId, zone: Zone) -> Result<Option<Refusal>, Problem> {
    let standing = visit.read(|conn| store::signatures::standing(conn, who, slot))?;
    Ok(standing.map(|signed| Refusal::Already { at: signed.signed_at, zone }))
}

fn code_again(visit: &Visit<'_>, action: &str, code: &str, no: Refusal) -> Result<Reply, Problem> {
    let mistakes = Mistakes::one("code", visit.w.signature_refusal(no));
    Reply::form_again(&code_page(visit, action, code.to_owned(), mistakes))
}

fn about(visit: &Visit<'_>, one: &Signable) -> String {
    format!("{}, {}", one.title, visit.w.span(one.starts_at, one.ends_at, one.zone))
}

fn sign_page(
    visit: &Visit<'_>,
    found: &Signable,
    action: &str,
    code: &str,
    form: HandForm,
    mistakes: Mistakes,
) -> SignPage {
    let by_link = visit.request.parameter("link").is_some();
    SignPage {
        shell: visit.shell(found.name.full()),
        about: about(visit, found),
        help: "",
        action: if by_link { action.to_owned() } else { format!("{action}/{}", room_codes::read(code)) },
        back: None,
        code: if by_link { room_codes::read(code) } else { String::new() },
        form,
        mistakes,
    }
}

/// Signs with a code, and says what stands in the way.
fn put(visit: &Visit<'_>, code: &str, action: &str, then: &str) -> Result<Reply, Problem> {
    let form: HandForm = visit.form()?;
    let done = Hand::read(&form.nom, &form.dessin).map_err(Error::from).and_then(|hand| {
        let connection = connection(visit, Some(visit.request.device.clone()));
        actions::signatures::sign(visit.house, &visit.actor, code, &hand, &connection)
    });
    match done {
        Ok(_) => Ok(Reply::see_with(then, visit.w.signed_thanks()).with_device(&visit.request.device)),
        Err(Error::Refused(actions::Refusal::Signature(
            no @ (Refusal::HandMissing | Refusal::HandTooLong),
        ))) => {
            let found = match actions::signatures::find(visit.house, &visit.actor, code) {
                Ok(found) => found,
                Err(Error::Refused(actions::Refusal::Signature(no))) => {
                    return code_again(visit, action, code, no);
                }
                Err(other) => return Err(other.into()),
            };
            let mistakes = Mistakes::one("nom", visit.w.signature_refusal(no));
            Reply::form_again(&sign_page(visit, &found, action, code, form, mistakes))
        }
        Err(Error::Refused(actions::Refusal::Signature(no))) => code_again(visit, action, code, no),
        Err(other) => Err(other.into()),
    }
}

fn sign(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let code: String = visit.part("code")?;
    put(visit, &code, "/emargement", "/accueil")
}

fn base(visit: &Visit<'_>) -> String {
    format!("/place/{}", visit.link())
}

fn show_by_link(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (typed, action): (Typed, String) = (visit.query()?, format!("{}/signature", base(visit)));
    if typed.code.is_empty() {
        return Reply::page(&code_page(visit, &action, String::new(), Mistakes::default()));
    }
    with_code(visit, &typed.code, &action, HandForm::default())
}

fn sign_by_link(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let typed: Typed = visit.form()?;
    put(visit, &typed.code, &format!("{}/signature", base(visit)), &base(visit))
}

/// Where in the room somebody who is expected there gets their link by e-mail.
fn ask_link(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (code, typed): (String, Typed) = (visit.part("code")?, visit.form()?);
    if let Some(seconds) = visit.site.throttle.check(&visit.request.address) {
        return Err(Problem::TooMany { seconds });
    }
    if let Some(again) = wrong_code(visit)? {
        return Ok(again);
    }
    actions::signatures::ask_link(visit.house, &code, &typed.email)?;
    Reply::page(&who_page(visit, typed.email, visit.w.link_on_its_way().to_owned())?)
}

/// The place of the link, and the half-day that is to be signed afterwards.
fn wanted(visit: &Visit<'_>) -> Result<(EnrolmentId, SlotId), Problem> {
    match visit.reach.extent() {
        Extent::Enrolment(who) => Ok((who, visit.part("slot")?)),
        _ => Err(Problem::NotFound),
    }
}

fn afterwards_page(visit: &Visit<'_>, form: HandForm, mistakes: Mistakes) -> Result<SignPage, Problem> {
    let (who, slot) = wanted(visit)?;
    let now = visit.house.clock.now();
    let (seated, slots) = visit.read(|conn| {
        if !store::signatures::late_slots(conn, who, now)?.contains(&slot) {
            return Err(store::Error::Missing);
        }
        let seated = store::enrolments::seated(conn, &visit.reach, who)?;
        let slots = store::sessions::slots(conn, seated.session)?;
        Ok((seated, slots))
    })?;
    let label = slots
        .iter()
        .find(|kept| kept.id == slot)
        .map(|kept| super::slot_label(visit.w, kept))
        .ok_or(Problem::NotFound)?;
    Ok(SignPage {
        shell: visit.shell(visit.w.sign_afterwards_title()),
        about: format!("{}, {}, {label}", seated.name.full(), seated.title),
        help: "",
        action: format!("{}/signature/{slot}", base(visit)),
        back: Some(base(visit)),
        code: String::new(),
        form,
        mistakes,
    })
}

/// Back to the place, when the half-day is signed already.
fn already(visit: &Visit<'_>) -> Result<Option<Reply>, Problem> {
    let (who, slot) = wanted(visit)?;
    let seated = visit.read(|conn| store::enrolments::seated(conn, &visit.reach, who))?;
    let no = before(visit, who, slot, seated.zone)?;
    Ok(no.map(|no| Reply::see_with(&base(visit), visit.w.signature_refusal(no))))
}

fn show_afterwards(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if let Some(reply) = already(visit)? {
        return Ok(reply);
    }
    Reply::page(&afterwards_page(visit, HandForm::default(), Mistakes::default())?)
}

fn sign_afterwards(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if let Some(reply) = already(visit)? {
        return Ok(reply);
    }
    let (who, slot) = wanted(visit)?;
    let form: HandForm = visit.form()?;
    let done = Hand::read(&form.nom, &form.dessin).map_err(Error::from).and_then(|hand| {
        let connection = connection(visit, Some(visit.request.device.clone()));
        actions::signatures::sign_afterwards(visit.house, &visit.actor, (who, slot), &hand, &connection)
    });
    match done {
        Ok(()) => {
            Ok(Reply::see_with(&base(visit), visit.w.signed_thanks()).with_device(&visit.request.device))
        }
        Err(Error::Refused(actions::Refusal::Signature(no))) => {
            let field = if matches!(no, Refusal::HandMissing | Refusal::HandTooLong) { "nom" } else { "" };
            let mistakes = Mistakes::one(field, visit.w.signature_refusal(no));
            Reply::form_again(&afterwards_page(visit, form, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
