//! The paragraphs of each letter. Where somebody receives it for another, it speaks of that person.

mod accounts;
mod moves;

use super::super::Words;
use super::{agreements, candidacies, de, juries, signatures, surveys};
use accounts::{invitation, new_role, reset};
use domain::calendar::Instant;
use domain::enrolments::{EnrolmentState, Rank};
use domain::letters::{Former, Meeting, Message, Place, Told};
use moves::{kept_offer, kept_request, kept_seat, moved, session_moved};

pub fn sentences(w: Words, message: &Message) -> Vec<String> {
    match message {
        Message::Invitation { organisation, by, until, .. } => {
            invitation(w, organisation.as_deref(), by.as_deref(), *until)
        }
        Message::Reset { until, .. } => reset(w, *until),
        Message::NewRole { role, organisation, by, .. } => {
            new_role(w, *role, organisation.as_deref(), by.as_deref())
        }
        Message::ApprovalWanted { meeting, place, until, .. } => approval_wanted(w, meeting, place, *until),
        Message::RequestReceived { meeting, results, .. } => request_received(w, meeting, results),
        Message::StaffNews { meeting, former, .. } => staff_news(w, meeting, former.as_ref()),
        Message::Confirmed { meeting, place, goes_ahead } => {
            [confirmed(w, meeting, place), called(w, place, *goes_ahead)].concat()
        }
        Message::Waiting { meeting, place, rank } => waiting(w, meeting, place, *rank),
        Message::Offer { meeting, place, until } => offer(w, meeting, place, *until),
        Message::Promoted { meeting, place, goes_ahead } => {
            [promoted(w, meeting, place), called(w, place, *goes_ahead)].concat()
        }
        Message::NoPlace { meeting, place, state, reason } => {
            no_place(w, meeting, place, *state, reason.as_deref())
        }
        Message::EnrolmentCancelled { meeting, place, reason, passed_to, .. } => {
            let told = match passed_to {
                Some(colleague) => Some(passed_on(w, colleague)),
                None => why(w, reason.as_deref()),
            };
            enrolment_cancelled(w, meeting, place, told)
        }
        Message::Joining { meeting, place } => joining(w, meeting, place),
        Message::Reminder { meeting, place, days } => reminder(w, meeting, place, *days),
        Message::SigningLink { meeting, .. } => signatures::link(w, meeting),
        Message::SignatureWanted { meeting, place, slot, until } => {
            signatures::wanted(w, meeting, place, slot, *until)
        }
        Message::UnsignedPresence { meeting, place, slots } => signatures::unsigned(w, meeting, place, slots),
        Message::SessionMoved { meeting, place, reason, state, former } => {
            let kept = match state {
                EnrolmentState::Offered => kept_offer(w, place),
                seated if seated.has_place() => kept_seat(w, place),
                _ => kept_request(w, place),
            };
            session_moved(w, meeting, former, reason.as_deref(), kept)
        }
        Message::SessionCancelled { meeting, reason, .. } => session_cancelled(w, meeting, reason),
        Message::ThankYou { meeting, place, minutes, until } => {
            surveys::thank_you(w, meeting, place, *minutes, *until)
        }
        Message::ColdSurvey { meeting, place, until } => surveys::cold(w, meeting, place, *until),
        Message::SurveyReminder { meeting, place, moment, until } => {
            surveys::reminder(w, meeting, place, *moment, *until)
        }
        Message::EmployerSurvey { meeting, until, .. } => surveys::employer(w, meeting, *until),
        Message::EmployerReminder { meeting, until, .. } => surveys::employer_reminder(w, meeting, *until),
        Message::SessionSealed { meeting, .. } => super::super::journal::session_sealed(w, meeting),
        Message::CandidacyNews { dossier, news } => candidacies::sentences(w, dossier, news),
        Message::CandidacyReceived { dossier } => candidacies::received(w, dossier),
        Message::JuryNews { board, news } => juries::sentences(w, board, news),
        Message::AppealReceived { dossier, .. } => juries::appeal(w, dossier),
        Message::AgreementWanted { partnership } => agreements::wanted(w, partnership),
        Message::AgreementGiven { partnership } => agreements::given(w, partnership),
        Message::AgreementDeclined { partnership } => agreements::declined(w, partnership),
    }
}

/// « L’IA au quotidien », in the quotes of the language.
pub(super) fn quoted(w: Words, meeting: &Meeting) -> String {
    w.say(format!("«\u{a0}{}\u{a0}»", meeting.title), format!("“{}”", meeting.title))
}

fn why(w: Words, reason: Option<&str>) -> Option<String> {
    let reason = reason.map(str::trim).filter(|r| !r.is_empty())?;
    Some(w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}")))
}

fn approval_wanted(w: Words, meeting: &Meeting, place: &Place, until: Instant) -> Vec<String> {
    let (title, person) = (quoted(w, meeting), &place.person);
    let until = w.moment_there(until, meeting.zone);
    vec![
        w.say(
            format!("{person} demande une place à la session {title} et attend votre accord."),
            format!("{person} asks for a seat in the session {title} and waits for your approval."),
        ),
        w.say(
            format!("Répondez avant le {until}\u{a0}: jusque-là, aucune place n’est retenue."),
            format!("Please answer before {until}: until then no seat is held."),
        ),
    ]
}

