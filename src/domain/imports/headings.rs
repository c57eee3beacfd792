use super::{Field, Line, Refusal};
use crate::domain::people::EmailAddress;
use crate::domain::text::search_key;

/// What was understood of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub lines: Vec<Line>,
    /// Headings of columns that are left aside, as they were typed.
    pub ignored: Vec<String>,
    /// Whether there was no line of headings, so that the columns were told from what stands in them.
    pub guessed: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    One(Field),
    /// Both names in one cell.
    FullName(Order),
}

/// Which name comes first when nothing in the cell tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    FamilyFirst,
    GivenFirst,
}

/// Headings as people write them, under the key by which texts are compared.
#[rustfmt::skip]
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::One(Field::FamilyName), &["nom", "nom de famille", "nom d usage", "nom usuel", "nom du salarie", "nom salarie", "family name", "last name", "surname", "lastname"]),
    (Column::One(Field::GivenName), &["prenom", "prenoms", "prenom du salarie", "prenom salarie", "prenom usuel", "given name", "first name", "firstname"]),
    (Column::One(Field::Email), &["e mail", "email", "mail", "courriel", "adresse", "adresse electronique", "adresse e mail", "adresse email", "adresse mail", "adresse courriel", "mail professionnel", "e mail professionnel", "email professionnel", "email pro", "mail pro", "courriel professionnel", "e mail address", "email address"]),
    (Column::One(Field::StaffNumber), &["matricule", "n salarie", "no salarie", "num salarie", "numero salarie", "numero de salarie", "numero du salarie", "n de salarie", "no de salarie", "n matricule", "no matricule", "numero de matricule", "numero matricule", "identifiant", "code salarie", "staff number", "employee number", "employee id"]),
    (Column::One(Field::JobGroup), &["categorie", "groupe", "csp", "statut", "college", "categorie socioprofessionnelle", "categorie socio professionnelle", "categorie professionnelle", "groupe d emplois", "job group", "category"]),
    (Column::One(Field::StartsOn), &["date d entree", "date entree", "entree", "date d embauche", "date embauche", "embauche", "date d arrivee", "anciennete", "date d anciennete", "first day", "debut de contrat", "date de debut", "start date", "hire date", "starts on"]),
    (Column::FullName(Order::FamilyFirst), &["nom prenom", "nom et prenom", "noms prenoms", "nom et prenoms", "nom complet", "salarie", "salaries", "nom prenom du salarie", "collaborateur", "participant", "stagiaire"]),
    (Column::FullName(Order::GivenFirst), &["prenom nom", "prenom et nom", "full name", "name", "employee"]),
];
/// Our own column of a file given back; it says nothing when the file returns.
const REASON: &[&str] = &["motif", "reason"];

fn column(heading: &str) -> Option<Column> {
    let key = search_key(heading);
    HEADINGS.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(column, _)| *column)
}

/// Finds the columns by their headings, in any case and with or without accents; without any heading, by what stands
/// in the columns, when one of them holds e-mail addresses.
pub fn read(header: &[String], rows: &[(usize, Vec<String>)]) -> Result<Reading, Refusal> {
    let mut columns: Vec<Option<Column>> = Vec::with_capacity(header.len());
    for heading in header {
        // The first of two columns of one kind is taken.
        let known = column(heading).filter(|c| !columns.contains(&Some(*c)));
        columns.push(known);
    }
    if columns.iter().all(Option::is_none)
        && let Some(guessed) = guess(header, rows)
    {
        let first = rows.first().map_or(1, |(line, _)| line.saturating_sub(1).max(1));
        let mut lines = vec![line(first, header, &guessed)];
        lines.extend(rows.iter().map(|(number, cells)| line(*number, cells, &guessed)));
        return Ok(Reading { lines, ignored: Vec::new(), guessed: true });
    }
    let has = |wanted: Field| columns.contains(&Some(Column::One(wanted)));
    let has_full = columns.iter().any(|c| matches!(c, Some(Column::FullName(_))));
    let missing: Vec<Field> =
        [Field::FamilyName, Field::GivenName].into_iter().filter(|f| !has(*f) && !has_full).collect();
    if !missing.is_empty() {
        let found = header.iter().filter(|h| !h.is_empty()).cloned().collect();
        return Err(Refusal::ColumnsMissing { missing, found });
    }
    // « Salarié » beside « Nom » and « Prénom » adds nothing.
    if has(Field::FamilyName) && has(Field::GivenName) {
        for column in columns.iter_mut().filter(|c| matches!(c, Some(Column::FullName(_)))) {
            *column = None;
        }
    }
    let ignored = header
        .iter()
        .zip(&columns)
        .filter(|(heading, column)| {
            column.is_none() && !heading.is_empty() && !REASON.contains(&search_key(heading).as_str())
        })
        .map(|(heading, _)| heading.clone())
        .collect();
    let lines = rows.iter().map(|(number, cells)| line(*number, cells, &columns)).collect();
    Ok(Reading { lines, ignored, guessed: false })
}

