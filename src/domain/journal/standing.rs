//! What stands in the tables of a session or of a jury, against what its chain of the journal tells.
//!
//! Pages, closings and letters read tables, and a table can be written to past us. Whatever counts as proof
//! there has its line: the lines are gone through in order, and what they leave standing must be there, the
//! same, and nothing beside it.

use super::{Row, Secret, SecretName, evidence};
use crate::attendance::Presence;
use std::collections::HashMap;
use std::fmt;

/// Kinds of lines that tell what stands.
pub mod kinds {
    pub const SESSION: &str = "session";
    pub const PLAN: &str = "plan";
    /// What happens to a place.
    pub const ENROLMENT: &str = "enrolment";
    /// The same, when it follows from a seat that an employer passes on to a colleague.
    pub const SUBSTITUTION: &str = "substitution";
    pub const MARK: &str = "mark";
    pub const CORRECTION: &str = "correction";
    pub const SIGNATURE: &str = "signature";
    pub const ASKED: &str = "signature_asked";
    pub const WAIVER: &str = "waiver";
    pub const COUNTERSIGNATURE: &str = "countersignature";
    /// A version of the minutes of a jury.
    pub const MINUTES: &str = "minutes";
    /// What a jury decided of one candidate.
    pub const DECISION: &str = "decision";

    /// Whether the evidence of such lines is numbers and hours only, so that nobody is ever erased from it.
    pub fn names_nobody(kind: &str) -> bool {
        matches!(kind, SESSION | PLAN | COUNTERSIGNATURE)
    }
}

/// The state after a signature that does not count any more.
pub const WITHDRAWN: &str = "withdrawn";
/// The state after a session that was taken away.
pub const DELETED: &str = "deleted";

super::super::named! {
    /// What a fact is of.
    About {
        Session = "state of the session",
        Slot = "time of the half-day",
        Enrolment = "state of the enrolment",
        Minutes = "time followed",
        Presence = "presence",
        Asked = "late signing",
        Signature = "signature",
        Waiver = "waiver",
        Word = "countersignature",
        JuryMinutes = "sealed minutes",
        Decision = "decision",
    }
}

/// Something that stands in a table, as its line of the journal would tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub about: About,
    pub reference: String,
    pub stands: String,
    /// When it came to stand, as [`super::moment`] writes it, and who did it; where the table keeps that.
    pub at: Option<String>,
    pub by: Option<i64>,
    /// The text that its line keeps apart.
    pub secret: Option<(SecretName, String)>,
}

/// The first thing in a session's tables that its chain tells otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub chain: String,
    pub about: About,
    pub reference: String,
    pub how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is not what this row of the journal tells.
    Altered(i64),
    /// This row tells of it, and it is not there.
    Gone(i64),
    /// No row tells of it.
    Added,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chain, about, reference, how } = self;
        write!(f, "the {about} of {reference} (chain {chain}) ")?;
        match how {
            How::Altered(row) => write!(f, "is not what row {row} of the journal tells"),
            How::Gone(row) => write!(f, "is gone, and row {row} of the journal tells of it"),
            How::Added => f.write_str("is not told by the journal"),
        }
    }
}

/// What one line left standing.
#[derive(Debug)]
struct Told {
    row: i64,
    stands: String,
    at: String,
    by: Option<i64>,
    secrets: Vec<Proved>,
}

/// A text of a line: its digest, and its salt until that is erased.
#[derive(Debug)]
struct Proved {
    name: SecretName,
    digest: String,
    salt: Option<String>,
}

/// What the lines of one chain tell, as far as they were heard.
#[derive(Debug, Default)]
pub struct Testimony(HashMap<(About, String), Vec<Told>>);

impl Testimony {
    /// Hears the next line.
    pub fn hear(&mut self, row: &Row) {
        let Some(to) = row.to.as_deref() else { return };
        match row.kind.as_str() {
            kinds::SESSION if to == DELETED => self.0.clear(),
            kinds::SESSION => {
                self.stands(About::Session, row, to);
                self.listed(row);
            }
            kinds::PLAN => self.listed(row),
            kinds::ENROLMENT | kinds::SUBSTITUTION => self.stands(About::Enrolment, row, to),
            kinds::MARK => self.stands(About::Presence, row, to),
            kinds::CORRECTION => {
                self.stands(About::Presence, row, to);
                self.corrected(row);
            }
            kinds::ASKED => self.stands(About::Asked, row, to),
            kinds::WAIVER => self.stands(About::Waiver, row, to),
            kinds::MINUTES => self.stands(About::JuryMinutes, row, to),
            kinds::DECISION => self.stands(About::Decision, row, to),
            kinds::SIGNATURE if to == WITHDRAWN => self.withdrawn(row),
            kinds::SIGNATURE => self.also(About::Signature, row, to),
            kinds::COUNTERSIGNATURE => self.also(About::Word, row, to),
            _ => {}
        }
    }

