//! A certifier with its keys, what it gives, and all that it publishes.

use crate::harness::scratch;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use credentials::Keys;
use credentials::badges::{SigningPair, did_document, key_set, sign_list};
use domain::badges::{
    Achievement, Badge, Block, Did, Extent, HashedEmail, Holder, Issuer, Record, StatusList, StatusPlace,
};
use domain::calendar::{Day, Instant};
use domain::ids::OrganisationId;
use domain::keys::{KeyPurpose, PublicKey};
use domain::text::Language;
use serde_json::Value;
use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

pub const LIST: &str = "https://parcours.example/certificateurs/deux-canaux/revocations/1";

/// Its keys of today, and those that it retired.
pub struct Certifier {
    pub pair: SigningPair,
    before: SigningPair,
    published: Vec<PublicKey>,
}

impl Certifier {
    pub fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let folder = scratch::folder().join("keys");
        fs::create_dir_all(&folder).unwrap();
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let keys = Keys::read_or_make(&folder.join(format!("{number}.key"))).unwrap();
        let ((pair, mut published), (before, retired)) = (signing_pair(&keys), signing_pair(&keys));
        published.extend(retired);
        Self { pair, before, published }
    }

    pub fn before_the_last_change_of_keys(&self, name: &str, badge: &Badge) -> crate::verifiers::Case {
        let issued = credentials::badges::issue(badge, &self.before, at("2026-01-14")).unwrap();
        crate::verifiers::Case {
            document: Some(issued.document),
            token: Some(issued.token),
            web: self.web(&list(&[])),
            issuer: badge.issuer.did.to_string(),
            holder: badge.holder.id.urn().to_string(),
            name: name.to_owned(),
            pictures: Vec::new(),
        }
    }

    /// All that the certifier publishes.
    pub fn web(&self, list: &StatusList) -> Vec<(String, String, Option<String>)> {
        let (did, folder) = (&list.issuer, list.issuer.folder());
        let signed = sign_list(list, &self.pair).unwrap();
        vec![
            (format!("{folder}/did.json"), did_document(did, &self.published).unwrap(), None),
            (format!("{folder}/jwks.json"), key_set(did, &self.published).unwrap(), None),
            (list.url.to_string(), signed.document, Some(signed.token)),
        ]
    }
}

fn signing_pair(keys: &Keys) -> (SigningPair, Vec<PublicKey>) {
    let certifier = OrganisationId(7);
    let [tokens, documents] = [KeyPurpose::BadgeTokens(certifier), KeyPurpose::BadgeDocuments(certifier)]
        .map(|purpose| {
            let (public, sealed) = keys.new_signing_key(purpose).unwrap();
            (keys.signer(purpose, &public, &sealed).unwrap(), public)
        });
    (SigningPair::new(tokens.0, documents.0).unwrap(), vec![tokens.1, documents.1])
}

pub fn did() -> Did {
    Did::new("parcours.example", "deux-canaux").unwrap()
}

/// All of a certification, with everything that a badge can say.
pub fn whole() -> Badge {
    let block = |number: u32, title: &str| Block {
        code: format!("RNCP99999BC0{number}").parse().unwrap(),
        title: title.parse().unwrap(),
    };
    Badge {
        id: "0190a6b0-0000-7000-8000-000000000001".parse().unwrap(),
        base: "https://parcours.example/certificats".parse().unwrap(),
        issuer: Issuer {
            did: did(),
            title: "Institut des Deux Canaux & partenaires".parse().unwrap(),
            url: "https://deux-canaux.example/é".replace('é', "%C3%A9").parse().unwrap(),
            siret: Some("90000000100009".parse().unwrap()),
            nda: Some("32591105559".parse().unwrap()),
        },
        holder: Holder {
            id: "0190a6b0-1111-7000-8000-000000000001".parse().unwrap(),
            printed_name: "Léa d’Aubigné".parse().unwrap(),
            email: Some(HashedEmail::new(&"lea@acme.example".parse().unwrap(), "0f1e2d3c")),
        },
        achievement: Achievement {
            id: "https://parcours.example/certifications/chef-de-projet-ia/3".parse().unwrap(),
            extent: Extent::Whole,
            title: "Chef de projet en intelligence artificielle".parse().unwrap(),
            description: "Conduit un projet d’IA, du besoin à l’usage.\nNiveau 7 : « œuvre » & <preuves> \"citées\"]]>."
                .parse()
                .unwrap(),
            criteria: "Trois épreuves réussies\tdevant un jury.".replace('\t', " ").parse().unwrap(),
            language: Language::Fr,
            record: Some(Record {
                code: "RNCP99999".parse().unwrap(),
                title: "Chef de projet en intelligence artificielle".parse().unwrap(),
                url: "https://registre.example/rncp/99999/".parse().unwrap(),
                blocks: vec![block(1, "Cadrer un projet d’IA"), block(2, "Gouverner les données")],
            }),
        },
        valid_from: at("2026-01-14"),
        valid_until: Some(at("2031-01-14")),
        status: StatusPlace { list: LIST.parse().unwrap(), index: 94_567 },
    }
}

/// One block of it, for good.
pub fn block() -> Badge {
    let mut badge = whole();
    badge.id = "0190a6b0-0000-7000-8000-000000000002".parse().unwrap();
    badge.achievement.id =
        "https://parcours.example/certifications/chef-de-projet-ia/3/BC01".parse().unwrap();
    badge.achievement.extent = Extent::Block;
    badge.achievement.title = "Cadrer un projet d’IA".parse().unwrap();
    badge.achievement.record.as_mut().unwrap().blocks.truncate(1);
    (badge.valid_until, badge.status.index) = (None, 12);
    badge
}

/// A list as it stands today and for long.
pub fn list(revoked: &[u32]) -> StatusList {
    StatusList {
        url: LIST.parse().unwrap(),
        issuer: did(),
        revoked: revoked.iter().copied().collect(),
        valid_from: at("2026-01-14"),
        valid_until: at("2099-01-14"),
    }
}

/// Nine o’clock in Paris, in winter.
pub fn at(day: &str) -> Instant {
    let day: Day = day.parse().unwrap();
    Instant(day.0.and_hms_opt(8, 0, 0).unwrap())
}

pub fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

pub fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
