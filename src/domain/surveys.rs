//! What people say of a course: the questions, when they are asked, and what may be shown of the answers.

use super::calendar::Instant;
use super::ids::{CourseId, QuestionId, SessionId};
use super::named;
use super::text::Language;
use std::collections::BTreeMap;

named! {
    Moment {
        /// When the session closes (à chaud).
        Hot = "hot",
        /// Weeks later, when what was learnt has met the work (à froid).
        Cold = "cold",
    }
}

named! {
    Audience {
        Trainee = "trainee",
        Employer = "employer",
    }
}

named! {
    QuestionKind {
        /// From 1, not at all, to 5, entirely.
        Scale = "scale",
        YesNo = "yes_no",
        Text = "text",
    }
}

/// A set of questions: when it is asked, and of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Inquiry {
    pub moment: Moment,
    pub audience: Audience,
}

impl Inquiry {
    pub const HOT: Self = Self { moment: Moment::Hot, audience: Audience::Trainee };
    pub const COLD: Self = Self { moment: Moment::Cold, audience: Audience::Trainee };
    pub const EMPLOYER: Self = Self { moment: Moment::Cold, audience: Audience::Employer };
    /// The sets that a course has.
    pub const ALL: [Self; 3] = [Self::HOT, Self::COLD, Self::EMPLOYER];

    pub const fn name(self) -> &'static str {
        match (self.moment, self.audience) {
            (Moment::Hot, _) => "a-chaud",
            (Moment::Cold, Audience::Trainee) => "a-froid",
            (Moment::Cold, Audience::Employer) => "employeurs",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|inquiry| inquiry.name() == name)
    }
}

/// Days from the closing to the reminder of a hot survey, and to its end.
const HOT_DAYS: (i64, i64) = (7, 30);
/// Days from the last half-day to a cold survey, to its reminder, and to its end.
pub const COLD_DAYS: (i64, i64, i64) = (60, 75, 90);
/// Nobody is reminded of what they were asked less than so many days ago.
const REST_DAYS: i64 = 7;

/// When a survey is asked, recalled and over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub opens_at: Instant,
    pub remind_at: Instant,
    pub until: Instant,
}

impl Moment {
    /// The window of a session that ended at a moment, for a survey that leaves `now`. None before its
    /// day, and when its end has passed: a session may be closed late.
    pub fn window(self, ended: Instant, now: Instant) -> Option<Window> {
        let window = match self {
            Self::Hot => Window {
                opens_at: now,
                remind_at: now.plus_days(HOT_DAYS.0),
                until: now.plus_days(HOT_DAYS.1),
            },
            Self::Cold => Window {
                opens_at: ended.plus_days(COLD_DAYS.0),
                remind_at: ended.plus_days(COLD_DAYS.1).max(now.plus_days(REST_DAYS)),
                until: ended.plus_days(COLD_DAYS.2),
            },
        };
        (window.opens_at <= now && now < window.until).then_some(window)
    }
}

/// A question as it is written, in both languages; the English one may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub kind: QuestionKind,
    pub fr: String,
    pub en: String,
}

impl Wording {
    /// The longest question, in characters.
    pub const MAX: usize = 300;

    pub fn check(&self) -> Result<(), Refusal> {
        if self.fr.trim().is_empty() {
            return Err(Refusal::QuestionMissing);
        }
        if [&self.fr, &self.en].iter().any(|text| text.chars().count() > Self::MAX) {
            return Err(Refusal::QuestionTooLong);
        }
        Ok(())
    }

    /// What a reader sees, and in which language it is.
    pub fn told(&self, language: Language) -> (&str, Language) {
        match language {
            Language::En if !self.en.is_empty() => (&self.en, Language::En),
            Language::En | Language::Fr => (&self.fr, Language::Fr),
        }
    }
}

/// The most questions of one set.
pub const MOST_QUESTIONS: usize = 12;

/// A question of a course. It is never changed: another one takes its place, and the answers stay with
/// the one that they were given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: QuestionId,
    pub course: CourseId,
    pub inquiry: Inquiry,
    pub position: i32,
    pub wording: Wording,
    pub is_retired: bool,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// 1 to 5; for yes and no, 1 and 0.
    Rating(i32),
    Text(String),
}

