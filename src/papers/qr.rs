//! Links as QR codes, drawn for the press.

use super::Error;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Modules of quiet margin that readers need on each side.
const MARGIN: usize = 4;

/// The code of a link as an SVG drawing: one path, so that no seam shows between modules when it is rasterised.
pub fn svg(link: &str) -> Result<String, Error> {
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(|_| Error::Link)?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + MARGIN, y + MARGIN);
            }
            x += run.len();
        }
    }
    let side = width + 2 * MARGIN;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    ))
}
