//! What a file tells of one holder, as it is kept while the file stands: texts under names that never change, sealed.

use domain::calendar::Day;
use domain::certifications::RecordCode;
use domain::declarations::{ContractId, Draft, Exam, Passage, TechnicalId};
use domain::identities;
use serde_json::Value;
use std::collections::BTreeMap;
use std::str::FromStr;

// What was sealed under these names is read by them: they only ever become more.
const ISSUED_ON: &str = "issued_on";
const VALID_UNTIL: &str = "valid_until";
const EXAM_FROM: &str = "exam_from";
const EXAM_TO: &str = "exam_to";
const EXAM_MODE: &str = "exam_mode";
const ROUTE: &str = "route";
const ENROLLED_ON: &str = "enrolled_on";

/// What is kept is no passage: it was sealed by a later release, or it was never one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is kept is no passage of a declaration")]
pub struct Unreadable;

/// What is kept of a passage.
pub fn text(passage: &Passage) -> String {
    let details = &passage.details;
    let day = |day: Option<Day>| day.map(Day::iso);
    let told = [
        (ISSUED_ON, Some(passage.issued_on.iso())),
        (VALID_UNTIL, day(details.valid_until)),
        (EXAM_FROM, day(details.exam.starts_on)),
        (EXAM_TO, day(details.exam.ends_on)),
        (EXAM_MODE, details.exam.mode.map(|mode| mode.to_string())),
        (ROUTE, details.route.map(|route| route.to_string())),
        (ENROLLED_ON, day(details.enrolled_on)),
    ];
    let told = told.into_iter().filter_map(|(name, text)| Some((name, text?)));
    let all = identities::texts(&passage.holder).into_iter().chain(told);
    Value::Object(all.map(|(name, text)| (name.to_owned(), Value::String(text))).collect()).to_string()
}

/// What was kept of a passage.
pub fn read(
    kept: &[u8],
    id: TechnicalId,
    contract: ContractId,
    code: RecordCode,
) -> Result<Draft, Unreadable> {
    let texts: BTreeMap<String, String> = serde_json::from_slice(kept).map_err(|_| Unreadable)?;
    let holder = identities::read(|name| texts.get(name).map(String::as_str)).map_err(|_| Unreadable)?;
    let mut draft = super::known(id, Some(contract), Some(&holder));
    draft.certification = Some(code);
    draft.issued_on = perhaps(&texts, ISSUED_ON)?;
    draft.details.valid_until = perhaps(&texts, VALID_UNTIL)?;
    draft.details.exam = Exam {
        starts_on: perhaps(&texts, EXAM_FROM)?,
        ends_on: perhaps(&texts, EXAM_TO)?,
        mode: perhaps(&texts, EXAM_MODE)?,
        postal_code: None,
    };
    draft.details.route = perhaps(&texts, ROUTE)?;
    draft.details.enrolled_on = perhaps(&texts, ENROLLED_ON)?;
    Ok(draft)
}

fn perhaps<T: FromStr>(texts: &BTreeMap<String, String>, name: &str) -> Result<Option<T>, Unreadable> {
    texts.get(name).map(|text| text.parse().map_err(|_| Unreadable)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::declarations::{Birthplace, ExamMode, Holder, OtherNames, Sex};
    use uuid::Uuid;

    #[test]
    fn what_is_frozen_is_read_back() {
        let holder = Holder {
            birth_name: "d’Hérouville".parse().unwrap(),
            first_name: "Zoé".parse().unwrap(),
            other_names: OtherNames { usual: "Nuñez".parse().ok(), ..OtherNames::default() },
            born: "04/1988".parse().unwrap(),
            sex: Sex::Female,
            birthplace: Birthplace::in_commune("59350".parse().unwrap()),
        };
        let (id, contract) = (TechnicalId::from(Uuid::nil()), "MCFCER999999".parse::<ContractId>().unwrap());
        let mut draft = super::super::known(id.clone(), Some(contract.clone()), Some(&holder));
        draft.certification = "RNCP99999".parse().ok();
        draft.issued_on = "2026-11-06".parse().ok();
        let bare = draft.passage().unwrap();
        draft.details.valid_until = "2031-11-06".parse().ok();
        draft.details.exam.starts_on = "2026-11-06".parse().ok();
        draft.details.exam.ends_on = "2026-11-06".parse().ok();
        draft.details.exam.mode = Some(ExamMode::Mixed);
        draft.details.route = "vae".parse().ok();
        draft.details.enrolled_on = "2026-03-02".parse().ok();
        assert!(draft.details.route.is_some());
        for passage in [bare, draft.passage().unwrap()] {
            let code = passage.certification.clone();
            let draft = read(text(&passage).as_bytes(), id.clone(), contract.clone(), code).unwrap();
            assert_eq!(draft.passage(), Ok(passage));
        }
        let code = "RNCP99999".parse().unwrap();
        assert_eq!(read(b"{}", id, contract, code), Err(Unreadable));
    }
}
