//! Sending again what could not be delivered.

use super::{Done, House};
use domain::access::{Action, Actor};
use domain::ids::LetterId;

/// Puts a letter that could not be delivered back on its way. Answers whether it may leave: after a
/// while what it would have opened is blanked.
pub fn retry(house: &House, actor: &Actor, letter: LetterId) -> Done<bool> {
    house.act(actor, Action::RetryLetter, |act| {
        Ok(store::outbox::retry(act.conn, &act.reach, letter, act.now)?)
    })
}