fn staff_news(w: Words, meeting: &Meeting, former: Option<&Former>) -> Vec<String> {
    let title = quoted(w, meeting);
    let moved = former.map(|former| moved(w, meeting, former));
    let stand = w.say(
        format!("Voici où en sont vos salariés après ce qui vient de changer pour la session {title}. Ils en sont prévenus eux aussi."),
        format!("This is how your employees stand after what has just changed in the session {title}. They are told as well."),
    );
    moved.into_iter().chain([stand]).collect()
}

fn request_received(w: Words, meeting: &Meeting, results: &[Told]) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = w.say(
        format!("Votre demande pour la session {title} est enregistrée."),
        format!("Your request for the session {title} is registered."),
    );
    let mut counts: Vec<String> = Vec::new();
    for state in EnrolmentState::ALL {
        let people = results.iter().filter(|told| told.state == *state).count();
        if people > 0 {
            let colon = w.colon();
            counts.push(format!("{}{colon} {people}", w.enrolment_state(*state).to_lowercase()));
        }
    }
    let state = w.say(
        format!("Voici où elle en est ({}).", counts.join(", ")),
        format!("This is how it stands ({}).", counts.join(", ")),
    );
    vec![first, state]
}

fn confirmed(w: Words, meeting: &Meeting, place: &Place) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = if place.to_themselves {
        w.say(
            format!("Votre place à la session {title} est confirmée."),
            format!("Your seat in the session {title} is confirmed."),
        )
    } else {
        w.say(
            format!("La place {} à la session {title} est confirmée.", de(&place.person)),
            format!("The seat of {} in the session {title} is confirmed.", place.person),
        )
    };
    vec![first, if_you_cannot_come(w, place)]
}

/// What a seat in a session that goes ahead already brings with it.
fn called(w: Words, place: &Place, goes_ahead: bool) -> Vec<String> {
    if !goes_ahead {
        return Vec::new();
    }
    let called = if place.to_themselves {
        w.say(
            "La session a bien lieu\u{a0}: cette lettre est votre convocation.",
            "The session goes ahead: this is your joining letter.",
        )
    } else {
        w.say(
            "La session a bien lieu\u{a0}: cette lettre sert de convocation.",
            "The session goes ahead: this letter serves as the joining letter.",
        )
    };
    vec![called, arrangements(w)]
}

fn arrangements(w: Words) -> String {
    w.say(
        "Une question, ou un aménagement à prévoir en raison d’un handicap\u{202f}? Répondez à cette lettre.",
        "A question, or an arrangement to make because of a disability? Just answer this letter.",
    )
}

fn if_you_cannot_come(w: Words, place: &Place) -> String {
    if place.to_themselves {
        return w.say(
            "Si vous ne pouvez pas venir, annulez depuis la page ci-dessous\u{a0}: votre place servira à quelqu’un d’autre.",
            "If you cannot come, cancel on the page below: your seat will serve somebody else.",
        );
    }
    w.say(
        "En cas d’empêchement, annulez depuis la page ci-dessous\u{a0}: la place servira à quelqu’un d’autre.",
        "Should this become impossible, cancel on the page below: the seat will serve somebody else.",
    )
}

fn waiting(w: Words, meeting: &Meeting, place: &Place, rank: Rank) -> Vec<String> {
    let (title, nth, person) = (quoted(w, meeting), w.ordinal(rank.place), &place.person);
    let first = if place.to_themselves {
        w.say(
            format!("Vous êtes {nth} sur la liste d’attente de la session {title}."),
            format!("You are {nth} on the waiting list of the session {title}."),
        )
    } else {
        w.say(
            format!("{person} est {nth} sur la liste d’attente de la session {title}."),
            format!("{person} is {nth} on the waiting list of the session {title}."),
        )
    };
    vec![
        format!("{first} {}", w.waiting_reason(rank)),
        w.say(
            "La liste se suit dans l’ordre des demandes. Dès qu’une place se libère, une lettre l’annonce.",
            "The list is served in the order of requests. As soon as a seat comes free, a letter tells it.",
        ),
    ]
}

fn offer(w: Words, meeting: &Meeting, place: &Place, until: Instant) -> Vec<String> {
    let (title, person) = (quoted(w, meeting), &place.person);
    let until = w.moment_there(until, meeting.zone);
    let first = if place.to_themselves {
        w.say(
            format!("Une place s’est libérée à la session {title}\u{a0}: elle vous est proposée."),
            format!("A seat came free in the session {title}: it is offered to you."),
        )
    } else {
        w.say(
            format!("Une place s’est libérée à la session {title}\u{a0}: elle est proposée à {person}."),
            format!("A seat came free in the session {title}: it is offered to {person}."),
        )
    };
    let deadline = w.say(
        format!("Elle est gardée jusqu’au {until}. Sans réponse d’ici là, elle ira à la personne suivante."),
        format!("It is held until {until}. Without an answer by then it goes to the next person."),
    );
    vec![first, deadline]
}

