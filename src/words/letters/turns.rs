//! Turns of phrase that several letters share. Where somebody receives a letter for another, it speaks of that person.

use crate::Words;
use domain::calendar::{Instant, Zone};
use domain::juries;
use domain::juries::verdicts::Decision;
use domain::letters::{BlockOutcome, Change, Dossier, Former, Meeting, Place};
use domain::sessions::Slot;

/// « Votre place est confirmée : L’IA au quotidien, jeudi 3 décembre ».
pub fn about(w: Words, what: &str, m: &Meeting) -> String {
    let about = of_title(w, what, &m.title);
    match date(w, m) {
        Some(date) => format!("{about}, {date}"),
        None => about,
    }
}

/// « Vous êtes admis : Chef de projet IA ».
pub fn of_title(w: Words, what: &str, title: &str) -> String {
    format!("{what}{} {title}", w.colon())
}

/// « jeudi 3 décembre », or « à partir du jeudi 3 décembre » when there are several days.
fn date(w: Words, m: &Meeting) -> Option<String> {
    let (first, last) = (m.slots.first()?, m.slots.last()?);
    let day = w.day_of_year(first.day);
    if first.day == last.day {
        return Some(day);
    }
    Some(w.say(format!("à partir du {day}"), format!("from {day}")))
}

pub fn seat(w: Words, p: &Place, (fr, en): (&str, &str)) -> String {
    if p.to_themselves {
        return w.say(format!("Votre place {fr}"), format!("Your seat {en}"));
    }
    w.say(format!("La place {} {fr}", de(&p.person)), format!("The seat of {} {en}", p.person))
}

/// « Votre place est confirmée, voici votre convocation ».
pub fn with_joining(w: Words, p: &Place, goes_ahead: bool, what: String) -> String {
    match (goes_ahead, p.to_themselves) {
        (false, _) => what,
        (true, true) => {
            w.say(format!("{what}, voici votre convocation"), format!("{what}, here is your joining letter"))
        }
        (true, false) => w.say(
            format!("{what}, voici la convocation {}", de(&p.person)),
            format!("{what}, here is the joining letter of {}", p.person),
        ),
    }
}

