//! The employees of a company.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
