//! Logging in and out.

use super::doors::Doors;
use super::error::Problem;
use super::page::Shell;
use super::reply::Reply;
use super::visit::Visit;
use crate::actions::{self, Error};
use crate::domain::access::Action;
use crate::domain::accounts::Refusal;
use askama::Template;
use serde::Deserialize;

pub fn doors(site: &mut Doors) {
    site.get("/connexion", Action::LogIn, ask);
    site.post("/connexion", Action::LogIn, log_in);
    site.post("/deconnexion", Action::LogOut, log_out);
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
    Reply::page(&LogInPage {
        shell: visit.shell(visit.w.log_in_title()),
        email: String::new(),
        suite,
        mistake: None,
    })
}

fn log_in(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: LogInForm = visit.form()?;
    let request = visit.request;
    if let Some(seconds) = visit.site.throttle.check(&request.address) {
        return Err(Problem::TooMany { seconds });
    }
    match actions::accounts::log_in(
        visit.house,
        &visit.actor,
        &form.email,
        &form.password,
        &request.address,
        &request.agent,
    ) {
        Ok(token) => Ok(Reply::see(local(&form.suite)).with_login(Some(token.as_str().to_owned()))),
        Err(Error::Account(no @ Refusal::WrongLogIn)) => Reply::form_again(&LogInPage {
            shell: visit.shell(visit.w.log_in_title()),
            email: form.email,
            suite: form.suite,
            mistake: Some(visit.w.account_refusal(no)),
        }),
        Err(other) => Err(other.into()),
    }
}

/// Where to go after the log-in: a path of ours, never another site.
pub fn local(suite: &str) -> &str {
    let ours = suite.starts_with('/') && !suite.starts_with("//") && !suite.contains(['\\', '\r', '\n']);
    if ours { suite } else { "/accueil" }
}

fn log_out(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if let Some(login) = visit.login {
        actions::accounts::log_out(visit.house, &login.actor(), login.id)?;
    }
    Ok(Reply::see("/").with_login(None))
}