impl Said {
    /// The longest free text, in characters.
    pub const MAX: usize = 2000;
}

impl Question {
    /// Reads an answer as the form brings it; none when it was left blank.
    pub fn read(&self, typed: &str) -> Result<Option<Said>, Refusal> {
        let typed = typed.trim();
        let rating = match (self.wording.kind, typed) {
            (QuestionKind::Text, _) if typed.chars().count() > Said::MAX => return Err(Refusal::TextTooLong),
            (QuestionKind::Text, text) => return Ok((!text.is_empty()).then(|| Said::Text(text.to_owned()))),
            (QuestionKind::YesNo, "oui") => Some(1),
            (QuestionKind::YesNo, "non") => Some(0),
            (QuestionKind::YesNo, _) => None,
            (QuestionKind::Scale, typed) => typed.parse().ok().filter(|mark| (1..=5).contains(mark)),
        };
        Ok(rating.map(Said::Rating))
    }
}

/// Pairs every question of a form with what was said to it. A question that was retired while the form
/// lay open counts if it was answered; at least one must be.
pub fn answers(
    questions: &[Question],
    typed: &BTreeMap<QuestionId, String>,
) -> Result<Vec<(QuestionId, Option<Said>)>, Refusal> {
    let mut all = Vec::new();
    for question in questions {
        let said = typed.get(&question.id).map_or(Ok(None), |text| question.read(text))?;
        if said.is_some() || !question.is_retired {
            all.push((question.id, said));
        }
    }
    if all.iter().all(|(_, said)| said.is_none()) {
        return Err(Refusal::Nothing);
    }
    Ok(all)
}

/// The fewest people of a group whose answers are shown.
pub const FEWEST: i64 = 5;

/// The sessions whose answers to one question may be shown together, by how many were given it in each.
/// Where the small groups are too few even together they are left out: else the sum, less what the
/// page of each large one shows, would tell them.
pub fn shown_together(asked: &BTreeMap<SessionId, i64>) -> Vec<SessionId> {
    let of_small: i64 = asked.values().filter(|people| **people < FEWEST).sum();
    let is_shown = |people: i64| people >= FEWEST || of_small >= FEWEST;
    asked.iter().filter(|(_, people)| is_shown(**people)).map(|(session, _)| *session).collect()
}

/// How the ratings of a question are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread(BTreeMap<i32, i64>);

impl Spread {
    pub fn add(&mut self, rating: i32, people: i64) {
        *self.0.entry(rating).or_default() += people;
    }

    pub fn of(&self, rating: i32) -> i64 {
        self.0.get(&rating).copied().unwrap_or(0)
    }

    pub fn answered(&self) -> i64 {
        self.0.values().sum()
    }

    /// In tenths, rounded.
    pub fn mean(&self) -> Option<i64> {
        let answered = self.answered();
        let sum: i64 = self.0.iter().map(|(rating, people)| i64::from(*rating) * people).sum();
        (answered > 0).then(|| (sum * 20 + answered) / (answered * 2))
    }
}

