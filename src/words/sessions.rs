//! Sessions: states, seats, refusals.

use super::{Language, Words};
use crate::domain::sessions::{MOST_SEATS, MOST_SLOTS, Refusal, SessionState};

impl Words {
    pub const fn session_state(self, state: SessionState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, SessionState::Draft) => "Brouillon",
            (Language::Fr, SessionState::Published) => "Publiée",
            (Language::Fr, SessionState::Confirmed) => "Maintenue",
            (Language::Fr, SessionState::Running) => "En cours",
            (Language::Fr, SessionState::Closed) => "Close",
            (Language::Fr, SessionState::Cancelled) => "Annulée",
            (Language::En, SessionState::Draft) => "Draft",
            (Language::En, SessionState::Published) => "Published",
            (Language::En, SessionState::Confirmed) => "Going ahead",
            (Language::En, SessionState::Running) => "Running",
            (Language::En, SessionState::Closed) => "Closed",
            (Language::En, SessionState::Cancelled) => "Cancelled",
        }
    }

    pub fn seats_left(self, seats: u32) -> String {
        match (self.0, seats) {
            (Language::Fr, 0) => "Complet".into(),
            (Language::Fr, 1) => "Plus qu’une place".into(),
            (Language::Fr, n) => format!("{n}\u{a0}places libres"),
            (Language::En, 0) => "Full".into(),
            (Language::En, 1) => "One seat left".into(),
            (Language::En, n) => format!("{n} seats left"),
        }
    }

    pub fn session_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Illegal(illegal) => self.say(
                format!("Cette session est «\u{a0}{}\u{a0}»\u{a0}: cette étape n’est plus possible, ou pas encore.", self.session_state(illegal.from).to_lowercase()),
                format!("This session is “{}”: this step is not possible any more, or not yet.", self.session_state(illegal.from).to_lowercase()),
            ),
            Refusal::NoSlot => self.say("Indiquez au moins une demi-journée.", "Give at least one half-day."),
            Refusal::TooManySlots => self.say(
                format!("Une session compte au plus {MOST_SLOTS} demi-journées."),
                format!("A session has at most {MOST_SLOTS} half-days."),
            ),
            Refusal::SlotEndsBeforeStart => self.say(
                "Une demi-journée se termine avant d’avoir commencé\u{a0}: vérifiez les heures.",
                "A half-day ends before it starts: check the times.",
            ),
            Refusal::SlotsOverlap => self.say("Deux demi-journées se chevauchent.", "Two half-days overlap."),
            Refusal::TimeNever => self.say(
                "Cette heure n’existe pas ce jour-là\u{a0}: on passe à l’heure d’été.",
                "This time does not exist on that day: the clocks go forward.",
            ),
            Refusal::TimeTwice => self.say(
                "Cette heure existe deux fois ce jour-là\u{a0}: on passe à l’heure d’hiver. Décalez d’une heure.",
                "This time exists twice on that day: the clocks go back. Move it by an hour.",
            ),
            Refusal::Capacity => self.say(
                format!("Le nombre de places va de 1 à {}.", self.number(i64::from(MOST_SEATS))),
                format!("The number of seats goes from 1 to {}.", self.number(i64::from(MOST_SEATS))),
            ),
            Refusal::MinimumAboveCapacity => self.say(
                "Le minimum pour maintenir la session dépasse le nombre de places.",
                "The minimum for the session to go ahead is above the number of seats.",
            ),
            Refusal::BelowHeld { held } => self.say(
                format!("{held}\u{a0}places sont déjà prises ou réservées\u{a0}: la capacité ne peut pas descendre plus bas."),
                format!("{held} seats are taken or set aside already: the capacity cannot go lower."),
            ),
            Refusal::DeadlineAfterStart => self.say(
                "La date limite d’inscription tombe après le début de la session.",
                "The enrolment deadline lies after the start of the session.",
            ),
            Refusal::Past => self.say("Cette session commence dans le passé\u{a0}: changez ses dates.", "This session starts in the past: change its dates."),
            Refusal::NoVenue => self.say(
                "Dites où se tient la session\u{a0}: une adresse, ou un lien de visioconférence.",
                "Say where the session is held: an address, or a video link.",
            ),
            Refusal::NotBegun => self.say("La session n’a pas encore commencé.", "The session has not begun yet."),
            Refusal::NotEnded => self.say("La session n’est pas terminée.", "The session has not ended."),
            Refusal::MarksMissing { missing } => self.say(
                format!("Il manque {missing} présence(s) à noter avant de clore la session."),
                format!("{missing} mark(s) are missing before the session can be closed."),
            ),
            Refusal::PlanFrozen => self.say(
                "Une session en cours, close ou annulée ne se modifie plus.",
                "A session that is running, closed or cancelled is not changed any more.",
            ),
            Refusal::ReasonMissing => self.say("Dites pourquoi, en quelques mots.", "Say why, in a few words."),
            Refusal::ForeignTrainer => self.say(
                "Cette personne n’est pas formatrice de votre organisme.",
                "This person is not a trainer of your training body.",
            ),
        }
    }
}
