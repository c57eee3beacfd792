//! The files of the national register of certifications, which France compétences publishes as open data: CSV with
//! semicolons, several of them in one ZIP. Only the lines of one record are kept; a file may have a hundred thousand.

use csv::{ByteRecord, ReaderBuilder};
use domain::certifications::{Entry, RecordCode};
use domain::imports::Unreadable;
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes that are read of each file, once inflated.
const MOST: u64 = 400_000_000;
/// Files that are looked into.
const FILES: usize = 50;
/// The column by which a line is known.
const CODE: &str = "Numero_Fiche";
const BLOCK_CODE: &str = "Bloc_Competences_Code";
const BLOCK_TITLE: &str = "Bloc_Competences_Libelle";

/// What the files say of a record; none when they do not name it. `bytes` are a ZIP with CSV files in it, or one CSV.
pub fn read_entry(bytes: &[u8], code: &RecordCode) -> Result<Option<Entry>, Unreadable> {
    let mut entry = Entry::of(code.clone());
    let mut is_named = false;
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        for number in 0..archive.len().min(FILES) {
            let file = archive.by_index(number).map_err(|_| Unreadable::Damaged)?;
            let name = file.name().map_err(|_| Unreadable::Damaged)?;
            let is_csv = name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("csv"));
            if file.is_file() && is_csv {
                is_named |= read_file(file, &mut entry)?;
            }
        }
    } else {
        is_named = read_file(bytes, &mut entry)?;
    }
    Ok(is_named.then_some(entry))
}

/// Takes the lines about the record from one file. Answers whether there were any; a file without the column that
/// names the record is passed over.
fn read_file(file: impl Read, entry: &mut Entry) -> Result<bool, Unreadable> {
    let mut reader =
        ReaderBuilder::new().delimiter(b';').flexible(true).has_headers(false).from_reader(file.take(MOST));
    let mut line = ByteRecord::new();
    if !reader.read_byte_record(&mut line).map_err(|_| Unreadable::Damaged)? {
        return Ok(false);
    }
    let columns: Vec<String> =
        line.iter().map(|title| text(title).trim_start_matches('\u{feff}').trim().to_owned()).collect();
    let at = |wanted: &str| columns.iter().position(|column| column == wanted);
    let Some(code) = at(CODE) else { return Ok(false) };
    let block = at(BLOCK_CODE).zip(at(BLOCK_TITLE));
    let mut is_named = false;
    while reader.read_byte_record(&mut line).map_err(|_| Unreadable::Damaged)? {
        let cell = |at: usize| text(line.get(at).unwrap_or_default());
        if cell(code).trim() != entry.code.as_str() {
            continue;
        }
        is_named = true;
        match block {
            Some((code, title)) => entry.take_block(&cell(code), &cell(title)),
            None => columns.iter().enumerate().for_each(|(at, column)| entry.take(column, &cell(at))),
        }
    }
    Ok(is_named)
}

/// UTF-8 as the register writes it, or what a spreadsheet made of it.
fn text(cell: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(cell).map_or_else(|_| WINDOWS_1252.decode(cell).0, Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Title;
    use std::io::Write as _;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const STANDARD: &str = "\u{feff}\"Numero_Fiche\";\"Intitule\";\"Date_Effet\";\"Date_Fin_Enregistrement\";\"Validation_Partielle\"\n\
        \"RNCP9999\";\"Autre chose\";\"01/01/2020\";\"01/01/2025\";\"Non\"\n\
        \"RNCP99999\";\"Chef de projet IA ; avec un point-virgule\";\"01/01/2026\";\"31/12/2028\";\"Oui\"\n";
    const BLOCKS: &str = "Numero_Fiche;Bloc_Competences_Code;Bloc_Competences_Libelle\n\
        RNCP99999;RNCP99999BC02;Piloter\nRNCP9999;RNCP9999BC01;Autre\nRNCP99999;RNCP99999BC01;\"Cadrer\nsur deux lignes\"\n";

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn one_record_is_read_out_of_all_files_of_an_archive() {
        let bytes = zipped(&[
            ("export_fiches_CSV_Standard_2026_11_22.csv", STANDARD),
            ("export_fiches_CSV_Blocs_De_Compétences_2026_11_22.csv", BLOCKS),
            ("lisez-moi.txt", "Numero_Fiche;Intitule\nRNCP99999;Non\n"),
        ]);
        let entry = read_entry(&bytes, &"RNCP99999".parse().unwrap()).unwrap().unwrap();
        assert_eq!(entry.title.unwrap().as_str(), "Chef de projet IA ; avec un point-virgule");
        assert_eq!(entry.registered_until, "2028-12-31".parse().ok());
        let blocks: Vec<_> = entry.blocks.values().map(Title::as_str).collect();
        assert_eq!(blocks, ["Cadrer sur deux lignes", "Piloter"]);
        assert_eq!(read_entry(&bytes, &"RNCP12345".parse().unwrap()), Ok(None));
    }

    #[test]
    fn one_file_alone_is_read_also_as_a_spreadsheet_saved_it() {
        let (latin, _, _) = WINDOWS_1252.encode("Numero_Fiche;Intitule\r\nRS715;Sécurité\r\n");
        let entry = read_entry(&latin, &"RS715".parse().unwrap()).unwrap().unwrap();
        assert_eq!(entry.title.unwrap().as_str(), "Sécurité");
        assert_eq!(entry.blocks.len(), 0);
        assert_eq!(read_entry(b"", &"RS715".parse().unwrap()), Ok(None));
        assert_eq!(read_entry(b"nom;code\nx;RS715\n", &"RS715".parse().unwrap()), Ok(None));
        assert_eq!(read_entry(b"PK\x03\x04 et rien", &"RS715".parse().unwrap()), Err(Unreadable::Damaged));
    }
}
