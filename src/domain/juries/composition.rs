//! Who may sit together: checked while a jury is built, when it is convened, and when it sits.

use super::{Capacity, Juror, Tie};
use crate::certifications::JuryRules;

/// A rule that a composition breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    TooFewMembers {
        members: u32,
        wanted: u32,
    },
    TooFewOutside {
        outside: u32,
        wanted: u32,
    },
    NoChair,
    /// The record wants a chair from outside.
    ChairInside {
        member: String,
    },
    /// Named as a professional from outside, and works inside.
    NotOutside {
        member: String,
        organisation: String,
    },
    JudgesThemselves {
        member: String,
    },
    JudgesTrainee {
        member: String,
        candidate: String,
    },
    JudgesColleague {
        member: String,
        candidate: String,
        company: String,
    },
    /// A member says that an interest ties them to a candidate.
    Interest {
        member: String,
        interest: String,
    },
    StatementMissing {
        member: String,
    },
    NoCandidate,
    /// Fewer are there than must be to decide.
    NoQuorum {
        present: u32,
        wanted: u32,
    },
}

/// How far a jury has come, and with it what it must fulfil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is to be convened: all who were named count.
    Named,
    /// It is to sit, or to decide: those who are there count, and each has made their statement.
    Sitting,
}

/// Every rule that is broken, in the order in which one would mend them. A jury with one broken rule is not convened,
/// does not sit and does not decide.
pub fn breaches(rules: JuryRules, jurors: &[Juror], candidates: usize, stage: Stage) -> Vec<Breach> {
    let counted: Vec<&Juror> = match stage {
        Stage::Named => jurors.iter().collect(),
        Stage::Sitting => jurors.iter().filter(|juror| juror.is_present).collect(),
    };
    let members = count(counted.len());
    let mut found = Vec::new();
    match stage {
        Stage::Named if members < rules.members => {
            found.push(Breach::TooFewMembers { members, wanted: rules.members });
        }
        Stage::Sitting if members < rules.quorum => {
            found.push(Breach::NoQuorum { present: members, wanted: rules.quorum });
        }
        Stage::Named | Stage::Sitting => {}
    }
    let outside = count(counted.iter().filter(|juror| juror.is_outside()).count());
    let wanted = rules.outside_of(members);
    if outside < wanted {
        found.push(Breach::TooFewOutside { outside, wanted });
    }
    match counted.iter().find(|juror| juror.is_chair) {
        None => found.push(Breach::NoChair),
        Some(chair) if rules.outside_chair && !chair.is_outside() => {
            found.push(Breach::ChairInside { member: chair.name.clone() });
        }
        Some(_) => {}
    }
    for juror in &counted {
        found.extend(tied(juror));
        found.extend(stated(juror, stage));
    }
    if candidates == 0 {
        found.push(Breach::NoCandidate);
    }
    found
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn tied(juror: &Juror) -> impl Iterator<Item = Breach> + '_ {
    let member = || juror.name.clone();
    juror.ties.iter().filter_map(move |tie| match tie {
        Tie::Inside { organisation } => (juror.capacity == Capacity::Professional)
            .then(|| Breach::NotOutside { member: member(), organisation: organisation.clone() }),
        Tie::Trained { candidate } => {
            Some(Breach::JudgesTrainee { member: member(), candidate: candidate.clone() })
        }
        Tie::SameEmployer { candidate, company } => Some(Breach::JudgesColleague {
            member: member(),
            candidate: candidate.clone(),
            company: company.clone(),
        }),
        Tie::IsCandidate => Some(Breach::JudgesThemselves { member: member() }),
    })
}

