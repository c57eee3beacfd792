use super::guard::guarded;

/// A table as French Excel opens it with a double click: UTF-8 with a byte order mark, semicolons, CRLF.
///
/// Cells that a spreadsheet may take for a formula get an apostrophe in front, negative numbers and `+33` among
/// them: a rule with no exception is one that can be checked. [`super::read_table`] takes it off again.
///
/// Written by hand because a table in memory cannot fail, whatever the crate's signatures say.
pub fn write_csv(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    push_line(&mut out, header.iter().copied());
    for row in rows {
        push_line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
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
