//! Logging in, passwords, memberships.

use super::{Words, phrases};
use crate::domain::accounts::{PASSWORD_LEAST, PASSWORD_MOST, Refusal};

phrases! {
    log_in_title { fr "Heureux de vous revoir" en "Good to see you again" }
    log_in_help {
        fr "Entrez l’adresse à laquelle vous recevez vos convocations, et votre mot de passe."
        en "Enter the address at which you receive your joining letters, and your password."
    }
    email_address { fr "Adresse électronique" en "E-mail address" }
    password { fr "Mot de passe" en "Password" }
    forgotten_password { fr "Mot de passe oublié\u{202f}?" en "Forgotten your password?" }
}

impl Words {
    pub fn account_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::WrongLogIn => self.say(
                "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez un nouveau mot de passe.",
                "The address and the password do not go together. Check them, or ask for a new password.",
            ),
            Refusal::Throttled { seconds } => {
                let minutes = seconds.div_euclid(60) + 1;
                self.say(
                    format!("Trop d’essais sans succès. Réessayez dans {minutes}\u{a0}min, ou demandez un nouveau mot de passe."),
                    format!("Too many failed tries. Try again in {minutes}\u{a0}min, or ask for a new password."),
                )
            }
            Refusal::PasswordShort => self.say(
                format!("Choisissez au moins {PASSWORD_LEAST} caractères\u{a0}; une phrase de quelques mots convient très bien."),
                format!("Choose at least {PASSWORD_LEAST} characters; a sentence of a few words does very well."),
            ),
            Refusal::PasswordLong => self.say(
                format!("Ce mot de passe dépasse {PASSWORD_MOST} caractères."),
                format!("This password is longer than {PASSWORD_MOST} characters."),
            ),
            Refusal::PasswordCommon => self.say(
                "Ce mot de passe se devine trop facilement. Une phrase de quelques mots convient très bien.",
                "This password is too easy to guess. A sentence of a few words does very well.",
            ),
            Refusal::LinkSpent => self.say(
                "Ce lien a déjà servi ou a expiré. Demandez-en un nouveau depuis la page de connexion.",
                "This link was used already or has expired. Ask for a new one from the log-in page.",
            ),
            Refusal::WrongPassword => self.say("Le mot de passe actuel n’est pas le bon.", "The current password is not right."),
            Refusal::ForeignRole => self.say(
                "Ce rôle n’est pas ouvert aux membres de cette organisation.",
                "This role is not open to members of this organisation.",
            ),
            Refusal::MemberAlready => {
                self.say("Cette personne est déjà membre avec ce rôle.", "This person is a member with this role already.")
            }
            Refusal::MandateWithoutEnd => {
                self.say("Un mandat d’audit a une date de fin.", "An auditor’s mandate has an end date.")
            }
            Refusal::OwnMembership => self.say(
                "On ne met pas fin à sa propre appartenance\u{a0}: demandez à un autre membre.",
                "One does not end one’s own membership: ask another member.",
            ),
        }
    }
}
