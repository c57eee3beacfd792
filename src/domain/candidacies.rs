//! Somebody on their way to a certification: the life of a candidacy, and who may enter.

use super::calendar::{Day, Instant};
use super::certifications::{AccessRoute, Entrance, Level, Requirement};
use super::courses::Stage;
use super::ids::{CandidacyId, CertificationId, CertificationVersionId, OrganisationId, PersonId};
use super::keys::Sealed;
use super::named;
use super::text::{Name, search_key};

named! {
    CandidacyState {
        /// Being written; nobody but the candidate sees it.
        Draft = "draft",
        Submitted = "submitted",
        Eligible = "eligible",
        NotEligible = "not_eligible",
        /// In the certifying training, or waiting for a jury.
        Admitted = "admitted",
        Convened = "convened",
        Assessed = "assessed",
        Decided = "decided",
        Withdrawn = "withdrawn",
    }
}

named! {
    CandidacyStep {
        Submit = "submit",
        FindEligible = "find_eligible",
        FindNotEligible = "find_not_eligible",
        Admit = "admit",
        Convene = "convene",
        /// The jury was cancelled, or the candidate waits for another one.
        Release = "release",
        Assess = "assess",
        Decide = "decide",
        /// Another attempt, for the blocks that are missing.
        Resit = "resit",
        Withdraw = "withdraw",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a candidacy that is {from} cannot {step}")]
pub struct Illegal {
    pub from: CandidacyState,
    pub step: CandidacyStep,
}

impl CandidacyState {
    /// The whole life of a candidacy; no other line of the house chooses a state.
    pub fn step(self, step: CandidacyStep) -> Result<Self, Illegal> {
        use CandidacyState::{
            Admitted, Assessed, Convened, Decided, Draft, Eligible, NotEligible, Submitted, Withdrawn,
        };
        use CandidacyStep as Step;
        Ok(match (self, step) {
            (Draft, Step::Submit) => Submitted,
            (Submitted, Step::FindEligible) => Eligible,
            (Submitted, Step::FindNotEligible) => NotEligible,
            (Eligible, Step::Admit) | (Decided, Step::Resit) | (Convened, Step::Release) => Admitted,
            (Admitted, Step::Convene) => Convened,
            (Convened, Step::Assess) => Assessed,
            (Assessed, Step::Decide) => Decided,
            (Draft | Submitted | Eligible | Admitted | Convened | Assessed, Step::Withdraw) => Withdrawn,
            _ => return Err(Illegal { from: self, step }),
        })
    }

    /// Whether it leads on: a person has one such candidacy for a certification.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::NotEligible | Self::Withdrawn)
    }

    /// Whether there may be attempts before juries.
    pub const fn has_met_a_jury(self) -> bool {
        !matches!(self, Self::Draft | Self::Submitted | Self::Eligible | Self::NotEligible)
    }

    /// Whether the candidate may still change what they told and sent.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted)
    }
}

/// A candidacy, as decisions see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidacy {
    pub id: CandidacyId,
    pub certification: CertificationId,
    /// The version of the record that it was begun under.
    pub version: CertificationVersionId,
    pub certifier: OrganisationId,
    pub person: PersonId,
    pub state: CandidacyState,
    pub told: Told,
    pub submitted_at: Option<Instant>,
}

/// What the candidate tells of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub route: AccessRoute,
    /// The highest qualification that they hold.
    pub level: Option<Level>,
    pub motivation: String,
    /// What must be arranged for them. Why is nobody's business.
    pub accommodation: Option<Sealed>,
}

/// The longest motivation, and the longest wish for an accommodation, in characters.
pub const LONGEST_TEXT: usize = 4000;
/// Bytes of one piece, at most.
pub const LARGEST_PIECE: usize = 5_000_000;

named! {
    /// Where a piece stands.
    PieceState {
        Sent = "sent",
        Accepted = "accepted",
        /// With a reason; another one is wanted.
        Refused = "refused",
    }
}

named! {
    /// What a document is, told by its first bytes; named by its media type.
    PieceKind {
        Pdf = "application/pdf",
        Jpeg = "image/jpeg",
        Png = "image/png",
    }
}

impl PieceKind {
    /// Nothing but what a browser shows without running anything.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// What is known of a candidate when their eligibility is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub route: Option<AccessRoute>,
    pub level: Option<Level>,
    pub attended: Vec<Attended>,
    pub pieces: Vec<(Name, PieceState)>,
}

/// A session that the candidate attended, at least in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attended {
    pub stage: Stage,
    pub title: Name,
    pub day: Day,
}

