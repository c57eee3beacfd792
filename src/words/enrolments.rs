//! Enrolments: states, ranks, refusals.

use super::{Language, Words};
use crate::domain::enrolments::{EnrolmentState, Refusal};

impl Words {
    pub const fn enrolment_state(self, state: EnrolmentState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, EnrolmentState::Requested) => "Demande à approuver",
            (Language::Fr, EnrolmentState::Waiting) => "En attente",
            (Language::Fr, EnrolmentState::Offered) => "Place proposée",
            (Language::Fr, EnrolmentState::Confirmed) => "Place confirmée",
            (Language::Fr, EnrolmentState::Refused) => "Demande refusée",
            (Language::Fr, EnrolmentState::Expired) => "Demande expirée",
            (Language::Fr, EnrolmentState::Declined) => "Place déclinée",
            (Language::Fr, EnrolmentState::Cancelled) => "Inscription annulée",
            (Language::Fr, EnrolmentState::Transferred) => "Reportée sur une autre session",
            (Language::Fr, EnrolmentState::Attended) => "A suivi la session",
            (Language::Fr, EnrolmentState::PartlyAttended) => "A suivi une partie",
            (Language::Fr, EnrolmentState::Absent) => "N’est pas venu",
            (Language::En, EnrolmentState::Requested) => "To be approved",
            (Language::En, EnrolmentState::Waiting) => "Waiting",
            (Language::En, EnrolmentState::Offered) => "Seat offered",
            (Language::En, EnrolmentState::Confirmed) => "Seat confirmed",
            (Language::En, EnrolmentState::Refused) => "Request refused",
            (Language::En, EnrolmentState::Expired) => "Request expired",
            (Language::En, EnrolmentState::Declined) => "Seat declined",
            (Language::En, EnrolmentState::Cancelled) => "Enrolment cancelled",
            (Language::En, EnrolmentState::Transferred) => "Moved to another session",
            (Language::En, EnrolmentState::Attended) => "Attended",
            (Language::En, EnrolmentState::PartlyAttended) => "Attended in part",
            (Language::En, EnrolmentState::Absent) => "Did not come",
        }
    }

    pub fn enrolment_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Illegal(illegal) => self.say(
                format!("Cette inscription est «\u{a0}{}\u{a0}»\u{a0}: cette étape n’est plus possible.", self.enrolment_state(illegal.from).to_lowercase()),
                format!("This enrolment is “{}”: this step is not possible any more.", self.enrolment_state(illegal.from).to_lowercase()),
            ),
            Refusal::NotOpen => self.say("Cette session n’est pas ouverte aux inscriptions.", "This session is not open for enrolment."),
            Refusal::TooLate => self.say(
                "La date limite d’inscription est passée\u{a0}: adressez-vous à l’organisme de formation.",
                "The enrolment deadline has passed: please ask the training body.",
            ),
            Refusal::Twice => self.say("Cette personne est déjà inscrite à cette session.", "This person is in this session already."),
            Refusal::Nobody => self.say("Choisissez au moins une personne.", "Choose at least one person."),
            Refusal::TooMany { most } => self.say(
                format!("On inscrit au plus {most} personnes à la fois."),
                format!("At most {most} people are enrolled at once."),
            ),
            Refusal::Full => self.say(
                "Toutes les places sont prises et la liste d’attente est close.",
                "Every seat is taken and the waiting list is closed.",
            ),
            Refusal::GroupTooLarge { capacity } => self.say(
                format!("Ce groupe ne tiendra jamais entier\u{a0}: la salle compte {capacity}\u{a0}places. Choisissez «\u{a0}autant que possible\u{a0}» ou deux sessions."),
                format!("This group can never fit whole: the room has {capacity} seats. Choose “as many as fit”, or two sessions."),
            ),
            Refusal::OfferLapsed => self.say(
                "Le délai pour accepter cette place est passé\u{a0}: elle a été proposée à la personne suivante.",
                "The time to accept this seat has passed: it was offered to the next person.",
            ),
            Refusal::NotEnoughFree { free } => self.say(
                format!("Il ne reste pas assez de places libres\u{a0}: {}.", self.seats_left(free).to_lowercase()),
                format!("Not enough seats are free: {}.", self.seats_left(free).to_lowercase()),
            ),
            Refusal::BelowTaken { taken } => self.say(
                format!("{taken}\u{a0}places sont déjà prises ou réservées\u{a0}: la capacité ne peut pas descendre plus bas."),
                format!("{taken} seats are taken or set aside already: the capacity cannot go lower."),
            ),
            Refusal::ReasonMissing => self.say("Dites pourquoi, en quelques mots.", "Say why, in a few words."),
            Refusal::Begun => self.say(
                "La session a commencé\u{a0}: c’est la feuille de présence qui dira ce qu’il en est.",
                "The session has begun: its attendance sheet will tell what happened.",
            ),
            Refusal::NotEmployed => self.say(
                "Cette personne ne fait pas partie de vos salariés à ce jour.",
                "This person is not one of your employees today.",
            ),
            Refusal::ForeignSession => self.say(
                "Cette session est celle d’un autre organisme.",
                "This session belongs to another training body.",
            ),
            Refusal::ReservationDate => self.say(
                "La réservation doit prendre fin après aujourd’hui et avant la session.",
                "The reservation must end after today and before the session.",
            ),
        }
    }
}
