//! Whom staff add by hand, also in the room.

use crate::{Words, phrases};
use domain::enrolments::{EnrolmentState, Same};
use domain::text::NameError;

phrases! {
    add_by_hand { fr "Ajouter une personne" en "Add a person" }
    add_by_hand_help {
        fr "La personne passe par la même attribution des places que tout le monde\u{a0}: elle a une place libre, ou elle attend."
        en "The person goes through the same allocation as everyone: a free seat, or the waiting list."
    }
    add_by_hand_late_help {
        fr "La personne passe par la même attribution des places que tout le monde. La liste d’attente est close\u{a0}: il faut une place libre, ou un motif pour dépasser la capacité."
        en "The person goes through the same allocation as everyone. The waiting list is closed: they need a free seat, or a reason to go above the capacity."
    }
    exceed_reason { fr "Motif pour dépasser la capacité" en "Reason to go above the capacity" }
    exceed_reason_help {
        fr "Seulement si aucune place n’est libre\u{a0}: la personne a une place au-delà de la capacité, et le motif est inscrit au journal. Sans motif, elle attend."
        en "Only when no seat is free: the person has a seat above the capacity, and the reason is written into the journal. Without one, they wait."
    }
    exceed_reason_late_help {
        fr "Seulement si aucune place n’est libre\u{a0}: la personne a une place au-delà de la capacité, et le motif est inscrit au journal."
        en "Only when no seat is free: the person has a seat above the capacity, and the reason is written into the journal."
    }
    exceed_reason_wanted {
        fr "Aucune place n’est libre, et la liste d’attente est close. Pour ajouter cette personne quand même, donnez un motif."
        en "No seat is free, and the waiting list is closed. To add this person all the same, give a reason."
    }
    see_their_row { fr "Voir sa ligne" en "See their row" }
    somebody_else { fr "C’est une autre personne\u{a0}: l’ajouter quand même" en "This is somebody else: add them all the same" }
}

impl Words {
    pub fn name_by_hand_mistake(self, field: &str, why: NameError) -> String {
        match (why, field) {
            (NameError::Empty, "prenom") => self.say("Indiquez le prénom.", "Give the given name."),
            (NameError::Empty, _) => self.say("Indiquez le nom.", "Give the family name."),
            (NameError::TooLong, _) => self.name_long_mistake().to_owned(),
            (NameError::Control, _) => self.name_control_mistake().to_owned(),
        }
    }

    /// Somebody in the session looks like whom one is adding.
    pub fn alike(self, state: EnrolmentState, same: Same) -> String {
        let state = self.enrolment_state(state).to_lowercase();
        match same {
            Same::NameAndAddress => self.say(
                format!("Cette personne est déjà inscrite à cette session\u{a0}: {state}."),
                format!("This person is in this session already: {state}."),
            ),
            Same::Name => self.say(
                format!("Quelqu’un de ce nom est déjà inscrit à cette session\u{a0}: {state}. Regardez sa ligne\u{a0}; si c’est une autre personne, dites-le plus bas."),
                format!("Somebody of this name is in this session already: {state}. Look at their row; if this is somebody else, say so below."),
            ),
            Same::Address => self.say(
                format!("Quelqu’un est déjà inscrit à cette session avec cette adresse\u{a0}: {state}. Regardez sa ligne\u{a0}; si c’est une autre personne, dites-le plus bas."),
                format!("Somebody is in this session already with this address: {state}. Look at their row; if this is somebody else, say so below."),
            ),
        }
    }
}
