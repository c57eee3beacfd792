//! A made-up region, as it is loaded: whole rows with their numbers, by the thousand.

use super::backend::{self, add_all, in_bulk};
use super::people::{NewEmployment, NewPerson};
use super::schema::{
    accounts, capacities, countersignatures, enrolments, groups, marks, memberships, organisations, outbox,
    partners, reservations, rooms, session_trainers, sessions, slots, waivers,
};
use super::signatures::NewSignature;
use super::{Conn, Kept, journal};
use diesel::prelude::*;
use domain::access::Role;
use domain::attendance::Mark;
use domain::calendar::{Day, HalfDay, Instant};
use domain::enrolments::{EnrolmentState, GroupPolicy};
use domain::ids::{
    AccountId, CourseVersionId, EnrolmentId, GroupId, OrganisationId, PersonId, ProgrammeId, ReservationId,
    SessionId, SlotId,
};
use domain::letters::LetterKind;
use domain::organisations::{Capacity, Nomenclature, Siret};
use domain::people::EmailAddress;
use domain::reference::CommuneCode;
use domain::sessions::SessionState;
use domain::text::Language;

pub use super::journal::loading::Chain;

#[derive(Debug, Insertable)]
#[diesel(table_name = organisations, treat_none_as_default_value = false)]
pub struct Company {
    pub id: OrganisationId,
    pub name: String,
    pub search_key: String,
    pub siret: Siret,
    pub naf_code: &'static str,
    pub naf_nomenclature: Nomenclature,
    pub commune: &'static str,
    pub headcount: i32,
    pub idcc: Option<String>,
    pub opco: Option<String>,
    pub approves_requests: bool,
    pub created_at: Instant,
}

#[derive(Insertable)]
#[diesel(table_name = capacities, treat_none_as_default_value = false)]
struct Capable {
    organisation_id: OrganisationId,
    capacity: Capacity,
}

#[derive(Insertable)]
#[diesel(table_name = partners, treat_none_as_default_value = false)]
struct Partner {
    programme_id: ProgrammeId,
    organisation_id: OrganisationId,
    is_first: bool,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub struct Account {
    pub id: AccountId,
    pub email: EmailAddress,
    pub name: String,
    pub search_key: String,
    pub password: Option<String>,
    pub person_id: Option<PersonId>,
    pub language: Language,
    pub created_at: Instant,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = memberships, treat_none_as_default_value = false)]
pub struct Membership {
    pub account_id: AccountId,
    pub organisation_id: OrganisationId,
    pub role: Role,
    pub starts_on: Day,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub struct Session {
    pub id: SessionId,
    pub version_id: CourseVersionId,
    pub training_body_id: OrganisationId,
    pub programme_id: ProgrammeId,
    pub state: SessionState,
    pub zone: &'static str,
    pub commune: Option<CommuneCode>,
    pub place: String,
    pub video_link: String,
    pub capacity: i32,
    pub over: i32,
    pub held: i32,
    pub reserved: i32,
    pub minimum: i32,
    pub enrol_by: Instant,
    pub queue_closes_hours: i32,
    pub offer_hours: Option<i32>,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub queue_closes_at: Instant,
    pub sequence: i32,
    pub edition: i32,
    pub created_at: Instant,
    pub search_key: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = slots, treat_none_as_default_value = false)]
pub struct Slot {
    pub id: SlotId,
    pub session_id: SessionId,
    pub day: Day,
    pub half_day: HalfDay,
    pub starts_minute: i32,
    pub ends_minute: i32,
    pub zone: &'static str,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub noted_at: Option<Instant>,
    pub confirmed_at: Option<Instant>,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = session_trainers, treat_none_as_default_value = false)]
pub struct Trainer {
    pub session_id: SessionId,
    pub account_id: AccountId,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = groups, treat_none_as_default_value = false)]
pub struct Group {
    pub id: GroupId,
    pub session_id: SessionId,
    pub company_id: OrganisationId,
    pub policy: GroupPolicy,
    pub created_at: Instant,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = enrolments, treat_none_as_default_value = false)]
pub struct Enrolment {
    pub id: EnrolmentId,
    pub session_id: SessionId,
    pub person_id: PersonId,
    pub employer_id: OrganisationId,
    pub group_id: Option<GroupId>,
    pub state: EnrolmentState,
    pub ranked_at: Option<Instant>,
    pub offered_until: Option<Instant>,
    pub minutes: Option<i32>,
    pub asked_by: Option<AccountId>,
    pub calendar_uid: String,
    pub created_at: Instant,
    pub changed_at: Instant,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = reservations, treat_none_as_default_value = false)]
pub struct Reservation {
    pub id: ReservationId,
    pub session_id: SessionId,
    pub company_id: OrganisationId,
    pub seats: i32,
    pub until: Instant,
    pub reason: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = marks, treat_none_as_default_value = false)]
pub struct Noted {
    pub enrolment_id: EnrolmentId,
    pub slot_id: SlotId,
    pub mark: Mark,
    pub minutes: i32,
    pub marked_at: Instant,
    pub marked_by: AccountId,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = rooms, treat_none_as_default_value = false)]
