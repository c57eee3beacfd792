//! Logging in and out, passwords by link, the language.

mod own;
mod register;

use crate::forms::{Declared, Field, Form, Secret, USERNAME};
use crate::frame::kept::{self, Kept};
use crate::frame::reply::LoginCookie;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use actix_web::http::StatusCode;
use askama::Template;
use credentials::Token;
use domain::access::Action;
use domain::ids::AccountId;
use domain::people::EmailAddress;
use serde::Deserialize;
use store::logins::Login;
use words::{Language, Words};

pub fn routes(routes: &mut Routes) {
    routes.get("/connexion", Action::LogIn, ask);
    routes.form_to_try("/connexion", Action::LogIn, log_in);
    routes.post("/deconnexion", Action::LogOut, log_out);
    routes.form("/mot-de-passe", Action::SetPassword, reset);
    routes.get("/acces/{secret}", Action::SetPassword, |visit| set_password(visit)?.show());
    routes.form_to_try("/acces/{secret}", Action::SetPassword, set_password);
    routes.post("/langue", Action::ReadPublicPages, set_language);
    own::routes(routes);
    register::routes(routes);
}

/// Where to go after the log-in.
const THEN: &str = "suite";
/// What somebody was writing when their log-in ended.
const KEPT: &str = "garde";
const EMAIL: Field<String> = Field::email("email", Words::email_address, Words::email_mistake)
    .missing(Words::email_mistake)
    .fills("username");
const PASSWORD: Secret =
    Secret::new("password", Words::password, "current-password", Words::password_missing);
pub const CURRENT_PASSWORD: Secret =
    Secret::new("current", Words::current_password, "current-password", Words::password_missing);
const OWN_EMAIL: Field<EmailAddress> =
    Field::email("email", Words::email_address, Words::email_mistake).fills("username");
pub const NEW_PASSWORD: Secret =
    Secret::new("password", Words::new_password, "new-password", Words::password_rule)
        .help(Words::password_rule);

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct Forgotten {
    w: Words,
}

#[derive(Deserialize)]
struct Destination {
    #[serde(default)]
    suite: String,
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    match visit.login {
        Some(_) => Ok(Reply::see(local(&visit.query::<Destination>()?.suite))),
        None => log_in(visit)?.show(),
    }
}

fn log_in<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    Form::new(visit, w.log_in_title())
        .to("/connexion")
        .narrow()
        .lede(w.log_in_help())
        .slow()
        .ask(EMAIL)
        .ask(PASSWORD)
        .carry(THEN, visit.query::<Destination>()?.suite)
        .button(w.log_in())
        .submits(
            |form| {
                for carried in [THEN, KEPT] {
                    let sent = form.sent(carried).to_owned();
                    form.carry_instead(carried, sent);
                }
                let (then, kept) = (form.sent(THEN).to_owned(), form.sent(KEPT).to_owned());
                Some((form.get(EMAIL)?, form.get(PASSWORD)?, then, kept))
            },
            |(email, password, then, kept)| {
                let (house, request) = (visit.house, visit.request);
                let typed = (email.as_str(), password.as_str());
                let (actor, address, agent) = (&visit.actor, &request.address, &request.agent);
                let opened = actions::accounts::log_in(house, actor, typed, address, agent)?;
                end_replaced(visit)?;
                Ok((opened, then, kept))
            },
            |((account, token), then, kept)| {
                let reply = match kept.as_str() {
                    "" => Reply::see(local(&then)),
                    sealed => resume(visit, (account, &token), sealed),
                };
                reply.with_login(LoginCookie::Set(token.as_str().to_owned()))
            },
        )
        .after(&Forgotten { w })
}

/// Asks who one is, whose log-in ended while they wrote: `sealed` is what they wrote.
pub fn log_in_again(visit: &Visit<'_>, sealed: &str) -> Result<Reply, Problem> {
    let form = log_in(visit)?.lede(visit.w.log_in_again_help()).carry(KEPT, sealed);
    let mut reply = form.show()?;
    reply.status = StatusCode::FORBIDDEN;
    Ok(reply)
}

#[derive(Template)]
#[template(path = "accounts/resume.html")]
struct Resume {
    shell: Shell,
    kept: Kept,
}

