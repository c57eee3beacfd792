//! The calendar that programs subscribe to.

use super::exports::{Export, Piece};
use super::{Done, House};
use addresses::Page;
use domain::access::{Action, Actor};
use domain::ids::SessionId;
use domain::reference::CommuneCode;
use exchange::calendar::{self, Event, Method};
use store::{self, catalogue::Fed, sessions::After};
use words::Words;

/// Sessions that are read at once.
const AT_ONCE: i64 = 100;
/// Sessions in all: more than a programme announces at once.
const MOST: i64 = 1000;

/// The announced sessions to come as a calendar: one entry a half-day, cancelled ones marked so.
/// What is only for those who have a place is not in it.
pub fn feed(house: &House, actor: &Actor, w: Words) -> Done<Export> {
    actor.may(Action::ReadPublicPages)?;
    let mut after = After { starts_at: house.clock.now(), id: SessionId(0) };
    let mut text = calendar::head(w.catalogue(), Method::Publish);
    let mut left = MOST;
    Ok(Export::new(move |house| {
        let sessions = house.store.read(|conn| store::catalogue::feed(conn, after, AT_ONCE.min(left)))?;
        let events: Vec<Event> = sessions.iter().flat_map(|fed| events(house, w, fed)).collect();
        text.push_str(&calendar::entries(Method::Publish, &events));
        left -= AT_ONCE;
        let next = sessions.last().filter(|_| left > 0 && is_full(&sessions));
        let is_last = next.is_none();
        match next {
            Some(Fed { listed, .. }) => after = After { starts_at: listed.starts_at, id: listed.id },
            None => text.push_str(calendar::END),
        }
        Ok(Piece { bytes: std::mem::take(&mut text).into_bytes(), is_last })
    }))
}

fn is_full(sessions: &[Fed]) -> bool {
    i64::try_from(sessions.len()).is_ok_and(|count| count >= AT_ONCE)
}

fn events(house: &House, w: Words, fed: &Fed) -> Vec<Event> {
    let listed = &fed.listed;
    let url = house.sender.link(&Page::Offer(listed.id));
    let location = match listed.commune.as_ref().and_then(CommuneCode::known) {
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
            cancelled: listed.state == domain::sessions::SessionState::Cancelled,
        })
        .collect()
}
