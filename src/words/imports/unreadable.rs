//! Why a list could not be read at all, and what to do.

use crate::Words;
use domain::imports::Unreadable;

impl Words {
    pub(super) fn unreadable_list(self, why: Unreadable) -> String {
        let number = |n: usize| self.number(i64::try_from(n).unwrap_or(i64::MAX));
        match why {
            Unreadable::Empty => self.say(
                "Rien n’a été collé ni envoyé\u{a0}: collez vos lignes, ou choisissez un fichier.",
                "Nothing was pasted or sent: paste your rows, or choose a file.",
            ),
            Unreadable::NoRows => self.say(
                "Nous ne trouvons qu’une ligne de titres\u{a0}: ajoutez au moins une personne en dessous.",
                "We find only a line of headings: add at least one person below it.",
            ),
            Unreadable::TooLarge { limit } => self.say(
                format!("Ce fichier dépasse {}\u{a0}Mo. Gardez seulement les colonnes utiles, ou envoyez-le en deux fois.", limit / 1_000_000),
                format!("This file is larger than {} MB. Keep only the useful columns, or send it in two parts.", limit / 1_000_000),
            ),
            Unreadable::TooManyRows { limit } => self.say(
                format!("Cette liste dépasse {}\u{a0}lignes. Envoyez-la en plusieurs fois.", number(limit)),
                format!("This list has more than {} rows. Send it in several parts.", number(limit)),
            ),
            Unreadable::TooWide { line, limit } => self.say(
                format!("La ligne\u{a0}{line} compte plus de {limit}\u{a0}colonnes. Gardez seulement les colonnes utiles."),
                format!("Line {line} has more than {limit} columns. Keep only the useful ones."),
            ),
            Unreadable::CellTooLong { line, limit } => self.say(
                format!("Une cellule de la ligne\u{a0}{line} dépasse {}\u{a0}caractères. Raccourcissez-la.", number(limit)),
                format!("A cell of line {line} has more than {} characters. Shorten it.", number(limit)),
            ),
            Unreadable::Unclosed { line } => self.say(
                format!("Un guillemet ouvert à la ligne\u{a0}{line} n’est jamais refermé. Retirez-le ou fermez-le."),
                format!("A quotation mark opened on line {line} is never closed. Take it out or close it."),
            ),
            Unreadable::Encoding => self.say(
                "Les lettres de ce fichier ne se lisent pas. Dans Excel, enregistrez-le en .xlsx ou en «\u{a0}CSV UTF-8\u{a0}».",
                "The letters of this file cannot be read. In Excel, save it as .xlsx or as “CSV UTF-8”.",
            ),
            Unreadable::NotAWorkbook => self.say(
                "Ce fichier n’est pas un tableau. Enregistrez votre liste au format .xlsx ou .csv.",
                "This file is no table. Save your list as .xlsx or .csv.",
            ),
            Unreadable::Pdf => self.say(
                "Ce fichier est un PDF. Envoyez le tableau d’origine, au format .xlsx ou .csv, ou collez ses lignes.",
                "This file is a PDF. Send the table it was made from, as .xlsx or .csv, or paste its rows.",
            ),
            Unreadable::Picture => self.say(
                "Ce fichier est une image. Envoyez le tableau lui-même, au format .xlsx ou .csv, ou collez ses lignes.",
                "This file is a picture. Send the table itself, as .xlsx or .csv, or paste its rows.",
            ),
            Unreadable::OpenDocument => self.say(
                "Ce fichier vient de LibreOffice. Enregistrez-le sous le format .xlsx ou .csv, puis renvoyez-le.",
                "This file is LibreOffice’s own. Save it as .xlsx or .csv, then send it again.",
            ),
            Unreadable::OldWorkbook => self.say(
                "Ce classeur est d’un ancien format d’Excel, que nous n’ouvrons pas. Enregistrez-le au format .xlsx ou .csv, puis renvoyez-le.",
                "This workbook is in an old Excel format, which we do not open. Save it as .xlsx or .csv, then send it again.",
            ),
            Unreadable::Protected => self.say(
                "Ce classeur est protégé par un mot de passe. Retirez la protection, puis renvoyez-le.",
                "This workbook is under a password. Take the protection off, then send it again.",
            ),
            Unreadable::Bomb => self.say(
                "Une fois ouvert, ce classeur serait démesuré\u{a0}: nous ne l’ouvrons pas. Copiez les lignes utiles et collez-les.",
                "Once opened this workbook would be beyond all measure: we do not open it. Copy the useful rows and paste them.",
            ),
            Unreadable::Damaged => self.say(
                "Ce classeur ne s’ouvre pas\u{a0}: il est sans doute abîmé. Enregistrez-le à nouveau, ou collez ses lignes.",
                "This workbook does not open: it is probably damaged. Save it again, or paste its rows.",
            ),
        }
    }
}
