use super::Column;
use crate::text::search_key;

/// Headings as people write them, under the key by which texts are compared.
#[rustfmt::skip]
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::FamilyName, &["nom", "nom de famille", "nom d usage", "nom usuel", "nom du salarie", "nom salarie", "family name", "last name", "surname", "lastname"]),
    (Column::GivenName, &["prenom", "prenoms", "prenom du salarie", "prenom salarie", "prenom usuel", "given name", "first name", "firstname"]),
    (Column::Email, &["e mail", "email", "mail", "courriel", "adresse", "adresse electronique", "adresse e mail", "adresse email", "adresse mail", "adresse courriel", "mail professionnel", "e mail professionnel", "email professionnel", "email pro", "mail pro", "courriel professionnel", "e mail address", "email address"]),
    (Column::StaffNumber, &["matricule", "n salarie", "no salarie", "num salarie", "numero salarie", "numero de salarie", "numero du salarie", "n de salarie", "no de salarie", "n matricule", "no matricule", "numero de matricule", "numero matricule", "identifiant", "code salarie", "staff number", "employee number", "employee id"]),
    (Column::JobGroup, &["categorie", "groupe", "csp", "statut", "college", "categorie socioprofessionnelle", "categorie socio professionnelle", "categorie professionnelle", "groupe d emplois", "job group", "category"]),
    (Column::StartsOn, &["date d entree", "date entree", "entree", "date d embauche", "date embauche", "embauche", "date d arrivee", "anciennete", "date d anciennete", "first day", "debut de contrat", "date de debut", "start date", "hire date", "starts on"]),
    (Column::FamilyGiven, &["nom prenom", "nom et prenom", "noms prenoms", "nom et prenoms", "nom complet", "salarie", "salaries", "nom prenom du salarie", "collaborateur", "participant", "stagiaire"]),
    (Column::GivenFamily, &["prenom nom", "prenom et nom", "full name", "name", "employee"]),
];
/// Our own column of a file given back; it says nothing when the file returns.
const REASON: &[&str] = &["motif", "reason"];

pub(super) fn is_reason(heading: &str) -> bool {
    REASON.contains(&search_key(heading).as_str())
}

fn column(heading: &str) -> Option<Column> {
    let key = search_key(heading);
    HEADINGS.iter().find(|(_, words)| words.contains(&key.as_str())).map(|(column, _)| *column)
}

/// The columns that the cells of a first line name; none when none of them is a title.
pub(super) fn titled_columns(first: &[String]) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::with_capacity(first.len());
    for heading in first {
        // The first of two columns of one kind is taken.
        let known = column(heading).filter(|c| !columns.contains(c));
        columns.push(known.unwrap_or(Column::LeftOut));
    }
    if columns.iter().all(|c| *c == Column::LeftOut) {
        return None;
    }
    let both = |c: &Column| matches!(c, Column::FamilyGiven | Column::GivenFamily);
    let each = [Column::FamilyName, Column::GivenName];
    // « Salarié » beside « Nom » and « Prénom » adds nothing; « Nom » beside « Salarié » neither.
    let is_whole = each.iter().all(|c| columns.contains(c));
    let whole = columns.iter().position(both).filter(|_| !is_whole);
    for (at, column) in columns.iter_mut().enumerate() {
        if (both(column) && whole != Some(at)) || (whole.is_some() && each.contains(column)) {
            *column = Column::LeftOut;
        }
    }
    Some(columns)
}
