use proptest::prelude::*;

use super::*;

fn table(header: &[&str], rows: &[(usize, &[&str])]) -> Table {
    table_from(1, header, rows)
}

fn table_from(line: usize, header: &[&str], rows: &[(usize, &[&str])]) -> Table {
    let row =
        |line: usize, cells: &[&str]| Row { line, cells: cells.iter().map(ToString::to_string).collect() };
    Table { header: row(line, header), rows: rows.iter().map(|(line, cells)| row(*line, cells)).collect() }
}

#[test]
fn the_csv_of_a_french_excel_reads_in_each_of_its_encodings() {
    let text = "Nom;Prénom;Naissance\r\nLefèvre;Zoé;22/11/2026\r\n;;\r\nŒuvrard;\"Léa;Lou\";01/02/1990\r\n";
    let expected = table(
        &["Nom", "Prénom", "Naissance"],
        &[(2, &["Lefèvre", "Zoé", "22/11/2026"]), (4, &["Œuvrard", "Léa;Lou", "01/02/1990"])],
    );
    let (ansi, _, lossy) = WINDOWS_1252.encode(text);
    assert!(!lossy);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide_other: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ansi.into_owned(),
        [b"\xff\xfe", &*wide].concat(),
        [b"\xfe\xff", &*wide_other].concat(),
        text.replace("\r\n", "\n").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
        [text.as_bytes(), b"\x1a"].concat(),
    ] {
        assert_eq!(read_table(&bytes, Some("salariés.csv")).as_ref(), Ok(&expected), "{bytes:?}");
    }
}

#[test]
fn the_separator_is_guessed_outside_quotes() {
    for text in [
        "Nom;Ville\nZoé;Lille",
        "Nom,Ville\nZoé,Lille",
        "Nom\tVille\nZoé\tLille",
        "sep=,\nNom,Ville\nZoé,Lille",
        "\n\nNom;Ville\n\n\nZoé;Lille\n",
        "\"Nom\";\"Ville\"\n\"Zoé\";\"Lille\"",
        "  Nom ; Ville\u{a0}\n\tZoé;Lille  ",
        "Nom;Ville;;\nZoé;Lille;;;",
    ] {
        let read = read_table(text.as_bytes(), None).unwrap();
        assert_eq!(read.header.cells, ["Nom", "Ville"], "{text:?}");
        assert_eq!(read.rows.first().unwrap().cells, ["Zoé", "Lille"], "{text:?}");
    }
    let read = read_table(b"\"a,b,c\";d\nx;y", None).unwrap();
    assert_eq!(read.header.cells, ["a,b,c", "d"]);
    let read = read_table(b"a\tb;c\nx\ty;z", Some("Liste.TSV")).unwrap();
    assert_eq!(read.header.cells, ["a", "b;c"]);
    let read = read_table(b"Courriel\na@b.fr", None).unwrap();
    assert_eq!(read, table(&["Courriel"], &[(2, &["a@b.fr"])]));
}

#[test]
fn a_row_knows_its_line() {
    let text = "\nNom;Remarque\n\n\"Zoé\";\"deux\nlignes\"\n\n;\nLéa;\"a \"\"b\"\"\"\nLou\nMax;1;2\n";
    assert_eq!(
        read_table(text.as_bytes(), None).unwrap(),
        table_from(
            2,
            &["Nom", "Remarque"],
            &[
                (4, &["Zoé", "deux\nlignes"]),
                (8, &["Léa", "a \"b\""]),
                (9, &["Lou", ""]),
                (10, &["Max", "1", "2"])
            ],
        )
    );
    let text = "sep=;\r\nNom\r\nZoé";
    assert_eq!(read_table(text.as_bytes(), None).unwrap(), table_from(2, &["Nom"], &[(3, &["Zoé"])]));
    assert_eq!(read_table(b"Nom;Ville\r\n;;\r\n", None).unwrap(), table(&["Nom", "Ville"], &[]));
}

#[test]
fn our_mark_on_formulas_comes_off() {
    let read = read_table("Tel;Note\n'+33 6;'-5\n'=x;l'an\n'';'a".as_bytes(), None).unwrap();
    assert_eq!(
        read,
        table(&["Tel", "Note"], &[(2, &["+33 6", "-5"]), (3, &["=x", "l'an"]), (4, &["''", "'a"])])
    );
}

