//! Claims as they are kept: a text of their own for each certificate, whose field names are a promise, since a
//! certificate is read again for as long as somebody holds it. What is read goes through the parsers of the door.

use super::{CertificateNumber, Claims, Contradiction, Holder, Scope, Signatory};
use crate::calendar::Day;
use crate::declarations::BirthDate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Why a text that was kept is no certificate any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("« {0} » is not what it must be")]
    Field(&'static str),
    #[error(transparent)]
    Contradiction(#[from] Contradiction),
}

#[derive(Serialize, Deserialize)]
pub(super) struct Written {
    number: String,
    code: String,
    holder: WrittenHolder,
    certifier: String,
    record: String,
    title: String,
    level: Option<String>,
    scope: WrittenScope,
    jury_on: String,
    issued_on: String,
    valid_from: String,
    valid_until: Option<String>,
    signatory: WrittenSignatory,
    replaces: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct WrittenHolder {
    given_names: String,
    birth_name: String,
    usual_name: Option<String>,
    /// `1988-04-07`, `1988-04` or `1988`.
    born: Option<String>,
    birthplace: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "extent", rename_all = "snake_case")]
enum WrittenScope {
    Whole,
    Block { code: String, title: String },
}

#[derive(Serialize, Deserialize)]
struct WrittenSignatory {
    name: String,
    quality: String,
}

impl From<Claims> for Written {
    fn from(claims: Claims) -> Self {
        let (holder, signatory) = (claims.holder, claims.signatory);
        Self {
            number: claims.number.to_string(),
            code: claims.code.as_str().to_owned(),
            holder: WrittenHolder {
                given_names: holder.given_names.as_str().to_owned(),
                birth_name: holder.birth_name.as_str().to_owned(),
                usual_name: holder.usual_name.map(|name| name.as_str().to_owned()),
                born: holder.born.map(birth_date),
                birthplace: holder.birthplace.map(|place| place.to_string()),
            },
            certifier: claims.certifier.to_string(),
            record: claims.record.to_string(),
            title: claims.title.to_string(),
            level: claims.level.map(|level| level.to_string()),
            scope: match claims.scope {
                Scope::Whole => WrittenScope::Whole,
                Scope::Block { code, title } => {
                    WrittenScope::Block { code: code.to_string(), title: title.to_string() }
                }
            },
            jury_on: claims.jury_on.iso(),
            issued_on: claims.issued_on.iso(),
            valid_from: claims.valid_from.iso(),
            valid_until: claims.valid_until.map(Day::iso),
            signatory: WrittenSignatory {
                name: signatory.name.to_string(),
                quality: signatory.quality.to_string(),
            },
            replaces: claims.replaces.map(|number| number.to_string()),
        }
    }
}

impl TryFrom<Written> for Claims {
    type Error = Unreadable;

    fn try_from(written: Written) -> Result<Self, Unreadable> {
        let Written { holder, signatory, .. } = written;
        let claims = Self {
            number: read("number", &written.number)?,
            code: read("code", &written.code)?,
            holder: Holder {
                given_names: read("given_names", &holder.given_names)?,
                birth_name: read("birth_name", &holder.birth_name)?,
                usual_name: read_if("usual_name", holder.usual_name.as_deref())?,
                born: read_if("born", holder.born.as_deref())?,
                birthplace: read_if("birthplace", holder.birthplace.as_deref())?,
            },
            certifier: read("certifier", &written.certifier)?,
            record: read("record", &written.record)?,
            title: read("title", &written.title)?,
            level: read_if("level", written.level.as_deref())?,
            scope: match written.scope {
                WrittenScope::Whole => Scope::Whole,
                WrittenScope::Block { code, title } => {
                    Scope::Block { code: read("scope", &code)?, title: read("scope", &title)? }
                }
            },
            jury_on: read("jury_on", &written.jury_on)?,
            issued_on: read("issued_on", &written.issued_on)?,
            valid_from: read("valid_from", &written.valid_from)?,
            valid_until: read_if("valid_until", written.valid_until.as_deref())?,
            signatory: Signatory {
                name: read("signatory", &signatory.name)?,
                quality: read("signatory", &signatory.quality)?,
            },
            replaces: read_if::<CertificateNumber>("replaces", written.replaces.as_deref())?,
        };
        claims.check()?;
        Ok(claims)
    }
}

fn read<T: FromStr>(field: &'static str, text: &str) -> Result<T, Unreadable> {
    text.parse().map_err(|_| Unreadable::Field(field))
}

fn read_if<T: FromStr>(field: &'static str, text: Option<&str>) -> Result<Option<T>, Unreadable> {
    text.map(|text| read(field, text)).transpose()
}

fn birth_date(born: BirthDate) -> String {
    match (born.month(), born.day()) {
        (Some(month), Some(day)) => format!("{}-{month:02}-{day:02}", born.year()),
        (Some(month), None) => format!("{}-{month:02}", born.year()),
        _ => born.year().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::claims;
    use super::*;
    use serde_json::{Value, from_value, json, to_value};

    #[test]
    fn the_names_of_the_fields_are_a_promise() {
        let mut claims = claims();
        let whole = json!({
            "number": "RNCP99999-2026-000042",
            "code": "B9D5MPJTB9D5MPJTB9D5MPJTB",
            "holder": {
                "given_names": "Léa Marie",
                "birth_name": "d’Aubigné",
                "usual_name": "Leroy",
                "born": "1988-04-07",
                "birthplace": "Lille (Nord)",
            },
            "certifier": "Institut des Deux Canaux",
            "record": "RNCP99999",
            "title": "Chef de projet en intelligence artificielle",
            "level": "7",
            "scope": { "extent": "whole" },
            "jury_on": "2026-01-12",
            "issued_on": "2026-01-20",
            "valid_from": "2026-01-12",
            "valid_until": "2031-01-12",
            "signatory": { "name": "Irène Vasseur", "quality": "Directrice générale" },
            "replaces": null,
        });
        assert_eq!(to_value(&claims).unwrap(), whole);
        assert_eq!(from_value::<Claims>(whole).unwrap(), claims);

        let (code, title) = ("RNCP99999BC02".parse().unwrap(), "Gouverner les données".parse().unwrap());
        claims.scope = Scope::Block { code, title };
        let block = to_value(&claims).unwrap();
        let told = json!({ "extent": "block", "code": "RNCP99999BC02", "title": "Gouverner les données" });
        assert_eq!(block["scope"], told);
        assert_eq!(from_value::<Claims>(block).unwrap(), claims);
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        for born in ["1988", "04/1988", "07/04/1988"] {
            let mut bare = claims();
            (bare.level, bare.valid_until, bare.replaces) =
                (None, None, "RNCP99999-2025-000007".parse().ok());
            bare.holder.usual_name = None;
            bare.holder.birthplace = None;
            bare.holder.born = born.parse().ok();
            let kept = serde_json::to_string(&bare).unwrap();
            assert_eq!(serde_json::from_str::<Claims>(&kept).unwrap(), bare, "{kept}");
        }
    }

    #[test]
    fn a_text_that_was_touched_is_no_certificate() {
        let kept = to_value(claims()).unwrap();
        let touched = |place: &str, value: Value| {
            let mut touched = kept.clone();
            *touched.pointer_mut(place).unwrap() = value;
            from_value::<Claims>(touched).unwrap_err().to_string()
        };
        for (place, value, field) in [
            ("/number", "42", "number"),
            ("/code", "court", "code"),
            ("/holder/born", "1988-13-01", "born"),
            ("/holder/birth_name", " ", "birth_name"),
            ("/level", "9", "level"),
            ("/jury_on", "hier", "jury_on"),
            ("/title", "a\u{0}b", "title"),
        ] {
            assert_eq!(touched(place, json!(value)), format!("« {field} » is not what it must be"));
        }
        assert_eq!(touched("/record", json!("RNCP99998")), "the number is that of another record");
        assert!(touched("/scope/extent", json!("half")).contains("unknown variant"));
    }
}