/// How one condition stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Met, by that session.
    AttendedOn(Name, Day),
    /// Met, by what the candidate tells.
    HasLevel(Level),
    /// The certifier accepted the piece.
    Accepted,
    /// The piece is there, and nobody read it yet.
    ToRead,
    /// The piece was refused: another one is wanted.
    PieceRefused,
    /// The candidate tells a lower level.
    LevelBelow(Level),
    Missing,
}

impl Standing {
    pub const fn is_met(&self) -> bool {
        matches!(self, Self::AttendedOn(..) | Self::HasLevel(_) | Self::Accepted)
    }
}

/// One condition of entry, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub requirement: Requirement,
    pub standing: Standing,
}

/// Why somebody may enter, or what they lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    pub conditions: Vec<Condition>,
    /// Whether the certification is open to the route that was chosen.
    pub route_is_open: bool,
}

/// What eligibility comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Eligible,
    /// Nothing is missing but the certifier's reading.
    ToRead,
    Lacking,
}

impl Eligibility {
    /// The one function that decides who may enter.
    pub fn of(entrance: &Entrance, facts: &Facts) -> Self {
        let conditions = entrance
            .requirements
            .iter()
            .map(|requirement| Condition {
                requirement: requirement.clone(),
                standing: standing(requirement, facts),
            })
            .collect();
        Self { conditions, route_is_open: facts.route.is_some_and(|route| entrance.routes.contains(&route)) }
    }

    pub fn verdict(&self) -> Verdict {
        let all = |held: fn(&Standing) -> bool| self.conditions.iter().all(|c| held(&c.standing));
        if !self.route_is_open {
            Verdict::Lacking
        } else if all(Standing::is_met) {
            Verdict::Eligible
        } else if all(|standing| standing.is_met() || *standing == Standing::ToRead) {
            Verdict::ToRead
        } else {
            Verdict::Lacking
        }
    }
}