pub struct Room {
    pub slot_id: SlotId,
    pub secret: String,
    pub opened_at: Instant,
    pub opened_by: AccountId,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = countersignatures, treat_none_as_default_value = false)]
pub struct Countersignature {
    pub slot_id: SlotId,
    pub account_id: AccountId,
    pub role: Role,
    pub signed_at: Instant,
    pub sheet: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = waivers, treat_none_as_default_value = false)]
pub struct Waiver {
    pub slot_id: SlotId,
    pub enrolment_id: EnrolmentId,
    pub reason: String,
    pub waived_at: Instant,
    pub waived_by: AccountId,
}

/// A letter that left.
#[derive(Debug, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct Sent {
    pub kind: LetterKind,
    pub to_email: String,
    pub to_name: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub text_body: String,
    pub html_body: String,
    pub calendars: String,
    pub message_id: String,
    pub secret: bool,
    pub session_id: Option<SessionId>,
    pub enrolment_id: Option<EnrolmentId>,
    pub company_id: Option<OrganisationId>,
    pub caused_by: Option<AccountId>,
    pub occasion: Option<String>,
    pub created_at: Instant,
    pub due_at: Instant,
    pub attempts: i32,
    pub sent_at: Instant,
    pub training_body_id: Option<OrganisationId>,
}

in_bulk! {
    organisations <- Company,
    capacities <- Capable,
    partners <- Partner,
    accounts <- Account,
    memberships <- Membership,
    sessions <- Session,
    slots <- Slot,
    session_trainers <- Trainer,
    groups <- Group,
    enrolments <- Enrolment,
    reservations <- Reservation,
    marks <- Noted,
    rooms <- Room,
    countersignatures <- Countersignature,
    waivers <- Waiver,
    outbox <- Sent,
}

/// Companies of a programme and the people who work there.
#[derive(Debug, Default)]
pub struct Staff {
    pub companies: Vec<Company>,
    pub people: Vec<NewPerson>,
    pub employments: Vec<NewEmployment>,
    pub accounts: Vec<Account>,
    pub memberships: Vec<Membership>,
}

pub fn keep_staff(conn: &mut Conn, programme: ProgrammeId, staff: &Staff) -> Kept<()> {
    add_all(conn, &staff.companies)?;
    let ids = || staff.companies.iter().map(|company| company.id);
    let capable = |id| Capable { organisation_id: id, capacity: Capacity::Company };
    add_all(conn, &ids().map(capable).collect::<Vec<_>>())?;
    let partner = |id| Partner { programme_id: programme, organisation_id: id, is_first: true };
    add_all(conn, &ids().map(partner).collect::<Vec<_>>())?;
    add_all(conn, &staff.people)?;
    add_all(conn, &staff.employments)?;
    add_all(conn, &staff.accounts)?;
    add_all(conn, &staff.memberships)
}

/// Sessions with everything that happened in them.
#[derive(Debug, Default)]
pub struct Sessions {
    pub sessions: Vec<Session>,
    pub slots: Vec<Slot>,
    pub trainers: Vec<Trainer>,
    pub groups: Vec<Group>,
    pub enrolments: Vec<Enrolment>,
    pub reservations: Vec<Reservation>,
    pub marks: Vec<Noted>,
    pub rooms: Vec<Room>,
    pub signatures: Vec<NewSignature>,
    pub countersignatures: Vec<Countersignature>,
    pub waivers: Vec<Waiver>,
    pub letters: Vec<Sent>,
    pub chains: Vec<Chain>,
}

pub fn keep_sessions(conn: &mut Conn, all: &Sessions) -> Kept<()> {
    add_all(conn, &all.sessions)?;
    add_all(conn, &all.slots)?;
    add_all(conn, &all.trainers)?;
    add_all(conn, &all.groups)?;
    add_all(conn, &all.enrolments)?;
    add_all(conn, &all.reservations)?;
    add_all(conn, &all.marks)?;
    add_all(conn, &all.rooms)?;
    add_all(conn, &all.signatures)?;
    add_all(conn, &all.countersignatures)?;
    add_all(conn, &all.waivers)?;
    add_all(conn, &all.letters)?;
    journal::loading::keep(conn, &all.chains)
}

/// The number of the last row in the journal.
pub fn last_row(conn: &mut Conn) -> Kept<i64> {
    use super::schema::journal;
    let last: Option<i64> = journal::table.select(diesel::dsl::max(journal::id)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// The tables whose rows were written under numbers of our own.
const NUMBERED: [&str; 9] = [
    "organisations",
    "people",
    "accounts",
    "sessions",
    "slots",
    "groups",
    "enrolments",
    "reservations",
    "journal",
];

/// Ends the loading: what is written from now on is numbered after it.
pub fn settle(conn: &mut Conn) -> Kept<()> {
    for table in NUMBERED {
        backend::catch_up(conn, table)?;
    }
    backend::look_again(conn)
}
