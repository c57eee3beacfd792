//! What every page says: the bar, buttons, problems.

use super::{Language, Words, phrases};
use domain::access::Role;

phrases! {
    product { fr "Parcours" en "Parcours" }
    motto { fr "De la sensibilisation à la pratique, avec la preuve" en "From awareness to practice, with proof" }
    skip_to_content { fr "Aller au contenu" en "Skip to content" }
    main_navigation { fr "Principale" en "Main" }
    home { fr "Accueil" en "Home" }
    catalogue { fr "Sessions ouvertes" en "Open sessions" }
    log_in { fr "Se connecter" en "Log in" }
    log_out { fr "Se déconnecter" en "Log out" }
    my_account { fr "Mon compte" en "My account" }
    act_as { fr "Agir en tant que" en "Act as" }
    other_language { fr "English" en "Français" }
    demonstration_mail { fr "Courrier capturé" en "Captured mail" }
    demonstration_banner {
        fr "Démonstration\u{a0}: personnes et entreprises inventées, aucun courriel n’est envoyé."
        en "Demonstration: invented people and companies, no e-mail is sent."
    }
    source_licence { fr "Logiciel libre sous licence Apache-2.0" en "Free software under the Apache-2.0 licence" }
    next_page { fr "Suite" en "Next" }
    first_page { fr "Revenir au début" en "Back to the start" }
    search { fr "Rechercher" en "Search" }
    save { fr "Enregistrer" en "Save" }
    back { fr "Retour" en "Back" }
    optional { fr "facultatif" en "optional" }
    reason { fr "Motif" en "Reason" }
    form_problems {
        fr "Quelques points sont à revoir avant de continuer"
        en "A few points need attention before going on"
    }
    not_found_title { fr "Cette page n’existe pas, ou ne vous est pas ouverte" en "This page does not exist, or is not open to you" }
    not_found_help {
        fr "Vérifiez l’adresse, ou repartez de l’accueil. Si quelqu’un vous a transmis ce lien, il concerne peut-être une autre organisation."
        en "Check the address, or start again from the home page. If somebody gave you this link, it may belong to another organisation."
    }
    try_another_part {
        fr "Vous tenez plusieurs rôles\u{a0}: cette page s’ouvre peut-être avec un autre."
        en "You hold several roles: this page may open with another one."
    }
    forbidden_title { fr "Votre rôle ne permet pas cette action" en "Your role does not allow this" }
    forbidden_help {
        fr "Rien n’a été changé. La personne qui gère votre organisation peut vous dire qui en est chargé."
        en "Nothing was changed. Whoever manages your organisation can say who is in charge of it."
    }
    other_site_title { fr "Cette demande vient d’un autre site" en "This request comes from another site" }
    other_site_help {
        fr "Par sécurité, rien n’a été changé. Recommencez depuis Parcours."
        en "For safety nothing was changed. Start again from Parcours."
    }
    stale_title { fr "Quelqu’un vient de modifier ces informations" en "Somebody has just changed this" }
    stale_help {
        fr "Votre demande n’a pas été appliquée, pour ne rien écraser. Rechargez la page et vérifiez avant de recommencer."
        en "Your request was not applied, so that nothing is overwritten. Reload the page and check before trying again."
    }
    sent_before {
        fr "Ce formulaire avait déjà été envoyé : voici où votre premier envoi a mené. Rien n’a été enregistré une seconde fois."
        en "This form had been sent before: this is where it led. Nothing was saved a second time."
    }
    drawn_for_another_title { fr "Cette page était ouverte avec un autre accès" en "This page was open under another access" }
    drawn_for_another_help {
        fr "Rien n’a été enregistré : depuis que cette page est ouverte, vous avez changé de compte ou d’organisation dans ce navigateur. Reprenez l’accès d’alors, ou ouvrez la page à nouveau."
        en "Nothing was saved: since this page was opened, you have changed account or organisation in this browser. Take the earlier access again, or open the page anew."
    }
    changed_meanwhile {
        fr "Quelqu’un a modifié ces informations pendant que vous écriviez. Rien n’a été remplacé : comparez ci-dessous, puis enregistrez ce que vous voulez garder."
        en "Somebody changed this while you were writing. Nothing was overwritten: compare below, then save what you want to keep."
    }
    keep_what_is_saved { fr "Garder ce qui est enregistré" en "Keep what is saved" }
    saved_meanwhile { fr "Enregistré entre-temps :" en "Saved meanwhile:" }
    taken_meanwhile {
        fr "Modifié entre-temps par quelqu’un d’autre : c’est sa version qui figure ici."
        en "Changed meanwhile by somebody else: this is what they wrote."
    }
    nothing_saved { fr "(vide)" en "(empty)" }
    busy_title { fr "Le service est très sollicité" en "The service is very busy" }
    busy_help {
        fr "Rien n’a été perdu ni enregistré à moitié. Réessayez dans quelques secondes."
        en "Nothing was lost or half written. Try again in a few seconds."
    }
    broken_title { fr "Un incident nous empêche de répondre" en "A fault prevents us from answering" }
    broken_help {
        fr "Rien n’a été enregistré à moitié. L’incident est noté\u{a0}; réessayez, et prévenez l’administrateur s’il persiste."
        en "Nothing was half written. The fault is logged; try again, and tell the administrator if it stays."
    }
    wrong_method_title { fr "Cette adresse ne répond pas à cela" en "This address does not answer that" }
    wrong_method_help {
        fr "Elle existe, mais pas pour cette sorte de demande. Revenez à la page précédente et reprenez de là."
        en "It exists, but not for this kind of request. Go back to the page before and start again from there."
    }
    too_many_title { fr "Trop de demandes en peu de temps" en "Too many requests in a short time" }
    too_many_help { fr "Patientez une minute avant de recommencer." en "Wait a minute before trying again." }
    unreadable_title { fr "Cette demande n’a pas pu être lue" en "This request could not be read" }
    unreadable_help {
        fr "Le formulaire est arrivé incomplet. Revenez en arrière et recommencez\u{a0}: rien n’a été enregistré."
        en "The form arrived incomplete. Go back and try again: nothing was saved."
    }
    too_large_title { fr "Ce fichier est trop volumineux" en "This file is too large" }
    too_large_help { fr "La limite est de 5\u{a0}Mo. Rien n’a été enregistré." en "The limit is 5 MB. Nothing was saved." }
    too_slow_title { fr "L’envoi n’est pas arrivé à temps" en "What you sent did not arrive in time" }
    too_slow_help {
        fr "La connexion est trop lente ou s’est interrompue. Rien n’a été enregistré\u{a0}; réessayez."
        en "The connection is too slow or broke off. Nothing was saved; try again."
    }
    refused_title { fr "Cette demande ne peut pas aboutir" en "This cannot be done" }
}

