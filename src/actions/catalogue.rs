//! The calendar that programs subscribe to.

use super::{Done, House};
use crate::domain::access::{Action, Actor};
use crate::domain::reference;
use crate::exchange::calendar::{Event, Method, calendar};
use crate::store::{self, catalogue::Fed};
use crate::words::Words;

/// The announced sessions to come as a calendar: one entry a half-day, cancelled ones marked so.
/// What is only for those who have a place is not in it.
pub fn feed(house: &House, actor: &Actor, w: Words) -> Done<String> {
    actor.may(Action::ReadPublicPages)?;
    let now = house.clock.now();
    let sessions = house.store.read(|conn| store::catalogue::feed(conn, now))?;
    let events: Vec<Event> = sessions.iter().flat_map(|fed| events(house, w, fed)).collect();
    Ok(calendar(w.catalogue(), Method::Publish, &events))
}

fn events(house: &House, w: Words, fed: &Fed) -> Vec<Event> {
    let listed = &fed.listed;
    let url = format!("{}/catalogue/{}", house.sender.public_url, listed.id);
    let location = match listed.commune.as_deref().and_then(reference::commune) {
        Some(commune) => commune.name.to_owned(),
        None => w.at_a_distance().to_owned(),
    };
    fed.slots
        .iter()
        .enumerate()
        .map(|(number, (starts, ends))| Event {
            uid: format!("session-{}-{}@{}", listed.id, number + 1, house.sender.domain),
            sequence: listed.sequence.unsigned_abs(),
            // A feed that did not change is the same text, whenever it is fetched.
            stamp: fed.created_at.utc(),
            starts: starts.utc(),
            ends: ends.utc(),
            summary: listed.title.clone(),
            description: listed.body.clone(),
            location: location.clone(),
            url: Some(url.clone()),
            organiser: None,
            attendee: None,
            cancelled: listed.state == crate::domain::sessions::SessionState::Cancelled,
        })
        .collect()
}
