//! One's own account: name, language, password, log-ins, parts.

use crate::forms::mistakes::Mistakes;
use crate::frame::reply::LoginCookie;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::accounts::Refusal;
use domain::calendar::Zone;
use domain::ids::LoginId;
use domain::text::Name;
use serde::Deserialize;
use store::{self, logins::Login};
use words::{Language, Words};

pub fn routes(routes: &mut Routes) {
    routes.get("/compte", Action::KeepOwnAccount, show);
    routes.post("/compte", Action::KeepOwnAccount, edit);
    routes.post("/compte/mot-de-passe", Action::KeepOwnAccount, change_password);
    routes.post("/compte/connexions/{login}/fin", Action::KeepOwnAccount, end);
    routes.post("/compte/connexions/fin", Action::KeepOwnAccount, end_others);
}

/// A log-in as its owner reads it.
struct Line {
    id: LoginId,
    device: String,
    since: String,
    seen: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "accounts/own.html")]
struct OwnPage {
    shell: Shell,
    email: String,
    name: String,
    language: Language,
    logins: Vec<Line>,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
struct OwnForm {
    name: String,
    langue: String,
}

#[derive(Deserialize)]
struct PasswordForm {
    current: String,
    password: String,
}

fn login<'a>(visit: &Visit<'a>) -> Result<&'a Login, Problem> {
    visit.login.ok_or(Problem::LogInFirst)
}

fn page(visit: &Visit<'_>, name: String, language: Language, mistakes: Mistakes) -> Result<OwnPage, Problem> {
    let login = login(visit)?;
    let now = visit.house.clock.now();
    let open = visit.read(|conn| store::logins::of_account(conn, &visit.reach, login.account, now))?;
    let lines = open.into_iter().map(|open| Line {
        id: open.id,
        device: visit.w.device_of(&open.agent),
        since: visit.w.short_moment(open.created_at, Zone::OFFICE),
        seen: visit.w.short_moment(open.seen_at, Zone::OFFICE),
        is_this: open.id == login.id,
    });
    Ok(OwnPage {
        shell: visit.shell(visit.w.own_title()),
        email: login.email.clone(),
        name,
        language,
        logins: lines.collect(),
        mistakes,
    })
}

fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let login = login(visit)?;
    Reply::page(&page(visit, login.name.clone(), login.language, Mistakes::default())?)
}

fn edit(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: OwnForm = visit.form()?;
    let login = login(visit)?;
    let language: Language = form.langue.parse().map_err(|_| Problem::Unreadable)?;
    let Ok(name) = form.name.parse::<Name>() else {
        let mistakes = Mistakes::one("name", visit.w.name_mistake());
        return Reply::form_again(&page(visit, form.name, language, mistakes)?);
    };
    actions::accounts::edit_own(visit.house, &login.actor(), &name, language)?;
    let mut reply = Reply::see_with("/compte", Words(language).own_saved());
    reply.language = Some(language);
    Ok(reply)
}

fn change_password(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: PasswordForm = visit.form()?;
    let login = login(visit)?;
    super::slow_down(visit)?;
    let changed = actions::accounts::change_password(
        visit.house,
        &login.actor(),
        login.id,
        &form.current,
        &form.password,
    );
    let (field, no) = match changed {
        Ok(()) => return Ok(Reply::see_with("/compte", visit.w.password_changed())),
        Err(Error::Refused(actions::Refusal::Account(no @ Refusal::WrongPassword))) => ("current", no),
        Err(Error::Refused(actions::Refusal::Account(
            no @ (Refusal::PasswordShort | Refusal::PasswordLong | Refusal::PasswordCommon),
        ))) => ("password", no),
        Err(other) => return Err(other.into()),
    };
    let mistakes = Mistakes::one(field, visit.w.account_refusal(no));
    Reply::form_again(&page(visit, login.name.clone(), login.language, mistakes)?)
}

fn end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let login = login(visit)?;
    let ended: LoginId = visit.part("login")?;
    actions::accounts::end_login(visit.house, &login.actor(), ended)?;
    if ended == login.id {
        return Ok(Reply::see("/").with_login(LoginCookie::End));
    }
    Ok(Reply::see_with("/compte", visit.w.login_ended()))
}

fn end_others(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let login = login(visit)?;
    actions::accounts::end_other_logins(visit.house, &login.actor(), login.id)?;
    Ok(Reply::see_with("/compte", visit.w.other_logins_ended()))
}
