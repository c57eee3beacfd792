//! A long list of made-up employees, as a company sends it.

use chrono::NaiveDate;
use std::fmt::Write as _;

pub const STARTS_ON: NaiveDate = NaiveDate::from_ymd_opt(2024, 9, 2).unwrap();

pub struct Colleague {
    pub given_name: String,
    pub family_name: String,
    pub search_key: String,
    pub email: String,
    pub staff_number: String,
    pub job_group: &'static str,
}

/// So many, none like another. `list` tells one such list from another.
pub fn colleagues(list: char, many: usize) -> Vec<Colleague> {
    (0..many)
        .map(|number| {
            let given = ["Lou", "Mia", "Noé", "Zoé", "Idriss", "Jade", "Karim"][number % 7];
            // Scattered over the alphabet, as names are.
            let family = format!("{}{list}", spelt(number * 7919 % 456_976));
            let family_name = format!("{}{}", family[..1].to_uppercase(), &family[1..]);
            let key = |text: &str| text.to_lowercase().replace('é', "e");
            Colleague {
                search_key: format!("{family} {} {}", spelt(number), key(given)),
                email: format!("{}.{}@{family}.example", key(given), spelt(number)),
                given_name: given.to_owned(),
                family_name: format!("{family_name} {}", spelt(number)),
                staff_number: format!("{list}{number:06}"),
                job_group: ["clerk", "manager"][number % 2],
            }
        })
        .collect()
}

/// A number in letters, four of them or more.
fn spelt(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 || letters.len() < 4 {
        letters.insert(0, char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    letters
}

/// The list as a spreadsheet saves it.
pub fn table(colleagues: &[Colleague]) -> String {
    let mut text = String::from("Nom;Prénom;Adresse électronique;Matricule;Catégorie;Date d’entrée\r\n");
    for one in colleagues {
        let Colleague { given_name, family_name, email, staff_number, .. } = one;
        let group = if one.job_group == "manager" { "Cadre" } else { "Employé" };
        let _ = write!(text, "{family_name};{given_name};{email};{staff_number};{group};02/09/2024\r\n");
    }
    text
}
