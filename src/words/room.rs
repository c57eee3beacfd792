//! Words of the room: the sheet of a half-day, its code, its signatures and their proofs.

mod closing;

use super::{Language, Words, phrases};
use domain::access::Role;
use domain::attendance::{self, Mark, Presence};
use domain::signatures::{LATE_DAYS, Refusal, Way};

phrases! {
    open_room { fr "Ouvrir la salle" en "Open the room" }
    show_code { fr "Afficher le code" en "Show the code" }
    hide_code { fr "Revenir à la feuille" en "Back to the sheet" }
    room_code_title { fr "Signez votre présence" en "Sign your attendance" }
    room_code_help {
        fr "Visez ce code avec votre téléphone, ou ouvrez votre lien personnel et tapez ces six signes. Le code change toutes les trente secondes."
        en "Point your phone at this code, or open your personal link and type these six signs. The code changes every thirty seconds."
    }
    room_code_alt { fr "Code QR qui mène à la page de signature" en "QR code that leads to the signing page" }
    handed_round { fr "Faire signer ici" en "Have it signed here" }
    sign_here_help {
        fr "Tendez l’appareil à la personne\u{a0}: elle dessine sa signature, ou tape son nom."
        en "Hand the device to the person: they draw their signature, or type their name."
    }
    typed_name { fr "Nom tapé en guise de signature" en "Name typed as a signature" }
    drawn_here { fr "Ou dessinez ici votre signature" en "Or draw your signature here" }
    draw_again { fr "Effacer le dessin" en "Clear the drawing" }
    sign_button { fr "Signer" en "Sign" }
    sign_declares {
        fr "En signant, j’atteste ma présence à cette demi-journée."
        en "By signing I attest my presence in this half-day."
    }
    save_half_day { fr "Enregistrer la feuille" en "Save the sheet" }
    minutes_followed { fr "Minutes suivies" en "Minutes followed" }
    minutes_help {
        fr "Pour un retard ou un départ avancé, dites les minutes suivies. Pendant la demi-journée, laissez vide\u{a0}: l’heure d’enregistrement compte."
        en "For who came late or left early, say the minutes followed. During the half-day leave it empty: the time of saving counts."
    }
    add_arrival { fr "Ajouter quelqu’un qui n’est pas inscrit" en "Add somebody who is not enrolled" }
    countersign { fr "Contresigner la demi-journée" en "Countersign the half-day" }
    countersign_help {
        fr "J’atteste que cette feuille dit qui était là, et combien de temps."
        en "I attest that this sheet says who was there, and for how long."
    }
    sheet_changed_since {
        fr "La feuille a changé depuis la contresignature\u{a0}: elle est à contresigner de nouveau."
        en "The sheet has changed since it was countersigned: it is to be countersigned again."
    }
    missing_signature { fr "Signature manquante" en "Signature missing" }
    to_be_noted { fr "À noter" en "To be noted" }
    asked_to_sign { fr "Signature demandée le" en "Asked to sign on" }
    ask_signatures { fr "Demander les signatures manquantes" en "Ask for the missing signatures" }
    ask_signature { fr "Demander la signature" en "Ask for the signature" }
    withdraw_signature { fr "Retirer la signature" en "Withdraw the signature" }
    withdraw_signature_title { fr "Retirer une signature" en "Withdraw a signature" }
    withdraw_signature_help {
        fr "La signature reste dans les registres, avec votre motif, et ne compte plus. La personne pourra signer de nouveau."
        en "The signature stays in the records, with your reason, and does not count any more. The person can sign again."
    }
    oddities_title { fr "À regarder de plus près" en "Worth a closer look" }
    oddities_help {
        fr "Rien n’est refusé pour autant\u{a0}: vous seul savez ce qui s’est passé."
        en "Nothing is refused because of it: only you know what happened."
    }
    note_presences { fr "Noter les présences" en "Note the marks" }
    needs_network {
        fr "Cette page demande le réseau\u{a0}: elle s’ouvrira quand il sera revenu."
        en "This page needs the network: it will open once it is back."
    }
    offline_since { fr "Hors connexion depuis {time}. Tout est gardé ici et partira au retour du réseau." en "Offline since {time}. Everything is kept here and will leave when the network is back." }
    kept_on_device_one { fr "Un envoi attend le réseau." en "One item waits for the network." }
    kept_on_device_many { fr "{n} envois attendent le réseau." en "{n} items wait for the network." }
    keep_theirs { fr "Laisser ainsi" en "Leave it so" }
    keep_mine { fr "Mettre ma réponse" en "Put my answer" }
    drop_it { fr "J’ai compris" en "Understood" }
    deed_unread {
        fr "Cette réponse n’a pas pu être lue\u{a0}: donnez-la de nouveau."
        en "This answer could not be read: give it again."
    }
    deeds_turned_away {
        fr "Ce qui est gardé ici ne peut pas partir\u{a0}: vous n’avez plus accès à cette salle. Voyez avec l’organisme de formation."
        en "What is kept here cannot leave: you have no access to this room any more. See the training body."
    }
    deeds_elsewhere {
        fr "Une autre demi-journée garde des réponses sur cet appareil\u{a0}: ouvrez-la pour qu’elles partent."
        en "Another half-day keeps answers on this device: open it, so that they leave."
    }
    deeds_of_another {
        fr "Des réponses d’un autre compte attendent aussi sur cet appareil\u{a0}: elles partiront quand cette personne rouvrira la salle."
        en "Answers of another account wait on this device too: they will leave when that person opens the room again."
    }
    signed_on_device { fr "signé ici, en attente de réseau" en "signed here, waiting for the network" }
    not_begun_yet { fr "La demi-journée n’a pas commencé." en "The half-day has not begun." }
    to_log_in_again {
        fr "Votre connexion a pris fin. Connectez-vous dans un autre onglet\u{a0}: ce qui est gardé ici partira ensuite."
        en "Your log-in has ended. Log in from another tab: what is kept here will leave after that."
    }
    enter_code { fr "Le code de la salle" en "The code of the room" }
    enter_code_help {
        fr "Six signes, sur l’écran de la salle. Majuscules et espaces n’y changent rien."
        en "Six signs, on the screen in the room. Capitals and spaces do not matter."
    }
    code_of_no_room {
        fr "Aucune salle ne montre ce code\u{a0}: il a changé, ou un signe est à corriger. Reprenez celui que montre l’écran."
        en "No room shows this code: it has changed, or a sign is mistyped. Take the one that the screen shows."
    }
    go_on { fr "Continuer" en "Go on" }
    sign_as_whom_title { fr "Qui signe\u{a0}?" en "Who signs?" }
    sign_with_account { fr "J’ai un compte" en "I have an account" }
    sign_with_link { fr "J’ai reçu ma convocation" en "I have my joining letter" }
    sign_with_link_help {
        fr "Ouvrez-la, suivez «\u{a0}Ouvrir la page de cette place\u{a0}», puis «\u{a0}Signer ma présence\u{a0}», et tapez ce code\u{a0}:"
        en "Open it, follow “Open the page of this seat”, then “Sign my attendance”, and type this code:"
    }
    send_my_link { fr "Recevoir mon lien maintenant" en "Send me my link now" }
    send_my_link_help {
        fr "À l’adresse à laquelle vous avez été inscrit."
        en "To the address at which you were enrolled."
    }
    link_on_its_way {
        fr "Si cette adresse est celle d’une personne attendue dans cette salle, le lien part tout de suite."
        en "If this address is that of somebody expected in this room, the link leaves at once."
    }
    no_address_ask_trainer {
        fr "Sans adresse ni compte, signez sur l’appareil du formateur."
        en "Without an address or an account, sign on the trainer’s device."
    }
    act_as_trainee { fr "Signer comme stagiaire" en "Sign as a trainee" }
    sign_my_attendance { fr "Signer ma présence" en "Sign my attendance" }
    sign_afterwards_title { fr "Il manque votre signature" en "Your signature is missing" }
    signed_thanks { fr "Merci\u{a0}: votre présence est signée." en "Thank you: your attendance is signed." }
    ask_signatures_help {
        fr "Certains étaient là et n’ont pas signé. Un e-mail leur donne quatorze jours pour le faire depuis chez eux."
        en "Some were there and did not sign. An e-mail gives them fourteen days to do so from home."
    }
    presence_label { fr "Présence" en "Presence" }
    minutes_correct_help {
        fr "Pour un retard ou un départ avancé seulement."
        en "For who came late or left early only."
    }
    back_link { fr "Revenir" en "Back" }
    countersigned_notice { fr "La demi-journée est contresignée." en "The half-day is countersigned." }
    signature_withdrawn_notice { fr "La signature est retirée." en "The signature is withdrawn." }
    presence_corrected_notice {
        fr "La présence est corrigée, et les heures avec elle."
        en "The mark is corrected, and the hours with it."
    }
    correct_it { fr "Corriger" en "Correct" }
    followed_column { fr "Suivi" en "Followed" }
    back_to_room { fr "Revenir à la salle" en "Back to the room" }
    keep_signature { fr "Garder la signature" en "Keep the signature" }
    correct_title { fr "Corriger une présence" en "Correct a mark" }
    correct_help {
        fr "La session est close\u{a0}: la correction est inscrite au journal avec votre nom et votre motif, et les heures sont recalculées."
        en "The session is closed: the correction is written in the journal with your name and your reason, and the hours are worked out again."
    }
}

