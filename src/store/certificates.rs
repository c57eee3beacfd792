//! Certificates as they were issued. Nothing of them hangs on the account of who holds one: whoever brings the code of
//! a paper is answered for as long as the row is there.

mod awards;
pub(super) mod badge_ids;
mod issuers;
mod lists;

pub use awards::{Award, of_jury as awards_of};
pub use issuers::{
    all as issuers, by_name as issuer_named, certifier_of, keep as keep_issuer, of as issuer_of,
};
pub use lists::{
    Draft, Open, Published, add as add_list, change as change_list, draft, due as lists_due,
    newest as newest_list, of_issuer as lists_of, publish as publish_list, published,
};

use super::backend::Backend;
use super::candidacies::covered;
use super::literal::{Literal, literal};
use super::schema::{
    attempts, candidacies, certificate_series, certificates, certification_versions, certifications,
    findings, issued_files, people,
};
use super::{Conn, Error, Kept, Page, Portion, ROWS_AND_ONE};
use badge_ids::KeptId;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::access::{Extent, Reach};
use domain::badges::BadgeId;
use domain::calendar::{Day, Instant};
use domain::certificates::{CertificateState, Standing};
use domain::certifications::RecordCode;
use domain::ids::{AttemptId, CandidacyId, CertificateId, OrganisationId, StatusListId};
use domain::juries::verdicts::{BlockResult, Decision};
use domain::keys::Sealed;
use domain::people::PersonName;
use domain::text::Title;

/// Narrows a query on certificates joined to their candidacies to what a reach covers: a certifier's are those that it
/// issued.
macro_rules! held {
    ($query:expr, $reach:expr) => {
        match $reach.extent() {
            Extent::Certifier(certifier) => $query.filter(certificates::issuer_id.eq(certifier)),
            _ => covered!($query, $reach),
        }
    };
}

/// Neither superseded nor revoked. In the words of the migration: an index of these alone is found by them.
fn is_valid() -> Literal<Bool> {
    literal("certificates.state = 'valid'")
}

/// A certificate as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = certificates)]
pub struct Certificate {
    pub id: CertificateId,
    #[diesel(deserialize_as = KeptId)]
    pub uuid: BadgeId,
    pub number: String,
    #[diesel(column_name = issuer_id)]
    pub issuer: OrganisationId,
    #[diesel(column_name = candidacy_id)]
    pub candidacy: CandidacyId,
    #[diesel(column_name = attempt_id)]
    pub attempt: AttemptId,
    /// Empty for the whole certification.
    pub block: String,
    pub claims: Sealed,
    pub state: CertificateState,
    pub state_on: Day,
    pub reason: Option<String>,
    pub issued_at: Instant,
    pub valid_from: Day,
    pub valid_until: Option<Day>,
    #[diesel(column_name = list_id)]
    pub list: StatusListId,
    pub entry: i32,
}

impl Certificate {
    pub fn standing(&self) -> Standing {
        Standing { state: self.state, since: self.state_on }
    }
}

/// A certificate within reach.
pub fn get(conn: &mut Conn, reach: &Reach, uuid: BadgeId) -> Kept<Certificate> {
    let all = certificates::table
        .inner_join(candidacies::table.inner_join(certifications::table))
        .into_boxed::<Backend>();
    Ok(held!(all, reach)
        .filter(certificates::uuid.eq(uuid.hyphenated().to_string()))
        .select(Certificate::as_select())
        .first(conn)?)
}

