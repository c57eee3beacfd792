use super::*;

fn sheet(rows: &[&[&str]]) -> Sheet {
    let owned = |cells: &&[&str]| cells.iter().map(ToString::to_string).collect();
    Sheet::new((1..).zip(rows.iter().map(owned)).collect())
}

fn read(rows: &[&[&str]]) -> (Layout, Vec<Line>) {
    let sheet = sheet(rows);
    let layout = sheet.laid_out().unwrap();
    let lines = sheet.lines(&layout);
    (layout, lines)
}

/// Given name and family name of each line.
fn names(rows: &[&[&str]]) -> Vec<String> {
    let name = |l: &Line| format!("{}|{}", l.cell(Field::GivenName), l.cell(Field::FamilyName));
    read(rows).1.iter().map(name).collect()
}

#[test]
fn headings_are_known_in_any_case_and_order() {
    let rows: &[&[&str]] = &[
        &["PRÉNOM", "nom ", "Adresse électronique", "N° salarié", "Catégorie", "Date d’entrée", "Salaire"],
        &["Lou", "Carpentier", "lou@acme.example", "12", "Cadre", "01/09/2020", "1", "x"],
    ];
    let (layout, lines) = read(rows);
    assert_eq!((layout.titled, layout.teller), (true, Teller::Titles));
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(line.number, 2);
    assert_eq!(line.cells(), &["Carpentier", "Lou", "lou@acme.example", "12", "Cadre", "01/09/2020"]);
    // A column without a title is told of too.
    assert_eq!(sheet(rows).left_out(&layout), [6, 7]);
    assert_eq!(sheet(rows).title(&layout, 6), "Salaire");
    assert_eq!(
        sheet(&[&["Nom", "Prénom", "Motif"], &["Roy", "Mia", "x"]]).laid_out().unwrap().columns.len(),
        3
    );
}

#[test]
fn both_names_may_share_a_cell() {
    let rows: &[&[&str]] = &[
        &["Nom et prénom", "Mail", "Nom"],
        &["DE LA TOUR Anne Marie", "", ""],
        &["Anne DE LA TOUR", "", ""],
        &["Caron Idriss", "", ""],
        &["Caron Idriss Paul", "", ""],
    ];
    assert_eq!(
        names(rows),
        ["Anne Marie|DE LA TOUR", "Anne|DE LA TOUR", "Idriss|Caron", "|Caron Idriss Paul"]
    );
    assert_eq!(names(&[&["Salarié", "Nom", "Prénom"], &["x y", "Roy", "Mia"]]), ["Mia|Roy"]);
}

#[test]
fn a_missing_column_is_named_with_what_was_found() {
    let sheet = sheet(&[&["Nom", "Poste"], &["Caron", "x"]]);
    let layout = sheet.laid_out().unwrap();
    assert_eq!(layout.missing(), [Field::GivenName]);
    let refused = sheet.check_names(&layout).unwrap_err();
    let found = vec!["Nom".to_owned(), "Poste".to_owned()];
    assert_eq!(refused, Refusal::ColumnsMissing { missing: vec![Field::GivenName], found });
}

#[test]
fn titles_without_anybody_below_are_nobody() {
    assert_eq!(sheet(&[&["Nom", "Prénom"]]).laid_out(), Err(Unreadable::NoRows));
    assert_eq!(names(&[&["Lou", "Carpentier"]]), ["Lou|Carpentier"]);
}

#[test]
fn a_list_without_headings_is_understood_by_what_stands_in_it() {
    for rows in [
        [["Lou", "Carpentier", "lou.carpentier@acme.example"], ["Mia", "Denis", "mia@acme.example"]],
        [["Lou", "CARPENTIER", "l.c@acme.example"], ["Mia", "DENIS", ""]],
        [["CARPENTIER", "Lou", "lou@acme.example"], ["DENIS", "Mia", "mia@acme.example"]],
        [["Cadre", "Lou", "CARPENTIER"], ["Ouvrier", "Mia", "DENIS"]],
        [["CARPENTIER", "12", "Lou"], ["DENIS", "13", "Mia"]],
    ] {
        let told = names(&[&rows[0], &rows[1]]);
        assert!(told[0].eq_ignore_ascii_case("Lou|Carpentier"), "{told:?}");
        assert_eq!(told.len(), 2);
    }
    for rows in [
        [["Lou Carpentier", "lou@acme.example"], ["Mia Denis", "mia@acme.example"]],
        [["Carpentier Lou", "lou@acme.example"], ["Denis Mia", "mia@acme.example"]],
        [["lou@acme.example", "Lou Carpentier"], ["mia@acme.example", "Mia Denis"]],
        [["Lou", "Carpentier"], ["Mia", "Denis"]],
        [["CARPENTIER", "Lou"], ["DENIS", "Mia"]],
    ] {
        let told = names(&[&rows[0], &rows[1]]);
        assert!(told[0].eq_ignore_ascii_case("Lou|Carpentier"), "{told:?}");
    }
    assert_eq!(names(&[&["Lou Carpentier"], &["Mia Denis"]]), ["Lou|Carpentier", "Mia|Denis"]);
    let jobs: [&[&str]; 3] = [&["Lou Carpentier", "Fours"], &["Mia Denis", "Fours"], &["Noé Roy", "Quai"]];
    assert_eq!(names(&jobs), ["Lou|Carpentier", "Mia|Denis", "Noé|Roy"]);
}

#[test]
fn unknown_titles_are_nobody() {
    let (layout, lines) =
        read(&[&["Vorname", "Nachname", "Kontakt"], &["Lou", "Carpentier", "lou@acme.example"]]);
    assert_eq!((layout.titled, layout.teller), (true, Teller::Contents));
    assert_eq!(lines.len(), 1);
    let (layout, _) = read(&[&["12", "13"], &["14", "15"]]);
    assert_eq!(layout.missing().len(), 2);
}

#[test]
fn a_reader_says_what_the_columns_are() {
    use Column::*;
    let sheet = sheet(&[&["Petit nom", "Usage"], &["Lou", "Carpentier"]]);
    let layout = Layout::chosen(vec![GivenName, FamilyName], true).unwrap();
    assert_eq!(sheet.lines(&layout)[0].cell(Field::GivenName), "Lou");
    assert_eq!(sheet.examples(&layout, 1), ["Carpentier"]);
    assert_eq!(sheet.lines(&Layout::chosen(vec![FamilyName, GivenName], false).unwrap()).len(), 2);
    for (columns, twice) in [
        (vec![GivenName, FamilyName, GivenName], true),
        (vec![FamilyName, GivenFamily], true),
        (vec![GivenFamily, FamilyGiven], true),
        (vec![LeftOut, FamilyName, LeftOut], false),
        (vec![Email], false),
    ] {
        let refused = Layout::chosen(columns, true).unwrap_err();
        assert_eq!(matches!(refused, Refusal::ColumnTwice { .. }), twice, "{refused}");
    }
}
