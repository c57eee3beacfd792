//! Files that people take away.

use super::{Language, Words, phrases};
use domain::calendar::Day;

phrases! {
    download_csv { fr "Télécharger (CSV)" en "Download (CSV)" }
    session_number { fr "N°\u{a0}de session" en "Session number" }
    first_session_day { fr "Premier jour" en "First day" }
    last_session_day { fr "Dernier jour" en "Last day" }
    followed_hours { fr "Heures suivies" en "Hours followed" }
    old_protocol_title { fr "Ce fichier est trop long pour cette liaison" en "This file is too long for this connection" }
    old_protocol_help {
        fr "Entre votre navigateur et nous, un serveur parle encore HTTP/1.0\u{a0}: un fichier coupé y passerait pour entier. Téléchargez une partie de la liste à l’aide des filtres, ou prévenez la personne qui s’occupe du serveur."
        en "Between your browser and us a server still speaks HTTP/1.0: a file that was cut would pass for a whole one. Download a part of the list by its filters, or tell whoever looks after the server."
    }
}

impl Words {
    /// A day as a spreadsheet takes it for a date, and as our import reads it.
    pub fn sheet_day(self, day: Day) -> String {
        match self.0 {
            Language::Fr => self.short_day(day),
            Language::En => day.iso(),
        }
    }

    /// « 6,5 »: minutes as hours that a spreadsheet adds up, to the hundredth.
    pub fn sheet_hours(self, minutes: i32) -> String {
        let hundredths = (i64::from(minutes) * 100 + 30) / 60;
        let mut text = (hundredths / 100).to_string();
        if hundredths % 100 != 0 {
            text.push(if self.0 == Language::Fr { ',' } else { '.' });
            text.push_str(format!("{:02}", hundredths % 100).trim_end_matches('0'));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_numbers_of_a_spreadsheet() {
        let hours = |language, minutes| Words(language).sheet_hours(minutes);
        assert_eq!(
            [0, 420, 390, 405, 50, 3].map(|m| hours(Language::Fr, m)),
            ["0", "7", "6,5", "6,75", "0,83", "0,05"]
        );
        assert_eq!(hours(Language::En, 390), "6.5");
    }
}
