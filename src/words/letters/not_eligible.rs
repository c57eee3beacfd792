//! The conditions of entry are not met.

use super::Said;
use super::turns::of_title;
use crate::Words;
use domain::candidacies::Eligibility;
use domain::letters::Dossier;

pub(super) const LABEL: (&str, &str) = ("Candidature non éligible", "Application not eligible");

pub(super) fn said(w: Words, of: &Dossier, conditions: &Eligibility) -> Said {
    let title = w.quoted(&of.title);
    let sentences = vec![
        w.say(
            format!("Votre candidature à la certification {title} n’a pas pu être retenue."),
            format!("Your application for the certification {title} could not be accepted."),
        ),
        w.eligibility(conditions),
        w.say(
            "Quand ce qui manque sera réuni, vous pourrez candidater de nouveau.",
            "When what is missing is there, you may apply again.",
        ),
    ];
    Said {
        subject: of_title(
            w,
            &w.say("Votre candidature n’est pas éligible", "Your application is not eligible"),
            &of.title,
        ),
        sentences,
        button: w.see_my_application(),
    }
}