fn line(number: usize, cells: &[String], columns: &[Option<Column>]) -> Line {
    let mut line = Line { number, ..Line::default() };
    for (cell, column) in cells.iter().zip(columns) {
        match column {
            Some(Column::One(field)) => line.put(*field, cell.trim()),
            Some(Column::FullName(order)) => {
                let (family, given) = split(cell, *order);
                line.put(Field::FamilyName, family);
                line.put(Field::GivenName, given);
            }
            None => {}
        }
    }
    line
}

/// Family and given name of one cell: the words in capitals are the family name; else, of two words, the order tells.
/// A longer name is left whole, for the person to part it.
fn split(cell: &str, order: Order) -> (String, String) {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let in_capitals = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
    };
    let (family, given): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| in_capitals(word));
    if !family.is_empty() && !given.is_empty() {
        return (family.join(" "), given.join(" "));
    }
    match (words.as_slice(), order) {
        ([first, second], Order::FamilyFirst) => ((*first).to_owned(), (*second).to_owned()),
        ([first, second], Order::GivenFirst) => ((*second).to_owned(), (*first).to_owned()),
        _ => (words.join(" "), String::new()),
    }
}

/// Columns told from their cells: one of addresses, and one or two of names beside it.
fn guess(header: &[String], rows: &[(usize, Vec<String>)]) -> Option<Vec<Option<Column>>> {
    let emails = header.iter().position(|cell| cell.parse::<EmailAddress>().is_ok())?;
    let is_name = |cell: &String| {
        cell.chars().any(char::is_alphabetic) && !cell.chars().any(|c| c.is_ascii_digit() || c == '@')
    };
    let mut names = header.iter().enumerate().filter(|(_, cell)| is_name(cell)).map(|(at, _)| at);
    let (first, second) = (names.next()?, names.next());
    let mut columns = vec![None; header.len()];
    let mut put = |at: usize, column: Column| {
        if let Some(place) = columns.get_mut(at) {
            *place = Some(column);
        }
    };
    put(emails, Column::One(Field::Email));
    let Some(second) = second else {
        put(first, Column::FullName(Order::GivenFirst));
        return Some(columns);
    };
    let given_first = {
        let all = || std::iter::once(header).chain(rows.iter().map(|(_, cells)| cells.as_slice()));
        let votes = |given: usize, family: usize| {
            all().filter(|cells| looks_ordered(cells, given, family, emails)).count()
        };
        votes(first, second) >= votes(second, first)
    };
    let (given, family) = if given_first { (first, second) } else { (second, first) };
    put(given, Column::One(Field::GivenName));
    put(family, Column::One(Field::FamilyName));
    Some(columns)
}

