//! What an organisation is asked before it takes part in a programme.

use super::{Language, Words, phrases};
use domain::agreements::{AgreementState, NO_STANDS_DAYS, Refusal};

phrases! {
    agreements { fr "Demandes d’accord" en "Requests for agreement" }
    agreements_help {
        fr "Une organisation qui a ses propres membres dit elle-même à quels programmes elle prend part."
        en "An organisation that has members of its own says itself in which programmes it takes part."
    }
    agreements_asked_of { fr "Ce que l’on vous demande" en "What you are asked" }
    agreements_asked_by { fr "Ce que vous demandez" en "What you ask" }
    agreements_asked_by_all { fr "Ce que les programmes demandent" en "What the programmes ask" }
    agreements_none { fr "Aucune demande pour l’instant" en "No request yet" }
    agreements_none_of_help {
        fr "Lorsqu’un programme souhaitera que vous y preniez part, sa demande sera ici."
        en "When a programme would like you to take part in it, its request will be here."
    }
    agreements_none_by_help {
        fr "Lorsque vous ajoutez une organisation qui a déjà ses membres, votre demande est ici jusqu’à sa réponse."
        en "When you add an organisation that has its members already, your request is here until it is answered."
    }
    agreement_state_label { fr "Réponse" en "Answer" }
    agreement_asked_on { fr "Demandé le" en "Asked on" }
    agreement_answered_on { fr "Réponse du" en "Answered on" }
    agreement_withdrawn_on { fr "Retirée le" en "Withdrawn on" }
    agreement_programme { fr "Programme" en "Programme" }
    agreement_operator { fr "Opérateur" en "Operator" }
    agreement_means { fr "Si vous acceptez" en "If you agree" }
    agreement_means_card {
        fr "L’opérateur du programme lit votre fiche\u{a0}: activité, effectif, OPCO. Vous seul la modifiez."
        en "The operator of the programme reads your page: activity, headcount, OPCO. You alone edit it."
    }
    agreement_means_people {
        fr "Il ne voit ni vos membres, ni votre liste de salariés, ni ce que vous faites dans d’autres programmes."
        en "It sees neither your members, nor your list of employees, nor what you do in other programmes."
    }
    agreement_means_part {
        fr "Votre organisation compte parmi celles du programme et peut y agir selon son rôle."
        en "Your organisation is one of the programme’s and may act in it in its part."
    }
    agreement_agree { fr "Prendre part au programme" en "Take part in the programme" }
    agreement_agree_after_all { fr "Prendre part finalement" en "Take part after all" }
    agreement_decline { fr "Répondre non" en "Say no" }
    agreement_withdraw { fr "Retirer la demande" en "Withdraw the request" }
    agreement_withdrawn_now { fr "La demande est retirée." en "The request is withdrawn." }
    agreement_declined_now {
        fr "Votre réponse est partie. Rien ne change pour vous."
        en "Your answer is on its way. Nothing changes for you."
    }
    agreement_see_page { fr "Voir sa fiche" en "See its page" }
    agreement_waits_help {
        fr "C’est à ses membres de répondre. D’ici là, vous voyez d’elle ce que chacun peut savoir."
        en "It is for its members to answer. Until then, you see of it what anybody may know."
    }
    agreement_nobody_answers {
        fr "Personne ne peut répondre pour elle en ce moment\u{a0}: votre demande attend qu’un membre y revienne. D’ici là, vous voyez d’elle ce que chacun peut savoir."
        en "Nobody can answer for it at this moment: your request waits until a member is back. Until then, you see of it what anybody may know."
    }
    agreement_given_help {
        fr "Elle prend part au programme."
        en "It takes part in the programme."
    }
    agreement_waits { fr "Voir votre demande d’accord" en "See your request for agreement" }
    agreement_withdrawn_help { fr "Cette demande n’attend plus de réponse." en "This request waits for no answer any more." }
}

impl Words {
    pub const fn agreement_state(self, state: AgreementState) -> &'static str {
        match (self.0, state) {
            (Language::Fr, AgreementState::Asked) => "En attente de réponse",
            (Language::Fr, AgreementState::Given) => "Accord donné",
            (Language::Fr, AgreementState::Declined) => "Refus",
            (Language::Fr, AgreementState::Withdrawn) => "Demande retirée",
            (Language::En, AgreementState::Asked) => "Waits for an answer",
            (Language::En, AgreementState::Given) => "Agreed",
            (Language::En, AgreementState::Declined) => "Declined",
            (Language::En, AgreementState::Withdrawn) => "Request withdrawn",
        }
    }

    /// « Mission Sud vous demande votre accord ».
    pub fn agreement_wanted(self, operator: &str) -> String {
        self.say(
            format!("{operator} vous demande votre accord"),
            format!("{operator} asks for your agreement"),
        )
    }

    /// What the page is about for who is asked, by what became of it.
    pub fn agreement_question(self, operator: &str, state: AgreementState) -> String {
        match state {
            AgreementState::Asked => self.say(
                format!("{operator} vous demande de prendre part à son programme"),
                format!("{operator} asks you to take part in its programme"),
            ),
            AgreementState::Given => self.say(
                format!("Vous prenez part au programme de {operator}"),
                format!("You take part in the programme of {operator}"),
            ),
            AgreementState::Declined => self.say(
                format!("Vous avez répondu non à {operator}"),
                format!("You have said no to {operator}"),
            ),
            AgreementState::Withdrawn => self.say(
                format!("{operator} a retiré sa demande"),
                format!("{operator} has withdrawn its request"),
            ),
        }
    }

    /// What comes next for who asks.
    pub fn agreement_next(self, state: AgreementState, is_answerable: bool) -> String {
        match state {
            AgreementState::Asked if is_answerable => self.agreement_waits_help().to_owned(),
            AgreementState::Asked => self.agreement_nobody_answers().to_owned(),
            AgreementState::Given => self.agreement_given_help().to_owned(),
            AgreementState::Declined => self.say(
                format!("Elle a répondu non. Vous pourrez lui redemander au bout de {NO_STANDS_DAYS}\u{a0}jours\u{a0}; elle peut changer d’avis d’ici là."),
                format!("It has said no. You may ask it again after {NO_STANDS_DAYS} days; it may change its mind before."),
            ),
            AgreementState::Withdrawn => self.agreement_withdrawn_help().to_owned(),
        }
    }

    pub fn agreement_asked_now(self, name: &str) -> String {
        self.say(
            format!(
                "{name} a ses propres membres\u{a0}: c’est à eux de répondre, et vous recevrez leur réponse."
            ),
            format!(
                "{name} has members of its own: it is for them to answer, and you will receive their answer."
            ),
        )
    }

    pub fn agreement_given_now(self, programme: &str) -> String {
        let programme = self.quoted(programme);
        self.say(
            format!("Vous prenez désormais part au programme {programme}."),
            format!("You take part in the programme {programme} from now on."),
        )
    }

    pub fn agreement_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::Illegal(illegal) => {
                let state = self.agreement_state(illegal.from).to_lowercase();
                self.say(
                    format!("Ce n’est plus possible\u{a0}: cette demande est maintenant «\u{a0}{state}\u{a0}»."),
                    format!("This is no longer possible: this request is now “{state}”."),
                )
            }
            Refusal::SaidNo => self.say(
                format!("Cette organisation a répondu non il y a moins de {NO_STANDS_DAYS}\u{a0}jours\u{a0}: laissez-lui ce temps."),
                format!("This organisation said no less than {NO_STANDS_DAYS} days ago: leave it that time."),
            ),
        }
    }
}
