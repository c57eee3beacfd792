//! Companies, training bodies and the others; the programme.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
