//! Sessions: states, seats, refusals.

use super::{Language, Words, phrases};
use domain::sessions::{MOST_HOURS, MOST_SEATS, MOST_SLOTS, Refusal, SessionState};

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
            Refusal::QueueHours => self.say(
                format!("La liste d’attente ferme au plus {}\u{a0}heures (un an) avant le début.", self.number(i64::from(MOST_HOURS))),
                format!("The waiting list closes at most {} hours (a year) before the start.", self.number(i64::from(MOST_HOURS))),
            ),
            Refusal::OfferHours => self.say(
                format!("Le délai de réponse va de 1 à {}\u{a0}heures (un an).", self.number(i64::from(MOST_HOURS))),
                format!("The time to answer goes from 1 to {} hours (a year).", self.number(i64::from(MOST_HOURS))),
            ),
            Refusal::NotALink => self.video_not_a_link().to_owned(),
            Refusal::Past => self.say("Cette session commence dans le passé\u{a0}: changez ses dates.", "This session starts in the past: change its dates."),
            Refusal::NoVenue => self.say(
                "Dites où se tient la session\u{a0}: une adresse, ou un lien de visioconférence.",
                "Say where the session is held: an address, or a video link.",
            ),
            Refusal::NotBegun => self.say("La session n’a pas encore commencé.", "The session has not begun yet."),
            Refusal::NotEnded => self.say("La session n’est pas terminée.", "The session has not ended."),
            Refusal::ProofsMissing { presences, signatures, countersignatures } => {
                self.proofs_missing(presences, signatures, countersignatures)
            }
            Refusal::NotAsTold { row } => {
                let row = row.map_or_else(String::new, |row| {
                    self.say(format!(" (ligne {row} du journal)"), format!(" (row {row} of the journal)"))
                });
                self.say(
                    format!("La session ne peut pas être close\u{a0}: une preuve n’est plus celle que raconte le journal{row}. Ne changez rien, et demandez à l’administrateur de lancer «\u{a0}parcours journal verify\u{a0}»."),
                    format!("The session cannot be closed: a proof is not the one that the journal tells of{row}. Change nothing, and ask the administrator to run “parcours journal verify”."),
                )
            }
            Refusal::SlotSigned => self.say(
                "Quelqu’un a déjà signé une demi-journée que vous changez ou retirez\u{a0}: laissez-la telle quelle. Le reste du plan se modifie.",
                "Somebody has signed a half-day that you change or take away: leave it as it is. The rest of the plan may change.",
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

phrases! {
    sessions { fr "Sessions" en "Sessions" }
    session { fr "Session" en "Session" }
    shelf_coming { fr "À venir" en "To come" }
    shelf_past { fr "Passées" en "Past" }
    shelf_drafts { fr "Brouillons" en "Drafts" }
    no_sessions_title { fr "Les sessions seront ici" en "Sessions will be here" }
    no_sessions_help {
        fr "Une session naît en brouillon\u{a0}: personne ne la voit avant sa publication."
        en "A session is born as a draft: nobody sees it before it is published."
    }
    no_coming_sessions_title { fr "Aucune session à venir" en "No coming session" }
    no_coming_sessions_help {
        fr "Les sessions terminées ou annulées restent à portée de main, avec leurs inscrits et leurs présences."
        en "Sessions that are over or cancelled stay at hand, with who was enrolled and who came."
    }
    see_past_sessions { fr "Voir les sessions passées" en "See past sessions" }
    new_session { fr "Planifier une session" en "Plan a session" }
    edit_session { fr "Modifier la session" en "Change the session" }
    when { fr "Quand" en "When" }
    where_held { fr "Où" en "Where" }
    seats { fr "Places" en "Seats" }
    state { fr "État" en "State" }
    half_days { fr "Demi-journées" en "Half-days" }
    half_days_help {
        fr "Une ligne par demi-journée, à l’heure du lieu. Une ligne vide ne compte pas."
        en "One line a half-day, in local time. An empty line does not count."
    }
    day_label { fr "Date" en "Date" }
    starts_label { fr "Début" en "Start" }
    ends_label { fr "Fin" en "End" }
    add_half_day { fr "Ajouter une ligne" en "Add a line" }
    add_next_day { fr "Ajouter le lendemain, mêmes heures" en "Add the next day, same hours" }
    zone_label { fr "Fuseau horaire" en "Time zone" }
    zone_missing { fr "Choisissez le fuseau horaire du lieu." en "Choose the time zone of the place." }
    session_commune { fr "Commune de la session" en "Municipality of the session" }
    session_commune_help {
        fr "Les premières lettres ou le code postal. Laissez vide pour une session à distance."
        en "The first letters or the postal code. Leave empty for a session at a distance."
    }
    session_commune_unknown {
        fr "Cette commune n’est pas reconnue\u{a0}: essayez ses premières lettres ou son code postal."
        en "This municipality is not known: try its first letters or its postal code."
    }
    session_commune_choose { fr "Plusieurs communes correspondent\u{a0}: choisissez ci-dessous." en "Several municipalities match: choose below." }
    session_place { fr "Adresse et salle" en "Address and room" }
    only_for_seated {
        fr "Montré seulement aux personnes qui ont une place."
        en "Shown only to people who have a seat."
    }
    video_label { fr "Lien de visioconférence" en "Video link" }
    video_not_a_link { fr "Un lien commence par https://" en "A link starts with https://" }
    capacity_label { fr "Nombre de places" en "Number of seats" }
    minimum_label { fr "Minimum pour maintenir la session" en "Minimum for the session to go ahead" }
    number_missing { fr "Écrivez un nombre." en "Write a number." }
    deadline_label { fr "Date limite d’inscription" en "Enrolment deadline" }
    deadline_day { fr "Jour" en "Day" }
    deadline_time { fr "Heure" en "Hour" }
    deadline_missing { fr "Indiquez un jour et une heure." en "Give a day and an hour." }
    half_day_unread {
        fr "Une ligne n’est pas complète\u{a0}: il faut une date, un début et une fin."
        en "A line is not complete: a date, a start and an end are needed."
    }
    queue_label { fr "Clôture de la liste d’attente" en "Closing of the waiting list" }
    queue_help {
        fr "En heures avant le début\u{a0}; ensuite, plus personne n’est appelé automatiquement."
        en "In hours before the start; from then on nobody is called automatically."
    }
    hours_unit { fr "heures" en "hours" }
    promotion_label { fr "Quand une place se libère" en "When a seat comes free" }
    promotion_confirm { fr "La donner à la première personne qui attend" en "Give it to the first who waits" }
    promotion_offer { fr "La lui proposer, et attendre sa réponse" en "Offer it, and wait for an answer" }
    offer_hours_label { fr "Délai de réponse" en "Time to answer" }
    trainers_label { fr "Formateurs" en "Trainers" }
    no_trainers {
        fr "Votre organisme n’a pas encore de formateur parmi ses membres\u{a0}: la session peut être planifiée sans, et complétée ensuite."
        en "Your training body has no trainer among its members yet: the session can be planned without one, and completed later."
    }
    no_trainer_named { fr "Pas encore désigné" en "Not named yet" }
    move_reason_label { fr "Motif du changement" en "Reason for the change" }
    move_reason_help {
        fr "Écrit dans le message, si la date ou le lieu change."
        en "Written in the message, if the time or the place changes."
    }
    choose_course { fr "Choisissez une formation." en "Choose a course." }
    save_draft { fr "Garder en brouillon" en "Keep as a draft" }
    save_plan { fr "Enregistrer le plan" en "Save the plan" }
    draft_saved { fr "Le brouillon est enregistré. Relisez-le, puis publiez-le." en "The draft is saved. Read it again, then publish it." }
    plan_saved { fr "Le plan est enregistré." en "The plan is saved." }
    plan_changed_meanwhile {
        fr "Quelqu’un d’autre a modifié ce plan pendant que vous l’aviez sous les yeux. Votre saisie est gardée ci-dessous\u{a0}: comparez-la avec la fiche de la session, puis enregistrez à nouveau pour la retenir."
        en "Somebody else changed this plan while you had it open. What you typed is kept below: compare it with the page of the session, then save again to keep it."
    }
    plan_saved_told {
        fr "Le plan est enregistré. Les personnes inscrites ou en attente sont prévenues du changement."
        en "The plan is saved. People who have a place or wait are told of the change."
    }
    publish_session { fr "Publier la session" en "Publish the session" }
    published { fr "La session est publiée\u{a0}: elle est au catalogue." en "The session is published: it is in the catalogue." }
    confirm_session { fr "Maintenir la session" en "Confirm that it goes ahead" }
    confirmed_session {
        fr "La session est maintenue. Les convocations partent aux personnes qui ont une place."
        en "The session goes ahead. Joining letters leave for those who have a seat."
    }
    start_session { fr "Commencer la session" en "Start the session" }
    started { fr "La session a commencé." en "The session has begun." }
    close_session { fr "Clore la session" en "Close the session" }
    closed_session {
        fr "La session est close\u{a0}: chaque inscription a son résultat."
        en "The session is closed: each enrolment has its outcome."
    }
    cancel_session { fr "Annuler la session" en "Cancel the session" }
    keep_session { fr "Garder la session" en "Keep the session" }
    cancel_reason { fr "Motif, écrit dans le message" en "Reason, written in the message" }
    cancelled_session {
        fr "La session est annulée. Toutes les personnes concernées sont prévenues."
        en "The session is cancelled. Everyone concerned is told."
    }
    delete_draft { fr "Supprimer le brouillon" en "Delete the draft" }
    draft_deleted { fr "Le brouillon est supprimé." en "The draft is deleted." }
    facts { fr "Les faits" en "The facts" }
    letters_of_session { fr "Courrier" en "Letters" }
    journal { fr "Journal" en "Journal" }
    journal_help { fr "Qui a fait quoi, et quand\u{a0}: rien ne s’y efface." en "Who did what, and when: nothing is ever erased." }
    overview { fr "La session" en "The session" }
    minimum_short { fr "Minimum" en "Minimum" }
    see_in_catalogue { fr "Voir la fiche publique" en "See the public sheet" }
    do_draft {
        fr "Relisez, puis publiez\u{a0}: la session entrera au catalogue et s’ouvrira aux inscriptions."
        en "Read it again, then publish: the session enters the catalogue and opens for enrolment."
    }
    do_published {
        fr "Dès que vous savez que la session aura lieu, maintenez-la\u{a0}: les convocations partiront."
        en "As soon as you know that it will take place, confirm it: the joining letters will leave."
    }
    do_confirmed {
        fr "Tout est prêt. La session commencera d’elle-même à son heure."
        en "Everything is ready. The session starts by itself at its hour."
    }
    do_running {
        fr "Notez qui est venu, demi-journée par demi-journée."
        en "Note who came, half-day by half-day."
    }
    do_close {
        fr "La session est terminée. Notez chaque présence, puis clôturez-la\u{a0}: chaque inscription aura son résultat."
        en "The session is over. When every mark is noted, close it: each enrolment gets its outcome."
    }
    do_closed { fr "La session est close." en "The session is closed." }
    do_cancelled { fr "La session a été annulée." en "The session was cancelled." }
}

impl Words {
    /// « 9 sur 13 ».
    pub fn out_of(self, taken: i32, all: i32) -> String {
        self.say(format!("{taken} sur {all}"), format!("{taken} of {all}"))
    }

    pub fn waiting_people(self, waiting: i64) -> String {
        self.say(format!("{waiting} en attente"), format!("{waiting} waiting"))
    }

    /// Names a field of one line for those who do not see the lines.
    pub fn nth_half_day(self, number: usize) -> String {
        self.say(format!("Demi-journée {number}"), format!("Half-day {number}"))
    }

    pub fn cancel_question(self, title: &str, day: &str) -> String {
        self.say(
            format!("Annuler «\u{a0}{title}\u{a0}», {day}\u{202f}?"),
            format!("Cancel “{title}”, {day}?"),
        )
    }

    pub fn cancel_consequence(self, held: i32, waiting: i64) -> String {
        self.say(
            format!("Places perdues\u{a0}: {held}. Personnes qui quitteront la liste d’attente\u{a0}: {waiting}. Chacune recevra un message avec votre motif."),
            format!("Seats lost: {held}. People who leave the waiting list: {waiting}. Each gets a message with your reason."),
        )
    }

    /// What a line of a session's journal tells.
    pub fn journal_line(self, kind: &str, from: Option<&str>, to: Option<&str>) -> String {
        let (from, to) = (from.map(|n| self.journal_name(kind, n)), to.map(|n| self.journal_name(kind, n)));
        let to = to.unwrap_or_default();
        let what = match kind {
            "session" => self.say("Session", "Session"),
            "plan" => self.say("Plan", "Plan"),
            "enrolment" => self.say("Inscription", "Enrolment"),
            "mark" => self.say("Présence", "Attendance"),
            "correction" => self.say("Présence corrigée", "Attendance corrected"),
            "signature" => self.say("Signature", "Signature"),
            "countersignature" => self.say("Contresignature", "Countersignature"),
            "signature_asked" => self.say("Signature demandée après coup", "Signature asked for afterwards"),
            "waiver" => self.say("Preuve dont on se passe", "Proof done without"),
            "room" => self.say("Salle ouverte", "Room opened"),
            "substitution" => self.say("Place confiée à un collègue", "Seat passed on to a colleague"),
            "seat_above_capacity" => self.say("Place au-delà de la capacité", "Seat above the capacity"),
            "seats_set_aside" => self.say("Places réservées", "Seats set aside"),
            "reservation_ended" => self.say("Réservation terminée", "Seats no longer set aside"),
            other => other.to_owned(),
        };
        let path = match from {
            Some(from) if !to.is_empty() => format!("{from} → {to}"),
            Some(from) => from,
            None => to,
        };
        if path.is_empty() {
            return what;
        }
        self.say(format!("{what}\u{a0}: {path}"), format!("{what}: {path}"))
    }

    fn journal_name(self, kind: &str, name: &str) -> String {
        let known = match (kind, name) {
            ("session", "deleted") => Some(self.say("supprimée", "deleted")),
            ("plan", "moved") => Some(self.say("date ou lieu changé", "time or place changed")),
            ("plan", "edited") => Some(self.say("modifié", "changed")),
            ("session", name) => name.parse().ok().map(|s| self.session_state(s).to_lowercase()),
            ("enrolment" | "substitution", name) => {
                name.parse().ok().map(|s| self.enrolment_state(s).to_lowercase())
            }
            ("mark" | "correction", name) => name.parse().ok().map(|p| self.presence(p).to_lowercase()),
            ("signature", "withdrawn") => Some(self.say("retirée", "withdrawn")),
            ("signature", name) => name.parse().ok().map(|way| self.signing_way(way).to_owned()),
            ("countersignature", name) => name.parse().ok().map(|role| self.role(role).to_lowercase()),
            // What these lines tell is in their first words.
            ("waiver" | "room" | "signature_asked", _) => Some(String::new()),
            (_, _) => None,
        };
        known.unwrap_or_else(|| name.to_owned())
    }
}
