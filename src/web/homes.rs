//! What to do next, for each role.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
