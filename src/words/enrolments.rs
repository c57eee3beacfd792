//! Enrolments: states, ranks, refusals.

mod by_hand;

use super::{Language, Words, phrases};
use domain::enrolments::{EnrolmentState, Rank, Refusal};

phrases! {
    by_hand_email_wrong {
        fr "Cette adresse n’est pas complète\u{a0}: on attend prenom@entreprise.example, ou rien."
        en "This address is not complete: name@company.example is expected, or nothing."
    }
    by_hand_siret_wrong {
        fr "Un SIRET compte quatorze chiffres\u{a0}: vérifiez-les, ou laissez ce champ vide."
        en "A SIRET has fourteen digits: check them, or leave this field empty."
    }
    seats_number_missing { fr "Indiquez un nombre de places." en "Give a number of seats." }
    reserve_until_missing {
        fr "Indiquez une date, par exemple 03/12/2026."
        en "Give a date, such as 03/12/2026."
    }
    field_attention { fr "Ce champ est à revoir." en "This field needs attention." }
    enrolments { fr "Inscriptions" en "Enrolments" }
    enrolments_title { fr "Les inscriptions de vos salariés" en "Your employees’ enrolments" }
    enrolments_title_staff { fr "Les inscriptions à vos sessions" en "Enrolments in your sessions" }
    enrolments_title_own { fr "Vos inscriptions" en "Your enrolments" }
    enrolments_help {
        fr "Qui va où, quand, et qui attend encore une place."
        en "Who goes where, when, and who still waits for a seat."
    }
    in_it_already { fr "déjà demandé" en "asked for already" }
    enrol_chosen_title { fr "Inscrire des salariés" en "Enrol employees" }
    enrolments_empty {
        fr "Aucune inscription pour l’instant. Choisissez une session ouverte, puis les personnes à y inscrire\u{a0}: trois minutes suffisent."
        en "No enrolment yet. Choose an open session, then the people to enrol: three minutes are enough."
    }
    coming_only { fr "À venir" en "Coming" }
    past_sessions { fr "Sessions passées" en "Past sessions" }
    no_past_enrolment { fr "Aucune session passée pour l’instant." en "No past session yet." }
    person { fr "Personne" en "Person" }
    people { fr "Personnes" en "People" }
    place_where { fr "Où" en "Where" }
    company { fr "Entreprise" en "Company" }
    your_employees { fr "Vos salariés" en "Your employees" }
    filter_list { fr "Chercher dans la liste" en "Search the list" }
    search_employee { fr "Chercher un salarié par son nom" en "Search an employee by name" }
    choose_shown { fr "Choisir toutes les personnes affichées" en "Choose everyone shown" }
    choose_nobody { fr "Ne choisir personne" en "Choose nobody" }
    nobody_named { fr "Personne ne porte ce nom dans votre liste." en "Nobody on your list has this name." }
    add_employee { fr "Ajouter un salarié" en "Add an employee" }
    import_employees { fr "Coller une liste" en "Paste a list" }
    no_employee_yet {
        fr "Votre liste de salariés est vide. Collez-la depuis un tableur\u{a0}: chaque ligne est vérifiée avant d’être enregistrée."
        en "Your list of employees is empty. Paste it from a spreadsheet: every row is checked before it is saved."
    }
    if_not_enough { fr "S’il n’y a pas assez de places" en "If there are not enough seats" }
    as_many_as_fit { fr "Inscrire autant de personnes que possible" en "Enrol as many people as fit" }
    as_many_as_fit_help {
        fr "Les places sont données dans l’ordre de cette liste\u{a0}; les autres attendent, chacune à son rang."
        en "Seats are given in the order of this list; the others wait, each at their rank."
    }
    all_or_none { fr "Tout le groupe ou personne" en "The whole group or nobody" }
    mode_mistake {
        fr "Dites ce qui vaut s’il n’y a pas assez de places\u{a0}: autant de personnes que possible, ou tout le groupe."
        en "Say what holds if there are not enough seats: as many people as fit, or the whole group."
    }
    all_or_none_help {
        fr "Le groupe attend qu’il y ait assez de places pour tous."
        en "The group waits until there are enough seats for everyone."
    }
    nobody_chosen { fr "Personne n’est encore choisi" en "Nobody is chosen yet" }
    one_chosen { fr "1 personne choisie" en "1 person chosen" }
    many_chosen { fr "{n}\u{a0}personnes choisies" en "{n} people chosen" }
    one_over { fr "1 personne attendra" en "1 person will wait" }
    many_over { fr "{n}\u{a0}personnes attendront" en "{n} people will wait" }
    enrol_chosen { fr "Inscrire les personnes choisies" en "Enrol the chosen people" }
    enrol_one { fr "Inscrire 1 personne" en "Enrol 1 person" }
    enrol_many { fr "Inscrire {n} personnes" en "Enrol {n} people" }
    choose_session_title { fr "À quelle session les inscrire\u{202f}?" en "Which session will they join?" }
    choose_session_help { fr "Les prochaines sessions ouvertes, avec les places qui restent." en "The next open sessions, with the seats left." }
    no_open_session {
        fr "Aucune session n’est ouverte en ce moment. Les organismes de formation en publient régulièrement\u{a0}: revenez dans quelques jours."
        en "No session is open at the moment. Training bodies publish some regularly: come back in a few days."
    }
    why_waiting { fr "Pourquoi cette attente\u{202f}?" en "Why the wait?" }
    cancel_enrolment { fr "Annuler cette inscription" en "Cancel this enrolment" }
    cancel_enrolment_help {
        fr "La place passe aussitôt à la première personne qui attend. Une personne qui revient repart en fin de liste."
        en "The seat passes at once to the first person who waits. Who comes back starts at the end of the list."
    }
    ended_when { fr "Terminée le" en "Ended on" }
    ended_by { fr "Par" en "By" }
    ended_by_the_clock { fr "Parcours, à l’échéance" en "Parcours, when the time was over" }
    ended_by_link { fr "Le lien personnel de cette place" en "The personal link of this seat" }
    cancel_enrolment_keep { fr "Garder l’inscription" en "Keep the enrolment" }
    accept_offer { fr "Accepter la place" en "Accept the seat" }
    decline_offer { fr "Laisser la place" en "Give up the seat" }
    approve_request { fr "Approuver la demande" en "Approve the request" }
    refuse_request { fr "Refuser la demande" en "Refuse the request" }
    substitute_title { fr "Confier la place à un collègue" en "Pass the seat on to a colleague" }
    substitute_help {
        fr "La place reste dans votre entreprise\u{a0}: elle ne repasse pas par la liste d’attente."
        en "The seat stays in your company: it does not go back to the waiting list."
    }
    substitute_choose { fr "Collègue" en "Colleague" }
    substitute_button { fr "Confier la place" en "Pass the seat on" }
    transfer_title { fr "Reporter sur une autre session" en "Move to another session" }
    transfer_help { fr "Une place doit y être libre." en "A seat must be free there." }
    transfer_button { fr "Reporter" en "Move" }
    exceed_title { fr "Donner une place au-delà de la capacité" en "Give a seat above the capacity" }
    exceed_help {
        fr "Votre nom et votre motif sont inscrits au journal. Une place rendue plus tard ne sera pas redonnée."
        en "Your name and reason are written into the journal. A seat given back later is not given again."
    }
    exceed_button { fr "Donner cette place" en "Give this seat" }
    reserve_title { fr "Réserver des places à une entreprise" en "Set seats aside for a company" }
    reserve_help {
        fr "Elles paraissent prises aux autres jusqu’à la date choisie, puis redeviennent libres."
        en "They look taken to others until the date, then become free again."
    }
    reserve_button { fr "Réserver" en "Set aside" }
    reserve_until { fr "Jusqu’au" en "Until" }
    reserve_group { fr "Réserver des places à un groupe qui attend" en "Set seats aside for a waiting group" }
    unreserve_button { fr "Rendre ces places" en "Give these seats back" }
    seats_number { fr "Nombre de places" en "Number of seats" }
    seats_set_aside { fr "Places réservées" en "Seats set aside" }
    company_siret { fr "SIRET de l’entreprise" en "SIRET of the company" }
    given_name { fr "Prénom" en "Given name" }
    family_name { fr "Nom" en "Family name" }
    enrolled_and_waiting { fr "Inscrits et liste d’attente" en "Enrolled and waiting list" }
    nobody_enrolled {
        fr "Personne n’est encore inscrit. Publiez la session\u{a0}: les employeurs la voient aussitôt dans le catalogue."
        en "Nobody is enrolled yet. Publish the session: employers see it in the catalogue at once."
    }
    no_address { fr "sans adresse électronique" en "no e-mail address" }
    add_to_calendar { fr "Ajouter à mon agenda" en "Add to my calendar" }
    video_link { fr "Lien de visioconférence" en "Video link" }
    place_shown_when_confirmed {
        fr "L’adresse et le lien sont communiqués aux personnes qui ont une place."
        en "The address and the link are given to those who have a seat."
    }
    open_account { fr "Ouvrir mon compte" en "Open my account" }
    account_on_its_way {
        fr "Un courriel vient de vous être adressé\u{a0}: son lien ouvre votre compte."
        en "An e-mail has just been sent to you: its link opens your account."
    }
    open_account_help {
        fr "Pour suivre tout votre parcours au même endroit. Un courriel vous sera envoyé."
        en "To follow your whole path in one place. An e-mail will be sent to you."
    }
    reason_help { fr "Quelques mots suffisent\u{a0}; ils sont transmis aux personnes concernées." en "A few words are enough; they are passed on." }
}

