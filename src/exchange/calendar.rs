//! Calendars as letters carry them and as programs subscribe to them (RFC 5545, RFC 7986).
//!
//! Instants are in UTC: no time zone is named, so none has to be defined.

use chrono::{DateTime, Duration, Utc};
use icalendar::{Calendar, Component, EventLike, EventStatus, Parameter, Property};

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name for ever; a change or a cancellation finds the entry by it.
    pub uid: String,
    /// Rises with each change of time, place or state.
    pub sequence: u32,
    /// When this message about it was made.
    pub stamp: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub summary: String,
    /// Left out if empty.
    pub description: String,
    /// Left out if empty.
    pub location: String,
    pub url: Option<String>,
    /// Name and address.
    pub organiser: Option<(String, String)>,
    /// Name and address; left out of what is published.
    pub attendee: Option<(String, String)>,
    pub cancelled: bool,
}

/// What the program that gets it should do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Show it: a feed that is fetched again and again.
    Publish,
    /// Ask the attendee; also the way to tell of a change. One UID a calendar.
    Request,
    /// Take it out again; all its events count as cancelled.
    Cancel,
}

impl Method {
    /// Also the `method` parameter of the `text/calendar` part that carries it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// How long a program that subscribed may wait before it looks again.
const REFRESH: Duration = Duration::hours(4);

/// The finished text of a calendar: CRLF, folded at 75 octets, ready to be sent as UTF-8.
pub fn calendar(name: &str, method: Method, events: &[Event]) -> String {
    head(name, method) + &entries(method, events) + END
}

/// What a calendar begins with. [`entries`] follow, any number of times, and [`END`].
pub fn head(name: &str, method: Method) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Parcours//FR"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", method.as_str()));
    if method == Method::Publish {
        let name = one_line(name);
        // the crate does not know that NAME is a text, and would not escape it
        calendar.append_property(Property::new("NAME", &name).add_parameter("VALUE", "TEXT").done());
        calendar.append_property(Property::new("X-WR-CALNAME", &name));
        calendar.ttl(&REFRESH);
    }
    let mut text = refolded(&calendar.to_string());
    text.truncate(text.len() - END.len());
    text
}

/// Entries of a calendar, in the order in which they are given.
pub fn entries(method: Method, events: &[Event]) -> String {
    events.iter().map(|event| refolded(&Component::to_string(&entry(event, method)))).collect()
}

/// What a calendar ends with.
pub const END: &str = "END:VCALENDAR\r\n";

/// Folds at 75 octets between characters. The crate folds too, but its last piece of a line may have 76.
fn refolded(text: &str) -> String {
    const OCTETS: usize = 75;
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > OCTETS {
                folded.push_str("\r\n ");
                width = 1;
            }
            width += c.len_utf8();
            folded.push(c);
        }
        folded.push_str("\r\n");
    }
    folded
}

