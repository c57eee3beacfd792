//! The members of an organisation, and the administrators of the installation.

use super::accounts::{CURRENT_PASSWORD, NEW_PASSWORD};
use crate::forms::{Ask as _, Choice, Declared, Field, Form, LANGUAGE, Optional, Refused, languages};
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::members::Wanted;
use askama::Template;
use domain::access::{Action, Actor, Role};
use domain::accounts::{Refusal, roles_open};
use domain::calendar::Day;
use domain::ids::{MembershipId, OrganisationId};
use domain::people::EmailAddress;
use domain::text::Name;
use serde::Deserialize;
use store::members::Member;
use store::{self, Page};
use words::{Language, Words};

pub fn routes(routes: &mut Routes) {
    routes.get("/membres", Action::ReadMembers, list_own);
    routes.form_at("/membres/nouveau", "/membres", Action::InviteMember, invite_own);
    routes.get("/membres/{membership}/fin", Action::EndMembership, ask_end);
    routes.post("/membres/{membership}/fin", Action::EndMembership, end);
    routes.get("/entreprises/{organisation}/membres", Action::ReadMembers, list_of);
    routes.form_at(
        "/entreprises/{organisation}/membres/nouveau",
        "/entreprises/{organisation}/membres",
        Action::InviteMember,
        invite_of,
    );
}

/// Where the members of an organisation are shown: one's own have the short path.
fn path_of(actor: &Actor, organisation: Option<OrganisationId>) -> String {
    match organisation {
        Some(id) if actor.organisation() != Some(id) => format!("/entreprises/{id}/membres"),
        Some(_) | None => "/membres".to_owned(),
    }
}

#[derive(Template)]
#[template(path = "members/list.html")]
struct ListPage {
    shell: Shell,
    path: String,
    help: &'static str,
    lines: Vec<Line>,
    is_later: bool,
    next: Option<String>,
}

/// A member as the list shows them.
struct Line {
    member: Member,
    until: Option<String>,
    is_own: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    apres: String,
}

fn list_own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    list(visit, visit.actor.organisation())
}

fn list_of(visit: &Visit<'_>) -> Result<Reply, Problem> {
    list(visit, Some(visit.part("organisation")?))
}

fn list(visit: &Visit<'_>, organisation: Option<OrganisationId>) -> Result<Reply, Problem> {
    let Asked { apres } = visit.query()?;
    let after = apres.parse().ok();
    let today = visit.today();
    let (place, page) = visit.read(|conn| {
        let place = store::members::house(conn, &visit.reach, organisation, today)?;
        let page = store::members::list(conn, &place, today, after)?;
        Ok((place, page))
    })?;
    let Page { rows, next } = page;
    let path = path_of(&visit.actor, organisation);
    let (title, help) = match organisation {
        Some(_) => (visit.w.members_of(&place.name), visit.w.members_help()),
        None => (visit.w.administrators().to_owned(), visit.w.administrators_help()),
    };
    let lines = rows.into_iter().map(|member| Line {
        until: member.ends_on.map(|day| visit.w.short_day(day)),
        is_own: visit.actor.account() == Some(member.account),
        member,
    });
    Reply::page(&ListPage {
        shell: visit.shell(title),
        help,
        lines: lines.collect(),
        is_later: after.is_some(),
        next: next.map(|next| format!("{path}?apres={next}")),
        path,
    })
}

const NAME: Field<Name> =
    Field::line("name", Words::full_name, Words::name_mistake).help(Words::member_name_help);
const EMAIL: Field<EmailAddress> = Field::email("email", Words::email_address, Words::email_mistake);
const ROLE: Field<Role> = Field::select("role", Words::role_label, Words::role_mistake);
const ENDS_ON: Optional<Day> =
    Field::day("ends_on", Words::last_day, Words::day_mistake).help(Words::last_day_help).optional();

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::MemberAlready | Self::AccountDisabled => Some(EMAIL.name()),
            Self::MandateWithoutEnd | Self::EndsInThePast => Some(ENDS_ON.name()),
            Self::ForeignRole => Some(ROLE.name()),
            Self::PasswordShort | Self::PasswordLong | Self::PasswordCommon => Some(NEW_PASSWORD.name()),
            Self::WrongPassword => Some(CURRENT_PASSWORD.name()),
            _ => None,
        }
    }
}

fn invite_own<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    invite(visit, visit.actor.organisation())
}

fn invite_of<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    invite(visit, Some(visit.part("organisation")?))
}

/// Invites somebody into an organisation, or among the administrators.
fn invite<'v>(visit: &'v Visit<'v>, organisation: Option<OrganisationId>) -> Declared<'v> {
    let (w, today) = (visit.w, visit.today());
    let host = visit.read(|conn| store::members::house(conn, &visit.reach, organisation, today))?;
    let path = path_of(&visit.actor, host.id);
    let roles = roles_open(host.capacities.as_deref());
    Ok(Form::new(visit, w.invite_into(&host.name))
        .to(&path)
        .lede(w.invite_help())
        .ask(NAME)
        .ask(EMAIL)
        .ask(ROLE)
        .among(roles.into_iter().map(|role| Choice::new(role, w.role(role))))
        .ask(ENDS_ON)
        .ask(LANGUAGE)
        .proposing(Language::Fr)
        .among(languages(w))
        .button(w.send_invitation())
        .or(&path, w.back())
        .submits(
            |form| {
                Some(Wanted {
                    name: form.get(NAME)?,
                    email: form.get(EMAIL)?,
                    role: form.get(ROLE)?,
                    ends_on: form.get(ENDS_ON)?,
                    language: form.get(LANGUAGE)?,
                })
            },
            move |wanted| {
                actions::members::invite(visit.house, &visit.actor, organisation, &wanted)?;
                Ok(wanted.email)
            },
            move |email| Reply::see_with(&path, w.invited_now(email.as_str())),
        ))
}

#[derive(Template)]
#[template(path = "members/end.html")]
struct EndPage {
    shell: Shell,
    path: String,
    member: Member,
}

/// The part named in the path, while it holds.
fn member(visit: &Visit<'_>) -> Result<Member, Problem> {
    let id: MembershipId = visit.part("membership")?;
    let today = visit.today();
    let member = visit.read(|conn| store::members::get(conn, &visit.reach, id, today))?;
    if member.is_over(today) { Err(Problem::NotFound) } else { Ok(member) }
}

fn ask_end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let member = member(visit)?;
    Reply::page(&EndPage {
        shell: visit.shell(visit.w.end_membership_of(&member.name)),
        path: path_of(&visit.actor, member.organisation),
        member,
    })
}

fn end(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let ended = actions::members::end(visit.house, &visit.actor, visit.part("membership")?)?;
    let path = path_of(&visit.actor, ended.organisation);
    Ok(Reply::see_with(&path, visit.w.membership_ended(&ended.name)))
}
