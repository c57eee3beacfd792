//! What a letter puts into the calendar of its reader.

use super::{Done, House};
use domain::access::{Action, Actor};
use domain::calendar::Instant;
use domain::ids::EnrolmentId;
use domain::letters::{Addressee, Calendar, LetterKind, Meeting, Message, Place};
use domain::sessions::Slot;
use domain::text::Language;
use exchange::calendar::{Event, Method, calendar};
use mail::Sender;
use words::Words;

/// One calendar a day of the session, in order: each day keeps its own entry for ever, named by the
/// enrolment and the number of the day.
pub fn calendars(sender: &Sender, to: &Addressee, message: &Message, now: Instant) -> Vec<String> {
    let (Some(meeting), Some(place)) = (message.meeting(), message.place()) else { return Vec::new() };
    let method = match message.calendar() {
        Calendar::Enters => Method::Request,
        Calendar::Leaves => Method::Cancel,
        Calendar::Nothing => return Vec::new(),
    };
    let entry = Entry { sender, to, meeting, place, sequence: sequence(message, meeting), now };
    let days = days(&meeting.slots);
    let kept = days.iter().map(|slots| (method, slots));
    // A session may move to fewer days than it had: those beyond leave the calendar.
    let former = message.former().map(|former| self::days(&former.slots)).unwrap_or_default();
    let dropped = former.iter().skip(days.len()).map(|slots| (Method::Cancel, slots));
    kept.chain(dropped)
        .zip(1..)
        .map(|((method, slots), number)| calendar("", method, &[entry.of_day(number, slots)]))
        .collect()
}

/// The days of one place as a calendar to subscribe to; empty while the person has no place.
pub fn feed(house: &House, actor: &Actor, id: EnrolmentId) -> Done<String> {
    let reach = actor.may(Action::ReadPlaces)?;
    let now = house.clock.now();
    house.store.read(|conn| {
        let enrolment = store::enrolments::get(conn, &reach, id)?;
        let session = store::sessions::open(conn, enrolment.session)?;
        let mut meeting = store::sessions::announced(conn, &session)?;
        if !reach.extent().tells_venue() {
            meeting.place.clear();
            meeting.video_link.clear();
        }
        let reached = store::enrolments::reached(conn, &[id])?;
        let Some(who) = reached.first().filter(|_| enrolment.state.has_place()) else {
            return Ok(calendar(&meeting.title, Method::Publish, &[]));
        };
        let to = Addressee {
            email: who.email.clone().unwrap_or_default(),
            name: who.name.full(),
            language: who.language.unwrap_or(Language::Fr),
        };
        let place = Place {
            enrolment: id,
            company: who.employer,
            person: who.name.full(),
            to_themselves: true,
            calendar_uid: who.calendar_uid.clone(),
            link: String::new(),
        };
        let sequence = meeting.sequence.unsigned_abs();
        let entry = Entry { sender: &house.sender, to: &to, meeting: &meeting, place: &place, sequence, now };
        let events: Vec<Event> =
            days(&meeting.slots).iter().zip(1..).map(|(slots, number)| entry.of_day(number, slots)).collect();
        Ok(calendar(&meeting.title, Method::Publish, &events))
    })
}

/// A session that moves or is cancelled has raised its own number; an enrolment that ends in a
/// session that stays must go beyond it.
fn sequence(message: &Message, meeting: &Meeting) -> u32 {
    let own = meeting.sequence.unsigned_abs();
    if message.kind() == LetterKind::EnrolmentCancelled { own + 1 } else { own }
}

fn days(slots: &[Slot]) -> Vec<Vec<Slot>> {
    let mut slots = slots.to_vec();
    slots.sort_by_key(|slot| slot.starts_at);
    let mut days: Vec<Vec<Slot>> = Vec::new();
    for slot in slots {
        match days.last_mut() {
            Some(of_day) if of_day.first().is_some_and(|first| first.day == slot.day) => of_day.push(slot),
            _ => days.push(vec![slot]),
        }
    }
    days
}

struct Entry<'a> {
    sender: &'a Sender,
    to: &'a Addressee,
    meeting: &'a Meeting,
    place: &'a Place,
    sequence: u32,
    now: Instant,
}