fn entry(event: &Event, method: Method) -> icalendar::Event {
    let cancelled = event.cancelled || method == Method::Cancel;
    let mut entry = icalendar::Event::with_uid(&one_line(&event.uid));
    entry
        .sequence(event.sequence)
        .timestamp(event.stamp)
        .starts(event.starts)
        .ends(event.ends)
        .summary(&one_line(&event.summary))
        .status(if cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if !event.description.is_empty() {
        entry.description(&lines(&event.description));
    }
    if !event.location.is_empty() {
        entry.location(&one_line(&event.location));
    }
    if let Some(url) = &event.url {
        entry.url(&bare(url));
    }
    if let Some((name, address)) = &event.organiser {
        entry.append_property(person("ORGANIZER", name, address));
    }
    // a feed invites nobody: RFC 5546 wants no attendee in it
    if let Some((name, address)) = event.attendee.as_ref().filter(|_| method != Method::Publish) {
        let mut attendee = person("ATTENDEE", name, address);
        attendee.add_parameter("ROLE", "REQ-PARTICIPANT");
        if method == Method::Request && !cancelled {
            attendee.add_parameter("PARTSTAT", "NEEDS-ACTION").add_parameter("RSVP", "TRUE");
        }
        entry.append_multi_property(attendee);
    }
    entry
}

fn person(property: &str, name: &str, address: &str) -> Property {
    let mut person = Property::new(property, format!("mailto:{}", bare(address)));
    // a parameter cannot hold a straight quote, and the crate takes one at both ends for its own
    let name = one_line(name).replace('"', "”");
    if !name.is_empty() {
        person.append_parameter(Parameter::new("CN", &name));
    }
    person
}

/// Line ends as LF, the only one that the crate escapes, and no other control character.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// On one line, where a line end would be seen as a space or would end the property.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address, where nothing is escaped: so what could end its line has no place in it.
fn bare(address: &str) -> String {
    address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn event() -> Event {
        let at = |hour, minute| Utc.with_ymd_and_hms(2026, 3, 13, hour, minute, 0).unwrap();
        Event {
            uid: "0190a6b0-2222-7000-8000-000000000001-1@parcours.example".into(),
            sequence: 3,
            stamp: Utc.with_ymd_and_hms(2026, 3, 1, 9, 0, 0).unwrap(),
            starts: at(8, 0),
            ends: at(11, 30),
            summary: "Sauveteur secouriste du travail ; séance 1".into(),
            description:
                "Salle «\u{202f}Œuvre\u{202f}», 2\u{1d49} étage\r\nApporter : stylo, papier; C:\\nord".into(),
            location: "12, rue de l’Hôpital-Militaire, 59000 Lille".into(),
            url: Some("https://parcours.example/sessions/1?comme=2&x=é".into()),
            organiser: Some(("Organisme Exemple".into(), "formation@parcours.example".into())),
            attendee: Some(("Martin, Jeanne".into(), "jeanne.martin@example.org".into())),
            cancelled: false,
        }
    }

    /// The properties, unfolded.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(ToOwned::to_owned).collect()
    }

    fn has(text: &str, line: &str) -> bool {
        unfolded(text).iter().any(|l| l == line)
    }

    fn is_well_formed(text: &str) -> bool {
        text.ends_with("\r\n")
            && text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n']))
    }

    #[test]
    fn an_invitation_says_when_where_and_who() {
        let text = calendar("Formations", Method::Request, &[event()]);
        assert!(is_well_formed(&text), "{text}");
        for line in [
            "PRODID:-//Parcours//FR",
            "METHOD:REQUEST",
            "UID:0190a6b0-2222-7000-8000-000000000001-1@parcours.example",
            "SEQUENCE:3",
            "DTSTAMP:20260301T090000Z",
            "DTSTART:20260313T080000Z",
            "DTEND:20260313T113000Z",
            "STATUS:CONFIRMED",
            "SUMMARY:Sauveteur secouriste du travail \\; séance 1",
            "LOCATION:12\\, rue de l’Hôpital-Militaire\\, 59000 Lille",
            "DESCRIPTION:Salle «\u{202f}Œuvre\u{202f}»\\, 2\u{1d49} étage\\nApporter : stylo\\, papier\\; C:\\\\nord",
            "ORGANIZER;CN=Organisme Exemple:mailto:formation@parcours.example",
            "ATTENDEE;CN=\"Martin, Jeanne\";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:jeanne.martin@example.org",
        ] {
            assert!(has(&text, line), "{line}\n{text}");
        }
        assert!(!text.contains("TZID") && !text.contains("REFRESH-INTERVAL"), "{text}");
        assert_eq!(text.matches("DTSTAMP").count(), 1);
    }

    #[test]
    fn a_withdrawal_cancels_whatever_the_event_says() {
        let text = calendar("", Method::Cancel, &[Event { sequence: 4, ..event() }]);
        assert!(has(&text, "METHOD:CANCEL") && has(&text, "STATUS:CANCELLED") && has(&text, "SEQUENCE:4"));
        assert!(!text.contains("RSVP") && !text.contains("CONFIRMED"), "{text}");
    }

    #[test]
    fn a_feed_has_a_name_a_rhythm_and_its_cancelled_days() {
        let days = [event(), Event { uid: "other@x".into(), cancelled: true, ..event() }];
        let text = calendar("Formations ; 2026, Lille", Method::Publish, &days);
        assert!(is_well_formed(&text), "{text}");
        for line in [
            "METHOD:PUBLISH",
            "NAME;VALUE=TEXT:Formations \\; 2026\\, Lille",
            "X-WR-CALNAME:Formations \\; 2026\\, Lille",
            "REFRESH-INTERVAL;VALUE=DURATION:PT14400S",
            "STATUS:CONFIRMED",
            "STATUS:CANCELLED",
        ] {
            assert!(has(&text, line), "{line}\n{text}");
        }
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
        assert!(!text.contains("ATTENDEE") && text.contains("ORGANIZER"), "{text}");
        assert!(calendar("Vide", Method::Publish, &[]).ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn a_line_folds_at_the_last_character_that_fits() {
        for (summary, lengths) in [
            ("x".repeat(67), vec![75]),
            ("x".repeat(68), vec![75, 2]),
            ("x".repeat(67 + 74), vec![75, 75]),
            ("x".repeat(67 + 75), vec![75, 75, 2]),
            (format!("{}é", "x".repeat(66)), vec![74, 3]),
            ("é".repeat(40), vec![74, 15]),
        ] {
            let text = calendar("x", Method::Request, &[Event { summary, ..event() }]);
            let folded = text.split("SUMMARY:").nth(1).unwrap().split("\r\nUID").next().unwrap();
            let folded = format!("SUMMARY:{folded}");
            assert_eq!(folded.split("\r\n").map(str::len).collect::<Vec<_>>(), lengths);
        }
    }

    #[test]
    fn what_is_empty_is_left_out() {
        let bare = Event {
            description: String::new(),
            location: String::new(),
            url: None,
            organiser: None,
            attendee: None,
            ..event()
        };
        let text = calendar("x", Method::Publish, &[bare]);
        for absent in ["DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "ATTENDEE"] {
            assert!(!text.contains(absent), "{text}");
        }
    }

    #[test]
    fn nobody_adds_a_property_of_their_own() {
        let nasty = "x\r\nATTENDEE:mailto:evil@example.org\nSTATUS:TENTATIVE\r\"";
        let event = Event {
            uid: nasty.into(),
            summary: nasty.into(),
            description: nasty.into(),
            location: nasty.into(),
            url: Some(nasty.into()),
            organiser: Some((format!("\"{nasty}"), nasty.into())),
            attendee: None,
            ..event()
        };
        for method in [Method::Publish, Method::Request, Method::Cancel] {
            let text = calendar(nasty, method, std::slice::from_ref(&event));
            assert!(is_well_formed(&text), "{text}");
            let lines = unfolded(&text);
            assert!(!lines.iter().any(|l| l.starts_with("ATTENDEE") || l == "STATUS:TENTATIVE"), "{text}");
            let organiser = lines.iter().find(|l| l.starts_with("ORGANIZER")).unwrap();
            let start = "ORGANIZER;CN=\"”x ATTENDEE:mailto:evil@example.org STATUS:TENTATIVE ”\":mailto:x";
            assert!(organiser.starts_with(start), "{organiser}");
        }
    }

    proptest! {
        #[test]
        fn every_text_folds_and_comes_back(summary in "\\PC{0,120}", description in "[\\PC\r\n]{0,300}") {
            let event = Event { summary: summary.clone(), description: description.clone(), ..event() };
            let text = calendar("x", Method::Request, &[event]);
            prop_assert!(is_well_formed(&text), "{}", text);
            let escaped = |text: &str| {
                text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
            };
            let expected = format!("SUMMARY:{}", escaped(&one_line(&summary)));
            prop_assert!(has(&text, &expected), "{}\n{}", expected, text);
            if !description.is_empty() {
                let expected = format!("DESCRIPTION:{}", escaped(&lines(&description)));
                prop_assert!(has(&text, &expected), "{}\n{}", expected, text);
            }
        }
    }
}