#[test]
fn cells_pasted_from_a_spreadsheet() {
    assert_eq!(
        read_pasted("Nom\tVille\r\nZoé\t\"rue; haute\r\nLille\"\r\n").unwrap(),
        table(&["Nom", "Ville"], &[(2, &["Zoé", "rue; haute\nLille"])])
    );
    assert_eq!(
        read_pasted("Nom;Ville\nZoé;Lille").unwrap(),
        table(&["Nom", "Ville"], &[(2, &["Zoé", "Lille"])])
    );
    assert_eq!(read_pasted(" \n\t\n"), Err(Unreadable::Empty));
    assert_eq!(read_pasted("a\0b"), Err(Unreadable::Encoding));
    assert_eq!(
        read_pasted(&"a".repeat(Limits::BYTES + 1)),
        Err(Unreadable::TooLarge { limit: Limits::BYTES })
    );
}

#[test]
fn what_is_no_table_is_refused_by_its_name() {
    let ole = |inside: &str| {
        let name: Vec<u8> = inside.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 600][..], &name, &[0; 60]].concat()
    };
    for (bytes, why) in [
        (b"".to_vec(), Unreadable::Empty),
        (b"\xef\xbb\xbf\r\n ;;\r\n".to_vec(), Unreadable::Empty),
        (b"%PDF-1.7\n".to_vec(), Unreadable::Pdf),
        (b"\x89PNG\r\n\x1a\n".to_vec(), Unreadable::Picture),
        (b"\xff\xd8\xff\xe0".to_vec(), Unreadable::Picture),
        (b"RIFF\x00\x01\x02\x03WEBPVP8".to_vec(), Unreadable::Picture),
        (ole("Workbook"), Unreadable::OldWorkbook),
        (b"\xd0\xcf\x11\xe0 and no more".to_vec(), Unreadable::OldWorkbook),
        (ole("EncryptedPackage"), Unreadable::Protected),
        (ole("WordDocument"), Unreadable::NotAWorkbook),
        (b"\n <HTML><table><tr><td>Nom".to_vec(), Unreadable::NotAWorkbook),
        (b"\xef\xbb\xbf<?xml version=\"1.0\"?><Workbook/>".to_vec(), Unreadable::NotAWorkbook),
        (b"PK\x03\x04 and no more".to_vec(), Unreadable::Damaged),
        (b"PK\x05\x06".to_vec(), Unreadable::Damaged),
        (b"a;b\n1;\x002".to_vec(), Unreadable::Encoding),
        (b"a;b\n1;\xe9\x81".to_vec(), Unreadable::Encoding),
        (b"a;b\n1;\x01".to_vec(), Unreadable::Encoding),
        (b"\xff\xfea".to_vec(), Unreadable::Encoding),
        (b"\xef\xbb\xbfa;\xe9".to_vec(), Unreadable::Encoding),
        (b"a;b\n1;2\n\"3;4\n5;6\n".to_vec(), Unreadable::Unclosed { line: 3 }),
        (b"sep=;\na;\"b".to_vec(), Unreadable::Unclosed { line: 2 }),
    ] {
        assert_eq!(read_table(&bytes, Some("liste.xlsx")), Err(why), "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn limits_are_inclusive() {
    let limits = Limits { bytes: 60, rows: 2, columns: 3, cell_chars: 4, ..Limits::default() };
    let read = |text: &str| read_table_within(text.as_bytes(), None, &limits);
    assert!(read("a;b;c\nété!;2;3;;;\n\n1;2;3\n;;\n").is_ok());
    assert_eq!(read("a\n1\n\n2\n3"), Err(Unreadable::TooManyRows { limit: 2 }));
    assert_eq!(read("a;b;c\n\n1;2;3;4"), Err(Unreadable::TooWide { line: 3, limit: 3 }));
    assert_eq!(read("a\nétés!"), Err(Unreadable::CellTooLong { line: 2, limit: 4 }));
    assert_eq!(read(&"a".repeat(61)), Err(Unreadable::TooLarge { limit: 60 }));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_table(&bytes, None);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a\"';,\t\r\n= é\u{feff}-]{0,80}") {
        let _ = read_table(text.as_bytes(), Some("x.tsv"));
        if let Ok(table) = read_pasted(&text) {
            let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count();
            prop_assert!(table.rows.is_sorted_by(|a, b| a.line < b.line));
            prop_assert!(table.rows.iter().all(|row| row.line > 1 && row.line <= lines));
            prop_assert!(table.rows.iter().all(|row| row.cells.len() >= table.header.cells.len()));
        }
    }
}
