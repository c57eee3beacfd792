use super::guard::guarded;

/// A table as French Excel opens it with a double click: UTF-8 with a byte order mark, semicolons, CRLF. It is written
/// a row at a time; what was written may be taken away between two rows.
///
/// Cells that a spreadsheet may take for a formula get an apostrophe in front, negative numbers and `+33` among
/// them: a rule with no exception is one that can be checked. [`super::read_table`] takes it off again.
///
/// Written by hand because a table in memory cannot fail, whatever the crate's signatures say.
#[derive(Debug)]
pub struct CsvWriter(String);

impl CsvWriter {
    pub fn begin(header: &[&str]) -> Self {
        let mut out = String::from("\u{feff}");
        push_line(&mut out, header.iter().copied());
        Self(out)
    }

    pub fn row(&mut self, cells: &[String]) {
        push_line(&mut self.0, cells.iter().map(String::as_str));
    }

    /// What was written since it began, or since this was asked last.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0).into_bytes()
    }
}

/// A whole table at once, as [`CsvWriter`] writes it.
pub fn write_csv(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut table = CsvWriter::begin(header);
    for row in rows {
        table.row(&row);
    }
    table.take()
}

fn push_line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(';');
        }
        let cell = guarded(cell);
        // commas and tabs too: other programs guess the separator
        let outer_space = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
        if outer_space || cell.contains([';', ',', '\t', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read_table;
    use super::*;

    fn written(header: &[&str], rows: &[&[&str]]) -> String {
        let rows = rows.iter().map(|row| row.iter().map(ToString::to_string).collect());
        String::from_utf8(write_csv(header, rows)).unwrap()
    }

    #[test]
    fn french_excel_gets_what_it_expects() {
        assert_eq!(
            written(&["Nom", "Note"], &[&["Zoé", "12,5"], &["O\"Neil; dit « O »", "a\nb"]]),
            "\u{feff}Nom;Note\r\nZoé;\"12,5\"\r\n\"O\"\"Neil; dit « O »\";\"a\nb\"\r\n"
        );
    }

    #[test]
    fn what_is_taken_in_pieces_is_the_same_table() {
        let rows = [vec!["Zoé".to_owned(), "=1".to_owned()], vec!["; ".to_owned(), String::new()]];
        let mut table = CsvWriter::begin(&["Nom", "Note"]);
        let mut pieces = vec![table.take()];
        for row in &rows {
            table.row(row);
            pieces.push(table.take());
        }
        assert!(pieces.iter().all(|piece| !piece.is_empty()) && table.take().is_empty());
        assert_eq!(pieces.concat(), write_csv(&["Nom", "Note"], rows));
    }

    #[test]
    fn no_cell_is_a_formula() {
        let text = written(
            &["=A"],
            &[&["=HYPERLINK(\"http://x\")"], &["+33 6"], &["-5"], &["@x"], &["\tx"], &["\rx"], &["'=x"]],
        );
        let cells: Vec<&str> = text.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
        assert_eq!(
            cells,
            [
                "'=A",
                "\"'=HYPERLINK(\"\"http://x\"\")\"",
                "'+33 6",
                "'-5",
                "'@x",
                "\"'\tx\"",
                "\"'\rx\"",
                "''=x"
            ]
        );
    }

    /// A cell as the reader keeps it: trimmed, line ends as LF.
    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zA-Zéœ0-9 =+@'\"«»;,|\t\n-]{0,12}".prop_map(|cell| cell.trim().to_owned()),
            "\\PC{0,12}".prop_map(|cell| cell.trim().to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn what_we_write_we_read(
            columns in proptest::collection::vec("[A-Za-zéÉ=',;\"-][a-z =;,é'\"\t-]{0,8}[a-z]", 1..6),
            rows in proptest::collection::vec(proptest::collection::vec(cell(), 6), 0..8),
        ) {
            let header: Vec<&str> = columns.iter().map(String::as_str).collect();
            let rows: Vec<Vec<String>> =
                rows.into_iter().map(|row| row.into_iter().take(header.len()).collect()).collect();
            let kept: Vec<_> =
                rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).cloned().collect();
            let table = read_table(&write_csv(&header, rows), Some("export.csv")).unwrap();
            prop_assert_eq!(&table.header.cells, &columns);
            prop_assert_eq!(table.rows.into_iter().map(|row| row.cells).collect::<Vec<_>>(), kept);
        }
    }
}
