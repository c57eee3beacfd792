//! The members of an organisation, and the administrators of the installation.

use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::members::Wanted;
use actions::{self, Error};
use askama::Template;
use domain::access::{Action, Actor, Role};
use domain::accounts::{Refusal, roles_open};
use domain::calendar::Day;
use domain::ids::{MembershipId, OrganisationId};
use domain::people::EmailAddress;
use domain::text::Name;
use serde::Deserialize;
use store::members::{House as Place, Member};
use store::{self, Page};
use words::{Language, Words};

pub fn routes(routes: &mut Routes) {
    routes.get("/membres", Action::ReadMembers, list_own);
    routes.post("/membres", Action::InviteMember, invite_own);
    routes.get("/membres/nouveau", Action::InviteMember, ask_own);
    routes.get("/membres/{membership}/fin", Action::EndMembership, ask_end);
    routes.post("/membres/{membership}/fin", Action::EndMembership, end);
    routes.get("/entreprises/{organisation}/membres", Action::ReadMembers, list_of);
    routes.post("/entreprises/{organisation}/membres", Action::InviteMember, invite_of);
    routes.get("/entreprises/{organisation}/membres/nouveau", Action::InviteMember, ask_of);
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
    let (place, page) = visit.house.store.read(|conn| {
        let place = store::members::house(conn, &visit.reach, organisation, today)?;
        let page = store::members::list(conn, &place, today, after)?;
        Ok::<_, store::Error>((place, page))
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

#[derive(Template)]
#[template(path = "members/invite.html")]
struct InvitePage {
    shell: Shell,
    path: String,
    roles: Vec<Role>,
    form: InviteForm,
    mistakes: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
struct InviteForm {
    name: String,
    email: String,
    role: String,
    #[serde(default)]
    ends_on: String,
    langue: String,
}

fn ask_own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    ask(visit, visit.actor.organisation())
}

fn ask_of(visit: &Visit<'_>) -> Result<Reply, Problem> {
    ask(visit, Some(visit.part("organisation")?))
}

fn ask(visit: &Visit<'_>, organisation: Option<OrganisationId>) -> Result<Reply, Problem> {
    let place = place(visit, organisation)?;
    let form = InviteForm { langue: Language::Fr.to_string(), ..InviteForm::default() };
    Reply::page(&invite_page(visit, &place, form, Mistakes::default()))
}

fn place(visit: &Visit<'_>, organisation: Option<OrganisationId>) -> Result<Place, Problem> {
    let today = visit.today();
    Ok(visit.house.store.read(|conn| store::members::house(conn, &visit.reach, organisation, today))?)
}

fn invite_page(visit: &Visit<'_>, place: &Place, form: InviteForm, mistakes: Mistakes) -> InvitePage {
    InvitePage {
        shell: visit.shell(visit.w.invite_into(&place.name)),
        path: path_of(&visit.actor, place.id),
        roles: roles_open(place.capacities.as_deref()),
        form,
        mistakes,
    }
}

fn invite_own(visit: &Visit<'_>) -> Result<Reply, Problem> {
    invite(visit, visit.actor.organisation())
}

fn invite_of(visit: &Visit<'_>) -> Result<Reply, Problem> {
    invite(visit, Some(visit.part("organisation")?))
}

fn invite(visit: &Visit<'_>, organisation: Option<OrganisationId>) -> Result<Reply, Problem> {
    let place = place(visit, organisation)?;
    let form: InviteForm = visit.form()?;
    let wanted = match read(&form, visit.w) {
        Ok(wanted) => wanted,
        Err(mistakes) => return Reply::form_again(&invite_page(visit, &place, form, mistakes)),
    };
    let no = match actions::members::invite(visit.house, &visit.actor, organisation, &wanted) {
        Ok(()) => {
            let path = path_of(&visit.actor, organisation);
            return Ok(Reply::see_with(&path, visit.w.invited_now(wanted.email.as_str())));
        }
        Err(Error::Refused(actions::Refusal::Account(no))) => no,
        Err(other) => return Err(other.into()),
    };
    let field = match no {
        Refusal::MemberAlready | Refusal::AccountDisabled => "email",
        Refusal::MandateWithoutEnd | Refusal::EndsInThePast => "ends_on",
        Refusal::ForeignRole => "role",
        other => return Err(Error::Refused(actions::Refusal::Account(other)).into()),
    };
    let mistakes = Mistakes::one(field, visit.w.account_refusal(no));
    Reply::form_again(&invite_page(visit, &place, form, mistakes))
}

/// What was typed, or all that is to be mended in it.
fn read(form: &InviteForm, w: Words) -> Result<Wanted, Mistakes> {
    let mut mistakes = Mistakes::default();
    let name = mistakes.read("name", form.name.parse::<Name>(), w.name_mistake());
    let email = mistakes.read("email", form.email.parse::<EmailAddress>(), w.email_mistake());
    let role = mistakes.read("role", form.role.parse::<Role>(), w.role_mistake());
    let ends_on = match form.ends_on.trim() {
        "" => Some(None),
        typed => mistakes.read("ends_on", typed.parse::<Day>().map(Some), w.day_mistake()),
    };
    let language = form.langue.parse().unwrap_or(Language::Fr);
    match (name, email, role, ends_on) {
        (Some(name), Some(email), Some(role), Some(ends_on)) => {
            Ok(Wanted { email, name, role, ends_on, language })
        }
        _ => Err(mistakes),
    }
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
    let member = visit.house.store.read(|conn| store::members::get(conn, &visit.reach, id, today))?;
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
