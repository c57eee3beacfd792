//! What a page asks with.

pub mod field;
pub mod form;
pub mod language;
pub mod lookup;
mod meanwhile;
pub mod mistakes;
pub mod refused;
mod routes;
pub mod uploads;

pub use field::{Ask, Choice, Field, Optional, Secret, Several, Text, Tick};
pub use form::{Declared, Form, REASON, REASON_NAME, USERNAME};
pub use language::{LANGUAGE, languages};
pub use refused::Refused;
pub use routes::RESUMED;
