//! Logging in, passwords, memberships.

use super::{Words, phrases};
use domain::accounts::{PASSWORD_LEAST, PASSWORD_MOST, Refusal};

/// The rule that a field tells in figures.
const _: () = assert!(PASSWORD_LEAST == 12);

phrases! {
    log_in_title { fr "Heureux de vous revoir" en "Good to see you again" }
    log_in_help {
        fr "Entrez l’adresse à laquelle vous recevez vos convocations, et votre mot de passe."
        en "Enter the address at which you receive your joining letters, and your password."
    }
    email_address { fr "Adresse électronique" en "E-mail address" }
    password { fr "Mot de passe" en "Password" }
    password_missing { fr "Entrez votre mot de passe." en "Enter your password." }
    forgotten_password { fr "Mot de passe oublié\u{202f}?" en "Forgotten your password?" }
    full_name { fr "Prénom et nom" en "Given and family name" }
    language { fr "Langue" en "Language" }
    language_mistake { fr "Choisissez une langue dans la liste." en "Choose a language from the list." }
    french { fr "Français" en "Français" }
    english { fr "English" en "English" }

    log_in_again_help {
        fr "Votre connexion a pris fin. Ce que vous aviez écrit n’est pas perdu\u{a0}: connectez-vous, et reprenez où vous en étiez."
        en "Your log-in has ended. What you had written is not lost: log in, and go on where you were."
    }
    resume_title { fr "Ce que vous aviez écrit est là" en "What you had written is here" }
    resume_help {
        fr "Rien n’est encore enregistré. Si un fichier était joint, il faudra le choisir à nouveau."
        en "Nothing is saved yet. If there was a file, it has to be chosen again."
    }
    resume { fr "Reprendre où j’en étais" en "Go on where I was" }
    resumed {
        fr "Voici ce que vous aviez écrit. Rien n’est encore enregistré."
        en "This is what you had written. Nothing is saved yet."
    }
    kept_for_another {
        fr "Ce qui avait été écrit ici l’était avec un autre compte\u{a0}: cela n’a été ni enregistré ni repris."
        en "What had been written here was written with another account: it was neither saved nor taken up."
    }
    reset_title { fr "Choisir un nouveau mot de passe" en "Choose a new password" }
    reset_help {
        fr "Donnez l’adresse de votre compte\u{a0}: nous vous y écrivons un lien, valable deux heures."
        en "Give the address of your account: we write you a link there, good for two hours."
    }
    reset_send { fr "Recevoir le lien" en "Send me the link" }
    reset_asked {
        fr "Si un compte existe à cette adresse, un lien vient d’y être envoyé. Pensez à regarder dans les indésirables."
        en "If there is an account at this address, a link is on its way to it. Do look into the spam folder."
    }
    email_mistake {
        fr "Cette adresse n’est pas complète\u{a0}: on attend nom@entreprise.example."
        en "This address is not complete: name@company.example is expected."
    }
    name_mistake {
        fr "Indiquez un nom, de 120 caractères au plus."
        en "Give a name, of at most 120 characters."
    }

    access_title { fr "Choisissez votre mot de passe" en "Choose your password" }
    new_password { fr "Nouveau mot de passe" en "New password" }
    password_rule {
        fr "Au moins 12 caractères. Une phrase de quelques mots se retient mieux qu’un code."
        en "At least 12 characters. A sentence of a few words is easier to keep than a code."
    }
    access_button { fr "Enregistrer et entrer" en "Save and go in" }
    access_done { fr "Votre mot de passe est enregistré. Bienvenue\u{202f}!" en "Your password is saved. Welcome!" }
    spent_title { fr "Ce lien a déjà servi ou a expiré" en "This link was used already or has expired" }
    spent_help {
        fr "Si vous avez déjà choisi votre mot de passe, connectez-vous. Sinon, demandez un nouveau lien\u{a0}: il arrive en quelques instants."
        en "If you have chosen your password already, log in. Otherwise ask for a new link: it arrives in moments."
    }
    ask_new_link { fr "Demander un nouveau lien" en "Ask for a new link" }

    own_title { fr "Votre compte" en "Your account" }
    who_you_are { fr "Comment on vous voit" en "How you are seen" }
    own_saved { fr "C’est enregistré." en "Saved." }
    change_password { fr "Changer de mot de passe" en "Change the password" }
    password_change_rule {
        fr "Au moins 12 caractères. Une phrase de quelques mots se retient mieux qu’un code. Vos autres connexions seront fermées."
        en "At least 12 characters. A sentence of a few words is easier to keep than a code. Your other log-ins will be ended."
    }
    current_password { fr "Mot de passe actuel" en "Current password" }
    password_changed {
        fr "Votre mot de passe est changé\u{a0}; vos autres connexions sont fermées."
        en "Your password is changed; your other log-ins are ended."
    }
    parts_held { fr "Vos rôles" en "Your roles" }
    parts_none {
        fr "Aucun rôle pour l’instant. La personne qui vous a invité peut vous en donner un."
        en "No role for now. Whoever invited you can give you one."
    }
    open_logins { fr "Connexions ouvertes" en "Open log-ins" }
    open_logins_help {
        fr "Un appareil que vous ne reconnaissez pas\u{202f}? Fermez sa connexion, puis changez de mot de passe."
        en "A device you do not know? End its log-in, then change the password."
    }
    device { fr "Appareil" en "Device" }
    since { fr "Depuis" en "Since" }
    last_seen { fr "Vu le" en "Last seen" }
    this_device { fr "celle-ci" en "this one" }
    end_login { fr "Fermer" en "End" }
    login_ended { fr "La connexion est fermée." en "The log-in is ended." }
    end_other_logins { fr "Fermer toutes les autres" en "End all the others" }
    other_logins_ended { fr "Vos autres connexions sont fermées." en "Your other log-ins are ended." }

    accounts { fr "Comptes" en "Accounts" }
    accounts_title { fr "Les comptes" en "Accounts" }
    accounts_help {
        fr "Qui peut se connecter, et dans quels rôles. Suspendre un compte ferme ses connexions et garde ce qu’il a fait."
        en "Who can log in, and in which roles. Suspending an account ends its log-ins and keeps what it did."
    }
    account_search { fr "Début du nom ou de l’adresse" en "Beginning of the name or the address" }
    accounts_none { fr "Aucun compte ne commence ainsi" en "No account begins like this" }
    accounts_none_help {
        fr "Essayez les premières lettres du prénom, ou celles de l’adresse électronique."
        en "Try the first letters of the given name, or of the e-mail address."
    }
    see_all_accounts { fr "Voir tous les comptes" en "See all accounts" }
    roles { fr "Rôles" en "Roles" }
    actions { fr "Actions" en "Actions" }
    account_open { fr "Ouvert" en "Open" }
    account_invited { fr "Invitation envoyée" en "Invited" }
    account_disabled { fr "Suspendu" en "Suspended" }
    disable_account { fr "Suspendre" en "Suspend" }
    enable_account { fr "Rouvrir" en "Open again" }
    invite_again { fr "Renvoyer l’invitation" en "Send the invitation again" }
    invitation_sent_again {
        fr "L’invitation est repartie\u{a0}; le lien précédent ne sert plus."
        en "The invitation is on its way again; the link before it works no longer."
    }
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
            Refusal::EndsInThePast => self.say(
                "Cette date est passée\u{a0}: choisissez aujourd’hui ou un jour à venir.",
                "This date has passed: choose today or a day to come.",
            ),
            Refusal::OwnAccount => self.say(
                "On ne suspend pas son propre compte\u{a0}: demandez à un autre administrateur.",
                "One does not suspend one’s own account: ask another administrator.",
            ),
            Refusal::AccountDisabled => self.say(
                "Le compte de cette adresse est suspendu. Un administrateur peut le rouvrir.",
                "The account of this address is suspended. An administrator can open it again.",
            ),
            Refusal::AccountOpen => self.say(
                "Ce compte a déjà son mot de passe\u{a0}: il n’y a pas d’invitation à renvoyer.",
                "This account has its password already: there is no invitation to send again.",
            ),
            Refusal::NoAddress => self.say(
                "Nous ne connaissons pas d’adresse électronique où vous écrire. Votre employeur peut l’ajouter.",
                "We know no e-mail address to write to you. Your employer can add it.",
            ),
            Refusal::AddressTaken => self.say(
                "Le compte de cette adresse appartient à une autre personne. Une adresse qui vous est propre est nécessaire\u{a0}: votre employeur peut l’ajouter.",
                "The account of this address belongs to another person. You need an address of your own: your employer can add it.",
            ),
            Refusal::OwnMembership => self.say(
                "On ne met pas fin à sa propre appartenance\u{a0}: demandez à un autre membre.",
                "One does not end one’s own membership: ask another member.",
            ),
        }
    }

    /// What a password must be, said before it is typed.
    pub fn access_help(self, name: &str, email: &str) -> String {
        self.say(
            format!("Bonjour {name}. Avec l’adresse {email}, il vous ouvrira Parcours."),
            format!("Hello {name}. With the address {email} it will open Parcours to you."),
        )
    }

    pub fn disabled_now(self, name: &str) -> String {
        self.say(
            format!("Le compte de {name} est suspendu et ses connexions sont fermées."),
            format!("The account of {name} is suspended and its log-ins are ended."),
        )
    }

    pub fn enabled_now(self, name: &str) -> String {
        self.say(format!("Le compte de {name} est rouvert."), format!("The account of {name} is open again."))
    }

    /// A browser and its system, told from what it says of itself.
    pub fn device_of(self, agent: &str) -> String {
        let first = |known: &[(&str, &'static str)]| {
            known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
        };
        // The order counts: many say that they are also another.
        let browser = first(&[
            ("Firefox/", "Firefox"),
            ("Edg/", "Edge"),
            ("OPR/", "Opera"),
            ("SamsungBrowser/", "Samsung Internet"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
            ("curl/", "curl"),
        ]);
        let system = first(&[
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Android", "Android"),
            ("Windows", "Windows"),
            ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"),
            ("Linux", "Linux"),
        ]);
        match (browser, system) {
            (Some(browser), Some(system)) => {
                self.say(format!("{browser} sur {system}"), format!("{browser} on {system}"))
            }
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => self.say("Appareil inconnu", "Unknown device"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn a_device_is_told_by_browser_and_system() {
        let told = |agent| Words(Language::Fr).device_of(agent);
        assert_eq!(
            told("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox sur Linux"
        );
        assert_eq!(
            told(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari sur iPhone"
        );
        assert_eq!(
            told(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
            ),
            "Edge sur Windows"
        );
        assert_eq!(told(""), "Appareil inconnu");
    }
}
