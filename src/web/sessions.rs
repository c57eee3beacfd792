//! Planning and running sessions.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
