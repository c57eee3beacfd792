//! What is declared to the State: one row for each holder of a whole certification, and the files in which they go.

mod files;

pub use files::{
    File, Frozen, Report, Sent, accept, add as add_file, add_report, counted, discard, free, frozen,
    frozen_of, get as file, list as files, lost_in, note_deposit, note_digest, put, report, reports, sent,
    shift as shift_file,
};

use super::among::AmongExpression as _;
use super::backend::Backend;
use super::certificates::badge_ids::KeptId;
use super::schema::{
    attempts, candidacies, certificates, civil_identities, declarants, declarations, juries, people,
};
use super::{Conn, Error, Kept, Page, ROWS_AND_ONE};
use diesel::prelude::*;
use domain::access::{Extent, Reach};
use domain::badges::BadgeId;
use domain::calendar::{Day, Instant, Zone};
use domain::certificates::CertificateState;
use domain::certifications::{AccessRoute, RecordCode};
use domain::declarations::{
    ClientId, ContractId, Declarant, DeclarationState, Reason, ReasonKind, TechnicalId,
};
use domain::ids::{AttemptId, CandidacyId, CertificateId, DeclarationFileId, DeclarationId, OrganisationId};
use domain::juries::SittingMode;
use domain::keys::Sealed;
use domain::people::PersonName;

/// Narrows a query on what a certifier declares to what a reach covers.
macro_rules! own {
    ($query:expr, $column:expr, $reach:expr) => {
        match $reach.extent() {
            Extent::Everything => $query,
            Extent::Certifier(certifier) => $query.filter($column.eq(certifier)),
            _ => $query.filter($column.lt(OrganisationId(0))),
        }
    };
}
use own;

/// Rows that an action reads or writes at once.
pub const PORTION: i64 = 500;

#[derive(Queryable)]
struct DeclarantRow {
    client: ClientId,
    contract: ContractId,
    sender: ClientId,
    says_action: bool,
}

/// Under which numbers a certifier declares; none before they said it.
pub fn declarant(conn: &mut Conn, certifier: OrganisationId) -> Kept<Option<Declarant>> {
    let row: Option<DeclarantRow> = declarants::table
        .find(certifier)
        .select((declarants::client, declarants::contract, declarants::sender, declarants::says_action))
        .first(conn)
        .optional()?;
    Ok(row.map(|row| Declarant {
        client: row.client,
        contract: row.contract,
        sender: row.sender,
        says_action: row.says_action,
    }))
}

pub fn keep_declarant(conn: &mut Conn, certifier: OrganisationId, one: &Declarant, now: Instant) -> Kept<()> {
    let numbers = (
        declarants::client.eq(&one.client),
        declarants::contract.eq(&one.contract),
        declarants::sender.eq(&one.sender),
        declarants::says_action.eq(one.says_action),
        declarants::changed_at.eq(now),
    );
    if diesel::update(declarants::table.find(certifier)).set(numbers).execute(conn)? == 0 {
        diesel::insert_into(declarants::table)
            .values((declarants::organisation_id.eq(certifier), numbers))
            .execute(conn)?;
    }
    Ok(())
}

/// A declaration as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declarations)]
pub struct Declaration {
    pub id: DeclarationId,
    #[diesel(column_name = technical_id)]
    pub technical: TechnicalId,
    #[diesel(column_name = certifier_id)]
    pub certifier: OrganisationId,
    #[diesel(column_name = candidacy_id)]
    pub candidacy: CandidacyId,
    pub code: RecordCode,
    pub state: DeclarationState,
    pub due_on: Day,
    #[diesel(column_name = file_id)]
    pub file: Option<DeclarationFileId>,
    pub reason_kind: Option<ReasonKind>,
    pub reason: Option<String>,
}

/// A declaration within reach.
pub fn get(conn: &mut Conn, reach: &Reach, id: DeclarationId) -> Kept<Declaration> {
    let all = own!(declarations::table.into_boxed::<Backend>(), declarations::certifier_id, reach);
    Ok(all.filter(declarations::id.eq(id)).select(Declaration::as_select()).first(conn)?)
}