impl Words {
    /// What became of a request, for the page that follows.
    pub fn asked(self, confirmed: usize, waiting: usize, requested: usize, already: usize) -> String {
        let count = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(one.to_owned()),
            n => Some(many.replace("{n}", &n.to_string())),
        };
        let parts: Vec<String> = match self.0 {
            Language::Fr => [
                count(confirmed, "1 place confirmée", "{n}\u{a0}places confirmées"),
                count(waiting, "1 personne en attente", "{n}\u{a0}personnes en attente"),
                count(
                    requested,
                    "1 demande transmise à l’employeur",
                    "{n}\u{a0}demandes transmises à l’employeur",
                ),
                count(already, "1 personne y était déjà", "{n}\u{a0}personnes y étaient déjà"),
            ],
            Language::En => [
                count(confirmed, "1 seat confirmed", "{n} seats confirmed"),
                count(waiting, "1 person waiting", "{n} people waiting"),
                count(
                    requested,
                    "1 request passed on to the employer",
                    "{n} requests passed on to the employer",
                ),
                count(already, "1 person was in it already", "{n} people were in it already"),
            ],
        }
        .into_iter()
        .flatten()
        .collect();
        let told = self.say(
            "Ceux dont l’adresse est connue reçoivent un courriel.",
            "Those whose address is known get an e-mail.",
        );
        format!("{}. {told}", parts.join(", "))
    }

    /// « 2e en attente ».
    pub fn rank_short(self, rank: &Rank) -> String {
        let place = self.ordinal(rank.place);
        self.say(format!("{place} en attente"), format!("{place} in the queue"))
    }

    /// How far somebody is, why they wait, and what will change it.
    pub fn rank_explained(self, rank: Rank) -> String {
        let (place, waiting, reason) = (self.ordinal(rank.place), rank.waiting, self.waiting_reason(rank));
        self.say(
            format!("{place} sur {waiting}. {reason} Les places rendues vont aux premières demandes."),
            format!("{place} of {waiting}. {reason} Seats given back go to the first requests."),
        )
    }

    /// « Qui inscrivez-vous le jeudi 3 décembre ? »
    pub fn who_to_enrol(self, day: domain::calendar::Day) -> String {
        let day = self.day_of_year(day);
        self.say(format!("Qui inscrivez-vous le {day}\u{202f}?"), format!("Whom do you enrol on {day}?"))
    }

    pub fn seats_and_queue(self, free: u32) -> String {
        let left = self.seats_left(free);
        self.say(
            format!("{left}\u{a0}; au-delà, les personnes suivantes entrent dans la liste d’attente, dans l’ordre."),
            format!("{left}; beyond that, people join the waiting list, in order."),
        )
    }

    /// « 13 inscrits, 2 en attente ».
    pub fn enrolled_count(self, seated: usize, waiting: usize) -> String {
        let seats = match seated {
            0 => self.say("Personne n’a encore de place", "Nobody has a seat yet"),
            1 => self.say("1 place prise", "1 seat taken"),
            n => self.say(format!("{n}\u{a0}places prises"), format!("{n} seats taken")),
        };
        match waiting {
            0 => seats,
            n => self.say(format!("{seats}, {n} en attente"), format!("{seats}, {n} waiting")),
        }
    }

    /// Why a place ended when a seat was passed on: it was this one, or the one that they have now.
    pub const fn gave_way(self, had_seat: bool) -> &'static str {
        match (self.0, had_seat) {
            (Language::Fr, true) => "L’employeur a confié cette place à un collègue.",
            (Language::Fr, false) => "L’employeur lui a confié la place d’un collègue.",
            (Language::En, true) => "The employer has passed this seat on to a colleague.",
            (Language::En, false) => "The employer has passed the seat of a colleague on to them.",
        }
    }

    /// « Lou Carpentier : place confirmée ».
    pub fn titled_state(self, person: &str, state: EnrolmentState) -> String {
        let state = self.enrolment_state(state).to_lowercase();
        self.say(format!("{person}\u{a0}: {state}"), format!("{person}: {state}"))
    }

    pub fn cancel_title(self, person: &str) -> String {
        self.say(
            format!("Annuler l’inscription {}\u{202f}?", super::letters::de(person)),
            format!("Cancel the enrolment of {person}?"),
        )
    }

    /// What to mend in a field of a form about places.
    pub fn unknown_company(self) -> String {
        self.say(
            "Aucune entreprise du programme ne porte ce SIRET. Demandez à l’opérateur de l’enregistrer.",
            "No company of the programme has this SIRET. Ask the operator to register it.",
        )
    }

    pub fn reserved_notice(self, seats: u32) -> String {
        match seats {
            1 => self.say("1 place est réservée.", "1 seat is set aside."),
            n => self.say(format!("{n}\u{a0}places sont réservées."), format!("{n} seats are set aside.")),
        }
    }

    pub fn unreserved_notice(self) -> String {
        self.say("Ces places sont de nouveau libres.", "These seats are free again.")
    }

    pub fn ended_places(self, number: usize) -> String {
        self.say(format!("Inscriptions terminées ({number})"), format!("Ended enrolments ({number})"))
    }

    pub fn offer_until(self, moment: &str) -> String {
        self.say(
            format!("Cette place est gardée jusqu’au {moment}. Passé ce délai, elle est proposée à la personne suivante."),
            format!("This seat is held until {moment}. After that it is offered to the next person."),
        )
    }

    /// The notice after a change of one enrolment.
    pub fn enrolment_now(self, person: &str, state: EnrolmentState) -> String {
        let state = self.enrolment_state(state).to_lowercase();
        self.say(format!("{person}\u{a0}: {state}."), format!("{person}: {state}."))
    }

    pub fn reserved_for(self, seats: i32, who: &str, until: &str) -> String {
        self.say(
            format!("{who}\u{a0}: {}, jusqu’au {until}", self.n_seats(seats)),
            format!("{who}: {}, until {until}", self.n_seats(seats)),
        )
    }

    fn n_seats(self, seats: i32) -> String {
        match seats {
            1 => self.say("1\u{a0}place", "1 seat"),
            n => self.say(format!("{n}\u{a0}places"), format!("{n} seats")),
        }
    }

    pub fn waiting_group(self, number: i64, people: usize) -> String {
        self.say(
            format!("Groupe n°\u{a0}{number}, {people} personnes"),
            format!("Group no. {number}, {people} people"),
        )
    }

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
            Refusal::Alike { state, same, .. } => self.alike(state, same),
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
