//! How it is said: French first, English beside it. A missing text does not compile.
//!
//! One file a noun; `phrases!` for what is fixed, methods for what counts or names something.

mod accounts;
mod agreements;
mod attendance;
mod candidacies;
mod catalogue;
mod certificates;
mod certifications;
mod common;
mod courses;
mod dates;
mod declarations;
mod enrolments;
mod exports;
mod homes;
mod identities;
mod imports;
mod journal;
mod juries;
mod letters;
mod members;
mod organisations;
mod people;
mod programmes;
mod room;
mod sessions;
mod surveys;
mod tracks;

pub use domain::text::Language;
pub use letters::Said;

/// The language of one reader; every text of the house is one of its methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Language);

/// Declares texts, both languages side by side, as methods of [`Words`].
macro_rules! phrases {
    ($($name:ident { fr $fr:literal en $en:literal })+) => {
        impl $crate::Words {
            $(pub const fn $name(self) -> &'static str {
                match self.0 {
                    $crate::Language::Fr => $fr,
                    $crate::Language::En => $en,
                }
            })+
        }
    };
}
pub(crate) use phrases;

impl Words {
    /// One of two texts made for the occasion.
    pub(crate) fn say(self, fr: impl Into<String>, en: impl Into<String>) -> String {
        match self.0 {
            Language::Fr => fr.into(),
            Language::En => en.into(),
        }
    }
}
