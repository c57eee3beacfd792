//! Personal links: each opens one account's password, one enrolment or one survey, for a time.

use super::among::AmongExpression as _;
use super::schema::links;
use super::{Conn, Error, Kept};
use diesel::prelude::*;
use domain::access::Actor;
use domain::calendar::Instant;
use domain::ids::{AccountId, EnrolmentId, LinkId, PersonId, SurveyId};
use domain::named;

/// What a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Invitation(AccountId),
    /// An invitation that tells the account, once answered, who it is.
    InvitationOf(AccountId, PersonId),
    Reset(AccountId),
    Place(EnrolmentId),
    Survey(SurveyId),
}

impl Purpose {
    const fn kind(self) -> PurposeKind {
        match self {
            Self::Invitation(_) | Self::InvitationOf(..) => PurposeKind::Invitation,
            Self::Reset(_) => PurposeKind::Reset,
            Self::Place(_) => PurposeKind::Place,
            Self::Survey(_) => PurposeKind::Survey,
        }
    }
}

named! {
    /// What a link opens, without saying whose.
    PurposeKind {
        Invitation = "invitation",
        Reset = "reset",
        Place = "place",
        Survey = "survey",
    }
}

/// Writes a link down under the digest of its secret.
pub fn add(conn: &mut Conn, digest: &str, purpose: Purpose, until: Instant) -> Kept<()> {
    let (account, enrolment, survey, person) = match purpose {
        Purpose::Invitation(account) | Purpose::Reset(account) => (Some(account), None, None, None),
        Purpose::InvitationOf(account, person) => (Some(account), None, None, Some(person)),
        Purpose::Place(enrolment) => (None, Some(enrolment), None, None),
        Purpose::Survey(survey) => (None, None, Some(survey), None),
    };
    diesel::insert_into(links::table)
        .values((
            links::digest.eq(digest),
            links::purpose.eq(purpose.kind().as_str()),
            links::account_id.eq(account),
            links::enrolment_id.eq(enrolment),
            links::survey_id.eq(survey),
            links::person_id.eq(person),
            links::until.eq(until),
        ))
        .execute(conn)?;
    Ok(())
}

/// What a link to an account's password opens.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub link: LinkId,
    pub account: AccountId,
    /// Who the account turns out to be, once the link is answered.
    pub person: Option<PersonId>,
}

/// The account whose password a link may set, while it is unused and in time.
pub fn key(conn: &mut Conn, digest: &str, now: Instant) -> Kept<Key> {
    let (link, account, person): (LinkId, Option<AccountId>, Option<PersonId>) = links::table
        .filter(links::digest.eq(digest).and(links::until.gt(now)).and(links::used_at.is_null()))
        .filter(links::purpose.among([PurposeKind::Invitation, PurposeKind::Reset].map(PurposeKind::as_str)))
        .select((links::id, links::account_id, links::person_id))
        .first(conn)?;
    account.map(|account| Key { link, account, person }).ok_or(Error::Missing)
}

/// Uses a link up; the second of two at once finds it gone.
pub fn spend(conn: &mut Conn, id: LinkId, now: Instant) -> Kept<()> {
    let unused = links::table.filter(links::id.eq(id).and(links::used_at.is_null()));
    match diesel::update(unused).set(links::used_at.eq(Some(now))).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Missing),
    }
}

/// Ends every unused link to an account's password.
pub fn end_of_account(conn: &mut Conn, account: AccountId, now: Instant) -> Kept<()> {
    diesel::update(links::table.filter(links::account_id.eq(account).and(links::used_at.is_null())))
        .set(links::used_at.eq(Some(now)))
        .execute(conn)?;
    Ok(())
}

/// Ends every unused invitation that tells an account that it is this person.
pub fn end_of_person(conn: &mut Conn, person: PersonId, now: Instant) -> Kept<()> {
    diesel::update(links::table.filter(links::person_id.eq(person).and(links::used_at.is_null())))
        .set(links::used_at.eq(Some(now)))
        .execute(conn)?;
    Ok(())
}

/// The holder of a link to an enrolment or to a survey, while it is in time. It may be opened again and again.
pub fn holder(conn: &mut Conn, digest: &str, now: Instant) -> Kept<Option<Actor>> {
    let opened: Option<(Option<EnrolmentId>, Option<SurveyId>)> = links::table
        .filter(links::digest.eq(digest).and(links::until.gt(now)))
        .filter(links::purpose.among([PurposeKind::Place, PurposeKind::Survey].map(PurposeKind::as_str)))
        .select((links::enrolment_id, links::survey_id))
        .first(conn)
        .optional()?;
    Ok(opened.and_then(|(enrolment, survey)| enrolment.map(Actor::holder).or(survey.map(Actor::respondent))))
}

/// Forgets links that are used up or past their time. Answers how many.
pub fn sweep(conn: &mut Conn, now: Instant) -> Kept<usize> {
    Ok(diesel::delete(links::table.filter(links::until.le(now).or(links::used_at.is_not_null())))
        .execute(conn)?)
}
