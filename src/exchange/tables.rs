use std::borrow::Cow;

use csv::ReaderBuilder;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::guard::unguarded;
use super::workbooks::read_workbook;
use domain::imports::Unreadable;

/// What a person sent, as text: Excel dates as `JJ/MM/AAAA`, numbers as a French person writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The first line with something on it: often the titles.
    pub header: Row,
    /// The other lines with something on them.
    pub rows: Vec<Row>,
}

/// A line of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where the person finds it in what they sent, from 1.
    pub line: usize,
    /// Trimmed. At least as many as the header has; more if the line goes on beyond it.
    pub cells: Vec<String>,
}

/// How much is read; past that a file is refused, not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the file as sent.
    pub bytes: usize,
    /// Bytes of a workbook once inflated, all its parts together; also the text of all cells.
    pub inflated: u64,
    /// Parts in the zip archive that a workbook is.
    pub entries: usize,
    /// Lines with something on them, without the header.
    pub rows: usize,
    pub columns: usize,
    /// Characters in one cell.
    pub cell_chars: usize,
}

impl Limits {
    /// 5 MB: some hundred times the list of staff of a large company.
    pub const BYTES: usize = 5_000_000;
    /// 60 MB: twelve times the largest file, where real workbooks inflate about tenfold.
    pub const INFLATED: u64 = 60_000_000;
    /// 1 000: a workbook has about ten, one with many sheets and pictures some hundred.
    pub const ENTRIES: usize = 1_000;
    /// 5 000: what one action can take in.
    pub const ROWS: usize = 5_000;
    /// 100
    pub const COLUMNS: usize = 100;
    /// 2 000: a long remark.
    pub const CELL_CHARS: usize = 2_000;

    /// For whoever has the machine at hand and no request waits: half a million rows.
    pub const LARGE: Self = Self {
        bytes: 100_000_000,
        inflated: 500_000_000,
        entries: Self::ENTRIES,
        rows: 500_000,
        columns: Self::COLUMNS,
        cell_chars: Self::CELL_CHARS,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: Self::BYTES,
            inflated: Self::INFLATED,
            entries: Self::ENTRIES,
            rows: Self::ROWS,
            columns: Self::COLUMNS,
            cell_chars: Self::CELL_CHARS,
        }
    }
}

/// Reads a file that a person sent, within the usual [`Limits`]: CSV or TSV in the encodings that Excel writes, or
/// the first visible sheet of an XLSX workbook. What it is, its bytes decide; the name only settles a doubt about
/// the separator.
pub fn read_table(bytes: &[u8], filename: Option<&str>) -> Result<Table, Unreadable> {
    read_table_within(bytes, filename, &Limits::default())
}

/// [`read_table`] within other limits.
pub fn read_table_within(bytes: &[u8], filename: Option<&str>, limits: &Limits) -> Result<Table, Unreadable> {
    if bytes.len() > limits.bytes {
        return Err(Unreadable::TooLarge { limit: limits.bytes });
    }
    match kind(bytes) {
        Kind::Zip => read_workbook(bytes, limits),
        Kind::Foreign(why) => Err(why),
        Kind::Text => {
            let extension =
                filename.and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension);
            let tabs = ["tsv", "tab"].iter().any(|known| extension.eq_ignore_ascii_case(known));
            read_text(&decode(bytes)?, tabs, limits)
        }
    }
}

/// Reads cells pasted into a form: copied from a spreadsheet (tabs) or typed.
pub fn read_pasted(text: &str) -> Result<Table, Unreadable> {
    let limits = Limits::default();
    if text.len() > limits.bytes {
        return Err(Unreadable::TooLarge { limit: limits.bytes });
    }
    refuse_binary(text)?;
    read_text(text.trim_start_matches('\u{feff}'), true, &limits)
}

enum Kind {
    Text,
    Zip,
    Foreign(Unreadable),
}

