//! Writing letters, and sending again what could not be delivered.

use super::{Done, House, invitations};
use domain::access::{Action, Actor};
use domain::calendar::Instant;
use domain::ids::LetterId;
use domain::letters::{Addressee, Message};
use store::{self, Conn, outbox::Letter};

/// Writes a letter in the transaction of what it tells: no letter for a decision that is rolled back,
/// no decision without its letter. `actor` is whose act it follows from; `occasion` names what must be
/// said only once.
pub fn post(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    to: &Addressee,
    message: &Message,
    occasion: Option<String>,
    now: Instant,
) -> Done<()> {
    let calendars = invitations::calendars(&house.sender, to, message, now);
    let letter = house.sender.letter(to, message, &calendars, occasion, now)?;
    store::outbox::put(conn, &Letter { caused_by: actor.account(), ..letter })?;
    Ok(())
}

/// Puts a letter that could not be delivered back on its way. Answers whether it may leave: after a
/// while what it would have opened is blanked.
pub fn retry(house: &House, actor: &Actor, letter: LetterId) -> Done<bool> {
    let reach = actor.may(Action::RetryLetter)?;
    let now = house.clock.now();
    house.store.write(|conn| Ok(store::outbox::retry(conn, &reach, letter, now)?))
}
