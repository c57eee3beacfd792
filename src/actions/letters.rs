//! Reading and retrying what was sent.

use super::{Done, House};
use crate::domain::calendar::Instant;
use crate::domain::letters::{Addressee, Message};
use crate::store::{self, Conn};

pub fn post(
    conn: &mut Conn,
    house: &House,
    to: &Addressee,
    message: Message,
    occasion: Option<String>,
    now: Instant,
) -> Done<()> {
    let letter = house.sender.letter(to, &message, occasion, now)?;
    store::outbox::put(conn, &letter)?;
    Ok(())
}
