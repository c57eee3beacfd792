//! The longer texts of a badge.

use super::BadgeError;
use std::fmt;
use std::str::FromStr;

shown!(Prose);

/// A text of several lines, 1 to [`Prose::MOST`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose(String);

impl Prose {
    /// In characters.
    pub const MOST: usize = 5000;
}

impl FromStr for Prose {
    type Err = BadgeError;

    fn from_str(typed: &str) -> Result<Self, BadgeError> {
        let lines: Vec<&str> = typed.trim().lines().map(str::trim_end).collect();
        bounded(&lines.join("\n"), Self::MOST).map(Self)
    }
}

fn bounded(text: &str, most: usize) -> Result<String, BadgeError> {
    if text.is_empty() {
        return Err(BadgeError::Empty);
    }
    if text.chars().count() > most {
        return Err(BadgeError::TooLong);
    }
    if text.chars().any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        return Err(BadgeError::Control);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_tidied_and_bounded() {
        assert_eq!(" a \r\nb\n".parse::<Prose>().unwrap().as_str(), "a\nb");
        assert_eq!("".parse::<Prose>(), Err(BadgeError::Empty));
        assert_eq!("a\u{0}".parse::<Prose>(), Err(BadgeError::Control));
        assert_eq!("a".repeat(5001).parse::<Prose>(), Err(BadgeError::TooLong));
    }
}
