//! Course sheets.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
