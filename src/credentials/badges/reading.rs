//! A badge that somebody brings: a document, a token, or a picture with one of them in it. It is taken out and compared with
//! what was issued; nothing in it is believed.

use super::baking::{Form, KEYWORD, NAMESPACE, PNG};
use super::{Issued, Picture, body::Credential};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::ZlibDecoder;
use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use serde::Deserialize;
use std::io::Read as _;
use uuid::Uuid;

/// Bytes of a file, at most. A badge in its picture has some 10,000.
pub const FILE_MOST: usize = 1 << 20;
/// Bytes of the badge in it, at most.
const BADGE_MOST: usize = 1 << 18;

/// Why no badge was found in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is too large to be a badge")]
    TooLarge,
    #[error("there is no badge in this file")]
    NoBadge,
    #[error("the picture wants entities or a document type, which no badge needs")]
    Entities,
    #[error("this is a badge, but none of ours")]
    Foreign,
}

/// A badge as somebody brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    /// What it says it is; look there for what was issued.
    pub id: Uuid,
    /// The picture that it was in; none for a badge by itself.
    pub picture: Option<Picture>,
    form: Form,
    text: String,
}

impl Presented {
    /// Whether it is what was issued, all of it and nothing else. White space and the order of fields do not matter.
    pub fn is(&self, issued: &Issued) -> bool {
        match self.form {
            Form::Token => self.text == issued.token,
            // Read as values alone, a field that stands twice would pass with its second text.
            Form::Document => {
                serde_json::from_str::<Credential>(&self.text).is_ok()
                    && value(&self.text).is_some_and(|brought| Some(brought) == value(&issued.document))
            }
        }
    }
}

/// Takes the badge out of a file.
pub fn read(file: &[u8]) -> Result<Presented, Unreadable> {
    if file.len() > FILE_MOST {
        return Err(Unreadable::TooLarge);
    }
    let (text, picture) = if file.starts_with(&PNG) {
        (in_png(file)?, Some(Picture::Png))
    } else {
        let text = std::str::from_utf8(file).map_err(|_| Unreadable::NoBadge)?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('<') { (in_svg(text)?, Some(Picture::Svg)) } else { (text.to_owned(), None) }
    };
    presented(text.trim(), picture)
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

fn presented(text: &str, picture: Option<Picture>) -> Result<Presented, Unreadable> {
    if text.len() > BADGE_MOST {
        return Err(Unreadable::TooLarge);
    }
    let (form, named) = if text.starts_with('{') {
        (Form::Document, serde_json::from_str(text).ok())
    } else {
        (Form::Token, claims(text).and_then(|claims| serde_json::from_slice(&claims).ok()))
    };
    let named: Named = named.ok_or(Unreadable::NoBadge)?;
    let id = named.id.rsplit('/').next().and_then(|last| last.parse().ok()).ok_or(Unreadable::Foreign)?;
    Ok(Presented { id, picture, form, text: text.to_owned() })
}

/// The claims of a token; what signs them is compared later.
fn claims(token: &str) -> Option<Vec<u8>> {
    let parts: Vec<&str> = token.splitn(4, '.').collect();
    let [_, claims, _] = parts.as_slice() else { return None };
    URL_SAFE_NO_PAD.decode(claims).ok()
}

fn value(json: &str) -> Option<serde_json::Value> {
    serde_json::from_str(json).ok()
}

/// The first badge of an SVG: the value of `verify`, or the text of the element.
fn in_svg(text: &str) -> Result<String, Unreadable> {
    let mut reader = NsReader::from_str(text);
    let mut found: Option<String> = None;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| Unreadable::NoBadge)?;
        let ours = space == ResolveResult::Bound(Namespace(NAMESPACE));
        match event {
            Event::DocType(_) => return Err(Unreadable::Entities),
            Event::Start(tag) | Event::Empty(tag) if ours && is_badge(&tag) => {
                if let Some(token) = tag.try_get_attribute("verify").ok().flatten() {
                    return Ok(token.value.into_owned());
                }
                found = Some(String::new());
            }
            Event::End(_) if ours && found.is_some() => return found.ok_or(Unreadable::NoBadge),
            Event::Text(part) => add(&mut found, &part),
            Event::CData(part) => add(&mut found, &part),
            Event::GeneralRef(entity) if found.is_some() => {
                add(&mut found, sign(&entity)?.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => return Err(Unreadable::NoBadge),
            _ => {}
        }
    }
}

fn is_badge(tag: &BytesStart<'_>) -> bool {
    tag.local_name().into_inner() == "credential"
}

fn add(found: &mut Option<String>, part: &str) {
    if let Some(text) = found {
        text.push_str(part);
    }
}

/// The sign that a reference stands for: one by its number, or one of the five that XML has by itself.
fn sign(entity: &BytesRef<'_>) -> Result<char, Unreadable> {
    match &**entity {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => entity.resolve_char_ref().ok().flatten().ok_or(Unreadable::Entities),
    }
}

/// The text chunk of a PNG that holds a badge.
fn in_png(file: &[u8]) -> Result<String, Unreadable> {
    let mut rest = file.get(PNG.len()..).unwrap_or_default();
    loop {
        let (length, tail) = rest.split_first_chunk::<4>().ok_or(Unreadable::NoBadge)?;
        let (name, tail) = tail.split_first_chunk::<4>().ok_or(Unreadable::NoBadge)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unreadable::NoBadge)?;
        let (held, tail) = tail.split_at_checked(length).ok_or(Unreadable::NoBadge)?;
        if name == b"iTXt"
            && let Some(text) = chunk_text(held)
        {
            return text;
        }
        // Its check is of use to those who want the picture.
        rest = tail.get(4..).ok_or(Unreadable::NoBadge)?;
    }
}

/// Keyword, whether packed and how, language, keyword in that language, text; none if the keyword is another one.
fn chunk_text(held: &[u8]) -> Option<Result<String, Unreadable>> {
    let rest = held.strip_prefix(KEYWORD.as_bytes())?.strip_prefix(&[0])?;
    let ([packed, _], rest) = rest.split_first_chunk::<2>()?;
    let mut parts = rest.splitn(3, |byte| *byte == 0).skip(2);
    let text = parts.next()?;
    let bytes = if *packed == 0 {
        text.to_vec()
    } else {
        let mut bytes = Vec::new();
        let most = u64::try_from(BADGE_MOST).unwrap_or(u64::MAX).saturating_add(1);
        if ZlibDecoder::new(text).take(most).read_to_end(&mut bytes).is_err() {
            return Some(Err(Unreadable::NoBadge));
        }
        bytes
    };
    Some(String::from_utf8(bytes).map_err(|_| Unreadable::NoBadge))
}