fn kind(bytes: &[u8]) -> Kind {
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0";
    const PICTURES: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"];
    const MARKUP: [&str; 5] = ["<!doctype", "<html", "<?xml", "<table", "{\\rtf"];

    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if bytes.starts_with(OLE) {
        return Kind::Foreign(ole_kind(bytes));
    }
    if bytes.starts_with(b"%PDF-") {
        return Kind::Foreign(Unreadable::Pdf);
    }
    let webp_or_heic = bytes.get(8..12) == Some(b"WEBP") || bytes.get(4..8) == Some(b"ftyp");
    if webp_or_heic || PICTURES.iter().any(|start| bytes.starts_with(start)) {
        return Kind::Foreign(Unreadable::Picture);
    }
    // many programs «export to Excel» a web page that they name .xls
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let starts =
        |mark: &&str| text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()));
    if MARKUP.iter().any(starts) { Kind::Foreign(Unreadable::NotAWorkbook) } else { Kind::Text }
}

/// What hides in the container that Office used before zip, and still uses around an encrypted workbook. What is sent
/// as a list is an old workbook unless it says that it is something else.
fn ole_kind(bytes: &[u8]) -> Unreadable {
    let names = |name: &str| {
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(utf16.len()).any(|window| window == utf16)
    };
    if names("EncryptedPackage") {
        Unreadable::Protected
    } else if names("WordDocument") || names("PowerPoint Document") {
        Unreadable::NotAWorkbook
    } else {
        Unreadable::OldWorkbook
    }
}

/// UTF-8 and UTF-16 when they say so or it can only be they, else what Windows calls ANSI in France.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        Cow::Borrowed(std::str::from_utf8(rest).map_err(|_| Unreadable::Encoding)?)
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        strictly(UTF_16LE, rest)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        strictly(UTF_16BE, rest)?
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        let text = strictly(WINDOWS_1252, bytes)?;
        // the bytes that Windows-1252 leaves free come out as C1 controls: this was something else
        if text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
            return Err(Unreadable::Encoding);
        }
        text
    };
    refuse_binary(&text)?;
    Ok(text)
}

fn strictly<'a>(
    encoding: &'static encoding_rs::Encoding,
    bytes: &'a [u8],
) -> Result<Cow<'a, str>, Unreadable> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(Unreadable::Encoding)
}

/// Text has line ends and tabs, old programs add a vertical tab, a page break, an end of file; nothing else below
/// the space.
fn refuse_binary(text: &str) -> Result<(), Unreadable> {
    let stray = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
    if text.chars().any(stray) { Err(Unreadable::Encoding) } else { Ok(()) }
}

fn read_text(text: &str, tabs_likely: bool, limits: &Limits) -> Result<Table, Unreadable> {
    let text = text.trim_end_matches('\u{1a}').replace("\r\n", "\n").replace('\r', "\n");
    let (separator, body, lines_before) = match announced_separator(&text) {
        Some((separator, rest)) => (separator, rest, 1),
        None => (sniff(&text, tabs_likely), text.as_str(), 0),
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(body.as_bytes());
    if let Some(line) = quote_left_open(body, separator) {
        return Err(Unreadable::Unclosed { line: lines_before + line });
    }
    let mut gathering = Gathering::new(limits);
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Encoding)?;
        // the reader places a record before the blank lines that it skipped to reach it
        let line = record.position().map_or(1, |at| {
            let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
            let blank = body.bytes().skip(from).take_while(|b| *b == b'\n').count();
            usize::try_from(at.line()).unwrap_or(usize::MAX).saturating_add(blank)
        });
        gathering.line(lines_before + line, record.iter())?;
    }
    gathering.into_table()
}

/// Excel obeys a first line `sep=;` and hides it: so do we.
fn announced_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let (word, separator) = first.split_at_checked(4)?;
    match separator.as_bytes() {
        [separator @ (b';' | b',' | b'\t')] if word.eq_ignore_ascii_case("sep=") => Some((*separator, rest)),
        _ => None,
    }
}

