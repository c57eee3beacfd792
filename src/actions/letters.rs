//! Writing letters, and sending again what could not be delivered.

use super::{Done, House, invitations};
use crate::domain::calendar::Instant;
use crate::domain::letters::{Addressee, Message};
use crate::store::{self, Conn};

/// Writes a letter in the transaction of what it tells: no letter for a decision that is rolled
/// back, no decision without its letter. `occasion` names what must be said only once.
pub fn post(
    conn: &mut Conn,
    house: &House,
    to: &Addressee,
    message: &Message,
    occasion: Option<String>,
    now: Instant,
) -> Done<()> {
    let calendars = invitations::calendars(&house.sender, to, message, now);
    let letter = house.sender.letter(to, message, &calendars, occasion, now)?;
    store::outbox::put(conn, &letter)?;
    Ok(())
}