/// The nearest whole number of hundredths; none of nothing.
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 200 + whole) / (whole * 2))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("it was answered already")]
    Answered,
    #[error("its time is over")]
    Over,
    #[error("nothing was answered")]
    Nothing,
    #[error("a text is too long")]
    TextTooLong,
    #[error("a question says something")]
    QuestionMissing,
    #[error("the question is too long")]
    QuestionTooLong,
    #[error("the set has enough questions")]
    TooManyQuestions,
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Zone;
    use super::*;

    fn day(iso: &str) -> Instant {
        Zone::PARIS.instant(iso.parse().unwrap(), "17:00".parse().unwrap()).unwrap()
    }

    fn question(id: i64, kind: QuestionKind, is_retired: bool) -> Question {
        Question {
            id: QuestionId(id),
            course: CourseId(1),
            inquiry: Inquiry::HOT,
            position: 1,
            wording: Wording { kind, fr: "Utile\u{202f}?".into(), en: String::new() },
            is_retired,
        }
    }

    #[test]
    fn the_hot_survey_opens_at_the_closing_for_thirty_days() {
        let (ended, closed) = (day("2026-03-02"), day("2026-03-04"));
        let window = Moment::Hot.window(ended, closed).unwrap();
        assert_eq!((window.opens_at, window.remind_at), (closed, closed.plus_days(7)));
        assert_eq!(window.until, closed.plus_days(30));
    }

    #[test]
    fn the_cold_survey_leaves_sixty_days_after_the_last_half_day_and_ends_at_ninety() {
        let ended = day("2026-06-01");
        let after = |days| Moment::Cold.window(ended, ended.plus_days(days));
        assert_eq!(after(59), None);
        assert_eq!(after(60).map(|w| w.remind_at), Some(ended.plus_days(75)));
        assert_eq!(after(60).map(|w| w.until), Some(ended.plus_days(90)));
        assert_eq!(after(80).map(|w| w.remind_at), Some(ended.plus_days(87)), "not the day after");
        assert_eq!(after(90), None);
    }

    #[test]
    fn an_answer_is_read_by_the_kind_of_its_question() {
        let read = |kind, typed| question(1, kind, false).read(typed);
        assert_eq!(read(QuestionKind::Scale, "4"), Ok(Some(Said::Rating(4))));
        assert_eq!(read(QuestionKind::Scale, "6"), Ok(None));
        assert_eq!(read(QuestionKind::YesNo, "non"), Ok(Some(Said::Rating(0))));
        assert_eq!(read(QuestionKind::YesNo, "4"), Ok(None));
        assert_eq!(read(QuestionKind::Text, " Merci. "), Ok(Some(Said::Text("Merci.".into()))));
        assert_eq!(read(QuestionKind::Text, " "), Ok(None));
        assert_eq!(read(QuestionKind::Text, &"a".repeat(2001)), Err(Refusal::TextTooLong));
    }

    #[test]
    fn a_blank_form_is_refused_and_a_blank_question_is_not() {
        let asked = [
            question(1, QuestionKind::Scale, false),
            question(2, QuestionKind::Text, false),
            question(3, QuestionKind::Scale, true),
            question(4, QuestionKind::Scale, true),
        ];
        let typed = |given: &[(i64, &str)]| -> BTreeMap<QuestionId, String> {
            given.iter().map(|(id, text)| (QuestionId(*id), (*text).to_owned())).collect()
        };
        assert_eq!(answers(&asked, &typed(&[(2, "  ")])), Err(Refusal::Nothing));
        let kept = answers(&asked, &typed(&[(1, "5"), (3, "2"), (9, "1")])).unwrap();
        let (five, two) = (Some(Said::Rating(5)), Some(Said::Rating(2)));
        assert_eq!(kept, [(QuestionId(1), five), (QuestionId(2), None), (QuestionId(3), two)]);
    }

    #[test]
    fn no_difference_of_two_pages_tells_a_small_group() {
        let shown = |people: &[i64]| -> Vec<i64> {
            let asked = (1..).map(SessionId).zip(people.iter().copied()).collect();
            shown_together(&asked).into_iter().map(|session| session.0).collect()
        };
        assert_eq!(shown(&[4]), Vec::<i64>::new());
        assert_eq!(shown(&[5]), [1]);
        assert_eq!(shown(&[9, 2]), [1], "eleven less nine would tell the two");
        assert_eq!(shown(&[9, 2, 3]), [1, 2, 3]);
        assert_eq!(shown(&[2, 3]), [1, 2]);
    }

    #[test]
    fn figures_are_rounded_once() {
        let mut spread = Spread::default();
        assert_eq!(spread.mean(), None);
        spread.add(4, 2);
        spread.add(5, 1);
        assert_eq!((spread.mean(), spread.answered(), spread.of(3)), (Some(43), 3, 0));
        assert_eq!((percent(2, 3), percent(1, 8), percent(0, 0)), (Some(67), Some(13), None));
    }

    #[test]
    fn a_question_without_english_is_told_in_french() {
        let question = question(1, QuestionKind::Scale, false);
        assert_eq!(question.wording.told(Language::En).1, Language::Fr);
        assert_eq!(Wording { fr: " ".into(), ..question.wording }.check(), Err(Refusal::QuestionMissing));
    }
}
