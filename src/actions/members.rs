//! Inviting people into an organisation, and ending their part.

use super::accounts::access_link;
use super::{Act, Done, Error, House};
use addresses::{Page, Then};
use credentials::Token;
use domain::access::{Action, Actor, Extent, Role, Subject};
use domain::accounts::{INVITATION_HOURS, Refusal, check_part, roles_open};
use domain::calendar::{Day, Instant};
use domain::ids::{AccountId, MembershipId, OrganisationId, PersonId};
use domain::letters::{AccountNews, Message};
use domain::people::{self, EmailAddress};
use domain::text::{Language, Name};
use store::accounts::Lock;
use store::journal::Line;
use store::links::Purpose;
use store::members::Member;
use store::{self, Conn, Unique};

/// Somebody who is wanted in an organisation.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub email: EmailAddress,
    /// Used when no account has this address yet; who has one keeps their name.
    pub name: Name,
    pub role: Role,
    /// The last day, when it is known; an auditor's always is.
    pub ends_on: Option<Day>,
    pub language: Language,
}

/// Gives somebody a part in an organisation (without one, in the installation) and writes to them:
/// a link that sets their password, or, when they have one, one that leads to the log-in.
pub fn invite(
    house: &House,
    actor: &Actor,
    organisation: Option<OrganisationId>,
    wanted: &Wanted,
) -> Done<()> {
    once_more(|| {
        house.act(actor, Action::InviteMember, |act| {
            let into = store::members::house(act.conn, &act.reach, organisation, act.today())?;
            let open = roles_open(into.capacities.as_deref());
            check_part(wanted.role, &open, wanted.ends_on, act.today())?;
            let had_people = match organisation {
                Some(id) => store::members::keeps_itself(act.conn, id, act.today())?,
                None => true,
            };
            let (account, membership) = join(act, organisation, wanted)?;
            let by = match act.actor.account() {
                Some(account) => Some(store::accounts::lock(act.conn, account)?.name),
                None => None,
            };
            let of = Some(into.name).filter(|name| !name.is_empty());
            if account.password.is_some() {
                if let (Some(id), false) = (organisation, had_people) {
                    hand_over(act, account.id, &[id])?;
                }
                let link = act.house.sender.link(&Page::LogInThen(Then(&Page::HomeAs(membership))));
                let news = AccountNews::NewRole { role: wanted.role, organisation: of, by };
                let message = Message::Account { link, news };
                return tell(act, account.id, &message);
            }
            let inviter = Inviter { organisation: of, name: by };
            send_invitation(act, Purpose::Invitation(account.id), account.id, inviter)
        })
    })
}

/// Where an account that comes in is the first to keep an organisation, that is its own from now on: the invitations into it that
/// others sent before lapse. `into` are the organisations that it comes into.
fn hand_over(act: &mut Act<'_>, account: AccountId, into: &[OrganisationId]) -> Done<()> {
    let today = act.today();
    let first = store::members::first_kept(act.conn, account, today)?;
    for organisation in first.into_iter().filter(|one| into.contains(one)) {
        act.hold(|conn| store::organisations::hold(conn, organisation))?;
        for member in store::members::invited(act.conn, organisation, account, today)? {
            end_part(act, &member)?;
        }
    }
    Ok(())
}

/// The same for an account that has answered its first invitation: it comes into all that it was invited into.
pub(super) fn come_in(act: &mut Act<'_>, account: AccountId) -> Done<()> {
    let into = store::members::first_kept(act.conn, account, act.today())?;
    hand_over(act, account, &into)
}

/// Two who invite the same new address at the same moment both open its account: the second finds it
/// when it looks again.
fn once_more<T>(work: impl Fn() -> Done<T>) -> Done<T> {
    match work() {
        Err(Error::Store(store::Error::Taken(Unique::AccountEmail))) => work(),
        other => other,
    }
}

fn join(
    act: &mut Act<'_>,
    organisation: Option<OrganisationId>,
    wanted: &Wanted,
) -> Done<(Lock, MembershipId)> {
    let subject = organisation.map_or(Subject::Installation, Subject::Organisation);
    if let Some(organisation) = organisation {
        act.hold(|conn| store::organisations::hold(conn, organisation))?;
    }
    let today = act.today();
    let account = match store::accounts::lock_of(act.conn, wanted.email.as_str())? {
        Some(lock) if lock.disabled_at.is_some() => return Err(Refusal::AccountDisabled.into()),
        Some(lock) => lock,
        None => {
            let id =
                store::accounts::add(act.conn, &wanted.email, &wanted.name, None, wanted.language, act.now)?;
            store::accounts::lock(act.conn, id)?
        }
    };
    if store::members::is_held(act.conn, account.id, organisation, wanted.role, today)? {
        return Err(Refusal::MemberAlready.into());
    }
    let membership = store::accounts::add_membership(
        act.conn,
        account.id,
        organisation,
        wanted.role,
        today,
        wanted.ends_on,
    )?;
    let reference = format!("membership:{membership}");
    let line = Line {
        kind: "member_invited",
        reference: &reference,
        to: Some(wanted.role.as_str()),
        ..Line::default()
    };
    act.note(subject, &[line])?;
    Ok((account, membership))
}

