//! What stands in the list of a mailbox.

use super::super::Words;
use super::{agreements, candidacies, de, juries};
use domain::letters::{Change, Meeting, Message, Place};

pub fn subject(w: Words, message: &Message) -> String {
    match message {
        Message::Invitation { organisation, .. } => invitation(w, organisation.as_deref()),
        Message::Reset { .. } => w.say("Choisissez un nouveau mot de passe", "Choose a new password"),
        Message::NewRole { organisation: Some(name), .. } => w.say(
            format!("Un nouveau rôle dans Parcours\u{a0}: {name}"),
            format!("A new role in Parcours: {name}"),
        ),
        Message::NewRole { organisation: None, .. } => {
            w.say("Un nouveau rôle dans Parcours", "A new role in Parcours")
        }
        Message::ApprovalWanted { meeting, place, .. } => {
            let person = &place.person;
            let what = w.say(format!("{person} demande une place"), format!("{person} asks for a seat"));
            about(w, &what, meeting)
        }
        Message::RequestReceived { meeting, results, .. } => {
            let what = match results.len() {
                0 | 1 => w.say("Votre demande est enregistrée", "Your request is registered"),
                people => w.say(
                    format!("Votre demande pour {people}\u{a0}personnes est enregistrée"),
                    format!("Your request for {people} people is registered"),
                ),
            };
            about(w, &what, meeting)
        }
        Message::StaffNews { meeting, .. } => {
            about(w, &w.say("Du nouveau pour vos salariés", "News of your employees"), meeting)
        }
        Message::Confirmed { meeting, place, goes_ahead } => {
            let confirmed = seat(w, place, ("est confirmée", "is confirmed"));
            about(w, &with_joining(w, place, *goes_ahead, confirmed), meeting)
        }
        Message::Waiting { meeting, place, .. } => {
            let person = &place.person;
            let what = if place.to_themselves {
                w.say("Vous êtes sur la liste d’attente", "You are on the waiting list")
            } else {
                w.say(
                    format!("{person} est sur la liste d’attente"),
                    format!("{person} is on the waiting list"),
                )
            };
            about(w, &what, meeting)
        }
        Message::Offer { meeting, place, .. } => {
            let person = &place.person;
            let what = if place.to_themselves {
                w.say("Une place vous est proposée", "A seat is offered to you")
            } else {
                w.say(format!("Une place est proposée à {person}"), format!("A seat is offered to {person}"))
            };
            about(w, &what, meeting)
        }
        Message::Promoted { meeting, place, goes_ahead } => {
            about(w, &promoted(w, place, *goes_ahead), meeting)
        }
        Message::NoPlace { meeting, place, .. } => about(w, &ended(w, place), meeting),
        Message::EnrolmentCancelled { meeting, place, .. } => about(w, &cancelled(w, place), meeting),
        Message::Joining { meeting, place } => {
            let what = if place.to_themselves {
                w.say("Votre convocation", "Your joining letter")
            } else {
                w.say(
                    format!("Convocation {}", de(&place.person)),
                    format!("Joining letter of {}", place.person),
                )
            };
            about(w, &what, meeting)
        }
        Message::Reminder { meeting, days, .. } => {
            let when = w.in_days(*days);
            about(w, &w.say(format!("Rappel, {when}"), format!("Reminder, {when}")), meeting)
        }
        Message::SigningLink { meeting, .. }
        | Message::SignatureWanted { meeting, .. }
        | Message::UnsignedPresence { meeting, .. } => about(w, &of_signature(w, message), meeting),
        Message::SessionMoved { meeting, former, .. } => {
            let (fr, en) = changed(former.change(meeting));
            about(w, &w.say(format!("Changement {fr}"), format!("Change of {en}")), meeting)
        }
        Message::SessionCancelled { meeting, .. } => {
            about(w, &w.say("Session annulée", "Session cancelled"), meeting)
        }
        Message::ThankYou { meeting, .. }
        | Message::ColdSurvey { meeting, .. }
        | Message::SurveyReminder { meeting, .. }
        | Message::EmployerSurvey { meeting, .. }
        | Message::EmployerReminder { meeting, .. } => about(w, &of_survey(w, message), meeting),
        Message::CandidacyNews { dossier, news } => candidacies::subject(w, dossier, news),
        Message::CandidacyReceived { dossier } => candidacies::received_subject(w, dossier),
        Message::JuryNews { board, news } => juries::subject(w, board, news),
        Message::AppealReceived { dossier, .. } => juries::appeal_subject(w, dossier),
        Message::AgreementWanted { partnership } => agreements::wanted_subject(w, partnership),
        Message::AgreementGiven { partnership } => agreements::given_subject(w, partnership),
        Message::AgreementDeclined { partnership } => agreements::declined_subject(w, partnership),
        Message::SessionSealed { meeting, .. } => {
            about(w, &w.say("Sceau à conserver", "A seal to keep"), meeting)
        }
    }
}