/// Whether a row speaks for this order of names: the family name alone is in capitals, or the address begins with
/// the given name.
fn looks_ordered(cells: &[String], given: usize, family: usize, email: usize) -> bool {
    let at = |place: usize| cells.get(place).map(String::as_str).unwrap_or_default();
    let shouts = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let key: String = search_key(at(given)).split(' ').next().unwrap_or_default().to_owned();
    (shouts(at(family)) && !shouts(at(given)))
        || (key.len() > 1 && at(email).to_lowercase().starts_with(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(header: &[&str], rows: &[&[&str]]) -> Result<Reading, Refusal> {
        let owned = |cells: &[&str]| cells.iter().map(ToString::to_string).collect::<Vec<_>>();
        let rows: Vec<_> = rows.iter().enumerate().map(|(at, row)| (at + 2, owned(row))).collect();
        read(&owned(header), &rows)
    }

    fn names(reading: &Reading) -> Vec<(&str, &str, &str)> {
        reading
            .lines
            .iter()
            .map(|l| (l.cell(Field::FamilyName), l.cell(Field::GivenName), l.cell(Field::Email)))
            .collect()
    }

    #[test]
    fn headings_are_known_in_any_case_and_order() {
        let reading = table(
            &[
                "PRÉNOM",
                "nom ",
                "Adresse électronique",
                "N° salarié",
                "Catégorie",
                "Date d’entrée",
                "Salaire",
            ],
            &[&["Lou", "Carpentier", "lou@acme.example", "12", "Cadre", "01/09/2020", "1"]],
        )
        .unwrap();
        assert_eq!(names(&reading), [("Carpentier", "Lou", "lou@acme.example")]);
        let line = reading.lines.first().unwrap();
        assert_eq!(
            [Field::StaffNumber, Field::JobGroup, Field::StartsOn].map(|f| line.cell(f)),
            ["12", "Cadre", "01/09/2020"]
        );
        assert_eq!(line.number, 2);
        assert_eq!(reading.ignored, ["Salaire"]);
        assert!(!reading.guessed);
    }

    #[test]
    fn both_names_may_share_a_cell() {
        let reading = table(
            &["Nom et prénom", "Mail"],
            &[
                &["DE LA TOUR Anne Marie", ""],
                &["Anne DE LA TOUR", ""],
                &["Caron Idriss", ""],
                &["Caron Idriss Paul", ""],
            ],
        )
        .unwrap();
        assert_eq!(
            names(&reading).iter().map(|n| (n.0, n.1)).collect::<Vec<_>>(),
            [
                ("DE LA TOUR", "Anne Marie"),
                ("DE LA TOUR", "Anne"),
                ("Caron", "Idriss"),
                ("Caron Idriss Paul", "")
            ]
        );
    }

    #[test]
    fn a_missing_column_is_named_with_what_was_found() {
        let refused = table(&["Nom", "Poste"], &[&["Caron", "x"]]).unwrap_err();
        assert_eq!(
            refused,
            Refusal::ColumnsMissing {
                missing: vec![Field::GivenName],
                found: vec!["Nom".into(), "Poste".into()]
            }
        );
    }

    #[test]
    fn a_list_without_headings_is_understood_by_its_addresses() {
        for rows in [
            [["Lou", "Carpentier", "lou.carpentier@acme.example"], ["Mia", "Denis", "mia@acme.example"]],
            [["Lou", "CARPENTIER", "l.c@acme.example"], ["Mia", "DENIS", ""]],
        ] {
            let reading = table(&rows[0], &[&rows[1]]).unwrap();
            assert!(reading.guessed);
            assert_eq!(reading.lines.len(), 2);
            assert_eq!(reading.lines.first().unwrap().cell(Field::GivenName), "Lou");
        }
        let swapped =
            table(&["CARPENTIER", "Lou", "lou@acme.example"], &[&["DENIS", "Mia", "mia@acme.example"]]);
        assert_eq!(names(&swapped.unwrap()).first().unwrap().1, "Lou");
        let whole = table(&["Lou Carpentier", "lou@acme.example"], &[&["Mia Denis", "mia@acme.example"]]);
        assert_eq!(names(&whole.unwrap()).first().unwrap().0, "Carpentier");
        assert!(table(&["Lou", "Carpentier"], &[&["Mia", "Denis"]]).is_err());
    }
}
