//! The processing report of the State, read without trust: names are compared without prefix and without case, no
//! document type and no entity is followed, and everything has a size.

use domain::declarations::{MOST_PASSAGES, RejectedPassage, Report, UnreadableReport};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Two hundred thousand passages, each with a sentence, are some thirty million bytes.
pub const MOST_REPORT_BYTES: usize = 100_000_000;
/// Characters of one text.
pub const MOST_TEXT: usize = 4_000;
/// Messages of one passage.
pub const MOST_MESSAGES: usize = 50;
/// Elements within elements; a report has four.
const MOST_DEEP: usize = 12;

const DAMAGED: UnreadableReport = UnreadableReport::Damaged;

/// Reads a report; what it says is compared with the file that it answers by [`Report::answers`].
pub fn read_report(bytes: &[u8]) -> Result<Report, UnreadableReport> {
    if bytes.len() > MOST_REPORT_BYTES {
        return Err(UnreadableReport::TooLarge { most: MOST_REPORT_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| UnreadableReport::NotUtf8)?;
    let mut xml = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut reading = Reading::default();
    loop {
        match xml.read_event().map_err(|_| DAMAGED)? {
            Event::Start(element) => reading.enter(&element)?,
            Event::Empty(element) => {
                reading.enter(&element)?;
                reading.leave()?;
            }
            Event::End(_) => reading.leave()?,
            Event::Text(text) => reading.hear(&text.xml10_content())?,
            Event::CData(text) => reading.hear(&text.xml10_content())?,
            Event::GeneralRef(reference) => reading.hear(character(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::DocType(_) => return Err(UnreadableReport::Doctype),
            Event::Decl(declared) => {
                let utf8 = declared.encoding().is_none_or(|encoding| {
                    encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("UTF-8"))
                });
                if !utf8 {
                    return Err(UnreadableReport::NotUtf8);
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return reading.end(),
        }
    }
}

/// One of the five entities of XML, or a character by its number.
fn character(reference: &BytesRef<'_>) -> Result<char, UnreadableReport> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| DAMAGED)? {
        return Ok(character);
    }
    match &**reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(UnreadableReport::Entity),
    }
}

/// Whether XML may carry it; a text that came by the number of a character is no exception.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A report as far as it was read.
#[derive(Default)]
struct Reading {
    report: Report,
    /// The elements that are open, by their names in small letters.
    path: Vec<String>,
    has_root: bool,
    has_flow: bool,
    /// The text of the innermost element.
    text: String,
    /// Characters of it.
    length: usize,
}

impl Reading {
    fn enter(&mut self, element: &BytesStart<'_>) -> Result<(), UnreadableReport> {
        if element.attributes().any(|attribute| attribute.is_err()) || self.path.len() >= MOST_DEEP {
            return Err(DAMAGED);
        }
        let name = element.local_name().as_ref().to_lowercase();
        if self.path.is_empty() {
            if name != "rapport" {
                return Err(UnreadableReport::NotAReport);
            }
            if std::mem::replace(&mut self.has_root, true) {
                return Err(DAMAGED);
            }
        }
        // an element inside a text would hide a part of it
        if !self.text.trim().is_empty() {
            return Err(DAMAGED);
        }
        self.path.push(name);
        self.forget_text();
        if self.is_at(&["rapport", "passagesko", "passage"]) {
            self.report.rejected.push(RejectedPassage::default());
            self.count()?;
        }
        Ok(())
    }

    fn hear(&mut self, text: &str) -> Result<(), UnreadableReport> {
        if self.path.is_empty() {
            return if text.trim().is_empty() { Ok(()) } else { Err(DAMAGED) };
        }
        if !text.chars().all(is_legal) {
            return Err(DAMAGED);
        }
        self.length += text.chars().count();
        if self.length > MOST_TEXT {
            return Err(UnreadableReport::LongText { most: MOST_TEXT });
        }
        self.text.push_str(text);
        Ok(())
    }

    /// What has no place in a report that we know is passed over: the next release of the State's may say more.
    fn leave(&mut self) -> Result<(), UnreadableReport> {
        let text = self.text.trim().to_owned();
        self.forget_text();
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["rapport", "nomfichier"] => self.report.file_name = Some(text),
            ["rapport", "idtraitement"] => self.report.processing = Some(text),
            // a second number would make it a report of two files
            ["rapport", "idflux"] if std::mem::replace(&mut self.has_flow, true) => return Err(DAMAGED),
            ["rapport", "idflux"] => self.report.flow = text,
            ["rapport", "passagesok", "idtechnique"] => {
                self.report.accepted.push(text);
                self.count()?;
            }
            ["rapport", "passagesko", "passage", leaf] => {
                let passage = self.report.rejected.last_mut().ok_or(DAMAGED)?;
                match *leaf {
                    "idtechnique" if passage.id.is_empty() => passage.id = text,
                    "idtechnique" => return Err(DAMAGED),
                    "messageerreur" if passage.messages.len() >= MOST_MESSAGES => {
                        return Err(UnreadableReport::TooMany);
                    }
                    "messageerreur" if !text.is_empty() => passage.messages.push(text),
                    _ => {}
                }
            }
            _ => {}
        }
        self.path.pop();
        Ok(())
    }

    fn end(self) -> Result<Report, UnreadableReport> {
        if !self.path.is_empty() {
            return Err(DAMAGED);
        }
        if !self.has_root {
            return Err(UnreadableReport::NotAReport);
        }
        if self.report.flow.is_empty() {
            return Err(UnreadableReport::NoFlow);
        }
        let mut ids = self.report.accepted.iter().chain(self.report.rejected.iter().map(|one| &one.id));
        if ids.any(String::is_empty) { Err(UnreadableReport::NoPassageId) } else { Ok(self.report) }
    }

    fn is_at(&self, path: &[&str]) -> bool {
        self.path.iter().map(String::as_str).eq(path.iter().copied())
    }

    fn forget_text(&mut self) {
        self.text.clear();
        self.length = 0;
    }

    fn count(&self) -> Result<(), UnreadableReport> {
        let passages = self.report.accepted.len() + self.report.rejected.len();
        if passages > MOST_PASSAGES { Err(UnreadableReport::TooMany) } else { Ok(()) }
    }
}
