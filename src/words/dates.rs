//! Days, hours and lengths, as each language writes them.

use super::{Language, Words};
use chrono::Datelike;
use domain::calendar::{Day, HalfDay, Instant, Minute, Zone};
use domain::declarations::BirthDate;

const JOURS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const JRS: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const MS: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

fn named(names: &'static [&'static str], place: u32) -> &'static str {
    names.get(place as usize).copied().unwrap_or_default()
}

impl Words {
    /// « jeudi 3 décembre 2026 ».
    pub fn day(self, day: Day) -> String {
        let weekday = day.0.weekday().num_days_from_monday();
        let weekday = named(if self.0 == Language::Fr { &JOURS } else { &DAYS }, weekday);
        format!("{weekday} {}", self.date(day))
    }

    /// « 3 décembre 2026 ».
    pub fn date(self, day: Day) -> String {
        let number = match (self.0, day.0.day()) {
            (Language::Fr, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        };
        format!("{number}\u{a0}{} {}", self.month(day.0.month()), day.0.year())
    }

    /// « 7 avril 1988 », « avril 1988 » or « 1988 »: as far as it is known.
    pub fn birth_date(self, born: BirthDate) -> String {
        match (born.month(), born.day(), born.earliest()) {
            (Some(_), Some(_), Some(day)) => self.date(day),
            (Some(month), ..) => format!("{} {}", self.month(month), born.year()),
            _ => born.year().to_string(),
        }
    }

    /// By its number, from 1.
    fn month(self, number: u32) -> &'static str {
        named(if self.0 == Language::Fr { &MOIS } else { &MONTHS }, number.saturating_sub(1))
    }

    /// « jeudi 3 décembre », where the year goes without saying.
    pub fn day_of_year(self, day: Day) -> String {
        let whole = self.day(day);
        whole.rsplit_once(' ').map_or(whole.clone(), |(short, _)| short.to_owned())
    }

    /// « jeu. », 3, « déc. », as the leaf of a calendar shows a day.
    pub fn leaf(self, day: Day) -> (String, u32, String) {
        let (weekday, month) = (day.0.weekday().num_days_from_monday(), day.0.month0());
        let (weekday, month) = match self.0 {
            Language::Fr => (named(&JRS, weekday).to_owned(), named(&MS, month).to_owned()),
            Language::En => {
                let short = |name: &str| name.chars().take(3).collect::<String>();
                (short(named(&DAYS, weekday)), short(named(&MONTHS, month)))
            }
        };
        (weekday, day.0.day(), month)
    }

    /// « 03/12/2026 ».
    pub fn short_day(self, day: Day) -> String {
        match self.0 {
            Language::Fr => day.0.format("%d/%m/%Y").to_string(),
            Language::En => day.0.format("%-d %b %Y").to_string(),
        }
    }

    /// « 9 h 30 », « 14 h ».
    pub fn time(self, time: Minute) -> String {
        match self.0 {
            Language::Fr if time.minute() == 0 => format!("{}\u{a0}h", time.hour()),
            Language::Fr => format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute()),
            Language::En => time.iso(),
        }
    }

    /// « jeudi 3 décembre 2026 à 9 h 30 », on the clock of a zone.
    pub fn moment(self, at: Instant, zone: Zone) -> String {
        self.day_at_time(&self.day(at.day(zone)), at.minute(zone))
    }

    /// « 03/12/2026 à 9 h 30 ».
    pub fn short_moment(self, at: Instant, zone: Zone) -> String {
        self.day_at_time(&self.short_day(at.day(zone)), at.minute(zone))
    }

    fn day_at_time(self, day: &str, time: Minute) -> String {
        let time = self.time(time);
        self.say(format!("{day} à {time}"), format!("{day} at {time}"))
    }

    /// Beside a date that is shown already: the hours of one day, or the first day and the last.
    pub fn hours_or_days(self, from: Instant, to: Instant, zone: Zone) -> String {
        let (first, last) = (from.day(zone), to.day(zone));
        if first == last {
            return self.hours(from.minute(zone), to.minute(zone));
        }
        format!("{}\u{a0}– {}", self.short_day(first), self.short_day(last))
    }

    /// « 9 h – 12 h 30 », which no line may break: the joiner behind the dash sees to it.
    pub fn hours(self, from: Minute, to: Minute) -> String {
        format!("{}\u{a0}–\u{2060}\u{a0}{}", self.time(from), self.time(to))
    }

    /// « jeudi 3 décembre 2026, 9 h – 12 h 30 », or from the first day to the last.
    pub fn span(self, from: Instant, to: Instant, zone: Zone) -> String {
        let (first, last) = (from.day(zone), to.day(zone));
        if first == last {
            return format!("{}, {}", self.day(first), self.hours(from.minute(zone), to.minute(zone)));
        }
        let (first, last) = (self.day_of_year(first), self.day(last));
        self.say(format!("du {first} au {last}"), format!("from {first} to {last}"))
    }

    /// « 3 h 30 », « 45 min ».
    pub fn duration(self, minutes: i64) -> String {
        match (minutes / 60, minutes % 60) {
            (0, m) => format!("{m}\u{a0}min"),
            (h, 0) => format!("{h}\u{a0}h"),
            (h, m) => format!("{h}\u{a0}h\u{a0}{m:02}"),
        }
    }

    pub fn half_day(self, half: HalfDay) -> &'static str {
        match (self.0, half) {
            (Language::Fr, HalfDay::Morning) => "matin",
            (Language::Fr, HalfDay::Afternoon) => "après-midi",
            (Language::Fr, HalfDay::Evening) => "soirée",
            (Language::En, HalfDay::Morning) => "morning",
            (Language::En, HalfDay::Afternoon) => "afternoon",
            (Language::En, HalfDay::Evening) => "evening",
        }
    }

    /// « 230 000 », grouped by three.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let gap = match self.0 {
            Language::Fr => '\u{202f}',
            Language::En => ',',
        };
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(gap);
            }
            text.push(digit);
        }
        if number < 0 { format!("−{text}") } else { text }
    }

    /// « 1re », « 2e »; « 1st », « 2nd ».
    pub fn ordinal(self, number: u32) -> String {
        match self.0 {
            Language::Fr if number == 1 => "1re".to_owned(),
            Language::Fr => format!("{number}e"),
            Language::En => {
                let ending = match (number % 10, number % 100) {
                    (1, n) if n != 11 => "st",
                    (2, n) if n != 12 => "nd",
                    (3, n) if n != 13 => "rd",
                    _ => "th",
                };
                format!("{number}{ending}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_is_written_as_french() {
        let w = Words(Language::Fr);
        assert_eq!(w.day("2026-12-01".parse().unwrap()), "mardi 1er\u{a0}décembre 2026");
        assert_eq!(w.date("2026-12-03".parse().unwrap()), "3\u{a0}décembre 2026");
        for (born, written) in
            [("1988", "1988"), ("04/1988", "avril 1988"), ("1/4/1988", "1er\u{a0}avril 1988")]
        {
            assert_eq!(w.birth_date(born.parse().unwrap()), written);
        }
        assert_eq!(
            w.hours("9:00".parse().unwrap(), "12:30".parse().unwrap()),
            "9\u{a0}h\u{a0}–\u{2060}\u{a0}12\u{a0}h\u{a0}30"
        );
        assert_eq!(w.number(1_500_000), "1\u{202f}500\u{202f}000");
        assert_eq!(w.number(-12), "−12");
    }

    #[test]
    fn english_counts_its_ordinals() {
        let w = Words(Language::En);
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 21].map(|n| w.ordinal(n)),
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]
        );
    }
}
