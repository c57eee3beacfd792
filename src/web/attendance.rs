//! The page on which presence is marked.

use super::doors::Doors;

pub fn doors(_site: &mut Doors) {}
