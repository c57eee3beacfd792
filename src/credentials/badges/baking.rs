//! A signed badge inside its picture (Open Badges 3.0, 5.3): an element of an SVG, a text chunk of a PNG.

use super::picture::{drawn, png};
use super::{Fault, Issued};
use domain::badges::Label;
use flate2::Crc;

/// The name of the element, and of the namespace that it lies in.
pub const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
/// The name of the chunk.
pub const KEYWORD: &str = "openbadgecredential";
/// What a PNG begins with.
pub const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Which of the two a picture carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Document,
    Token,
}

/// The two kinds of picture in which a badge travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    Svg,
    Png,
}

/// The picture of a badge with the badge in it.
pub fn baked_svg(label: &Label, issued: &Issued, form: Form) -> String {
    let element = match form {
        Form::Token => {
            format!("<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\" verify=\"{}\"/>", issued.token)
        }
        Form::Document => {
            // In JSON these three signs stand together in texts only, where the last may be written in numbers.
            let json = issued.document.replace("]]>", "]]\\u003e");
            format!(
                "<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\"><![CDATA[{json}]]></openbadges:credential>"
            )
        }
    };
    drawn(label, &element)
}

/// A medal with the badge in it, for what takes no SVG.
pub fn baked_png(label: &Label, issued: &Issued, form: Form) -> Result<Vec<u8>, Fault> {
    let text = match form {
        Form::Token => &issued.token,
        Form::Document => &issued.document,
    };
    let picture = png(label)?;
    // The header is 13 bytes, between its length and name and its check.
    let (before, after) = picture.split_at_checked(PNG.len() + 12 + 13).ok_or(Fault::Picture)?;
    Ok([before, &text_chunk(KEYWORD, text)?, after].concat())
}

/// A text in UTF-8, not packed, in no language.
pub fn text_chunk(keyword: &str, text: &str) -> Result<Vec<u8>, Fault> {
    chunk(*b"iTXt", &[keyword.as_bytes(), &[0, 0, 0, 0, 0], text.as_bytes()].concat())
}

/// A piece of a PNG: length, name, what it holds, check.
pub fn chunk(name: [u8; 4], held: &[u8]) -> Result<Vec<u8>, Fault> {
    let length = u32::try_from(held.len()).map_err(|_| Fault::Picture)?;
    let mut check = Crc::new();
    check.update(&name);
    check.update(held);
    Ok([&length.to_be_bytes()[..], &name, held, &check.sum().to_be_bytes()].concat())
}