impl Words {
    /// « demain », « dans 7 jours ».
    pub(super) fn in_days(self, days: i64) -> String {
        match days {
            0 => self.say("aujourd’hui", "today"),
            1 => self.say("demain", "tomorrow"),
            n => self.say(format!("dans {n}\u{a0}jours"), format!("in {n} days")),
        }
    }
}

/// What has changed, after « changement » and after « change of ».
pub(super) fn changed(change: Change) -> (&'static str, &'static str) {
    match (change.days, change.hours, change.place) {
        (true, _, true) => ("de date et de lieu", "date and place"),
        (true, _, false) => ("de date", "date"),
        (false, true, true) => ("d’horaires et de lieu", "hours and place"),
        (false, true, false) => ("d’horaires", "hours"),
        (false, false, _) => ("de lieu", "place"),
    }
}

/// « Votre place est confirmée, voici votre convocation ».
fn invitation(w: Words, organisation: Option<&str>) -> String {
    match organisation {
        Some(name) => {
            w.say(format!("Votre accès à Parcours\u{a0}: {name}"), format!("Your access to Parcours: {name}"))
        }
        None => w.say("Votre accès à Parcours", "Your access to Parcours"),
    }
}

fn with_joining(w: Words, place: &Place, goes_ahead: bool, what: String) -> String {
    match (goes_ahead, place.to_themselves) {
        (false, _) => what,
        (true, true) => {
            w.say(format!("{what}, voici votre convocation"), format!("{what}, here is your joining letter"))
        }
        (true, false) => w.say(
            format!("{what}, voici la convocation {}", de(&place.person)),
            format!("{what}, here is the joining letter of {}", place.person),
        ),
    }
}

/// « Votre place est confirmée : L’IA au quotidien, jeudi 3 décembre ».
fn about(w: Words, what: &str, meeting: &Meeting) -> String {
    let colon = w.colon();
    match w.letter_date(meeting) {
        Some(date) => format!("{what}{colon} {}, {date}", meeting.title),
        None => format!("{what}{colon} {}", meeting.title),
    }
}

fn seat(w: Words, place: &Place, (fr, en): (&str, &str)) -> String {
    if place.to_themselves {
        return w.say(format!("Votre place {fr}"), format!("Your seat {en}"));
    }
    w.say(format!("La place {} {fr}", de(&place.person)), format!("The seat of {} {en}", place.person))
}

fn promoted(w: Words, place: &Place, goes_ahead: bool) -> String {
    let freed = w.say("Une place s’est libérée", "A seat came free");
    if goes_ahead {
        return with_joining(w, place, true, freed);
    }
    let is_theirs = seat(w, place, ("est confirmée", "is confirmed"));
    format!("{freed}, {}", lowered(&is_theirs))
}

fn of_signature(w: Words, message: &Message) -> String {
    match message {
        Message::SigningLink { .. } => w.say("Votre lien pour signer", "Your link to sign"),
        Message::SignatureWanted { .. } => w.say("Votre signature est attendue", "Your signature is wanted"),
        _ => w.say("Présence retenue sans signature", "Presence kept without a signature"),
    }
}

fn cancelled(w: Words, place: &Place) -> String {
    if place.to_themselves {
        return w.say("Votre inscription est annulée", "Your enrolment is cancelled");
    }
    w.say(
        format!("L’inscription {} est annulée", de(&place.person)),
        format!("The enrolment of {} is cancelled", place.person),
    )
}

fn of_survey(w: Words, message: &Message) -> String {
    match message {
        Message::ThankYou { place, .. } => thanks(w, place),
        Message::SurveyReminder { .. } => w.say("Rappel, votre avis", "Reminder, your opinion"),
        Message::EmployerSurvey { .. } => w.say("Votre avis d’employeur", "Your opinion as an employer"),
        Message::EmployerReminder { .. } => {
            w.say("Rappel, votre avis d’employeur", "Reminder, your opinion as an employer")
        }
        _ => w.say("Quelques semaines après, votre avis", "Some weeks on, your opinion"),
    }
}

fn thanks(w: Words, place: &Place) -> String {
    if place.to_themselves {
        return w.say("Merci de votre participation", "Thank you for taking part");
    }
    w.say(
        format!("Merci de la participation {}", de(&place.person)),
        format!("Thank you, {} took part", place.person),
    )
}

fn ended(w: Words, place: &Place) -> String {
    if place.to_themselves {
        return w.say("Votre demande n’a pas abouti", "Your request ended without a seat");
    }
    w.say(
        format!("La demande {} n’a pas abouti", de(&place.person)),
        format!("The request of {} ended without a seat", place.person),
    )
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
