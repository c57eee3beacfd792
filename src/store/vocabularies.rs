//! Vocabularies: tables with the names that may stand in a column, for lists that grow. The domain has the names, and a
//! database learns those that it lacks whenever it is migrated: a letter or a role more is no change of the schema. What is
//! closed, like the states of a life, has a `CHECK` instead.

use super::backend::Conn;
use super::links::PurposeKind;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use domain::access::Role;
use domain::candidacies::PieceKind;
use domain::certifications::{AccessRoute, AssessmentKind};
use domain::courses::Stage;
use domain::declarations::ReasonKind;
use domain::journal::SecretName;
use domain::juries::{self, SittingMode};
use domain::letters::LetterKind;
use domain::organisations::{Capacity, Nomenclature};
use domain::people::JobGroup;
use domain::programmes::TargetKind;
use domain::signatures::Way;
use domain::surveys::{Audience, Moment, QuestionKind};
use domain::text::Language;
use std::collections::BTreeSet;

/// Every vocabulary: its table, and its names.
pub fn vocabularies() -> [(&'static str, Vec<&'static str>); 20] {
    let roles = Role::ALL.iter().filter(|role| role.is_of_members()).map(|role| role.as_str());
    [
        ("access_routes", AccessRoute::NAMES.to_vec()),
        ("assessment_kinds", AssessmentKind::NAMES.to_vec()),
        ("course_stages", Stage::NAMES.to_vec()),
        ("job_groups", JobGroup::NAMES.to_vec()),
        ("juror_capacities", juries::Capacity::NAMES.to_vec()),
        ("languages", Language::NAMES.to_vec()),
        ("letter_kinds", LetterKind::NAMES.to_vec()),
        ("link_purposes", PurposeKind::NAMES.to_vec()),
        ("media_types", PieceKind::NAMES.to_vec()),
        ("nomenclatures", Nomenclature::NAMES.to_vec()),
        ("organisation_capacities", Capacity::NAMES.to_vec()),
        ("question_kinds", QuestionKind::NAMES.to_vec()),
        ("rejection_reasons", ReasonKind::NAMES.to_vec()),
        ("roles", roles.collect()),
        ("secret_names", SecretName::NAMES.to_vec()),
        ("signature_ways", Way::NAMES.to_vec()),
        ("sitting_modes", SittingMode::NAMES.to_vec()),
        ("survey_audiences", Audience::NAMES.to_vec()),
        ("survey_moments", Moment::NAMES.to_vec()),
        ("target_kinds", TargetKind::NAMES.to_vec()),
    ]
}

/// Writes the names that a database lacks. Those that it has and this program does not are of a newer one, and stay.
pub(super) fn learn(conn: &mut Conn) -> QueryResult<()> {
    for (table, names) in vocabularies() {
        let rows: Vec<String> = names.iter().map(|name| format!("('{name}')")).collect();
        sql_query(format!("INSERT INTO {table} (name) VALUES {} ON CONFLICT DO NOTHING", rows.join(", ")))
            .execute(conn)?;
    }
    Ok(())
}

/// Whether a database has all the names that this program may write.
pub(super) fn are_known(conn: &mut Conn) -> QueryResult<bool> {
    #[derive(QueryableByName, PartialEq, Eq, PartialOrd, Ord)]
    struct Known {
        #[diesel(sql_type = Text)]
        vocabulary: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let all = vocabularies();
    let each = all.each_ref().map(|(table, _)| format!("SELECT '{table}' AS vocabulary, name FROM {table}"));
    let known: BTreeSet<Known> = sql_query(each.join(" UNION ALL ")).load(conn)?.into_iter().collect();
    Ok(all.iter().all(|(table, names)| {
        let is_known =
            |name: &&str| known.contains(&Known { vocabulary: (*table).into(), name: (*name).into() });
        names.iter().all(is_known)
    }))
}
