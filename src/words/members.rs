//! Words of the members pages.

use super::{Words, phrases};

phrases! {
    members { fr "Membres" en "Members" }
    administrators { fr "Les administrateurs" en "The administrators" }
    members_help {
        fr "Les personnes qui agissent pour cette organisation, chacune dans son rôle."
        en "The people who act for this organisation, each in their role."
    }
    administrators_help {
        fr "Les personnes qui tiennent l’installation. Elles ne voient pas les personnes en formation."
        en "The people who keep the installation. They do not see the people in training."
    }
    members_none { fr "Personne n’agit encore pour cette organisation" en "Nobody acts for this organisation yet" }
    members_none_help {
        fr "Invitez une première personne\u{a0}: elle recevra un lien pour choisir son mot de passe."
        en "Invite a first person: they receive a link to choose their password."
    }
    invite_member { fr "Inviter quelqu’un" en "Invite somebody" }
    invite_help {
        fr "La personne reçoit un lien valable sept jours, qui ne sert qu’une fois."
        en "They receive a link that is good for seven days and for one use."
    }
    send_invitation { fr "Envoyer l’invitation" en "Send the invitation" }
    member_name { fr "Nom" en "Name" }
    member_name_help {
        fr "Tel qu’il paraîtra. Qui a déjà un compte garde le sien."
        en "As it will be shown. Who has an account already keeps theirs."
    }
    role_label { fr "Rôle" en "Role" }
    role_mistake { fr "Choisissez un rôle dans la liste." en "Choose a role from the list." }
    last_day { fr "Dernier jour" en "Last day" }
    last_day_help {
        fr "Un mandat d’audit en a toujours un. Sans date, l’appartenance dure jusqu’à ce qu’on y mette fin."
        en "An auditor’s mandate always has one. Without a date the membership lasts until it is ended."
    }
    day_mistake { fr "Écrivez la date comme 31/12/2026." en "Write the date like 2026-12-31." }
    until_day { fr "Jusqu’au" en "Until" }
    yourself { fr "vous" en "you" }
    end_membership { fr "Mettre fin" en "End" }
    end_membership_button { fr "Mettre fin à l’appartenance" en "End the membership" }
    keep_member { fr "Ne rien changer" en "Change nothing" }
    ending_effect_access {
        fr "Ce rôle cesse aussitôt de lui ouvrir quoi que ce soit."
        en "This role opens nothing to them any more, at once."
    }
    ending_effect_kept {
        fr "Ce qui a été fait reste, et le journal garde la trace de cette fin."
        en "What was done stays, and the journal keeps the trace of this ending."
    }
}

impl Words {
    pub fn members_of(self, organisation: &str) -> String {
        self.say(format!("Qui agit pour {organisation}"), format!("Who acts for {organisation}"))
    }

    pub fn invite_into(self, organisation: &str) -> String {
        if organisation.is_empty() {
            return self.say("Inviter à administrer l’installation", "Invite to administer the installation");
        }
        self.say(
            format!("Inviter quelqu’un chez {organisation}"),
            format!("Invite somebody into {organisation}"),
        )
    }

    pub fn invited_now(self, email: &str) -> String {
        self.say(
            format!("L’invitation part vers {email}."),
            format!("The invitation is on its way to {email}."),
        )
    }

    pub fn end_membership_of(self, name: &str) -> String {
        self.say(
            format!("Mettre fin à l’appartenance de {name}\u{202f}?"),
            format!("End the membership of {name}?"),
        )
    }

    pub fn membership_ended(self, name: &str) -> String {
        self.say(
            format!("{name} n’est plus membre dans ce rôle."),
            format!("{name} is no longer a member in this role."),
        )
    }
}
