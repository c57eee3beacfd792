//! The JSON of a badge and of a status list, from typed values only: a term that the contexts do not know would vanish
//! from what an embedded proof signs, and here none can be written.

#![expect(clippy::struct_field_names, reason = "fields bear the names that the standards give them")]

use domain::badges::{Achievement, Badge, Extent, Holder, Issuer, Record, StatusList, StatusPlace};
use domain::calendar::Instant;
use domain::certifications::BlockCode;
use domain::text::Language;
use serde::{Deserialize, Serialize};

/// Verifiable Credentials 2.0.
pub const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
/// Open Badges 3.0. The address without a version is an older text.
pub const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// A badge, as it is written. Read back, it takes no field that is not here and none twice.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    pub id: String,
    r#type: Vec<String>,
    name: String,
    pub issuer: Profile,
    pub valid_from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    pub credential_subject: Subject,
    credential_status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Vec<Proof>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    pub id: String,
    r#type: Vec<String>,
    name: String,
    url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    other_identifier: Vec<Identifier>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Identifier {
    r#type: String,
    identifier: String,
    identifier_type: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subject {
    pub id: String,
    r#type: Vec<String>,
    identifier: Vec<Identity>,
    achievement: Earned,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Identity {
    r#type: String,
    hashed: bool,
    identity_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    identity_hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Earned {
    id: String,
    r#type: Vec<String>,
    achievement_type: String,
    name: String,
    description: String,
    in_language: String,
    criteria: Criteria,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    alignment: Vec<Alignment>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Criteria {
    narrative: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Alignment {
    r#type: Vec<String>,
    target_name: String,
    target_code: String,
    target_type: String,
    target_framework: String,
    target_url: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Status {
    id: String,
    r#type: String,
    status_purpose: String,
    status_list_index: String,
    status_list_credential: String,
}

/// An embedded proof; what is signed of it has no value yet.
#[derive(Serialize, Deserialize, Clone)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proof {
    pub r#type: String,
    pub cryptosuite: String,
    pub created: String,
    pub verification_method: String,
    pub proof_purpose: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_value: Option<String>,
}

/// A status list, as it is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListCredential {
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    pub id: String,
    r#type: Vec<String>,
    pub issuer: String,
    pub valid_from: String,
    pub valid_until: String,
    pub credential_subject: Bits,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Vec<Proof>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bits {
    pub id: String,
    r#type: String,
    status_purpose: String,
    encoded_list: String,
}

/// What is revoked stays revoked: no other purpose has a list.
const PURPOSE: &str = "revocation";

impl Credential {
    pub fn of(badge: &Badge) -> Self {
        Self {
            context: texts([CREDENTIALS, OPEN_BADGES]),
            id: badge.address(),
            r#type: texts(["VerifiableCredential", "OpenBadgeCredential"]),
            name: badge.achievement.title.to_string(),
            issuer: Profile::of(&badge.issuer),
            valid_from: badge.valid_from.iso(),
            valid_until: badge.valid_until.map(Instant::iso),
            credential_subject: Subject::of(&badge.holder, &badge.achievement),
            credential_status: Status::of(&badge.status),
            proof: None,
        }
    }
}

impl Profile {
    fn of(issuer: &Issuer) -> Self {
        let identifier = |kind: &str, number: &str| Identifier {
            r#type: "IdentifierEntry".into(),
            identifier: number.to_owned(),
            identifier_type: format!("ext:{kind}"),
        };
        let siret = issuer.siret.as_ref().map(|siret| identifier("SIRET", siret.as_str()));
        let nda = issuer.nda.as_ref().map(|nda| identifier("NDA", nda.as_str()));
        Self {
            id: issuer.did.to_string(),
            r#type: texts(["Profile"]),
            name: issuer.title.to_string(),
            url: issuer.url.to_string(),
            other_identifier: siret.into_iter().chain(nda).collect(),
        }
    }
}

impl Subject {
    fn of(holder: &Holder, achievement: &Achievement) -> Self {
        let name = Identity {
            r#type: "IdentityObject".into(),
            hashed: false,
            identity_type: "name".into(),
            salt: None,
            identity_hash: holder.printed_name.to_string(),
        };
        let email = holder.email.as_ref().map(|email| Identity {
            r#type: "IdentityObject".into(),
            hashed: true,
            identity_type: "emailAddress".into(),
            salt: Some(email.salt().to_owned()),
            identity_hash: email.hash().to_owned(),
        });
        Self {
            id: holder.id.urn().to_string(),
            r#type: texts(["AchievementSubject"]),
            identifier: std::iter::once(name).chain(email).collect(),
            achievement: Earned::of(achievement),
        }
    }
}

impl Earned {
    fn of(achievement: &Achievement) -> Self {
        Self {
            id: achievement.id.to_string(),
            r#type: texts(["Achievement"]),
            achievement_type: match achievement.extent {
                Extent::Whole => "Certification".into(),
                // A block of competences is what the standard calls a competency, assessed directly.
                Extent::Block => "Competency".into(),
            },
            name: achievement.title.to_string(),
            description: achievement.description.to_string(),
            in_language: match achievement.language {
                Language::Fr => "fr-FR".into(),
                Language::En => "en".into(),
            },
            criteria: Criteria { narrative: achievement.criteria.to_string() },
            alignment: achievement.record.as_ref().map(alignments).unwrap_or_default(),
        }
    }
}

/// The record, then each of its blocks, which have no page of their own.
fn alignments(record: &Record) -> Vec<Alignment> {
    let alignment = |name: &str, code: &str, kind: &str| Alignment {
        r#type: texts(["Alignment"]),
        target_name: name.to_owned(),
        target_code: code.to_owned(),
        target_type: format!("ext:{kind}"),
        target_framework: record.code.register().title().to_owned(),
        target_url: record.url.to_string(),
    };
    let whole = alignment(record.title.as_str(), record.code.as_str(), record.code.register().as_str());
    let block = |code: &BlockCode, title: &str| alignment(title, code.as_str(), "BlocDeCompetences");
    let blocks = record.blocks.iter().map(|one| block(&one.code, one.title.as_str()));
    std::iter::once(whole).chain(blocks).collect()
}

impl Status {
    fn of(place: &StatusPlace) -> Self {
        Self {
            id: format!("{}#{}", place.list, place.index),
            r#type: "BitstringStatusListEntry".into(),
            status_purpose: PURPOSE.into(),
            status_list_index: place.index.to_string(),
            status_list_credential: place.list.to_string(),
        }
    }
}

impl ListCredential {
    /// `encoded` is the list of bits, as the standard packs it.
    pub fn of(list: &StatusList, encoded: String) -> Self {
        Self {
            context: texts([CREDENTIALS]),
            id: list.url.to_string(),
            r#type: texts(["VerifiableCredential", "BitstringStatusListCredential"]),
            issuer: list.issuer.to_string(),
            valid_from: list.valid_from.iso(),
            valid_until: list.valid_until.iso(),
            credential_subject: Bits {
                id: format!("{}#list", list.url),
                r#type: "BitstringStatusList".into(),
                status_purpose: PURPOSE.into(),
                encoded_list: encoded,
            },
            proof: None,
        }
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}
