//! What was sent, and what was captured.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