fn standing(requirement: &Requirement, facts: &Facts) -> Standing {
    match requirement {
        Requirement::Attended(stage) => {
            let first = facts.attended.iter().filter(|one| one.stage == *stage).min_by_key(|one| one.day);
            first.map_or(Standing::Missing, |one| Standing::AttendedOn(one.title.clone(), one.day))
        }
        Requirement::Level(wanted) => match facts.level {
            Some(level) if level >= *wanted => Standing::HasLevel(level),
            Some(level) => Standing::LevelBelow(level),
            None => Standing::Missing,
        },
        Requirement::Piece(name) => {
            let key = search_key(name.as_str());
            let sent = facts.pieces.iter().filter(|(of, _)| search_key(of.as_str()) == key);
            let states: Vec<PieceState> = sent.map(|(_, state)| *state).collect();
            if states.contains(&PieceState::Accepted) {
                Standing::Accepted
            } else if states.contains(&PieceState::Sent) {
                Standing::ToRead
            } else if states.contains(&PieceState::Refused) {
                Standing::PieceRefused
            } else {
                Standing::Missing
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Illegal(#[from] Illegal),
    #[error("there is a candidacy for this certification already")]
    Once,
    #[error("the certification is not open to this route")]
    Route,
    #[error("a text is longer than {LONGEST_TEXT} characters")]
    TextTooLong,
    #[error("something is to be arranged, and nobody is told what")]
    AccommodationMissing,
    #[error("a piece is a PDF, a JPEG or a PNG")]
    PieceKind,
    #[error("a piece has at most {LARGEST_PIECE} bytes")]
    PieceTooLarge,
    #[error("the record asks for no such piece")]
    PieceUnknown,
    #[error("nothing more can be sent: the candidacy is closed")]
    Closed,
    #[error("something is missing before it can be handed in")]
    Incomplete,
    #[error("a piece waits to be read")]
    PiecesToRead,
    #[error("something is missing: the candidate is not eligible")]
    Lacking,
    #[error("nothing is missing: the candidate is eligible")]
    NothingLacking,
    #[error("a reason is wanted")]
    ReasonMissing,
    #[error("everything was awarded, or the candidate is excluded: there is nothing to resit")]
    NothingToResit,
}

impl Told {
    pub fn check(&self, entrance: &Entrance) -> Result<(), Refusal> {
        if !entrance.routes.contains(&self.route) {
            return Err(Refusal::Route);
        }
        if self.motivation.chars().count() > LONGEST_TEXT { Err(Refusal::TextTooLong) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn entrance(requirements: Vec<Requirement>) -> Entrance {
        Entrance {
            code: "RNCP99999".parse().unwrap(),
            title: "Chef de projet IA".parse().unwrap(),
            routes: vec![AccessRoute::Continuing],
            requirements,
        }
    }

    fn all_three() -> Entrance {
        entrance(vec![
            Requirement::Attended(Stage::Awareness),
            Requirement::Level("5".parse().unwrap()),
            Requirement::Piece("Curriculum vitæ".parse().unwrap()),
        ])
    }

    fn complete() -> Facts {
        let attended = |title: &str, on| Attended {
            stage: Stage::Awareness,
            title: title.parse().unwrap(),
            day: day(on),
        };
        Facts {
            route: Some(AccessRoute::Continuing),
            level: "6".parse().ok(),
            attended: vec![attended("Plus tard", "2026-06-01"), attended("Comprendre l’IA", "2026-03-12")],
            pieces: vec![("curriculum vitae".parse().unwrap(), PieceState::Accepted)],
        }
    }

    fn standings(facts: &Facts) -> Vec<Standing> {
        Eligibility::of(&all_three(), facts).conditions.into_iter().map(|c| c.standing).collect()
    }

    #[test]
    fn who_meets_every_condition_is_eligible_and_the_answer_says_by_what() {
        let answer = Eligibility::of(&all_three(), &complete());
        assert_eq!(answer.verdict(), Verdict::Eligible);
        assert_eq!(
            standings(&complete()),
            [
                Standing::AttendedOn("Comprendre l’IA".parse().unwrap(), day("2026-03-12")),
                Standing::HasLevel("6".parse().unwrap()),
                Standing::Accepted,
            ]
        );
        let open = entrance(Vec::new());
        assert_eq!(Eligibility::of(&open, &complete()).verdict(), Verdict::Eligible);
    }

    type Change = fn(&mut Facts);

    #[test]
    fn each_lack_is_named_and_none_lets_anybody_in() {
        let nothing = Facts { route: Some(AccessRoute::Continuing), ..Facts::default() };
        assert_eq!(standings(&nothing), vec![Standing::Missing; 3]);
        let cases: [(Change, usize, Standing); 4] = [
            (|f| f.attended.iter_mut().for_each(|a| a.stage = Stage::Practice), 0, Standing::Missing),
            (|f| f.level = "4".parse().ok(), 1, Standing::LevelBelow("4".parse().unwrap())),
            (|f| f.pieces[0].1 = PieceState::Refused, 2, Standing::PieceRefused),
            (|f| f.pieces.clear(), 2, Standing::Missing),
        ];
        for (change, at, expected) in cases {
            let mut facts = complete();
            change(&mut facts);
            assert_eq!(standings(&facts)[at], expected);
            assert_eq!(Eligibility::of(&all_three(), &facts).verdict(), Verdict::Lacking);
        }
        let mut unread = complete();
        unread.pieces[0].1 = PieceState::Sent;
        assert_eq!(Eligibility::of(&all_three(), &unread).verdict(), Verdict::ToRead);
        // Another one was sent in place of what was refused.
        unread.pieces.push(("Curriculum vitæ".parse().unwrap(), PieceState::Refused));
        assert_eq!(Eligibility::of(&all_three(), &unread).verdict(), Verdict::ToRead);
        let by_vae = Facts { route: Some(AccessRoute::Vae), ..complete() };
        assert_eq!(Eligibility::of(&all_three(), &by_vae).verdict(), Verdict::Lacking);
    }

    #[test]
    fn documents_are_known_by_what_they_are() {
        assert_eq!(PieceKind::of(b"%PDF-1.7"), Some(PieceKind::Pdf));
        assert_eq!(PieceKind::of(b"<html><script>"), None);
        assert_eq!(PieceKind::of(b""), None);
    }

    proptest! {
        #[test]
        fn a_life_keeps_to_its_table(steps in proptest::collection::vec(0usize..CandidacyStep::ALL.len(), 0..20)) {
            let mut state = CandidacyState::Draft;
            for at in steps {
                let step = CandidacyStep::ALL[at];
                match state.step(step) {
                    Ok(next) => {
                        prop_assert!(state.is_live(), "{} goes on to {}", state, next);
                        prop_assert!(next != CandidacyState::Draft);
                        prop_assert_eq!(next == CandidacyState::Withdrawn, step == CandidacyStep::Withdraw);
                        state = next;
                    }
                    Err(illegal) => prop_assert_eq!(illegal, Illegal { from: state, step }),
                }
            }
        }
    }
}