/// The declaration of a candidacy that the caller has found within its reach; none before a certificate is issued.
pub fn of_candidacy(conn: &mut Conn, _reach: &Reach, id: CandidacyId) -> Kept<Option<Declaration>> {
    Ok(declarations::table
        .filter(declarations::candidacy_id.eq(id))
        .order(declarations::id.desc())
        .select(Declaration::as_select())
        .first(conn)
        .optional()?)
}

/// A holder who is to be declared.
#[derive(Debug, Clone)]
pub struct New<'a> {
    pub technical: &'a TechnicalId,
    pub certifier: OrganisationId,
    pub candidacy: CandidacyId,
    pub certificate: CertificateId,
    pub code: &'a RecordCode,
    pub due_on: Day,
}

pub fn add(conn: &mut Conn, new: &New<'_>, now: Instant) -> Kept<DeclarationId> {
    Ok(diesel::insert_into(declarations::table)
        .values((
            declarations::technical_id.eq(new.technical),
            declarations::certifier_id.eq(new.certifier),
            declarations::candidacy_id.eq(new.candidacy),
            declarations::certificate_id.eq(new.certificate),
            declarations::code.eq(new.code),
            declarations::state.eq(DeclarationState::Incomplete),
            declarations::due_on.eq(new.due_on),
            declarations::changed_at.eq(now),
        ))
        .returning(declarations::id)
        .get_result(conn)?)
}

/// Whether what a jury awarded is declared already, or will be, for a certificate that was not revoked.
pub fn is_declared(conn: &mut Conn, attempt: AttemptId) -> Kept<bool> {
    let known = declarations::table
        .inner_join(certificates::table)
        .filter(certificates::attempt_id.eq(attempt))
        .filter(certificates::state.ne(CertificateState::Revoked));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(conn)?)
}

/// Moves a declaration, unless somebody moved it since it was read. One that waits for a file again is in none.
pub fn shift(
    conn: &mut Conn,
    (id, seen): (DeclarationId, DeclarationState),
    next: DeclarationState,
    reason: Option<&Reason>,
    now: Instant,
) -> Kept<()> {
    let untouched = declarations::table.find(id).filter(declarations::state.eq(seen));
    let told = (
        declarations::state.eq(next),
        declarations::reason_kind.eq(reason.map(|reason| reason.kind)),
        declarations::reason.eq(reason.map(|reason| reason.text.as_str())),
        declarations::changed_at.eq(now),
    );
    let moved = if next == DeclarationState::Ready {
        let freed = declarations::file_id.eq(None::<DeclarationFileId>);
        diesel::update(untouched).set((told, freed)).execute(conn)?
    } else {
        diesel::update(untouched).set(told).execute(conn)?
    };
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Another certificate stands in the place of the one that is declared.
pub fn reissue(conn: &mut Conn, old: CertificateId, new: CertificateId) -> Kept<()> {
    diesel::update(declarations::table.filter(declarations::certificate_id.eq(old)))
        .set(declarations::certificate_id.eq(new))
        .execute(conn)?;
    Ok(())
}

/// Everything that a passage is made of.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declarations)]
pub struct Material {
    pub id: DeclarationId,
    #[diesel(column_name = technical_id)]
    pub technical: TechnicalId,
    pub code: RecordCode,
    pub state: DeclarationState,
    #[diesel(select_expression = certificates::uuid)]
    #[diesel(deserialize_as = KeptId)]
    pub uuid: BadgeId,
    #[diesel(select_expression = certificates::claims)]
    pub claims: Sealed,
    /// Who lost their certificate is declared no more.
    #[diesel(select_expression = certificates::state)]
    pub certificate: CertificateState,
    #[diesel(select_expression = candidacies::id)]
    pub candidacy: CandidacyId,
    #[diesel(select_expression = candidacies::route)]
    pub route: AccessRoute,
    #[diesel(select_expression = candidacies::submitted_at)]
    pub submitted_at: Option<Instant>,
    #[diesel(select_expression = juries::starts_at)]
    pub sat_at: Instant,
    #[diesel(select_expression = juries::zone)]
    pub zone: Zone,
    #[diesel(select_expression = juries::mode)]
    pub mode: SittingMode,
    #[diesel(select_expression = civil_identities::sealed.nullable())]
    pub identity: Option<Sealed>,
}

macro_rules! materials {
    () => {
        declarations::table
            .inner_join(candidacies::table.left_join(civil_identities::table))
            .inner_join(certificates::table.inner_join(attempts::table.inner_join(juries::table)))
    };
}

/// What a declaration that the caller has found within its reach is made of.
pub fn material(conn: &mut Conn, _reach: &Reach, id: DeclarationId) -> Kept<Material> {
    Ok(materials!().filter(declarations::id.eq(id)).select(Material::as_select()).first(conn)?)
}

/// What the declarations of a certifier that are in a state are made of, but of who lost their certificate: a portion of them
/// after one, by number.
pub fn materials(
    conn: &mut Conn,
    _reach: &Reach,
    certifier: OrganisationId,
    state: DeclarationState,
    after: Option<DeclarationId>,
) -> Kept<Vec<Material>> {
    let after = after.unwrap_or(DeclarationId(0));
    Ok(materials!()
        .filter(declarations::certifier_id.eq(certifier).and(declarations::state.eq(state)))
        .filter(certificates::state.ne(CertificateState::Revoked))
        .filter(declarations::id.gt(after))
        .order(declarations::id)
        .limit(PORTION)
        .select(Material::as_select())
        .load(conn)?)
}

/// Which declarations a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Those that the certifier has still to do something for; who lost their certificate is not among them.
    ToDo,
    /// Those that are on their way.
    Sent,
    Accepted,
}