/// Writes a single-use link down and the letter that carries it.
fn send_invitation(act: &mut Act<'_>, purpose: Purpose, account: AccountId, inviter: Inviter) -> Done<()> {
    let (link, until) = new_link(act, purpose)?;
    let Inviter { organisation, name: by } = inviter;
    let message = Message::Account { link, news: AccountNews::Invitation { organisation, by, until } };
    tell(act, account, &message)
}

/// Who is named in an invitation.
#[derive(Default)]
struct Inviter {
    organisation: Option<String>,
    name: Option<String>,
}

fn new_link(act: &mut Act<'_>, purpose: Purpose) -> Done<(String, Instant)> {
    let token = Token::new().map_err(|e| Error::Fault(e.to_string()))?;
    let until = act.now.plus_hours(INVITATION_HOURS);
    store::links::add(act.conn, &token.digest(), purpose, until)?;
    Ok((access_link(act.house, &token), until))
}

fn tell(act: &mut Act<'_>, account: AccountId, message: &Message) -> Done<()> {
    let to = store::accounts::addressee(act.conn, account)?;
    act.post(&to, message)?;
    Ok(())
}

/// Writes once more to somebody who has not answered; the link sent before works no longer.
pub fn invite_again(house: &House, actor: &Actor, account: AccountId) -> Done<()> {
    house.act(actor, Action::InviteMember, |act| {
        let organisation = invited_into(act, account)?;
        let lock = store::accounts::lock(act.conn, account)?;
        match (lock.disabled_at, lock.password) {
            (Some(_), _) => return Err(Refusal::AccountDisabled.into()),
            (None, Some(_)) => return Err(Refusal::AccountOpen.into()),
            (None, None) => store::links::end_of_account(act.conn, account, act.now)?,
        }
        let of = match organisation {
            Some(id) => Some(store::members::house(act.conn, &act.reach, Some(id), act.today())?.name),
            None => None,
        };
        let inviter = Inviter { organisation: of, name: None };
        send_invitation(act, Purpose::Invitation(account), account, inviter)
    })
}

/// The organisation that an account was invited into; an administrator may also write to one that
/// has no part, whose person was enrolled.
fn invited_into(act: &mut Act<'_>, account: AccountId) -> Done<Option<OrganisationId>> {
    match store::members::any_of(act.conn, &act.reach, account, act.today()) {
        Err(store::Error::Missing) if act.reach.extent() == Extent::Everything => Ok(None),
        other => Ok(other?),
    }
}

/// Ends somebody's part from this moment on. One's own is ended by somebody else.
pub fn end(house: &House, actor: &Actor, membership: MembershipId) -> Done<Member> {
    house.act(actor, Action::EndMembership, |act| {
        let today = act.today();
        let member = store::members::get(act.conn, &act.reach, membership, today)?;
        if act.actor.account() == Some(member.account) {
            return Err(Refusal::OwnMembership.into());
        }
        if member.is_over(today) {
            return Err(store::Error::Stale.into());
        }
        if let Some(organisation) = member.organisation {
            act.hold(|conn| store::organisations::hold(conn, organisation))?;
        }
        end_part(act, &member)?;
        Ok(member)
    })
}

/// Ends a part whose organisation is held.
fn end_part(act: &mut Act<'_>, member: &Member) -> Done<()> {
    let subject = member.organisation.map_or(Subject::Installation, Subject::Organisation);
    // The last day on which it held: it must open nothing any more today.
    store::members::end(act.conn, member.id, act.today().minus_days(1))?;
    let reference = format!("membership:{}", member.id);
    let line = Line {
        kind: "member_ended",
        reference: &reference,
        from: Some(member.role.as_str()),
        ..Line::default()
    };
    act.note(subject, &[line])
}

