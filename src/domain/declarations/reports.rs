//! What the State answers to a file, and what becomes of each passage.

use super::values::{FlowId, TechnicalId};
use super::{DeclarationStep, Refusal};
use crate::named;
use crate::text::search_key;
use std::collections::{BTreeMap, BTreeSet};

/// A report as it was read: texts as they stood, nothing believed yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The name of the file that it answers.
    pub file_name: Option<String>,
    /// The number of the file that it answers.
    pub flow: String,
    /// The number that the State gave to its work.
    pub processing: Option<String>,
    /// Technical numbers.
    pub accepted: Vec<String>,
    pub rejected: Vec<RejectedPassage>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RejectedPassage {
    pub id: String,
    pub messages: Vec<String>,
}

named! {
    ReasonKind {
        /// Nobody was found: birth name, first name, date and place are to be confirmed.
        Identity = "rejected_identity",
        /// Several were found: further first names and the birthplace tell them apart.
        Ambiguous = "rejected_ambiguous",
        Other = "rejected_other",
    }
}

/// Why a passage was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub kind: ReasonKind,
    /// In the words of the State.
    pub text: String,
}

/// What the State says of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    /// It had it already, which is as good.
    KnownAlready,
    Rejected(Vec<Reason>),
}

impl Answer {
    /// What the messages of a passage that was not taken come to. Who is known already is accepted, unless something
    /// else was said as well.
    fn of_messages(messages: &[String]) -> Self {
        let known = |text: &String| search_key(text).contains("existe deja en base");
        if !messages.is_empty() && messages.iter().all(known) {
            return Self::KnownAlready;
        }
        let reason = |text: &String| {
            let key = search_key(text);
            let kind = if key.contains("aucun titulaire ne correspond") {
                ReasonKind::Identity
            } else if key.contains("plusieurs titulaires ont ete identifies") {
                ReasonKind::Ambiguous
            } else {
                ReasonKind::Other
            };
            Reason { kind, text: text.clone() }
        };
        Self::Rejected(messages.iter().map(reason).collect())
    }

    /// What it does to the declaration.
    pub fn step(&self) -> DeclarationStep {
        match self {
            Self::Accepted | Self::KnownAlready => DeclarationStep::Accept,
            Self::Rejected(_) => DeclarationStep::Reject,
        }
    }
}

/// A report that was found to answer a file of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// In the order of the technical numbers.
    pub answered: Vec<(TechnicalId, Answer)>,
    /// Passages of the file of which the report says nothing: they stay deposited.
    pub unanswered: Vec<TechnicalId>,
}

impl Report {
    /// What it says of a file and the passages `sent` in it. The number of the file comes first: a report of another
    /// file is refused before any passage is looked at, and one that speaks of a passage unknown to the file is refused
    /// as a whole.
    pub fn answers(&self, flow: &FlowId, sent: &BTreeSet<TechnicalId>) -> Result<Answers, Refusal> {
        if self.flow != flow.as_str() {
            return Err(Refusal::OtherFile { flow: self.flow.clone() });
        }
        let accepted = self.accepted.iter().map(|id| (id, Answer::Accepted));
        let rejected = self.rejected.iter().map(|one| (&one.id, Answer::of_messages(&one.messages)));
        let ours: BTreeMap<&str, &TechnicalId> = sent.iter().map(|id| (id.as_str(), id)).collect();
        let mut answered = BTreeMap::new();
        for (id, answer) in accepted.chain(rejected) {
            let Some(id) = ours.get(id.as_str()) else {
                return Err(Refusal::UnknownPassage { id: id.clone() });
            };
            if answered.insert((*id).clone(), answer).is_some() {
                return Err(Refusal::AnsweredTwice((*id).clone()));
            }
        }
        let unanswered = sent.iter().filter(|id| !answered.contains_key(*id)).cloned().collect();
        Ok(Answers { answered: answered.into_iter().collect(), unanswered })
    }
}

/// Why a file is no report that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableReport {
    #[error("the report has more than {most} bytes")]
    TooLarge { most: usize },
    #[error("the report is not written in UTF-8")]
    NotUtf8,
    #[error("the report defines a document type, which none needs")]
    Doctype,
    #[error("the report calls for an entity that is not one of the five of XML")]
    Entity,
    #[error("the report is not well formed")]
    Damaged,
    #[error("this is no processing report")]
    NotAReport,
    #[error("the report does not say which file it answers")]
    NoFlow,
    #[error("a passage of the report bears no technical number")]
    NoPassageId,
    #[error("the report speaks of more passages than a file has")]
    TooMany,
    #[error("a text of the report has more than {most} characters")]
    LongText { most: usize },
}