/// What a seat in a session that goes ahead already brings with it.
pub fn called(w: Words, p: &Place, goes_ahead: bool) -> Vec<String> {
    if !goes_ahead {
        return Vec::new();
    }
    let called = if p.to_themselves {
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

pub fn arrangements(w: Words) -> String {
    w.say(
        "Une question, ou un aménagement à prévoir en raison d’un handicap\u{202f}? Répondez à cette lettre.",
        "A question, or an arrangement to make because of a disability? Just answer this letter.",
    )
}

pub fn if_you_cannot_come(w: Words, p: &Place) -> String {
    if p.to_themselves {
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

pub fn other_sessions(w: Words) -> String {
    w.say(
        "D’autres sessions sont ouvertes aux inscriptions\u{a0}: choisissez celle qui convient.",
        "Other sessions are open for enrolment: choose the one that fits.",
    )
}

/// The reason, if one was given.
pub fn why(w: Words, reason: Option<&str>) -> Option<String> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty())?;
    Some(because(w, reason))
}

pub fn because(w: Words, reason: &str) -> String {
    w.say(format!("Motif\u{a0}: {reason}"), format!("Reason: {reason}"))
}

pub fn moved(w: Words, m: &Meeting, former: &Former) -> String {
    let title = w.quoted(&m.title);
    let (fr, en) = changed(former.change(m));
    w.say(format!("La session {title} change {fr}."), format!("The session {title} changes its {en}."))
}

/// What has changed, after « changement » and after « change of ».
pub fn changed(change: Change) -> (&'static str, &'static str) {
    match (change.days, change.hours, change.place) {
        (true, _, true) => ("de date et de lieu", "date and place"),
        (true, _, false) => ("de date", "date"),
        (false, true, true) => ("d’horaires et de lieu", "hours and place"),
        (false, true, false) => ("d’horaires", "hours"),
        (false, false, _) => ("de lieu", "place"),
    }
}

pub fn half_day(w: Words, slot: &Slot) -> String {
    format!("{}, {}, {}", w.day(slot.day), w.half_day(slot.half_day), w.hours(slot.starts, slot.ends))
}

pub fn one_use(w: Words, until: Instant) -> String {
    let until = w.moment(until, Zone::PARIS);
    w.say(
        format!("Le lien sert une seule fois, jusqu’au {until} (heure de Paris)."),
        format!("The link works once, until {until} (Paris time)."),
    )
}

pub fn few_questions(w: Words, m: &Meeting, until: Instant) -> String {
    let until = w.moment_there(until, m.zone);
    w.say(
        format!("Quelques questions, deux minutes, sans compte à ouvrir, avant le {until}."),
        format!("A few questions, two minutes, no account to open, before {until}."),
    )
}

pub fn last_one(w: Words) -> String {
    w.say("C’est notre seul rappel.", "This is our only reminder.")
}

pub fn nameless(w: Words) -> String {
    w.say(
        "Les réponses sont gardées sans nom\u{a0}: ni l’organisme de formation ni l’employeur ne lisent celles d’une personne.",
        "Answers are kept without a name: neither the training body nor the employer reads those of one person.",
    )
}

pub fn nameless_company(w: Words) -> String {
    w.say(
        "Les réponses sont gardées sans le nom de l’entreprise.",
        "Answers are kept without the name of the company.",
    )
}

/// Where and when a jury sits, in one sentence.
pub fn sits(w: Words, meeting: &juries::Meeting) -> String {
    let (when, how) = (w.moment_there(meeting.starts_at, meeting.zone), w.sitting_mode(meeting.mode));
    w.say(
        format!("Le jury se tient {when}. {how}\u{a0}: {}", meeting.place),
        format!("The jury sits {when}. {how}: {}", meeting.place),
    )
}

pub fn decision_of_the_jury(w: Words, decision: Decision, of: &Dossier) -> String {
    let (title, said) = (w.quoted(&of.title), w.decision(decision).to_lowercase());
    w.say(
        format!("Décision du jury pour la certification {title}\u{a0}: {said}."),
        format!("Decision of the jury for the certification {title}: {said}."),
    )
}

/// What became of the blocks, a line each.
pub fn blocks_of(w: Words, blocks: &[BlockOutcome]) -> Vec<String> {
    let line = |block: &BlockOutcome| {
        let result = w.block_result(block.result).to_lowercase();
        format!("{} {}{} {result}", block.code, w.quoted(&block.title), w.colon())
    };
    blocks.iter().map(line).collect()
}

/// What the holder of a certificate has of it.
pub fn held(w: Words) -> String {
    w.say(
        "Votre page garde le document à imprimer et le badge numérique. Le document se vérifie sur notre site, par son code, son QR code ou son fichier\u{a0}; le badge se vérifie aussi sans nous.",
        "Your page keeps the document to print and the digital badge. The document is checked on our site, by its code, its QR code or its file; the badge is checked without us, too.",
    )
}

/// A sentence after a comma.
pub fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// « d’Élodie », « de Lou ».
pub fn de(name: &str) -> String {
    let letters = domain::text::search_key(name);
    let elides = match letters.as_bytes() {
        [b'a' | b'e' | b'i' | b'o' | b'u', ..] => true,
        [b'y', second, ..] => !b"aeiou".contains(second),
        _ => false,
    };
    if elides { format!("d’{name}") } else { format!("de {name}") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_elided_as_one_says_it() {
        let said = ["Élodie", "Lou", "Yves", "Yasmine", "Œdipe", "Hugo"].map(super::de);
        assert_eq!(said, ["d’Élodie", "de Lou", "d’Yves", "de Yasmine", "d’Œdipe", "de Hugo"]);
    }
}