fn stated(juror: &Juror, stage: Stage) -> Option<Breach> {
    let member = juror.name.clone();
    match (&juror.statement, stage) {
        (Some(statement), _) => {
            statement.interest.clone().map(|interest| Breach::Interest { member, interest })
        }
        (None, Stage::Sitting) => Some(Breach::StatementMissing { member }),
        (None, Stage::Named) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Statement;
    use super::*;
    use crate::calendar::Instant;
    use crate::ids::{AccountId, JurorId};
    use proptest::prelude::*;

    const RULES: JuryRules = JuryRules { members: 3, outside_percent: 50, quorum: 2, outside_chair: true };

    fn juror(number: i64, capacity: Capacity) -> Juror {
        Juror {
            id: JurorId(number),
            account: AccountId(number),
            name: format!("Membre {number}"),
            capacity,
            is_chair: number == 1,
            statement: Some(Statement {
                made_at: Instant(chrono::DateTime::UNIX_EPOCH.naive_utc()),
                interest: None,
            }),
            is_present: true,
            ties: Vec::new(),
        }
    }

    /// Two from outside, one of whom presides, and one of the certifier's own.
    fn right() -> Vec<Juror> {
        let mut own = juror(3, Capacity::Certifier);
        own.ties = vec![Tie::Inside { organisation: "Institut".to_owned() }];
        vec![juror(1, Capacity::Professional), juror(2, Capacity::Professional), own]
    }

    fn name(number: i64) -> String {
        format!("Membre {number}")
    }

    type Change = fn(&mut Vec<Juror>);

    /// What is done to a right composition, at which stage it is looked at, and all that is said of it.
    fn forbidden() -> Vec<(Change, Stage, Vec<Breach>)> {
        vec![
            (|all| drop(all.pop()), Stage::Named, vec![Breach::TooFewMembers { members: 2, wanted: 3 }]),
            (
                |all| all[1].capacity = Capacity::Trainer,
                Stage::Named,
                vec![Breach::TooFewOutside { outside: 1, wanted: 2 }],
            ),
            (|all| all[0].is_chair = false, Stage::Named, vec![Breach::NoChair]),
            (
                |all| {
                    all[0].is_chair = false;
                    all[2].is_chair = true;
                },
                Stage::Named,
                vec![Breach::ChairInside { member: name(3) }],
            ),
            (
                |all| all[1].ties.push(Tie::Inside { organisation: "Atelier".to_owned() }),
                Stage::Named,
                vec![
                    Breach::TooFewOutside { outside: 1, wanted: 2 },
                    Breach::NotOutside { member: name(2), organisation: "Atelier".to_owned() },
                ],
            ),
            (
                |all| all[1].ties.push(Tie::IsCandidate),
                Stage::Named,
                vec![Breach::JudgesThemselves { member: name(2) }],
            ),
            (
                |all| all[2].ties.push(Tie::Trained { candidate: "Lou".to_owned() }),
                Stage::Named,
                vec![Breach::JudgesTrainee { member: name(3), candidate: "Lou".to_owned() }],
            ),
            (
                |all| {
                    let (candidate, company) = ("Lou".to_owned(), "Verrerie".to_owned());
                    all[1].ties.push(Tie::SameEmployer { candidate, company });
                },
                Stage::Named,
                vec![Breach::JudgesColleague {
                    member: name(2),
                    candidate: "Lou".to_owned(),
                    company: "Verrerie".to_owned(),
                }],
            ),
            (
                |all| {
                    let interest = Some("Lou est ma nièce.".to_owned());
                    all[1].statement = Some(Statement {
                        made_at: Instant(chrono::DateTime::UNIX_EPOCH.naive_utc()),
                        interest,
                    });
                },
                Stage::Named,
                vec![Breach::Interest { member: name(2), interest: "Lou est ma nièce.".to_owned() }],
            ),
            (
                |all| all[1].statement = None,
                Stage::Sitting,
                vec![Breach::StatementMissing { member: name(2) }],
            ),
            (
                |all| all[1..].iter_mut().for_each(|juror| juror.is_present = false),
                Stage::Sitting,
                vec![Breach::NoQuorum { present: 1, wanted: 2 }],
            ),
            (|all| all[0].is_present = false, Stage::Sitting, vec![Breach::NoChair]),
        ]
    }

    #[test]
    fn each_forbidden_composition_is_refused_for_its_reason() {
        assert_eq!(breaches(RULES, &right(), 1, Stage::Named), Vec::new());
        assert_eq!(breaches(RULES, &right(), 1, Stage::Sitting), Vec::new());
        for (at, (change, stage, expected)) in forbidden().into_iter().enumerate() {
            let mut jurors = right();
            change(&mut jurors);
            assert_eq!(breaches(RULES, &jurors, 1, stage), expected, "case {at}");
        }
        assert_eq!(breaches(RULES, &right(), 0, Stage::Named), vec![Breach::NoCandidate]);
        assert_eq!(
            breaches(RULES, &[], 1, Stage::Named),
            vec![Breach::TooFewMembers { members: 0, wanted: 3 }, Breach::NoChair]
        );
    }

    #[test]
    fn somebody_who_did_not_come_does_not_count_and_does_not_hinder() {
        let mut jurors = right();
        jurors[2].is_present = false;
        jurors[2].statement = None;
        jurors[2].ties.push(Tie::Trained { candidate: "Lou".to_owned() });
        assert_eq!(breaches(RULES, &jurors, 1, Stage::Sitting), Vec::new());
        assert_ne!(breaches(RULES, &jurors, 1, Stage::Named), Vec::new());
    }

    proptest! {
        /// Whatever jury sits without a breach has its quorum, its share from outside, and one chair.
        #[test]
        fn what_is_let_through_keeps_every_rule(
            members in 1u32..6, percent in 0u32..=100, quorum in 1u32..6, outside_chair: bool,
            shape in proptest::collection::vec((0usize..3, any::<bool>(), any::<bool>(), any::<bool>()), 0..7),
        ) {
            let rules = JuryRules { members, outside_percent: percent, quorum, outside_chair };
            let jurors: Vec<Juror> = (1..).zip(&shape).map(|(number, (capacity, present, inside, tied))| {
                let mut one = juror(number, Capacity::ALL[*capacity]);
                one.is_present = *present;
                one.ties.extend(inside.then(|| Tie::Inside { organisation: "Atelier".to_owned() }));
                one.ties.extend(tied.then_some(Tie::IsCandidate));
                one
            }).collect();
            let there: Vec<&Juror> = jurors.iter().filter(|juror| juror.is_present).collect();
            if breaches(rules, &jurors, 1, Stage::Sitting).is_empty() {
                let outside = there.iter().filter(|juror| juror.is_outside()).count();
                prop_assert!(there.len() >= quorum as usize);
                prop_assert!(outside * 100 >= there.len() * percent as usize);
                prop_assert!(there.iter().all(|juror| !juror.ties.contains(&Tie::IsCandidate)));
                prop_assert_eq!(there.iter().filter(|juror| juror.is_chair).count(), 1);
                prop_assert!(!outside_chair || there.iter().any(|juror| juror.is_chair && juror.is_outside()));
            }
        }
    }
}
