//! Logging in and out, passwords by link, the language.

mod own;
mod register;

use crate::forms::mistakes::Mistakes;
use crate::frame::reply::LoginCookie;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use actix_web::http::StatusCode;
use askama::Template;
use credentials::Token;
use domain::access::Action;
use domain::accounts::Refusal;
use domain::people::EmailAddress;
use serde::Deserialize;
use words::Language;

pub fn routes(routes: &mut Routes) {
    routes.get("/connexion", Action::LogIn, ask);
    routes.post("/connexion", Action::LogIn, log_in);
    routes.post("/deconnexion", Action::LogOut, log_out);
    routes.get("/mot-de-passe", Action::SetPassword, ask_reset);
    routes.post("/mot-de-passe", Action::SetPassword, send_reset);
    routes.get("/acces/{secret}", Action::SetPassword, ask_password);
    routes.post("/acces/{secret}", Action::SetPassword, set_password);
    routes.post("/langue", Action::ReadPublicPages, set_language);
    own::routes(routes);
    register::routes(routes);
}

#[derive(Template)]
#[template(path = "accounts/log_in.html")]
struct LogInPage {
    shell: Shell,
    email: String,
    suite: String,
    mistake: Option<String>,
}

#[derive(Deserialize)]
struct Destination {
    #[serde(default)]
    suite: String,
}

#[derive(Deserialize)]
struct LogInForm {
    email: String,
    password: String,
    #[serde(default)]
    suite: String,
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Destination { suite } = visit.query()?;
    if visit.login.is_some() {
        return Ok(Reply::see(local(&suite)));
    }
    Reply::page(&LogInPage {
        shell: visit.shell(visit.w.log_in_title()),
        email: String::new(),
        suite,
        mistake: None,
    })
}

fn log_in(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: LogInForm = visit.form()?;
    match try_log_in(visit, &form) {
        Ok(token) => {
            end_replaced(visit)?;
            Ok(Reply::see(local(&form.suite)).with_login(LoginCookie::Set(token.as_str().to_owned())))
        }
        Err(
            problem @ (Problem::TooMany { .. }
            | Problem::Action(Error::Refused(actions::Refusal::Account(
                Refusal::WrongLogIn | Refusal::Throttled { .. },
            )))),
        ) => {
            let (_, mistake) = problem.told(visit.w);
            let page = LogInPage {
                shell: visit.shell(visit.w.log_in_title()),
                email: form.email,
                suite: form.suite,
                mistake: Some(mistake),
            };
            Ok(problem.mark(Reply::page_with(problem.status(), &page)?))
        }
        Err(other) => Err(other),
    }
}

fn try_log_in(visit: &Visit<'_>, form: &LogInForm) -> Result<Token, Problem> {
    slow_down(visit)?;
    let (house, request) = (visit.house, visit.request);
    let typed = (form.email.as_str(), form.password.as_str());
    Ok(actions::accounts::log_in(house, &visit.actor, typed, &request.address, &request.agent)?)
}

/// Requests that check or make a secret are few for each address.
fn slow_down(visit: &Visit<'_>) -> Result<(), Problem> {
    match visit.site.throttle.check(&visit.request.address) {
        Some(seconds) => Err(Problem::TooMany { seconds }),
        None => Ok(()),
    }
}

/// The log-in that this browser had before ends when another takes its cookie.
fn end_replaced(visit: &Visit<'_>) -> Result<(), Problem> {
    match visit.login.map(|login| actions::accounts::log_out(visit.house, &login.actor(), login.id)) {
        None | Some(Ok(()) | Err(Error::Store(store::Error::Missing))) => Ok(()),
        Some(Err(other)) => Err(other.into()),
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

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage {
    shell: Shell,
    email: String,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
struct ResetForm {
    email: String,
}

fn ask_reset(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let shell = visit.shell(visit.w.reset_title());
    Reply::page(&ResetPage { shell, email: String::new(), mistakes: Mistakes::default() })
}

fn send_reset(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: ResetForm = visit.form()?;
    if form.email.parse::<EmailAddress>().is_err() {
        return Reply::form_again(&ResetPage {
            shell: visit.shell(visit.w.reset_title()),
            email: form.email,
            mistakes: Mistakes::one("email", visit.w.email_mistake()),
        });
    }
    slow_down(visit)?;
    actions::accounts::ask_reset(visit.house, &visit.actor, &form.email)?;
    Ok(Reply::see_with("/connexion", visit.w.reset_asked()))
}

#[derive(Template)]
#[template(path = "accounts/access.html")]
struct AccessPage {
    shell: Shell,
    name: String,
    email: String,
    secret: String,
    mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "accounts/spent.html")]
struct SpentPage {
    shell: Shell,
}

#[derive(Deserialize)]
struct PasswordForm {
    password: String,
}

/// Only looks: programs that open the links of letters must not use them up.
fn ask_password(visit: &Visit<'_>) -> Result<Reply, Problem> {
    match access_page(visit, Mistakes::default()) {
        Ok(page) => Reply::page(&page),
        Err(Error::Refused(actions::Refusal::Account(Refusal::LinkSpent))) => spent(visit),
        Err(other) => Err(other.into()),
    }
}

fn access_page(visit: &Visit<'_>, mistakes: Mistakes) -> Result<AccessPage, Error> {
    let secret = visit.request.parameter("secret").unwrap_or_default();
    let lock = actions::accounts::account_of_link(visit.house, &visit.actor, secret)?;
    Ok(AccessPage {
        shell: visit.shell(visit.w.access_title()),
        name: lock.name,
        email: lock.email,
        secret: secret.to_owned(),
        mistakes,
    })
}

fn spent(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let shell = visit.shell(visit.w.spent_title());
    Reply::page_with(StatusCode::NOT_FOUND, &SpentPage { shell })
}

fn set_password(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: PasswordForm = visit.form()?;
    slow_down(visit)?;
    let secret = visit.request.parameter("secret").unwrap_or_default();
    let agent = &visit.request.agent;
    match actions::accounts::set_password(visit.house, &visit.actor, secret, &form.password, agent) {
        Ok(token) => {
            end_replaced(visit)?;
            let reply = Reply::see_with("/accueil", visit.w.access_done());
            Ok(reply.with_login(LoginCookie::Set(token.as_str().to_owned())))
        }
        Err(Error::Refused(actions::Refusal::Account(Refusal::LinkSpent))) => spent(visit),
        Err(Error::Refused(actions::Refusal::Account(no))) => {
            Reply::form_again(&access_page(visit, Mistakes::one("password", visit.w.account_refusal(no)))?)
        }
        Err(other) => Err(other.into()),
    }
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
