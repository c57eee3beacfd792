use std::io::{Seek, Write};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime as Moment, Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::tables::{read_table, read_table_within};
use super::*;

fn moment(text: &str) -> Moment {
    Moment::parse_from_str(text).unwrap()
}

#[test]
fn a_workbook_reads_as_a_french_person_sees_it() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_hidden(true).write(0, 0, "caché").unwrap();
    let sheet = workbook.add_worksheet().set_active(true);
    for (at, title) in
        [" Nom ", "SIRET", "Naissance", "Début", "Heure", "Note", "CP", "Tél", "Oui"].iter().enumerate()
    {
        sheet.write(1, u16::try_from(at).unwrap(), *title).unwrap();
    }
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write(3, 0, "Zoé\r\nLefèvre").unwrap();
    sheet.write(3, 1, 90_000_000_100_009_f64).unwrap();
    sheet.write_datetime_with_format(3, 2, moment("2026-11-22"), &format("dd/mm/yyyy")).unwrap();
    sheet.write_datetime_with_format(3, 3, moment("2026-11-22T08:40"), &format("dd/mm/yy hh:mm")).unwrap();
    sheet.write_with_format(3, 4, 0.375, &format("hh:mm")).unwrap();
    sheet.write(3, 5, 0.1 + 0.2).unwrap();
    sheet.write_with_format(3, 6, 2100, &format("00000")).unwrap();
    sheet.write_with_format(3, 7, 612_345_678, &format("0#\" \"##\" \"##\" \"##\" \"##")).unwrap();
    sheet.write(3, 8, true).unwrap();
    sheet.write_blank(4, 50, &format("00000")).unwrap();
    sheet.write(1_048_575, 0, "'=dernier").unwrap();
    sheet.write_with_format(1_048_575, 4, 1.5, &format("[h]:mm")).unwrap();
    sheet.write_with_format(1_048_575, 5, -1234.5, &format("# ##0,00")).unwrap();
    workbook.add_worksheet().write(0, 0, "autre").unwrap();

    let table = read_table(&workbook.save_to_buffer().unwrap(), Some("liste.xlsx")).unwrap();
    assert_eq!(
        table.header.cells,
        ["Nom", "SIRET", "Naissance", "Début", "Heure", "Note", "CP", "Tél", "Oui"]
    );
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[0].line, 4);
    assert_eq!(
        table.rows[0].cells,
        [
            "Zoé\nLefèvre",
            "90000000100009",
            "22/11/2026",
            "22/11/2026 08:40",
            "09:00",
            "0,3",
            "02100",
            "0612345678",
            "VRAI"
        ]
    );
    assert_eq!(table.rows[1].line, 1_048_576);
    assert_eq!(table.rows[1].cells, ["=dernier", "", "", "", "36:00", "-1234,5", "", "", ""]);
}

#[test]
fn numbers_have_neither_exponent_nor_noise() {
    for (number, text) in [
        (0.0, "0"),
        (-0.0, "0"),
        (12.0, "12"),
        (12.5, "12,5"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0,0000001"),
        (0.1 + 0.2, "0,3"),
        (99_999_999_999_999.0, "99999999999999"),
    ] {
        assert_eq!(decimal(number), text);
    }
}

#[test]
fn a_sheet_of_one_line_or_of_nothing_is_said_so() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    assert_eq!(read_table(&workbook.save_to_buffer().unwrap(), None), Err(Unreadable::Empty));
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "Nom").unwrap();
    assert!(read_table(&workbook.save_to_buffer().unwrap(), None).unwrap().rows.is_empty());
}

#[test]
fn limits_hold_in_workbooks_too() {
    let limits = Limits { rows: 2, columns: 3, cell_chars: 4, ..Limits::default() };
    let read = |fill: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "Nom").unwrap();
        fill(sheet);
        read_table_within(&workbook.save_to_buffer().unwrap(), None, &limits)
    };
    let wide = read(&|sheet| {
        sheet.write(2, 3, "x").unwrap();
    });
    assert_eq!(wide, Err(Unreadable::TooWide { line: 3, limit: 3 }));
    let long = read(&|sheet| {
        sheet.write(2, 1, "étés!").unwrap();
    });
    assert_eq!(long, Err(Unreadable::CellTooLong { line: 3, limit: 4 }));
    let tall = read(&|sheet| {
        for row in 1..4 {
            sheet.write(row * 2, 0, "x").unwrap();
        }
    });
    assert_eq!(tall, Err(Unreadable::TooManyRows { limit: 2 }));
}

/// A zip archive of these parts; `zeros` more bytes of zeros at the end of the last.
fn archive(parts: &[(&str, &[u8])], zeros: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (at, (name, content)) in parts.iter().enumerate() {
        zip.start_file(*name, packed).unwrap();
        zip.write_all(content).unwrap();
        if at + 1 == parts.len() {
            pour(&mut zip, zeros);
        }
    }
    zip.finish().unwrap().into_inner()
}

