//! The migrations: up, down and up again, the same on both databases, and the same as the program believes.

use crate::harness::{Database, stories};
use diesel::RunQueryDsl as _;
use domain::agreements::AgreementState;
use domain::attendance::Mark;
use domain::calendar::HalfDay;
use domain::candidacies::{CandidacyState, PieceState};
use domain::certificates::CertificateState;
use domain::certifications::Acquisition;
use domain::declarations::{DeclarationState, FileState};
use domain::enrolments::{EnrolmentState, GroupPolicy};
use domain::juries::JuryState;
use domain::juries::verdicts::{Appearance, BlockResult, Decision};
use domain::sessions::SessionState;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use store::Store;
use store::installation::Purpose;

stories! {
    both: up_down_and_up_ends_where_it_began,
        the_program_believes_what_is_there,
        a_database_learns_the_names_that_it_lacks;
    postgres: both_databases_have_one_shape;
    sqlite: names_in_the_database_are_the_names_of_the_domain;
}

fn up_down_and_up_ends_where_it_began(database: &Database) {
    let empty = database.empty_neighbour();
    let store = Store::open(&empty.url, 1).unwrap();
    let ran = store.migrate().unwrap();
    assert!(!ran.is_empty() && store.is_ready().unwrap());
    let shape = store.shape().unwrap();
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new(), "nothing is left to do");
    store.unmigrate().unwrap();
    assert_eq!(store.shape().unwrap(), Vec::<String>::new(), "down leaves nothing");
    assert_eq!(store.migrate().unwrap(), ran);
    assert_eq!(store.shape().unwrap(), shape);
}

fn both_databases_have_one_shape(database: &Database) {
    let twin = Store::open(&format!("sqlite:{}", database.folder.join("twin.db").display()), 1).unwrap();
    twin.migrate().unwrap();
    let (sqlite, postgres) = (twin.shape().unwrap(), Store::open(&database.url, 1).unwrap().shape().unwrap());
    are_equal(("SQLite", &sqlite), ("PostgreSQL", &postgres));
}

/// `src/store/schema.rs` against the columns that are there; what the migrations are made with has no place in it.
fn the_program_believes_what_is_there(database: &Database) {
    let shape = Store::open(&database.url, 1).unwrap().shape().unwrap();
    let vocabularies = store::vocabularies().map(|(table, _)| format!("column {table}."));
    let is_of_migrations = |line: &String| {
        line.starts_with("column migration_digests.")
            || vocabularies.iter().any(|table| line.starts_with(table))
    };
    let there: Vec<String> =
        shape.into_iter().filter(|line| line.starts_with("column ") && !is_of_migrations(line)).collect();
    let source = fs::read_to_string(home().join("src/store/schema.rs")).unwrap();
    let mut believed = Vec::new();
    let mut table = "";
    for line in source.lines().map(str::trim).filter(|line| !line.starts_with("diesel::")) {
        if let Some((name, _)) = line.strip_suffix(") {").and_then(|line| line.split_once(" (")) {
            table = name;
        }
        let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") else { continue };
        let (nullable, kind) = match kind.strip_prefix("Nullable<") {
            Some(inner) => ("nullable ", inner.trim_end_matches('>')),
            None => ("", kind),
        };
        let kind = match kind {
            "Int8" => "BIGINT",
            "Int4" => "INTEGER",
            "Bool" => "BOOLEAN",
            other => &other.to_uppercase(),
        };
        believed.push(format!("column {table}.{} {nullable}{kind}", column.trim_end_matches('_')));
    }
    are_equal(("schema.rs", &believed), ("the database", &there));
}

#[track_caller]
fn are_equal(one: (&str, &[String]), other: (&str, &[String])) {
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).cloned().collect()
    };
    let (here, there) = (only(one.1, other.1), only(other.1, one.1));
    assert!(
        here.is_empty() && there.is_empty(),
        "only in {}: {here:#?}\nonly in {}: {there:#?}",
        one.0,
        other.0
    );
}

/// The names that may stand in a column.
#[derive(Debug, PartialEq, Eq)]
enum Names {
    /// Listed in a `CHECK`.
    Closed(Vec<String>),
    /// Those of a vocabulary, which is a table.
    Open(String),
}