fn promoted(w: Words, meeting: &Meeting, place: &Place) -> Vec<String> {
    let (title, person) = (quoted(w, meeting), &place.person);
    let first = if place.to_themselves {
        w.say(
            format!("Une place s’est libérée à la session {title}, et elle est à vous\u{a0}: votre place est confirmée."),
            format!("A seat came free in the session {title}, and it is yours: your seat is confirmed."),
        )
    } else {
        w.say(
            format!("Une place s’est libérée à la session {title}\u{a0}: {person} l’obtient, sa place est confirmée."),
            format!("A seat came free in the session {title}: {person} has it, the seat is confirmed."),
        )
    };
    vec![first, if_you_cannot_come(w, place)]
}

fn no_place(
    w: Words,
    meeting: &Meeting,
    place: &Place,
    state: EnrolmentState,
    reason: Option<&str>,
) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = if place.to_themselves {
        w.say(
            format!("Votre demande pour la session {title} n’a pas abouti."),
            format!("Your request for the session {title} ended without a seat."),
        )
    } else {
        w.say(
            format!("La demande {} pour la session {title} n’a pas abouti.", de(&place.person)),
            format!("The request of {} for the session {title} ended without a seat.", place.person),
        )
    };
    let told = match state {
        EnrolmentState::Refused => {
            Some(w.say("L’employeur ne l’a pas approuvée.", "The employer did not approve it."))
        }
        EnrolmentState::Expired => Some(w.say(
            "Le délai est passé sans qu’une place ait pu être confirmée.",
            "The time passed before a seat could be confirmed.",
        )),
        EnrolmentState::Declined => {
            Some(w.say("La place proposée a été déclinée.", "The seat that was offered was declined."))
        }
        EnrolmentState::Requested
        | EnrolmentState::Waiting
        | EnrolmentState::Offered
        | EnrolmentState::Confirmed
        | EnrolmentState::Cancelled
        | EnrolmentState::Transferred
        | EnrolmentState::Attended
        | EnrolmentState::PartlyAttended
        | EnrolmentState::Absent => None,
    };
    let first = told.map(|told| format!("{first} {told}")).unwrap_or(first);
    [Some(first), why(w, reason), Some(other_sessions(w))].into_iter().flatten().collect()
}

fn other_sessions(w: Words) -> String {
    w.say(
        "D’autres sessions sont ouvertes aux inscriptions\u{a0}: choisissez celle qui convient.",
        "Other sessions are open for enrolment: choose the one that fits.",
    )
}

fn passed_on(w: Words, colleague: &str) -> String {
    w.say(
        format!("Motif\u{a0}: l’employeur a confié cette place à {colleague}."),
        format!("Reason: the employer has passed this seat on to {colleague}."),
    )
}

fn enrolment_cancelled(w: Words, meeting: &Meeting, place: &Place, told: Option<String>) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = if place.to_themselves {
        w.say(
            format!("Votre inscription à la session {title} est annulée."),
            format!("Your enrolment in the session {title} is cancelled."),
        )
    } else {
        w.say(
            format!("L’inscription {} à la session {title} est annulée.", de(&place.person)),
            format!("The enrolment of {} in the session {title} is cancelled.", place.person),
        )
    };
    [Some(first), told, Some(other_sessions(w))].into_iter().flatten().collect()
}

fn joining(w: Words, meeting: &Meeting, place: &Place) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = if place.to_themselves {
        w.say(
            format!("Nous avons le plaisir de vous attendre à la session {title}."),
            format!("We look forward to seeing you at the session {title}."),
        )
    } else {
        w.say(
            format!("Nous avons le plaisir d’attendre {} à la session {title}.", place.person),
            format!("We look forward to seeing {} at the session {title}.", place.person),
        )
    };
    vec![first, arrangements(w), if_you_cannot_come(w, place)]
}

fn reminder(w: Words, meeting: &Meeting, place: &Place, days: i64) -> Vec<String> {
    let (title, when, person) = (quoted(w, meeting), w.in_days(days), &place.person);
    let first = if place.to_themselves {
        w.say(
            format!("La session {title} commence {when}\u{a0}: votre place vous attend."),
            format!("The session {title} starts {when}: your seat is waiting for you."),
        )
    } else {
        w.say(
            format!("La session {title} commence {when}\u{a0}: une place y attend {person}."),
            format!("The session {title} starts {when}: a seat is waiting for {person}."),
        )
    };
    vec![first, if_you_cannot_come(w, place)]
}

fn session_cancelled(w: Words, meeting: &Meeting, reason: &str) -> Vec<String> {
    let title = quoted(w, meeting);
    let first = w.say(
        format!("La session {title} n’aura pas lieu\u{a0}: l’organisme de formation l’a annulée."),
        format!("The session {title} will not be held: the training body has cancelled it."),
    );
    [Some(first), why(w, Some(reason)), Some(other_sessions(w))].into_iter().flatten().collect()
}
