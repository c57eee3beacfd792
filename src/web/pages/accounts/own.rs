//! One's own account: name, language, password, log-ins, parts.

use super::{CURRENT_PASSWORD, NEW_PASSWORD};
use crate::forms::form::Element;
use crate::forms::{Declared, Field, Form, LANGUAGE, Secret, USERNAME, languages};
use crate::frame::reply::LoginCookie;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::calendar::Zone;
use domain::ids::LoginId;
use domain::text::Name;
use store::{self, logins::Login};
use words::{Language, Words};

pub fn routes(routes: &mut Routes) {
    routes.form("/compte", Action::KeepOwnAccount, edit);
    routes.form_of_page("/compte/mot-de-passe", Action::KeepOwnAccount, change_password);
    routes.post("/compte/connexions/{login}/fin", Action::KeepOwnAccount, end);
    routes.post("/compte/connexions/fin", Action::KeepOwnAccount, end_others);
}

const NAME: Field<Name> = Field::line("name", Words::full_name, Words::name_mistake).fills("name");
const OTHER_PASSWORD: Secret = NEW_PASSWORD.help(Words::password_change_rule);

/// A log-in as its owner reads it.
struct Line {
    id: LoginId,
    device: String,
    since: String,
    seen: String,
    is_this: bool,
}

/// Another form of the page.
#[derive(Template)]
#[template(path = "accounts/card.html")]
struct Card<'f, 'v> {
    title: &'static str,
    form: Element<'f, 'v>,
}

#[derive(Template)]
#[template(path = "accounts/parts.html")]
struct Parts {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "accounts/logins.html")]
struct Logins {
    shell: Shell,
    lines: Vec<Line>,
}

fn login<'a>(visit: &Visit<'a>) -> Result<&'a Login, Problem> {
    visit.login.ok_or(Problem::LogInFirst)
}

fn logins(visit: &Visit<'_>) -> Result<Logins, Problem> {
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
    Ok(Logins { shell: visit.shell(""), lines: lines.collect() })
}

fn ask_name<'v>(visit: &'v Visit<'v>, login: &'v Login) -> Form<'v> {
    let w = visit.w;
    Form::new(visit, w.own_title())
        .to("/compte")
        .lede(&login.email)
        .headed(w.who_you_are())
        .ask_with(NAME, &login.name)
        .ask_with(LANGUAGE, login.language)
        .among(languages(w))
        .button(w.save())
        .submits(
            |form| Some((form.get(NAME)?, form.get(LANGUAGE)?)),
            |(name, language)| {
                actions::accounts::edit_own(visit.house, &login.actor(), &name, language)?;
                Ok(language)
            },
            |language: Language| {
                let mut reply = Reply::see_with("/compte", Words(language).own_saved());
                reply.language = Some(language);
                reply
            },
        )
}

fn ask_password<'v>(visit: &'v Visit<'v>, login: &'v Login) -> Form<'v> {
    let w = visit.w;
    Form::new(visit, w.own_title())
        .to("/compte/mot-de-passe")
        .lede(&login.email)
        .headed(w.change_password())
        .slow()
        .carry(USERNAME, &login.email)
        .ask(CURRENT_PASSWORD)
        .ask(OTHER_PASSWORD)
        .button(w.change_password())
        .submits(
            |form| Some((form.get(CURRENT_PASSWORD)?, form.get(OTHER_PASSWORD)?)),
            |(current, new)| {
                let (house, actor) = (visit.house, login.actor());
                actions::accounts::change_password(house, &actor, login.id, &current, &new)
            },
            move |()| Reply::see_with("/compte", w.password_changed()),
        )
}

/// The name and the language, and the rest of the page after them.
fn edit<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let login = login(visit)?;
    let password = ask_password(visit, login);
    let card = Card { title: visit.w.change_password(), form: password.element() };
    ask_name(visit, login).after(&Parts { shell: visit.shell("") })?.after(&card)?.after(&logins(visit)?)
}

/// The password, between the same.
fn change_password<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let login = login(visit)?;
    let name = ask_name(visit, login);
    let card = Card { title: visit.w.who_you_are(), form: name.element() };
    ask_password(visit, login)
        .before(&card)?
        .before(&Parts { shell: visit.shell("") })?
        .after(&logins(visit)?)
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