impl Entry<'_> {
    fn of_day(&self, number: usize, slots: &[Slot]) -> Event {
        let Self { sender, to, meeting, place, sequence, now } = self;
        let starts = slots.iter().map(|s| s.starts_at).min().unwrap_or(*now);
        let ends = slots.iter().map(|s| s.ends_at).max().unwrap_or(starts);
        let organiser = meeting.organiser_email.clone().unwrap_or_else(|| sender.from.clone());
        Event {
            uid: format!("{}-{number}", place.calendar_uid),
            sequence: *sequence,
            stamp: now.utc(),
            starts: starts.utc(),
            ends: ends.utc(),
            summary: meeting.title.clone(),
            description: self.description(slots),
            location: self.location(),
            url: None,
            organiser: Some((meeting.organiser.clone(), organiser)),
            attendee: Some((to.name.clone(), to.email.clone())),
            cancelled: false,
        }
    }

    fn description(&self, slots: &[Slot]) -> String {
        let w = Words(self.to.language);
        let mut lines = w.letter_days(slots);
        lines.extend(w.local_time(self.meeting.zone).map(|clock| format!("({clock})")));
        lines.push(self.meeting.organiser.clone());
        if !self.meeting.video_link.is_empty() {
            lines.push(self.meeting.video_link.clone());
        }
        lines.join("\n")
    }

    fn location(&self) -> String {
        let place = self.meeting.place.lines().chain(self.meeting.commune.as_deref());
        let place: Vec<&str> = place.map(str::trim).filter(|line| !line.is_empty()).collect();
        if place.is_empty() { self.meeting.video_link.clone() } else { place.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Zone;
    use domain::ids::SessionId;
    use domain::letters::PlaceNews;

    fn slot(day: &str, starts: &str, ends: &str) -> Slot {
        let (starts, ends) = (starts.parse().unwrap(), ends.parse().unwrap());
        Slot::new(Zone::PARIS, day.parse().unwrap(), starts, ends).unwrap()
    }

    fn meeting() -> Meeting {
        Meeting {
            session: SessionId(7),
            title: "L’IA au quotidien".into(),
            organiser: "Atelier du Nord".into(),
            organiser_email: Some("karim@atelier.example".into()),
            zone: Zone::PARIS,
            slots: vec![
                slot("2026-12-04", "9:00", "12:30"),
                slot("2026-12-03", "9:00", "12:30"),
                slot("2026-12-03", "14:00", "17:00"),
            ],
            commune: Some("Douai".into()),
            place: "12 place du Barlet".into(),
            video_link: String::new(),
            sequence: 2,
            capacity: 13,
        }
    }

    fn place() -> Place {
        Place {
            enrolment: EnrolmentId(31),
            company: None,
            person: "Élodie Delmotte".into(),
            to_themselves: true,
            calendar_uid: "0190a6b0".into(),
            link: "https://parcours.example/place/s3cr3t".into(),
        }
    }

    fn about(place: Place, news: PlaceNews) -> Message {
        Message::Place { meeting: meeting(), place, news }
    }

    fn made(message: &Message) -> Vec<String> {
        let sender = Sender {
            public_url: "https://parcours.example".into(),
            from: "parcours@parcours.example".into(),
            domain: "parcours.example".into(),
        };
        let to = Addressee {
            email: "elodie@verrerie.example".into(),
            name: "Élodie Delmotte".into(),
            language: Language::Fr,
        };
        let now = Zone::PARIS.instant("2026-11-24".parse().unwrap(), "10:00".parse().unwrap()).unwrap();
        calendars(&sender, &to, message, now).into_iter().map(|text| text.replace("\r\n ", "")).collect()
    }

    #[test]
    fn each_day_has_its_entry_in_the_order_of_dates() {
        let made = made(&about(place(), PlaceNews::Joining));
        let [first, second] = made.as_slice() else { panic!("{made:?}") };
        for line in [
            "METHOD:REQUEST\r\n",
            "UID:0190a6b0-1\r\n",
            "SEQUENCE:2\r\n",
            "DTSTART:20261203T080000Z\r\n",
            "DTEND:20261203T160000Z\r\n",
            "LOCATION:12 place du Barlet\\, Douai\r\n",
            "ORGANIZER;CN=Atelier du Nord:mailto:karim@atelier.example\r\n",
        ] {
            assert!(first.contains(line), "{line}{first}");
        }
        assert!(first.contains("9\u{a0}h\u{a0}–\u{2060}\u{a0}12\u{a0}h\u{a0}30 et 14\u{a0}h"), "{first}");
        assert!(second.contains("UID:0190a6b0-2\r\n") && second.contains("DTSTART:20261204T080000Z\r\n"));
        assert!(!first.contains("s3cr3t"), "{first}");
    }

    #[test]
    fn a_seat_given_back_leaves_the_calendar_with_a_higher_number() {
        let gone = |had_seat| {
            made(&about(place(), PlaceNews::EnrolmentCancelled { reason: None, passed_to: None, had_seat }))
        };
        assert!(gone(false).is_empty());
        let texts = gone(true);
        assert_eq!(texts.len(), 2);
        for text in texts {
            assert!(text.contains("METHOD:CANCEL\r\n") && text.contains("SEQUENCE:3\r\n"), "{text}");
        }
        let reason = String::new();
        let dropped = about(place(), PlaceNews::SessionCancelled { reason, had_seat: true });
        assert!(made(&dropped).iter().all(|text| text.contains("SEQUENCE:2\r\n")));
    }

    #[test]
    fn whoever_passes_a_letter_on_keeps_their_calendar() {
        let place = Place { to_themselves: false, ..place() };
        assert!(made(&about(place, PlaceNews::Confirmed { goes_ahead: false })).is_empty());
    }
}