impl Words {
    pub fn present_of(self, present: usize, all: usize) -> String {
        self.say(format!("Présents\u{a0}: {present} sur {all}"), format!("Present: {present} of {all}"))
    }

    /// « Retard, 185 min ».
    pub fn presence(self, presence: Presence) -> String {
        match presence.mark {
            Mark::Late | Mark::LeftEarly => {
                format!("{}, {}\u{a0}min", self.mark(presence.mark), presence.minutes)
            }
            Mark::Expected | Mark::Present | Mark::AbsentExcused | Mark::AbsentUnexcused => {
                self.mark(presence.mark).to_owned()
            }
        }
    }

    pub const fn signing_way(self, way: Way) -> &'static str {
        match (self.0, way) {
            (Language::Fr, Way::Account) => "par son compte",
            (Language::Fr, Way::Link) => "par son lien personnel",
            (Language::Fr, Way::Tablet) => "sur l’appareil du formateur",
            (Language::Fr, Way::Afterwards) => "après coup",
            (Language::En, Way::Account) => "with their account",
            (Language::En, Way::Link) => "by their personal link",
            (Language::En, Way::Tablet) => "on the trainer’s device",
            (Language::En, Way::Afterwards) => "afterwards",
        }
    }

    pub fn signed_at(self, time: &str, way: Way) -> String {
        let how = self.signing_way(way);
        self.say(format!("a signé à {time} {how}"), format!("signed at {time} {how}"))
    }

    pub fn long_after_start(self, people: &str) -> String {
        self.say(
            format!("Présence entière, signée plus d’une heure après le début\u{a0}: {people}. Notez un retard s’il y en a eu un."),
            format!("Present all along, and signed more than an hour after the start: {people}. Note a late arrival if there was one."),
        )
    }

    pub fn one_device(self, people: &str) -> String {
        self.say(
            format!("Un même appareil a signé pour\u{a0}: {people}."),
            format!("One device signed for: {people}."),
        )
    }

    pub fn burst_after_end(self, people: &str, time: &str) -> String {
        self.say(
            format!("Plusieurs signatures en moins d’une minute après la fin, à {time}\u{a0}: {people}."),
            format!("Several signatures within a minute after the end, at {time}: {people}."),
        )
    }

    pub fn received_late(self, people: &str) -> String {
        self.say(
            format!("Signé à temps selon l’appareil du formateur, et reçu bien après\u{a0}: {people}."),
            format!("Signed in time by the trainer’s device, and received long after: {people}."),
        )
    }

    pub fn received_on(self, moment: &str) -> String {
        self.say(format!("reçu le {moment}"), format!("received on {moment}"))
    }

    pub fn letters_asking(self, asked: usize) -> String {
        match (self.0, asked) {
            (Language::Fr, 0) => "Aucune signature n’est à demander ici.".into(),
            (Language::Fr, 1) => "La demande part par e-mail.".into(),
            (Language::Fr, n) => format!("{n} demandes partent par e-mail."),
            (Language::En, 0) => "No signature is to be asked for here.".into(),
            (Language::En, 1) => "The request leaves by e-mail.".into(),
            (Language::En, n) => format!("{n} requests leave by e-mail."),
        }
    }

    /// The minutes of a half-day of `of`: which numbers are meant.
    pub fn minutes_needed(self, of: u32) -> String {
        self.say(
            format!("Dites les minutes suivies, en nombre entier\u{a0}: au moins 1, et moins de {of}."),
            format!("Say the minutes followed, as a whole number: 1 at least, and fewer than {of}."),
        )
    }

    pub fn minutes_untold(self, who: &str, of: u32) -> String {
        let needed = self.minutes_needed(of);
        self.say(
            format!("{needed} Cela manque pour\u{a0}: {who}. Rien n’est encore enregistré."),
            format!("{needed} They are missing for: {who}. Nothing is saved yet."),
        )
    }

    pub fn signed_not_absent(self, who: &str) -> String {
        self.say(
            format!("A signé, et ne peut être noté absent sans retirer d’abord la signature\u{a0}: {who}."),
            format!("Signed, and cannot be noted absent before the signature is withdrawn: {who}."),
        )
    }

    pub fn attendance_refusal(self, no: attendance::Refusal) -> String {
        match no {
            attendance::Refusal::Minutes(missing) => self.minutes_needed(missing.of),
            attendance::Refusal::ReasonMissing => self.say("Donnez un motif.", "Give a reason."),
            attendance::Refusal::NoAnswer => self.say(
                "Dites si la personne est venue\u{a0}: «\u{a0}attendu\u{a0}» n’est pas une correction.",
                "Say whether the person came: “expected” is no correction.",
            ),
            attendance::Refusal::NotClosed => self.say(
                "La session n’est pas close\u{a0}: notez simplement les présences.",
                "The session is not closed: simply note the marks.",
            ),
        }
    }

    /// « 3 h 05 suivies, 2 demi-journées signées ».
    pub fn followed_and_signed(self, minutes: Option<i32>, signed: usize) -> String {
        let followed = minutes.filter(|m| *m > 0).map(|minutes| {
            let time = self.duration(i64::from(minutes));
            self.say(format!("{time} suivies"), format!("{time} followed"))
        });
        let signed = match signed {
            0 => None,
            1 => Some(self.say("une demi-journée signée", "one half-day signed")),
            n => Some(self.say(format!("{n}\u{a0}demi-journées signées"), format!("{n} half-days signed"))),
        };
        [followed, signed].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// `by` says who and when, as far as it is known.
    pub fn conflicts_with(self, stands: Presence, by: &str) -> String {
        let stands = self.presence(stands);
        let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
        self.say(
            format!("Noté autrement entre-temps\u{a0}: «\u{a0}{stands}\u{a0}»{by}."),
            format!("Noted otherwise meanwhile: “{stands}”{by}."),
        )
    }

    /// « Contresignée par Karim Haddad, pour l’organisme de formation, le 3 déc. à 17 h ».
    pub fn countersigned(self, by: &str, role: Role, at: &str) -> String {
        let name = match role {
            Role::Trainer => self.say("formateur", "trainer"),
            _ => self.say("pour l’organisme de formation", "for the training body"),
        };
        self.say(
            format!("Contresignée par {by}, {name}, {at}"),
            format!("Countersigned by {by}, {name}, {at}"),
        )
    }

    pub fn signed_of(self, signed: usize, all: usize) -> String {
        self.say(format!("{signed} sur {all} ont signé"), format!("{signed} of {all} have signed"))
    }

    pub fn signature_refusal(self, no: Refusal) -> String {
        match no {
            Refusal::HandMissing => self.say(
                "Tapez votre nom, ou dessinez votre signature.",
                "Type your name, or draw your signature.",
            ),
            Refusal::HandTooLong => self.say(
                "Cette signature est trop longue\u{a0}: tapez votre nom, ou dessinez plus simplement.",
                "This signature is too long: type your name, or draw more simply.",
            ),
            Refusal::Code => self.say(
                "Ce code n’ouvre aucune de vos demi-journées\u{a0}: il a changé, ou c’est celui d’une autre salle. Reprenez celui que montre l’écran.",
                "This code opens none of your half-days: it has changed, or it is another room’s. Take the one that the screen shows.",
            ),
            Refusal::NotOpen { from, until, zone } => {
                let (from, until) = (self.short_moment(from, zone), self.short_moment(until, zone));
                self.say(
                    format!("Cette demi-journée se signe du {from} au {until}. Passé ce moment, voyez avec le formateur."),
                    format!("This half-day is signed from {from} to {until}. After that, see the trainer."),
                )
            }
            Refusal::NotOver { until, zone } => {
                let until = self.short_moment(until, zone);
                self.say(
                    format!("Une demi-journée se contresigne une fois finie\u{a0}: à partir du {until}."),
                    format!("A half-day is countersigned once it is over: from {until} on."),
                )
            }
            Refusal::Already { at, zone } => {
                let at = self.short_moment(at, zone);
                self.say(
                    format!("Cette demi-journée est déjà signée, le {at}."),
                    format!("This half-day is signed already, on {at}."),
                )
            }
            Refusal::Absent => self.say(
                "Vous êtes noté absent pour cette demi-journée\u{a0}: voyez avec le formateur, qui peut le corriger.",
                "You are noted as absent from this half-day: see the trainer, who can mend it.",
            ),
            Refusal::NoPlace => self.say(
                "Cette personne n’a pas de place confirmée dans cette session.",
                "This person has no confirmed seat in this session.",
            ),
            Refusal::NotSigned => self.say("Rien n’est signé ici.", "Nothing is signed here."),
            Refusal::Closed => self.say(
                "La session est close\u{a0}: rien ne s’y signe plus.",
                "The session is closed: nothing is signed there any more.",
            ),
            Refusal::ReasonMissing => self.say("Donnez un motif.", "Give a reason."),
            Refusal::NotAsked => self.say(
                format!("Cette signature n’est pas demandée, ou le délai de {LATE_DAYS} jours est passé. Voyez avec l’organisme de formation."),
                format!("This signature is not asked for, or the {LATE_DAYS} days are over. See the training body."),
            ),
            Refusal::SignableStill => self.ask_signatures_later().to_owned(),
            Refusal::SheetMoved => self.say(
                "La feuille a changé pendant que vous la lisiez. La voici telle qu’elle est\u{a0}: relisez, puis contresignez.",
                "The sheet changed while you were reading. Here it is as it stands: read it again, then countersign.",
            ),
            Refusal::Incomplete { missing } => self.say(
                format!("Il manque encore {missing} présences ou signatures à cette demi-journée."),
                format!("{missing} marks or signatures are still missing from this half-day."),
            ),
            Refusal::Signed => self.say(
                "Cette personne a signé\u{a0}: retirez d’abord la signature, avec un motif.",
                "This person signed: withdraw the signature first, with a reason.",
            ),
        }
    }
}