    /// In place of what stood there.
    fn stands(&mut self, about: About, row: &Row, to: &str) {
        self.0.insert((about, row.reference.clone()), vec![Told::by(row, to)]);
    }

    /// Beside what stood there.
    fn also(&mut self, about: About, row: &Row, to: &str) {
        self.0.entry((about, row.reference.clone())).or_default().push(Told::by(row, to));
    }

    fn withdrawn(&mut self, row: &Row) {
        let known = self.0.entry((About::Signature, row.reference.clone())).or_default();
        if let Some(last) = known.last_mut() {
            last.row = row.id;
            WITHDRAWN.clone_into(&mut last.stands);
            row.at.clone_into(&mut last.at);
        }
    }

    /// The half-days of a plan or of a closing, which counts minutes too.
    fn listed(&mut self, row: &Row) {
        let Some(text) = row.secrets.iter().find(|s| s.name == SecretName::Evidence).map(|s| &s.text) else {
            return;
        };
        self.0.retain(|(about, _), _| *about != About::Slot);
        for (reference, said) in evidence::read(text) {
            let about = if reference.starts_with("slot:") { About::Slot } else { About::Minutes };
            let told = Told { secrets: Vec::new(), ..Told::by(row, said) };
            self.0.insert((about, reference.to_owned()), vec![told]);
        }
    }

    /// The minutes that somebody followed move with one half-day of them.
    fn corrected(&mut self, row: &Row) {
        let minutes = |text: &Option<String>| {
            text.as_deref().and_then(|text| text.parse::<Presence>().ok()).map_or(0, |p| i64::from(p.minutes))
        };
        let moved = minutes(&row.to) - minutes(&row.from);
        let who = row.reference.split('/').next().unwrap_or_default();
        let known = self.0.get_mut(&(About::Minutes, who.to_owned())).and_then(|told| told.last_mut());
        if let Some(told) = known.filter(|_| moved != 0) {
            told.row = row.id;
            told.stands = (told.stands.parse().unwrap_or(0) + moved).to_string();
        }
    }

    /// Compares with what stands; the facts of one thing come in the order of their lines.
    pub fn against(&self, chain: &str, facts: &[Fact]) -> Option<Difference> {
        let mut seen: HashMap<(About, &str), usize> = HashMap::new();
        let differs = |about, reference: &str, how| Difference {
            chain: chain.to_owned(),
            about,
            reference: reference.to_owned(),
            how,
        };
        for fact in facts {
            let known = self.0.get(&(fact.about, fact.reference.clone())).map_or(&[][..], Vec::as_slice);
            let place = seen.entry((fact.about, &fact.reference)).or_default();
            match known.get(*place) {
                Some(told) if told.is(fact) => *place += 1,
                Some(told) => return Some(differs(fact.about, &fact.reference, How::Altered(told.row))),
                None if self.tells(fact.about) => {
                    return Some(differs(fact.about, &fact.reference, How::Added));
                }
                None => {}
            }
        }
        let gone = self.0.iter().filter_map(|((about, reference), told)| {
            let told = told.get(seen.get(&(*about, reference.as_str())).copied().unwrap_or(0))?;
            Some((told.row, *about, reference))
        });
        let (row, about, reference) = gone.min()?;
        Some(differs(about, reference, How::Gone(row)))
    }

    /// Whether each fact of this sort has its line. State and times are told from the planning on: a chain
    /// without it tells nothing of them.
    fn tells(&self, about: About) -> bool {
        !matches!(about, About::Session | About::Slot) || self.0.keys().any(|(known, _)| *known == about)
    }
}

impl Told {
    fn by(row: &Row, stands: &str) -> Self {
        let proved = |name: &SecretName| {
            let salt = row.secrets.iter().find(|secret| secret.name == *name).map(|s| s.salt.clone());
            Some(Proved { name: *name, digest: row.digest_of(*name)?.to_owned(), salt })
        };
        Self {
            row: row.id,
            stands: stands.to_owned(),
            at: row.at.clone(),
            by: row.account,
            secrets: SecretName::ALL.iter().filter_map(proved).collect(),
        }
    }

    fn is(&self, fact: &Fact) -> bool {
        self.stands == fact.stands
            && fact.at.as_ref().is_none_or(|at| *at == self.at)
            && fact.by.is_none_or(|by| Some(by) == self.by)
            && fact.secret.as_ref().is_none_or(|(name, text)| self.proves(*name, text))
    }

    /// What was erased proves nothing, and accuses nobody: its absence is counted.
    fn proves(&self, name: SecretName, text: &str) -> bool {
        self.secrets.iter().find(|proved| proved.name == name).is_some_and(|proved| {
            proved.salt.as_ref().is_none_or(|salt| {
                Secret { name, salt: salt.clone(), text: text.to_owned() }.digest() == proved.digest
            })
        })
    }
}