impl Words {
    pub const fn code(self) -> &'static str {
        self.0.as_str()
    }

    /// A title between the quotation marks of the language.
    pub fn quoted(self, text: &str) -> String {
        self.say(format!("«\u{a0}{text}\u{a0}»"), format!("“{text}”"))
    }

    #[must_use]
    pub const fn other(self) -> Words {
        match self.0 {
            Language::Fr => Words(Language::En),
            Language::En => Words(Language::Fr),
        }
    }

    pub const fn role(self, role: Role) -> &'static str {
        match (self.0, role) {
            (Language::Fr, Role::Administrator) => "Administration",
            (Language::Fr, Role::Operator) => "Opérateur du programme",
            (Language::Fr, Role::Funder) => "Financeur",
            (Language::Fr, Role::Auditor) => "Audit",
            (Language::Fr, Role::TrainingManager) => "Organisme de formation",
            (Language::Fr, Role::Trainer) => "Formateur",
            (Language::Fr, Role::Employer) => "Ressources humaines",
            (Language::Fr, Role::Certifier) => "Certificateur",
            (Language::Fr, Role::Juror) => "Membre de jury",
            (Language::Fr, Role::Trainee) => "Stagiaire",
            (Language::Fr, Role::Link) => "Lien personnel",
            (Language::Fr, Role::Anyone) => "Visiteur",
            (Language::Fr, Role::House) => "Parcours",
            (Language::En, Role::Administrator) => "Administration",
            (Language::En, Role::Operator) => "Programme operator",
            (Language::En, Role::Funder) => "Funder",
            (Language::En, Role::Auditor) => "Audit",
            (Language::En, Role::TrainingManager) => "Training body",
            (Language::En, Role::Trainer) => "Trainer",
            (Language::En, Role::Employer) => "Human resources",
            (Language::En, Role::Certifier) => "Certifier",
            (Language::En, Role::Juror) => "Jury member",
            (Language::En, Role::Trainee) => "Trainee",
            (Language::En, Role::Link) => "Personal link",
            (Language::En, Role::Anyone) => "Visitor",
            (Language::En, Role::House) => "Parcours",
        }
    }
}
