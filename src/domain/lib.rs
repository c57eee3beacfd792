//! What is true. Pure rules of the trade: no database, no web, no clock, no mail.

pub mod access;
pub mod accounts;
pub mod agreements;
pub mod attendance;
pub mod badges;
pub mod calendar;
pub mod candidacies;
pub mod certificates;
pub mod certifications;
#[cfg(feature = "columns")]
mod columns;
pub mod courses;
pub mod declarations;
pub mod enrolments;
pub mod identities;
pub mod ids;
pub mod imports;
pub mod journal;
pub mod juries;
pub mod keys;
pub mod letters;
pub mod organisations;
pub mod people;
pub mod programmes;
pub mod reference;
pub mod sessions;
pub mod signatures;
pub mod surveys;
pub mod text;

/// Declares an enum whose values are kept and exchanged under fixed names.
///
/// The names are a promise to the database (a `CHECK` lists the same ones, or a vocabulary holds them) and to files.
#[macro_export]
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $value),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$value),+];
            /// The names of them all.
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// The name under which it is kept.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$value),)+
                    _ => Err($crate::UnknownName { kind: stringify!($name), text: text.to_owned() }),
                }
            }
        }
    };
}

/// A text that names no value of the enum it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{text}» is no {kind}")]
pub struct UnknownName {
    pub kind: &'static str,
    pub text: String,
}