fn pour<W: Write + Seek>(zip: &mut ZipWriter<W>, mut zeros: usize) {
    let block = [0; 8_192];
    while zeros > 0 {
        let some = zeros.min(block.len());
        zip.write_all(&block[..some]).unwrap();
        zeros -= some;
    }
}

/// Writes `size` wherever the archive says how large a part is: the lie of a bomb.
fn understated(mut bytes: Vec<u8>, size: u32, actual: u32) -> Vec<u8> {
    let actual = actual.to_le_bytes();
    let mut at = 0;
    while at + 4 <= bytes.len() {
        if bytes[at..at + 4] == actual {
            bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
        }
        at += 1;
    }
    bytes
}

const SHELL: &[(&str, &[u8])] = &[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", b"")];

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let honest = archive(SHELL, 61_000_000);
    assert!(honest.len() < 100_000, "{}", honest.len());
    let lying = understated(honest.clone(), 900_000, 61_000_000);
    assert_ne!(lying, honest);
    for (bomb, why) in [(honest, Unreadable::Bomb), (lying, Unreadable::Damaged)] {
        let start = Instant::now();
        assert_eq!(read_table(&bomb, Some("liste.xlsx")), Err(why));
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
    // under the limit as a whole, but packed as nothing honest is
    assert_eq!(read_table(&archive(SHELL, 5_000_000), None), Err(Unreadable::Bomb));

    let many: Vec<(String, &[u8])> = (0..1_001).map(|n| (format!("xl/{n}"), b"".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    assert_eq!(read_table(&archive(&many, 0), None), Err(Unreadable::Bomb));
}

#[test]
fn one_long_text_shown_by_every_cell_is_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..50 {
        for column in 0..50 {
            sheet.write(row, column, "x".repeat(2_000)).unwrap();
        }
    }
    let limits = Limits { inflated: 1_000_000, ..Limits::default() };
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(read_table_within(&bytes, None, &limits), Err(Unreadable::Bomb));
    assert!(read_table(&bytes, None).is_ok());
}

#[test]
fn other_archives_are_no_workbooks() {
    for (parts, why) in [
        (&[("word/document.xml", b"".as_slice())][..], Unreadable::NotAWorkbook),
        (&[("mimetype", b""), ("content.xml", b"")], Unreadable::OpenDocument),
        (&[("[Content_Types].xml", b""), ("xl/workbook.bin", b"")], Unreadable::OldWorkbook),
        (SHELL, Unreadable::Damaged),
        (&[], Unreadable::NotAWorkbook),
    ] {
        assert_eq!(read_table(&archive(parts, 0), None), Err(why));
    }
}

fn small_workbook(sheet: &str) -> Vec<u8> {
    archive(
        &[
            (
                "[Content_Types].xml",
                br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
            ),
            (
                "_rels/.rels",
                br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
            (
                "xl/workbook.xml",
                br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
            ),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ],
        0,
    )
}

#[test]
fn a_workbook_by_other_hands() {
    let read = |rows: &str| {
        read_table(&small_workbook(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")), None)
    };
    let table = read(
        r#"<row><c t="inlineStr"><is><t>Nom</t></is></c><c t="inlineStr"><is><t>Date</t></is></c></row>
           <row><c t="inlineStr"><is><t>Zoé &amp; co</t></is></c><c t="d"><v>2026-11-22T00:00:00</v></c></row>
           <row><c t="e"><v>#N/A</v></c><c t="d"><v>2026-11-22</v></c></row>"#,
    )
    .unwrap();
    assert_eq!(table.rows[0].cells, ["Zoé & co", "22/11/2026"]);
    assert_eq!(table.rows[1].cells, ["#N/A", "22/11/2026"]);
    // two far corners: a dense range would ask for seventeen thousand million cells
    let corners =
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert_eq!(read(corners), Err(Unreadable::TooWide { line: 1_048_576, limit: 100 }));
    assert_eq!(read("<row><c"), Err(Unreadable::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_sheet_makes_it_panic(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<row>"), Just("<row r=\"4294967295\">"), Just("<row r=\"0\">"), Just("<row r=\"7\">"), Just("</row>"),
                Just("<c>"), Just("<c r=\"A0\">"), Just("<c r=\"ZZZZZZZ9\">"), Just("<c r=\"B4294967296\">"),
                Just("<c r=\"C3\" s=\"9\" t=\"s\">"), Just("<c t=\"str\">"), Just("<c t=\"b\">"), Just("<c t=\"e\">"),
                Just("</c>"), Just("<v>"), Just("</v>"), Just("99"), Just("1e999"), Just("-1"), Just("NaN"), Just("é"),
                Just("&#0;"), Just("&x;"), Just("<f t=\"shared\" si=\"4294967295\" ref=\"A1:B2\">A1</f>"), Just("<is><t>"),
                Just("</t></is>"), Just("</sheetData>"),
            ],
            0..30,
        )
    ) {
        let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", pieces.concat());
        let _ = read_table(&small_workbook(&sheet), None);
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0_usize..6_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Nom").unwrap().write(1, 0, 12).unwrap();
        let mut bytes = workbook.save_to_buffer().unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        let _ = read_table(&bytes, None);
    }
}
