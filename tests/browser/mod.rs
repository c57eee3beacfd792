//! The stories in Chromium. A [`Browser`] is one person at one screen; its methods read like what the person does, wait
//! a few seconds for what the page owes, and fail with what the page shows and a screenshot.
//!
//! ```ignore
//! let lou = Browser::new(&town.address());
//! lou.size(360, 740);
//! lou.open("/connexion");
//! lou.fill("Adresse électronique", "lou@acme.example");
//! lou.click("Se connecter");
//! lou.sees("Mes formations");
//! lou.within("Habilitation électrique").click("Annuler");
//! lou.check();
//! ```

// A vocabulary for all journeys: not each word is said on each day.
#![allow(dead_code, unused_imports)]

pub mod checkers;
mod cut;
pub mod driver;
pub mod every_page;
pub mod the_certification;
pub mod the_main_job;
pub mod the_room;
pub mod the_room_offline;
mod wire;
pub mod without_a_mouse_and_without_scripts;

pub use driver::{Browser, Media, Theme};

use domain::calendar::Day;
use words::{Language, Words};

/// « jeu. 3 déc. », as a sheet names a day.
fn leaf(day: Day) -> String {
    let (weekday, number, month) = Words(Language::Fr).leaf(day);
    format!("{weekday} {number} {month}")
}
