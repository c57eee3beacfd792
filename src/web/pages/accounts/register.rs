//! All accounts, for the administrator.

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::ids::AccountId;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/comptes", Action::ReadAccounts, list);
    routes.post("/comptes/{account}/suspension", Action::DisableAccount, disable);
    routes.post("/comptes/{account}/reouverture", Action::DisableAccount, enable);
    routes.post("/comptes/{account}/invitation", Action::InviteMember, invite_again);
}

/// An account as the list shows it.
struct Line {
    id: AccountId,
    name: String,
    email: String,
    roles: Vec<String>,
    is_disabled: bool,
    is_invited: bool,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "accounts/register.html")]
struct RegisterPage {
    shell: Shell,
    q: String,
    lines: Vec<Line>,
    is_later: bool,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    apres: String,
}

fn list(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Asked { q, apres } = visit.query()?;
    let after = apres.parse().ok();
    let today = visit.today();
    let (page, parts) = visit.read(|conn| {
        let page = store::accounts::list(conn, &visit.reach, &q, after)?;
        let ids: Vec<AccountId> = page.rows.iter().map(|a| a.id).collect();
        let parts = store::accounts::parts_of(conn, &visit.reach, &ids, today)?;
        Ok((page, parts))
    })?;
    let roles = |id: AccountId| {
        let own = parts.iter().filter(move |(account, ..)| *account == id);
        own.map(move |(_, role, of)| match of {
            Some(of) => format!("{}, {of}", visit.w.role(*role)),
            None => visit.w.role(*role).to_owned(),
        })
    };
    let lines = page.rows.iter().map(|account| Line {
        id: account.id,
        name: account.name.clone(),
        email: account.email.clone(),
        roles: roles(account.id).collect(),
        is_disabled: account.disabled_at.is_some(),
        is_invited: account.is_invited,
        is_own: visit.actor.account() == Some(account.id),
    });
    let next = page.next.as_ref().map(|next| {
        let q = percent_encoding::utf8_percent_encode(&q, percent_encoding::NON_ALPHANUMERIC);
        format!("/comptes?q={q}&apres={next}")
    });
    let lines = lines.collect();
    let shell = visit.shell(visit.w.accounts_title());
    Reply::page(&RegisterPage { shell, lines, is_later: after.is_some(), next, q })
}

fn disable(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let name = actions::accounts::disable(visit.house, &visit.actor, visit.part("account")?)?;
    Ok(Reply::see_with("/comptes", visit.w.disabled_now(&name)))
}

fn enable(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let name = actions::accounts::enable(visit.house, &visit.actor, visit.part("account")?)?;
    Ok(Reply::see_with("/comptes", visit.w.enabled_now(&name)))
}

#[derive(Deserialize)]
struct Destination {
    #[serde(default)]
    suite: String,
}

fn invite_again(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let Destination { suite } = visit.form()?;
    actions::members::invite_again(visit.house, &visit.actor, visit.part("account")?)?;
    Ok(Reply::see_with(super::local(&suite), visit.w.invitation_sent_again()))
}
