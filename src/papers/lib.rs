//! How it is printed. The only room that says typst: papers are laid out and written as PDF, from plain values, without
//! disk, clock or network.

mod certificate;
mod press;
mod qr;

pub use certificate::certificate;
pub use press::unprintable;

/// Why a paper is not printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("no font has the character « {0} »")]
    Glyph(char),
    #[error("the link is too long for a QR code")]
    Link,
    #[error("it takes {0} pages where one is expected")]
    Pages(usize),
    #[error("typst: {0}")]
    Typesetting(String),
}

#[cfg(test)]
mod tests;