/// Gives back what somebody wrote, to whom it is theirs.
fn resume(visit: &Visit<'_>, (account, token): (AccountId, &Token), sealed: &str) -> Reply {
    let now = visit.house.clock.now();
    let login = visit.read(|conn| store::logins::find(conn, &token.digest(), now)).ok().flatten();
    // From here on they are logged in, and read their own language.
    let w = login.as_ref().map_or(visit.w, |login| Words(login.language));
    let actor = login.as_ref().map_or(visit.actor, Login::actor);
    let keys = visit.site.passing_keys(visit.house);
    let page = keys.and_then(|keys| kept::open(keys, account, sealed)).map(|kept| Resume {
        shell: Shell::bare(visit.site, visit.request, actor, login.as_ref(), w).titled(w.resume_title()),
        kept,
    });
    page.and_then(|page| Reply::page(&page).ok())
        .unwrap_or_else(|| Reply::see_with("/accueil", w.kept_for_another()))
}

/// The log-in that this browser had before ends when another takes its cookie.
fn end_replaced(visit: &Visit<'_>) -> Result<(), Error> {
    match visit.login.map(|login| actions::accounts::log_out(visit.house, &login.actor(), login.id)) {
        None | Some(Ok(()) | Err(Error::Store(store::Error::Missing))) => Ok(()),
        Some(Err(other)) => Err(other),
    }
}

/// Where to go after the log-in: a path of ours, never another site.
pub fn local(suite: &str) -> &str {
    let ours = suite.starts_with('/')
        && !suite.starts_with("//")
        && !suite.contains(|c: char| c == '\\' || c.is_control());
    if ours { suite } else { "/accueil" }
}

fn log_out(visit: &Visit<'_>) -> Result<Reply, Problem> {
    end_replaced(visit)?;
    Ok(Reply::see("/").with_login(LoginCookie::End))
}

#[expect(clippy::unnecessary_wraps, reason = "a form like the others")]
fn reset<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    Ok(Form::new(visit, w.reset_title())
        .narrow()
        .lede(w.reset_help())
        .slow()
        .ask(OWN_EMAIL)
        .button(w.reset_send())
        .or("/connexion", w.back())
        .submits(
            |form| form.get(OWN_EMAIL),
            |email| actions::accounts::ask_reset(visit.house, &visit.actor, email.as_str()),
            move |()| Reply::see_with("/connexion", w.reset_asked()),
        ))
}

/// Only looks: programs that open the links of letters must not use them up.
fn set_password<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let secret = visit.request.parameter("secret").unwrap_or_default();
    let lock = actions::accounts::account_of_link(visit.house, &visit.actor, secret)?;
    Ok(Form::new(visit, w.access_title())
        .narrow()
        .unlisted()
        .slow()
        .lede(w.access_help(&lock.name, &lock.email))
        .carry(USERNAME, &lock.email)
        .ask(NEW_PASSWORD)
        .button(w.access_button())
        .submits(
            |form| form.get(NEW_PASSWORD),
            move |password| {
                let (house, actor, agent) = (visit.house, &visit.actor, &visit.request.agent);
                let token = actions::accounts::set_password(house, actor, secret, &password, agent)?;
                end_replaced(visit)?;
                Ok(token)
            },
            move |token| {
                let reply = Reply::see_with("/accueil", w.access_done());
                reply.with_login(LoginCookie::Set(token.as_str().to_owned()))
            },
        ))
}

#[derive(Deserialize)]
struct LanguageForm {
    langue: String,
    #[serde(default)]
    suite: String,
}

fn set_language(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: LanguageForm = visit.form()?;
    let language: Language = form.langue.parse().map_err(|_| Problem::Unreadable)?;
    if let Some(login) = visit.login {
        actions::accounts::set_language(visit.house, &login.actor(), language)?;
    }
    let mut reply = Reply::see(local(&form.suite));
    reply.language = Some(language);
    Ok(reply)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn one_never_lands_on_another_site() {
        assert_eq!(local("/sessions/3?comme=2"), "/sessions/3?comme=2");
        for foreign in ["", "https://x.example", "//x.example", "/\\x.example", "/\t/x.example", "/\r\nx"] {
            assert_eq!(local(foreign), "/accueil", "{foreign:?}");
        }
    }
}