impl Shelf {
    const fn states(self) -> &'static [DeclarationState] {
        use DeclarationState::*;
        match self {
            Self::ToDo => &[Incomplete, Ready, Rejected],
            Self::Sent => &[Batched, Exported, Deposited],
            Self::Accepted => &[Accepted],
        }
    }
}

/// A declaration as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: DeclarationId,
    pub state: DeclarationState,
    pub due_on: Day,
    pub code: RecordCode,
    pub name: PersonName,
    pub reason_kind: Option<ReasonKind>,
}

/// Declarations within reach, the most urgent first; after a cursor «day number».
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    shelf: Shelf,
    after: Option<(Day, DeclarationId)>,
) -> Kept<Page<Listed>> {
    let all = declarations::table
        .inner_join(candidacies::table.inner_join(people::table))
        .inner_join(certificates::table)
        .into_boxed::<Backend>();
    let mut all = own!(all, declarations::certifier_id, reach)
        .filter(declarations::state.among(shelf.states().iter().copied()));
    if shelf == Shelf::ToDo {
        all = all.filter(certificates::state.ne(CertificateState::Revoked));
    }
    if let Some((day, id)) = after {
        all = all.filter(
            declarations::due_on.gt(day).or(declarations::due_on.eq(day).and(declarations::id.gt(id))),
        );
    }
    let rows: Vec<Listed> = all
        .order((declarations::due_on, declarations::id))
        .limit(ROWS_AND_ONE)
        .select((
            declarations::id,
            declarations::state,
            declarations::due_on,
            declarations::code,
            (people::given_name, people::family_name),
            declarations::reason_kind,
        ))
        .load(conn)?;
    Ok(Page::cut(rows, |row| format!("{}.{}", row.due_on.iso(), row.id)))
}

/// How many declarations of a certifier are ready, and how many that are not accepted yet are due up to a day.
pub fn pressing(conn: &mut Conn, reach: &Reach, until: Day) -> Kept<(i64, i64)> {
    let Extent::Certifier(certifier) = reach.extent() else { return Ok((0, 0)) };
    let own = declarations::table
        .inner_join(certificates::table)
        .filter(declarations::certifier_id.eq(certifier))
        .filter(certificates::state.ne(CertificateState::Revoked));
    let ready = own.filter(declarations::state.eq(DeclarationState::Ready)).count().get_result(conn)?;
    let open = DeclarationState::ALL.iter().copied().filter(|state| *state != DeclarationState::Accepted);
    let due = own
        .filter(declarations::state.among(open))
        .filter(declarations::due_on.le(until))
        .count()
        .get_result(conn)?;
    Ok((ready, due))
}
