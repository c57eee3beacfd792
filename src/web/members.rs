//! The members of an organisation.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
