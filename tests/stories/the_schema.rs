//! The migrations: up, down and up again, the same on both databases, and the same as the program believes.

use crate::harness::{Database, stories};
use domain::access::Role;
use domain::attendance::Mark;
use domain::calendar::HalfDay;
use domain::courses::Stage;
use domain::enrolments::{EnrolmentState, GroupPolicy};
use domain::journal::SecretName;
use domain::letters::LetterKind;
use domain::organisations::{Capacity, Nomenclature};
use domain::people::JobGroup;
use domain::programmes::TargetKind;
use domain::sessions::SessionState;
use domain::surveys::{Audience, Moment, QuestionKind};
use domain::text::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use store::Store;

stories! {
    both: up_down_and_up_ends_where_it_began, the_program_believes_what_is_there;
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

/// `src/store/schema.rs` against the columns that are there.
fn the_program_believes_what_is_there(database: &Database) {
    let shape = Store::open(&database.url, 1).unwrap().shape().unwrap();
    let there: Vec<String> = shape.into_iter().filter(|line| line.starts_with("column ")).collect();
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

fn names_in_the_database_are_the_names_of_the_domain(_: &Database) {
    macro_rules! of {
        ($($kind:ty),+ $(,)?) => { [$(<$kind>::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>()),+] };
    }
    let members: Vec<&str> = Role::ALL
        .iter()
        .filter(|role| !matches!(role, Role::Trainee | Role::Link | Role::Anyone | Role::House))
        .map(|role| role.as_str())
        .collect();
    let [
        sessions,
        enrolments,
        policies,
        letters,
        capacities,
        nomenclatures,
        jobs,
        targets,
        stages,
        half_days,
        marks,
        languages,
        secrets,
        moments,
        audiences,
        kinds,
    ] = of!(
        SessionState,
        EnrolmentState,
        GroupPolicy,
        LetterKind,
        Capacity,
        Nomenclature,
        JobGroup,
        TargetKind,
        Stage,
        HalfDay,
        Mark,
        Language,
        SecretName,
        Moment,
        Audience,
        QuestionKind
    );
    let expected = BTreeMap::from([
        ("sessions.state", sessions),
        ("enrolments.state", enrolments),
        ("groups.policy", policies),
        ("outbox.kind", letters),
        ("capacities.capacity", capacities),
        ("organisations.naf_nomenclature", nomenclatures),
        ("employments.job_group", jobs),
        ("targets.kind", targets),
        ("courses.stage", stages),
        ("slots.half_day", half_days),
        ("marks.mark", marks),
        ("accounts.language", languages),
        ("journal_secrets.name", secrets),
        ("memberships.role", members),
        ("questions.moment", moments.clone()),
        ("questions.audience", audiences.clone()),
        ("questions.kind", kinds),
        ("surveys.moment", moments),
        ("surveys.audience", audiences),
    ]);
    for database in ["sqlite", "postgres"] {
        let listed = listed_names(&home().join("migrations").join(database));
        for (column, names) in &expected {
            let listed = listed.get(*column).unwrap_or_else(|| panic!("{database}: no CHECK lists {column}"));
            assert_eq!(listed, names, "{database}: {column}");
        }
    }
}

/// The names that `CHECK (column IN (…))` lists, by table and column, over all migrations.
fn listed_names(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut migrations: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("up.sql")).collect();
    migrations.sort();
    let mut listed = BTreeMap::new();
    let mut table = String::new();
    for line in migrations
        .iter()
        .flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
    {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            name.trim_end_matches(" (").clone_into(&mut table);
        }
        let Some((column, rest)) =
            line.split_once("CHECK (").and_then(|(_, check)| check.split_once(" IN ("))
        else {
            continue;
        };
        let names = rest.split(')').next().unwrap_or_default().split(',');
        let names = names.map(|name| name.trim().trim_matches('\'').to_owned()).collect();
        listed.insert(format!("{table}.{column}"), names);
    }
    listed
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
