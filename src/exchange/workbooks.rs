//! XLSX: weighed before it is opened, and opened one cell at a time.
//!
//! `calamine` inflates whatever the archive holds, and its ranges take memory for every cell between the first and
//! the last: a file of a few kilobytes may ask for gigabytes either way. So the archive is inflated once into
//! nothing under a limit (the same `zip` crate reads it both times), and cells are streamed.

use std::io::{self, Cursor, Read};
use std::panic::catch_unwind;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use zip::ZipArchive;

use super::tables::{Gathering, Limits, Table};
use domain::imports::Unreadable;

/// A part this small is let through however well it packs.
const SMALL_PART: u64 = 1_000_000;
/// XML of a sheet packs ten to forty times; a thousand times is what a bomb does.
const PACKED_AT_MOST: u64 = 100;

/// The first visible sheet of a workbook.
pub(super) fn read_workbook(bytes: &[u8], limits: &Limits) -> Result<Table, Unreadable> {
    weigh(bytes, limits)?;
    // calamine trusts the numbers in cell references: one too large is a panic where overflow is checked
    catch_unwind(|| read_sheet(bytes, limits)).unwrap_or(Err(Unreadable::Damaged))
}

fn read_sheet(bytes: &[u8], limits: &Limits) -> Result<Table, Unreadable> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheet = workbook
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .ok_or(Unreadable::Empty)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(|error| broken(&error))?;

    let mut gathering = Gathering::new(limits);
    let (mut row, mut line): (u32, Vec<String>) = (0, Vec::new());
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| broken(&error))? {
        let (at_row, at_column) = cell.get_position();
        if at_row != row {
            gathering.line(number(row), line.drain(..))?;
            row = at_row;
        }
        let text = text_of(cell.get_value(), cells.styles().get(style));
        if text.is_empty() {
            continue;
        }
        let column = at_column as usize;
        if column >= limits.columns {
            return Err(Unreadable::TooWide { line: number(at_row), limit: limits.columns });
        }
        if line.len() <= column {
            line.resize(column + 1, String::new());
        }
        if let Some(place) = line.get_mut(column) {
            *place = text;
        }
    }
    gathering.line(number(row), line)?;
    gathering.into_table()
}

/// The number that Excel shows beside a row.
fn number(row: u32) -> usize {
    row as usize + 1
}

fn broken(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Protected,
        _ => Unreadable::Damaged,
    }
}

/// Refuses an archive that is no workbook, or one that would weigh too much once opened. What it declares is looked
/// at first, since that costs nothing; then it is inflated, since it may lie: a part that holds more than it says is
/// damaged, whoever did it.
fn weigh(bytes: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    if archive.len() > limits.entries {
        return Err(Unreadable::Bomb);
    }
    recognise(&archive)?;
    let mut declared: u64 = 0;
    for entry in 0..archive.len() {
        let part = archive.by_index_raw(entry).map_err(|_| Unreadable::Damaged)?;
        if part.encrypted() {
            return Err(Unreadable::Protected);
        }
        declared = declared.saturating_add(part.size());
        let packed = part.size() / part.compressed_size().max(1);
        if declared > limits.inflated || (part.size() > SMALL_PART && packed > PACKED_AT_MOST) {
            return Err(Unreadable::Bomb);
        }
    }
    for entry in 0..archive.len() {
        let part = archive.by_index(entry).map_err(|_| Unreadable::Damaged)?;
        // the crate stops at the size declared, or here we do
        let declared = part.size();
        let inflated = io::copy(&mut part.take(declared + 1), &mut io::sink());
        if inflated.map_err(|_| Unreadable::Damaged)? > declared {
            return Err(Unreadable::Bomb);
        }
    }
    Ok(())
}

fn recognise(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    let has =
        |wanted: &str| archive.file_names_raw().any(|name| name.eq_ignore_ascii_case(wanted.as_bytes()));
    if has("[Content_Types].xml") && archive.file_names_raw().any(|name| name.starts_with(b"xl/")) {
        if has("xl/workbook.bin") { Err(Unreadable::OldWorkbook) } else { Ok(()) }
    } else if has("mimetype") && has("content.xml") {
        Err(Unreadable::OpenDocument)
    } else {
        Err(Unreadable::NotAWorkbook)
    }
}

/// A cell as a French person reads it on the screen, as far as it matters to us.
fn text_of(value: &DataRef<'_>, style: Option<&Style>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => padded(number.to_string(), style),
        DataRef::Float(number) => padded(decimal(*number), style),
        DataRef::Bool(true) => "VRAI".to_owned(),
        DataRef::Bool(false) => "FAUX".to_owned(),
        DataRef::DateTime(moment) => date(*moment),
        DataRef::DateTimeIso(text) => iso_date(text),
        DataRef::Error(error) => error.to_string(),
    }
}

/// At the fifteen digits that Excel shows, with a decimal comma and never with an exponent (a SIRET is no 9E+13).
fn decimal(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string().replace('.', ",") }
}

/// Postal codes and telephone numbers kept as numbers show zeros in front by their format (`00000`, `0#" "##…`);
/// without them they would be other codes.
fn padded(digits: String, style: Option<&Style>) -> String {
    let format =
        style.and_then(|style| style.number_format.as_ref()).map_or("", |format| &format.format_code);
    let plain = |c: char| matches!(c, '0' | '#' | ' ' | '"' | '\\' | '\u{a0}' | '-');
    if !format.chars().all(plain) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits;
    }
    let places = format.chars().filter(|c| matches!(c, '0' | '#')).skip_while(|c| *c == '#').count();
    format!("{digits:0>places$}")
}

/// `JJ/MM/AAAA`, followed by the time of day if there is one; a time alone or a duration as `HH:MM`.
fn date(moment: ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !(0.0..2_958_466.0).contains(&days) {
        return decimal(days);
    }
    if moment.is_duration() {
        let minutes = (days * 24.0 * 60.0).round();
        return format!("{:02.0}:{:02.0}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{day:02}/{month:02}/{year:04}");
    if days < 1.0 { time(hour, minute, second) } else { with_time(date, hour, minute, second) }
}

fn iso_date(text: &str) -> String {
    if let Ok(moment) = text.parse::<NaiveDateTime>() {
        let (hour, minute, second) = (moment.hour(), moment.minute(), moment.second());
        with_time(moment.format("%d/%m/%Y").to_string(), hour, minute, second)
    } else if let Ok(day) = text.parse::<NaiveDate>() {
        day.format("%d/%m/%Y").to_string()
    } else {
        text.to_owned()
    }
}

fn with_time<N: Into<u32>>(date: String, hour: N, minute: N, second: N) -> String {
    let (hour, minute, second) = (hour.into(), minute.into(), second.into());
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {}", time(hour, minute, second)) }
}

fn time<N: Into<u32>>(hour: N, minute: N, second: N) -> String {
    let (hour, minute, second) = (hour.into(), minute.into(), second.into());
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests;
