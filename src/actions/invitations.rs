//! What a letter puts into the calendar of its reader.

use crate::domain::calendar::{Day, Instant};
use crate::domain::letters::{Addressee, CalendarStep, Meeting, Message, Place};
use crate::domain::sessions::Slot;
use crate::exchange::calendar::{Event, Method, calendar};
use crate::mail::Sender;
use crate::words::Words;

/// One calendar a day of the session, in order: each day keeps its own entry for ever, named by the
/// enrolment and the number of the day.
pub fn calendars(sender: &Sender, to: &Addressee, message: &Message, now: Instant) -> Vec<String> {
    let (Some(step), Some(meeting), Some(place)) =
        (message.calendar_step(), message.meeting(), message.place())
    else {
        return Vec::new();
    };
    let method = match step {
        CalendarStep::Enter => Method::Request,
        CalendarStep::Withdraw => Method::Cancel,
    };
    let entry = Entry { sender, to, meeting, place, sequence: sequence(message, meeting), now };
    days(&meeting.slots)
        .iter()
        .zip(1..)
        .map(|((_, slots), number)| calendar("", method, &[entry.of_day(number, slots)]))
        .collect()
}

/// A session that moves or is cancelled has raised its own number; an enrolment that ends in a
/// session that stays must go beyond it.
fn sequence(message: &Message, meeting: &Meeting) -> u32 {
    let own = meeting.sequence.unsigned_abs();
    if matches!(message, Message::EnrolmentCancelled { .. }) { own + 1 } else { own }
}

fn days(slots: &[Slot]) -> Vec<(Day, Vec<Slot>)> {
    let mut slots = slots.to_vec();
    slots.sort_by_key(|slot| slot.starts_at);
    let mut days: Vec<(Day, Vec<Slot>)> = Vec::new();
    for slot in slots {
        match days.last_mut() {
            Some((day, of_day)) if *day == slot.day => of_day.push(slot),
            _ => days.push((slot.day, vec![slot])),
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