/// Makes the first administrator and answers the one-time link that sets the password. Asked again
/// before it was answered, gives a new link.
pub fn create_administrator(house: &House, email: &EmailAddress) -> Done<String> {
    house.act(&Actor::HOUSE, Action::CreateAdministrator, |act| {
        let name = shown_name(email.as_str().split('@').next().unwrap_or_default())?;
        let wanted = Wanted {
            email: email.clone(),
            name,
            role: Role::Administrator,
            ends_on: None,
            language: Language::Fr,
        };
        let known = store::accounts::lock_of(act.conn, email.as_str())?;
        if known.as_ref().is_some_and(|lock| lock.password.is_some()) {
            return Err(Refusal::AccountOpen.into());
        }
        let account = match join(act, None, &wanted) {
            Ok((lock, _)) => lock.id,
            Err(Error::Refused(crate::Refusal::Account(Refusal::MemberAlready))) => {
                known.map(|l| l.id).ok_or(store::Error::Missing)?
            }
            Err(other) => return Err(other),
        };
        store::links::end_of_account(act.conn, account, act.now)?;
        Ok(new_link(act, Purpose::Invitation(account))?.0)
    })
}

/// Opens an account for the person whose personal link is used, and writes to their address.
pub fn open_account(house: &House, actor: &Actor) -> Done<()> {
    once_more(|| {
        house.act(actor, Action::OpenAccount, |act| {
            let person = store::accounts::person_within(act.conn, &act.reach)?;
            invite_person(act, person, Inviter::default())
        })
    })
}

/// Invites somebody on the employer's list to open their own account.
pub fn invite_employee(house: &House, actor: &Actor, person: PersonId) -> Done<()> {
    once_more(|| {
        house.act(actor, Action::InviteEmployee, |act| {
            let today = act.today();
            let known = store::people::get(act.conn, &act.reach, person, today)?;
            if !known.employment.is_current(today) {
                return Err(people::Refusal::Left.into());
            }
            let company = known.employment.company;
            act.hold(|conn| store::organisations::hold(conn, company))?;
            let inviter = Inviter {
                organisation: Some(store::members::house(act.conn, &act.reach, Some(company), today)?.name),
                name: act
                    .actor
                    .account()
                    .map(|id| store::accounts::lock(act.conn, id))
                    .transpose()?
                    .map(|lock| lock.name),
            };
            invite_person(act, person, inviter)?;
            let reference = format!("person:{person}");
            let line = Line { kind: "employee_invited", reference: &reference, ..Line::default() };
            act.note(Subject::Organisation(company), &[line])
        })
    })
}

/// Writes to the address of a person a link that opens their account; a link sent before works no longer. An account
/// that has this address already learns who it is only when the link is answered: an address is a contact, not an
/// identity.
fn invite_person(act: &mut Act<'_>, person: PersonId, inviter: Inviter) -> Done<()> {
    let (name, email) = store::accounts::to_open(act.conn, person)?;
    let email = email.ok_or(Refusal::NoAddress)?;
    let account = match store::accounts::of_person(act.conn, person)? {
        Some(own) => {
            follow_address(act.conn, own, &email)?;
            store::links::end_of_account(act.conn, own, act.now)?;
            own
        }
        None => match store::accounts::lock_of(act.conn, email.as_str())? {
            Some(lock) if lock.disabled_at.is_some() => return Err(Refusal::AccountDisabled.into()),
            Some(lock) if store::accounts::person_of(act.conn, lock.id)?.is_some() => {
                return Err(Refusal::AddressTaken.into());
            }
            Some(lock) => lock.id,
            None => {
                let name = shown_name(&name)?;
                store::accounts::add(act.conn, &email, &name, Some(person), Language::Fr, act.now)?
            }
        },
    };
    store::links::end_of_person(act.conn, person, act.now)?;
    send_invitation(act, Purpose::InvitationOf(account, person), account, inviter)
}

/// An account that nobody has opened yet goes by the address that is known of its person today.
fn follow_address(conn: &mut Conn, own: AccountId, email: &EmailAddress) -> Done<()> {
    let lock = store::accounts::lock(conn, own)?;
    match (lock.disabled_at, lock.password) {
        (Some(_), _) => return Err(Refusal::AccountDisabled.into()),
        (None, Some(_)) => return Err(Refusal::AccountOpen.into()),
        (None, None) if lock.email == email.as_str() => return Ok(()),
        (None, None) => {}
    }
    if store::accounts::lock_of(conn, email.as_str())?.is_some() {
        return Err(Refusal::AddressTaken.into());
    }
    Ok(store::accounts::set_email(conn, own, email)?)
}

/// A name for an account, cut to what a name may be.
fn shown_name(text: &str) -> Done<Name> {
    let short: String = text.chars().take(Name::MAX).collect();
    short.parse().map_err(|e| Error::Fault(format!("{text:?}: {e}")))
}