/// Every list of names there is in the migrations, and none beside it.
fn names_in_the_database_are_the_names_of_the_domain(_: &Database) {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let expected = [
        ("agreements.state", Names::Closed(owned(AgreementState::NAMES))),
        ("attempts.appearance", Names::Closed(owned(Appearance::NAMES))),
        ("attempts.decision", Names::Closed(owned(Decision::NAMES))),
        ("blocks.acquisition", Names::Closed(owned(Acquisition::NAMES))),
        ("candidacies.state", Names::Closed(owned(CandidacyState::NAMES))),
        ("certificates.state", Names::Closed(owned(CertificateState::NAMES))),
        ("declaration_files.state", Names::Closed(owned(FileState::NAMES))),
        ("declarations.state", Names::Closed(owned(DeclarationState::NAMES))),
        ("enrolments.state", Names::Closed(owned(EnrolmentState::NAMES))),
        ("findings.result", Names::Closed(owned(BlockResult::NAMES))),
        ("groups.policy", Names::Closed(owned(GroupPolicy::NAMES))),
        ("installation.purpose", Names::Closed(owned(Purpose::NAMES))),
        ("juries.state", Names::Closed(owned(JuryState::NAMES))),
        ("marks.mark", Names::Closed(owned(Mark::NAMES))),
        ("pieces.state", Names::Closed(owned(PieceState::NAMES))),
        ("sessions.state", Names::Closed(owned(SessionState::NAMES))),
        ("slots.half_day", Names::Closed(owned(HalfDay::NAMES))),
        ("accounts.language", Names::Open("languages".to_owned())),
        ("assessments.kind", Names::Open("assessment_kinds".to_owned())),
        ("candidacies.route", Names::Open("access_routes".to_owned())),
        ("capacities.capacity", Names::Open("organisation_capacities".to_owned())),
        ("certification_routes.route", Names::Open("access_routes".to_owned())),
        ("countersignatures.role", Names::Open("roles".to_owned())),
        ("courses.stage", Names::Open("course_stages".to_owned())),
        ("declarations.reason_kind", Names::Open("rejection_reasons".to_owned())),
        ("employments.job_group", Names::Open("job_groups".to_owned())),
        ("journal_secrets.name", Names::Open("secret_names".to_owned())),
        ("juries.mode", Names::Open("sitting_modes".to_owned())),
        ("jurors.capacity", Names::Open("juror_capacities".to_owned())),
        ("links.purpose", Names::Open("link_purposes".to_owned())),
        ("memberships.role", Names::Open("roles".to_owned())),
        ("organisations.naf_nomenclature", Names::Open("nomenclatures".to_owned())),
        ("outbox.kind", Names::Open("letter_kinds".to_owned())),
        ("pieces.media_type", Names::Open("media_types".to_owned())),
        ("questions.audience", Names::Open("survey_audiences".to_owned())),
        ("questions.kind", Names::Open("question_kinds".to_owned())),
        ("questions.moment", Names::Open("survey_moments".to_owned())),
        ("requirements.stage", Names::Open("course_stages".to_owned())),
        ("signatures.way", Names::Open("signature_ways".to_owned())),
        ("surveys.audience", Names::Open("survey_audiences".to_owned())),
        ("surveys.moment", Names::Open("survey_moments".to_owned())),
        ("targets.kind", Names::Open("target_kinds".to_owned())),
    ];
    let expected: BTreeMap<String, Names> =
        expected.into_iter().map(|(column, names)| (column.to_owned(), names)).collect();
    let vocabularies: Vec<String> =
        store::vocabularies().iter().map(|(table, _)| (*table).to_owned()).collect();
    for database in ["sqlite", "postgres"] {
        let lines = lines_of(&home().join("migrations").join(database));
        assert_eq!(columns(&lines), expected, "{database}");
        let mut tables: Vec<String> = lines.iter().filter_map(|line| vocabulary(line)).collect();
        tables.sort();
        assert_eq!(tables, vocabularies, "{database}");
    }
}

/// The lines of all migrations, in their order.
fn lines_of(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("up.sql")).collect();
    files.sort();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// What may stand in each column that has a list of names: `CHECK (column IN (…))`, or `REFERENCES vocabulary (name)`.
fn columns(lines: &[String]) -> BTreeMap<String, Names> {
    let mut listed = BTreeMap::new();
    let mut table = "";
    for line in lines {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            table = name.trim_end_matches(" (");
        }
        let column = line.split_whitespace().next().unwrap_or_default();
        let check = line.split_once(" IN (").filter(|(before, _)| before.contains("CHECK ("));
        let vocabulary = line.split_once("REFERENCES ").and_then(|(_, after)| after.split_once(" (name)"));
        let names = match (check, vocabulary) {
            (Some((_, rest)), _) => {
                let names = rest.split(')').next().unwrap_or_default().split(',');
                Names::Closed(names.map(|name| name.trim().trim_matches('\'').to_owned()).collect())
            }
            (None, Some((vocabulary, _))) => Names::Open(vocabulary.to_owned()),
            (None, None) => continue,
        };
        assert!(listed.insert(format!("{table}.{column}"), names).is_none(), "{table}.{column}");
    }
    listed
}

/// The vocabulary that a line makes.
fn vocabulary(line: &str) -> Option<String> {
    let name = line.strip_prefix("CREATE TABLE ")?.strip_suffix(" (name TEXT PRIMARY KEY NOT NULL);")?;
    Some(name.to_owned())
}

fn a_database_learns_the_names_that_it_lacks(database: &Database) {
    let store = Store::open(&database.url, 1).unwrap();
    let tell = |statement: &str| {
        store.write(|conn| diesel::sql_query(statement).execute(conn).map_err(store::Error::from)).unwrap()
    };
    assert_eq!(tell("DELETE FROM letter_kinds WHERE name = 'thank_you'"), 1);
    assert_eq!(tell("INSERT INTO letter_kinds (name) VALUES ('of_a_newer_program')"), 1);
    assert!(!store.is_ready().unwrap(), "it would refuse a letter of this program");
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new());
    assert!(store.is_ready().unwrap());
    assert_eq!(tell("DELETE FROM letter_kinds WHERE name IN ('thank_you', 'of_a_newer_program')"), 2);
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
