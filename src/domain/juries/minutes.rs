//! The minutes of a jury (procès-verbal): everything it decided, in one text that is always made in the same way.
//!
//! The text is kept as it was made, its line of the journal covers it, and a signed checkpoint covers the line:
//! whoever alters it is found. A correction is another version, with its reason.

use serde::{Deserialize, Serialize};

/// What minutes say. The names of its fields are a promise to whoever kept a copy; more may be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Minutes {
    /// 1 for the first; a correction has the next.
    pub version: i32,
    /// Why there is another version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
    pub jury: i64,
    pub certification: Certification,
    pub certifier: String,
    /// Local date and time at which it was to sit, and the name of their zone.
    pub convened_for: String,
    pub zone: String,
    pub mode: String,
    pub place: String,
    /// In UTC.
    pub opened_at: String,
    pub closed_at: String,
    pub rules: Rules,
    pub members: Vec<Member>,
    pub candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certification {
    pub code: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub members: u32,
    pub outside_percent: u32,
    pub quorum: u32,
    pub outside_chair: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub name: String,
    pub capacity: String,
    pub chair: bool,
    pub outside: bool,
    pub present: bool,
    /// When they stated that nothing ties them to the candidates; in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_at: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The number of the attempt, as the house counts them.
    pub attempt: i64,
    pub name: String,
    pub appearance: String,
    pub decision: String,
    /// Codes of the blocks that were acquired before.
    pub held_before: Vec<String>,
    pub blocks: Vec<Found>,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub remarks: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub code: String,
    pub title: String,
    pub points: Vec<Option<u32>>,
    pub result: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub reason: String,
}

impl Found {
    /// « 12 + – + 8 »: what was obtained in each assessment, a dash for one that was not taken.
    pub fn points_text(&self) -> String {
        let one = |points: &Option<u32>| points.map_or_else(|| "–".to_owned(), |points| points.to_string());
        self.points.iter().map(one).collect::<Vec<_>>().join(" + ")
    }
}

#[derive(Debug, thiserror::Error)]
#[error("these minutes cannot be read: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

impl Minutes {
    /// The text that is kept and sealed.
    pub fn text(&self) -> Result<String, Unreadable> {
        Ok(serde_json::to_string(self)?)
    }

    pub fn read(text: &str) -> Result<Self, Unreadable> {
        Ok(serde_json::from_str(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_is_read_again_as_it_was() {
        let minutes = Minutes {
            version: 2,
            correction: Some("Une note avait été inversée.".to_owned()),
            jury: 7,
            certification: Certification {
                code: "RNCP99999".to_owned(),
                title: "Chef de projet « IA »".to_owned(),
                level: Some(7),
            },
            certifier: "Institut des Deux Canaux".to_owned(),
            convened_for: "2026-11-30 09:00".to_owned(),
            zone: "Europe/Paris".to_owned(),
            mode: "on_site".to_owned(),
            place: "Salle du conseil\n12 rue des Quais".to_owned(),
            opened_at: "2026-11-30T08:02:00Z".to_owned(),
            closed_at: "2026-11-30T15:40:00Z".to_owned(),
            rules: Rules { members: 3, outside_percent: 50, quorum: 2, outside_chair: true },
            members: vec![Member {
                name: "Maëlle Vidal".to_owned(),
                capacity: "professional".to_owned(),
                chair: true,
                outside: true,
                present: true,
                stated_at: Some("2026-11-20T10:00:00Z".to_owned()),
            }],
            candidates: vec![Candidate {
                attempt: 3,
                name: "Lou Delmotte".to_owned(),
                appearance: "present".to_owned(),
                decision: "partial".to_owned(),
                held_before: vec!["RNCP99999BC01".to_owned()],
                blocks: vec![Found {
                    code: "RNCP99999BC02".to_owned(),
                    title: "Piloter".to_owned(),
                    points: vec![Some(12), None],
                    result: "equivalent".to_owned(),
                    reason: "Une certification voisine.".to_owned(),
                }],
                remarks: String::new(),
            }],
        };
        let text = minutes.text().unwrap();
        assert_eq!(Minutes::read(&text).unwrap(), minutes);
        assert_eq!(Minutes::read(&text).unwrap().text().unwrap(), text);
    }
}
