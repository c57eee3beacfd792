//! The open sessions, for anyone, and their calendar.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
