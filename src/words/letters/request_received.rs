//! What became of each request of somebody.

use super::Said;
use super::turns::about;
use crate::Words;
use domain::enrolments::EnrolmentState;
use domain::letters::{Meeting, Outcome};

pub(super) const LABEL: (&str, &str) = ("Demande reçue", "Request received");

pub(super) fn said(w: Words, m: &Meeting, results: &[Outcome]) -> Said {
    let what = match results.len() {
        0 | 1 => w.say("Votre demande est enregistrée", "Your request is registered"),
        people => w.say(
            format!("Votre demande pour {people}\u{a0}personnes est enregistrée"),
            format!("Your request for {people} people is registered"),
        ),
    };
    let title = w.quoted(&m.title);
    let first = w.say(
        format!("Votre demande pour la session {title} est enregistrée."),
        format!("Your request for the session {title} is registered."),
    );
    let counts = counts(w, results);
    let state =
        w.say(format!("Voici où elle en est ({counts})."), format!("This is how it stands ({counts})."));
    Said { subject: about(w, &what, m), sentences: vec![first, state], button: w.see_this_session() }
}

fn counts(w: Words, results: &[Outcome]) -> String {
    let mut counts: Vec<String> = Vec::new();
    for state in EnrolmentState::ALL {
        let people = results.iter().filter(|one| one.state == *state).count();
        if people > 0 {
            counts.push(format!("{}{} {people}", w.enrolment_state(*state).to_lowercase(), w.colon()));
        }
    }
    counts.join(", ")
}