/// By what somebody holds of it: nobody guesses one.
#[derive(Debug, Clone, Copy)]
pub enum Held<'a> {
    /// The badge, which says its own name.
    Badge(BadgeId),
    /// The digest of the code on the paper.
    Code(&'a str),
    /// The digest of the paper itself.
    Paper(&'a str),
    /// A number can be guessed: whoever asks by it says a surname too.
    Number { number: &'a str, surname_digest: &'a str },
}

/// What somebody holds a part of; none where nothing was issued like that.
pub fn find(conn: &mut Conn, held: Held<'_>) -> Kept<Option<Certificate>> {
    let all = certificates::table.into_boxed::<Backend>();
    let found = match held {
        Held::Badge(uuid) => all.filter(certificates::uuid.eq(uuid.hyphenated().to_string())),
        Held::Code(digest) => all.filter(certificates::code_digest.eq(digest.to_owned())),
        Held::Number { number, surname_digest } => all.filter(
            certificates::number.eq(number.to_owned()).and(
                certificates::birth_name_digest
                    .eq(surname_digest.to_owned())
                    .or(certificates::usual_name_digest.eq(surname_digest.to_owned()).assume_not_null()),
            ),
        ),
        Held::Paper(digest) => {
            let paper = issued_files::table
                .filter(issued_files::paper_digest.eq(digest.to_owned()))
                .select(issued_files::certificate_id);
            all.filter(certificates::id.eq_any(paper))
        }
    };
    Ok(found.select(Certificate::as_select()).first(conn).optional()?)
}

/// The one that stands in the place of another.
#[derive(Debug, Clone, Queryable)]
pub struct Successor {
    #[diesel(deserialize_as = KeptId)]
    pub uuid: BadgeId,
    pub number: String,
    pub state: CertificateState,
}

impl Successor {
    /// As one speaks of it.
    pub fn told(&self) -> (&str, CertificateState) {
        (&self.number, self.state)
    }
}

/// What stands in its place.
pub fn successor(conn: &mut Conn, id: CertificateId) -> Kept<Option<Successor>> {
    Ok(certificates::table
        .filter(certificates::replaces_id.eq(id))
        .select((certificates::uuid, certificates::number, certificates::state))
        .first(conn)
        .optional()?)
}

/// What was handed out.
#[derive(Debug, Clone)]
pub struct Files {
    pub document: String,
    pub token: String,
    pub paper: Sealed,
    /// SHA-256 of the paper, in hexadecimal.
    pub paper_digest: String,
}

/// The badge in both forms: the document, and the token.
pub fn badge(conn: &mut Conn, id: CertificateId) -> Kept<(String, String)> {
    Ok(issued_files::table.find(id).select((issued_files::document, issued_files::token)).first(conn)?)
}

/// The paper, which is long.
pub fn paper(conn: &mut Conn, id: CertificateId) -> Kept<Sealed> {
    Ok(issued_files::table.find(id).select(issued_files::paper).first(conn)?)
}

/// SHA-256 of the paper, in hexadecimal.
pub fn paper_digest(conn: &mut Conn, id: CertificateId) -> Kept<String> {
    Ok(issued_files::table.find(id).select(issued_files::paper_digest).first(conn)?)
}

fn series(code: &RecordCode, year: i32) -> String {
    format!("{code}-{year}")
}

/// The last number that was given of a record in a year; none before the first.
pub fn last_rank(conn: &mut Conn, code: &RecordCode, year: i32) -> Kept<u32> {
    let last: Option<i32> = certificate_series::table
        .find(series(code, year))
        .select(certificate_series::last)
        .first(conn)
        .optional()?;
    Ok(last.unwrap_or_default().unsigned_abs())
}

/// Gives the numbers after the last one that was seen; [`Error::Stale`] or [`Error::Taken`] when somebody else did.
pub fn give_ranks(conn: &mut Conn, code: &RecordCode, year: i32, seen: u32, last: u32) -> Kept<()> {
    let (seen, last) = (seen.cast_signed(), last.cast_signed());
    if seen == 0 {
        diesel::insert_into(certificate_series::table)
            .values((certificate_series::name.eq(series(code, year)), certificate_series::last.eq(last)))
            .execute(conn)?;
        return Ok(());
    }
    let untouched =
        certificate_series::table.find(series(code, year)).filter(certificate_series::last.eq(seen));
    match diesel::update(untouched).set(certificate_series::last.eq(last)).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

/// A certificate that was made, to be kept.
#[derive(Debug, Clone)]
pub struct New {
    pub uuid: BadgeId,
    pub number: String,
    pub code_digest: String,
    pub issuer: OrganisationId,
    pub candidacy: CandidacyId,
    pub attempt: AttemptId,
    pub block: String,
    pub claims: Sealed,
    pub birth_name_digest: String,
    pub usual_name_digest: Option<String>,
    pub valid_from: Day,
    pub valid_until: Option<Day>,
    pub replaces: Option<CertificateId>,
    pub list: StatusListId,
    pub entry: u32,
    pub files: Files,
}

/// Keeps a certificate with its files. [`Error::Taken`] when the same was issued meanwhile.
pub fn insert(conn: &mut Conn, new: &New, today: Day, now: Instant) -> Kept<CertificateId> {
    let id = diesel::insert_into(certificates::table)
        .values((
            certificates::uuid.eq(new.uuid.hyphenated().to_string()),
            certificates::number.eq(&new.number),
            certificates::code_digest.eq(&new.code_digest),
            certificates::issuer_id.eq(new.issuer),
            certificates::candidacy_id.eq(new.candidacy),
            certificates::attempt_id.eq(new.attempt),
            certificates::block.eq(&new.block),
            certificates::claims.eq(&new.claims),
            certificates::birth_name_digest.eq(&new.birth_name_digest),
            certificates::usual_name_digest.eq(&new.usual_name_digest),
            certificates::state.eq(CertificateState::Valid),
            certificates::state_on.eq(today),
            certificates::issued_at.eq(now),
            certificates::valid_from.eq(new.valid_from),
            certificates::valid_until.eq(new.valid_until),
            certificates::replaces_id.eq(new.replaces),
            certificates::list_id.eq(new.list),
            certificates::entry.eq(new.entry.cast_signed()),
        ))
        .returning(certificates::id)
        .get_result(conn)?;
    diesel::insert_into(issued_files::table)
        .values((
            issued_files::certificate_id.eq(id),
            issued_files::document.eq(&new.files.document),
            issued_files::token.eq(&new.files.token),
            issued_files::paper.eq(&new.files.paper),
            issued_files::paper_digest.eq(&new.files.paper_digest),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Moves a certificate, unless somebody moved it since it was read.
pub fn shift(conn: &mut Conn, seen: &Certificate, next: CertificateState, reason: &str, on: Day) -> Kept<()> {
    let untouched = certificates::table.find(seen.id).filter(certificates::state.eq(seen.state));
    let moved = diesel::update(untouched)
        .set((certificates::state.eq(next), certificates::state_on.eq(on), certificates::reason.eq(reason)))
        .execute(conn)?;
    if moved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whether a later period of a certificate was issued.
pub fn is_renewed(conn: &mut Conn, seen: &Certificate) -> Kept<bool> {
    let later = certificates::table
        .filter(certificates::attempt_id.eq(seen.attempt).and(certificates::block.eq(&seen.block)))
        .filter(certificates::state.eq(CertificateState::Valid))
        .filter(certificates::valid_from.gt(seen.valid_from));
    Ok(diesel::select(diesel::dsl::exists(later)).get_result(conn)?)
}

/// Whether the jury still awards what a certificate tells of, and nothing valid was issued for it.
pub fn is_awarded(conn: &mut Conn, seen: &Certificate) -> Kept<bool> {
    let decision: Option<Decision> =
        attempts::table.find(seen.attempt).select(attempts::decision).first(conn)?;
    let is_awarded = match (decision, seen.block.as_str()) {
        (Some(Decision::Awarded), "") => true,
        (Some(Decision::Partial), block) if !block.is_empty() => {
            let acquired = findings::table
                .find((seen.attempt, block.to_owned()))
                .filter(findings::result.eq(BlockResult::Acquired));
            diesel::select(diesel::dsl::exists(acquired)).get_result(conn)?
        }
        _ => false,
    };
    let valid = certificates::table
        .filter(certificates::attempt_id.eq(seen.attempt).and(certificates::block.eq(&seen.block)))
        .filter(certificates::state.eq(CertificateState::Valid));
    Ok(is_awarded && !diesel::select(diesel::dsl::exists(valid)).get_result::<bool>(conn)?)
}

/// Whether something valid was issued for what a jury decided of a candidate.
pub fn is_certified(conn: &mut Conn, attempt: AttemptId) -> Kept<bool> {
    let valid = certificates::table
        .filter(certificates::attempt_id.eq(attempt).and(certificates::state.eq(CertificateState::Valid)));
    Ok(diesel::select(diesel::dsl::exists(valid)).get_result(conn)?)
}

/// A certificate as a list shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub id: CertificateId,
    #[diesel(deserialize_as = KeptId)]
    pub uuid: BadgeId,
    pub number: String,
    pub title: Title,
    pub block: String,
    pub name: PersonName,
    pub state: CertificateState,
    pub state_on: Day,
    pub issued_at: Instant,
    pub valid_from: Day,
    pub valid_until: Option<Day>,
}

impl Listed {
    pub fn standing(&self) -> Standing {
        Standing { state: self.state, since: self.state_on }
    }
}

/// Certificates within reach, the newest first; of those that hold, only the ones that end between two days, when
/// they are said.
pub fn list(
    conn: &mut Conn,
    reach: &Reach,
    ending: Option<(Day, Day)>,
    before: Option<CertificateId>,
) -> Kept<Page<Listed>> {
    let all = certificates::table
        .inner_join(
            candidacies::table
                .inner_join(certifications::table)
                .inner_join(certification_versions::table)
                .inner_join(people::table),
        )
        .into_boxed::<Backend>();
    let mut all = held!(all, reach);
    if let Some((from, to)) = ending {
        all = all.filter(is_valid()).filter(certificates::valid_until.between(from, to));
    }
    if let Some(before) = before {
        all = all.filter(certificates::id.lt(before));
    }
    let rows: Vec<Listed> = all
        .order(certificates::id.desc())
        .limit(ROWS_AND_ONE)
        .select((
            certificates::id,
            certificates::uuid,
            certificates::number,
            certification_versions::title,
            certificates::block,
            (people::given_name, people::family_name),
            certificates::state,
            certificates::state_on,
            certificates::issued_at,
            certificates::valid_from,
            certificates::valid_until,
        ))
        .load(conn)?;
    Ok(Page::cut(rows, |row| row.id.to_string()))
}

/// Certificates that hold, end between two days, and whose holders were not told so yet; some of them, first those that end
/// first, after one that is known.
pub fn to_warn(
    conn: &mut Conn,
    (from, to): (Day, Day),
    after: Option<&Certificate>,
) -> Kept<Vec<Certificate>> {
    let mut all = certificates::table.into_boxed::<Backend>();
    if let Some(Certificate { id, valid_until: Some(end), .. }) = after {
        let later = certificates::valid_until.gt(*end);
        let same = certificates::valid_until.eq(*end).and(certificates::id.gt(*id));
        all = all.filter(later.or(same).assume_not_null());
    }
    Ok(all
        .filter(is_valid().and(certificates::warned_at.is_null()))
        .filter(certificates::valid_until.between(from, to))
        .order((certificates::valid_until, certificates::id))
        .limit(100)
        .select(Certificate::as_select())
        .load(conn)?)
}

/// Notes that a holder was told; [`Error::Stale`] when they were already.
pub fn warn(conn: &mut Conn, id: CertificateId, now: Instant) -> Kept<()> {
    let untold = certificates::table.find(id).filter(certificates::warned_at.is_null());
    match diesel::update(untold).set(certificates::warned_at.eq(now)).execute(conn)? {
        1 => Ok(()),
        _ => Err(Error::Stale),
    }
}

/// How many certificates within reach hold and end between two days.
pub fn ending(conn: &mut Conn, reach: &Reach, (from, to): (Day, Day)) -> Kept<i64> {
    let all = certificates::table
        .inner_join(candidacies::table.inner_join(certifications::table))
        .into_boxed::<Backend>();
    Ok(held!(all, reach)
        .filter(is_valid())
        .filter(certificates::valid_until.between(from, to))
        .count()
        .get_result(conn)?)
}

/// A badge as it was handed out.
#[derive(Debug, Clone, Queryable)]
pub struct Badge {
    pub id: CertificateId,
    #[diesel(deserialize_as = KeptId)]
    pub uuid: BadgeId,
    pub document: String,
    pub token: String,
}

/// Every badge of an issuer, a piece at a time, in the order of issue.
pub fn badges(
    conn: &mut Conn,
    _reach: &Reach,
    issuer: OrganisationId,
    after: Option<CertificateId>,
) -> Kept<Vec<Badge>> {
    let after = after.unwrap_or(CertificateId(0));
    let most = i64::try_from(Portion::Piece.rows()).unwrap_or(i64::MAX);
    Ok(certificates::table
        .inner_join(issued_files::table)
        .filter(certificates::issuer_id.eq(issuer).and(certificates::id.gt(after)))
        .order(certificates::id)
        .limit(most)
        .select((certificates::id, certificates::uuid, issued_files::document, issued_files::token))
        .load(conn)?)
}
