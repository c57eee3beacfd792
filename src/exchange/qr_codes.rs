//! Addresses as QR codes, drawn by the page that shows them.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// A QR code as the path of a drawing: dark modules of one unit.
#[derive(Debug, Clone)]
pub struct Qr {
    /// Units on each side, with the quiet margin of four.
    pub side: usize,
    pub path: String,
}

/// Modules of quiet margin that readers need on each side.
const MARGIN: usize = 4;

/// The code of an address. Fails only on a text that is too long for any code.
pub fn qr(address: &str) -> Result<Qr, QrError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)?;
    let width = code.width();
    let mut path = String::new();
    for (place, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let (x, y) = (place % width + MARGIN, place / width + MARGIN);
        // Writing to a String cannot fail.
        let _ = write!(path, "M{x} {y}h1v1h-1z");
    }
    Ok(Qr { side: width + 2 * MARGIN, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_square_of_modules() {
        let code = qr("https://parcours.example/emargement/K7P4QX").unwrap();
        assert_eq!(code.side, 29 + 8);
        assert!(code.path.starts_with("M4 4h1v1h-1z"));
        assert!(qr(&"x".repeat(5000)).is_err());
    }
}