/// The separator that the first line uses most, outside quotes. In doubt a tab if `tabs_likely`, then a semicolon.
fn sniff(text: &str, tabs_likely: bool) -> u8 {
    let (mut semicolons, mut commas, mut tabs) = (0_usize, 0_usize, 0_usize);
    let mut quoted = false;
    for byte in text.trim_start_matches('\n').bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\n' => break,
            b';' => semicolons += 1,
            b',' => commas += 1,
            b'\t' => tabs += 1,
            _ => {}
        }
    }
    if tabs > 0 && (tabs_likely || (tabs > semicolons && tabs >= commas)) {
        b'\t'
    } else if commas > semicolons {
        b','
    } else {
        b';'
    }
}

/// The line of a quotation mark that opens a cell and is never closed. The reader would take the rest of the file
/// for one cell, and nobody would see which lines are missing.
fn quote_left_open(text: &str, separator: u8) -> Option<usize> {
    enum At {
        Start,
        Bare,
        Quoted,
        Quote,
    }
    let (mut at, mut line, mut opened) = (At::Start, 1, 1);
    for byte in text.bytes() {
        at = match (at, byte) {
            (At::Start, b'"') => {
                opened = line;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Quote,
            (At::Quoted, _) | (At::Quote, b'"') => At::Quoted,
            (_, b'\n') => At::Start,
            (_, byte) if byte == separator => At::Start,
            _ => At::Bare,
        };
        if byte == b'\n' {
            line += 1;
        }
    }
    matches!(at, At::Quoted).then_some(opened)
}

/// A [`Table`] being read, line by line, within its limits.
pub(super) struct Gathering<'a> {
    limits: &'a Limits,
    header: Option<Row>,
    rows: Vec<Row>,
    text: u64,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, header: None, rows: Vec::new(), text: 0 }
    }

    /// Takes in one line of the source; one with nothing on it leaves no trace.
    pub(super) fn line<C: AsRef<str>>(
        &mut self,
        line: usize,
        cells: impl IntoIterator<Item = C>,
    ) -> Result<(), Unreadable> {
        let limits = self.limits;
        let mut kept = Vec::new();
        for (at, cell) in cells.into_iter().enumerate() {
            let cell = tidied(cell.as_ref());
            if cell.is_empty() {
                continue;
            }
            if at >= limits.columns {
                return Err(Unreadable::TooWide { line, limit: limits.columns });
            }
            if cell.len() > limits.cell_chars && cell.chars().count() > limits.cell_chars {
                return Err(Unreadable::CellTooLong { line, limit: limits.cell_chars });
            }
            // a workbook keeps a text once and may point to it from every cell
            self.text += cell.len() as u64;
            if self.text > limits.inflated {
                return Err(Unreadable::Bomb);
            }
            kept.resize(at, String::new());
            kept.push(cell);
        }
        match &self.header {
            _ if kept.is_empty() => {}
            None => self.header = Some(Row { line, cells: kept }),
            Some(_) if self.rows.len() >= limits.rows => {
                return Err(Unreadable::TooManyRows { limit: limits.rows });
            }
            Some(header) => {
                kept.resize(kept.len().max(header.cells.len()), String::new());
                self.rows.push(Row { line, cells: kept });
            }
        }
        Ok(())
    }

    pub(super) fn into_table(self) -> Result<Table, Unreadable> {
        let header = self.header.ok_or(Unreadable::Empty)?;
        Ok(Table { header, rows: self.rows })
    }
}

/// A cell as it is kept: without outer white space and without the mark that our own files put on formulas.
fn tidied(cell: &str) -> String {
    let cell = unguarded(cell.trim()).trim();
    if cell.contains('\r') { cell.replace("\r\n", "\n").replace('\r', "\n") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests;
