//! What the parts say together. That others agree is told in `tests/stories/badges_are_checked.rs`.

use super::*;
use crate::Keys;
use crate::keys::is_signed;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use domain::badges::{Achievement, Extent, HashedEmail, Holder, Issuer, StatusList, StatusPlace};
use domain::ids::OrganisationId;
use domain::keys::{KeyPurpose, PublicKey, Signature};
use domain::text::Language;
use serde_json::{Value, json};

fn at(year: i32) -> Instant {
    Instant(NaiveDate::from_ymd_opt(year, 1, 14).unwrap().and_hms_micro_opt(8, 0, 0, 999).unwrap())
}

fn badge() -> Badge {
    Badge {
        id: "0190a6b0-0000-7000-8000-000000000001".parse().unwrap(),
        base: "https://parcours.example/certificats/".parse().unwrap(),
        issuer: Issuer {
            did: Did::new("parcours.example", "institut").unwrap(),
            title: "Institut <Nord>".parse().unwrap(),
            url: "https://institut.example".parse().unwrap(),
            siret: None,
            nda: None,
        },
        holder: Holder {
            id: "0190a6b0-1111-7000-8000-000000000001".parse().unwrap(),
            printed_name: "Léa d’Aubigné".parse().unwrap(),
            email: Some(HashedEmail::new(&"lea@acme.example".parse().unwrap(), "0f1e")),
        },
        achievement: Achievement {
            id: "https://parcours.example/certifications/ia/3".parse().unwrap(),
            extent: Extent::Block,
            title: "L’IA & vous]]>".parse().unwrap(),
            description: "Deux\nlignes".parse().unwrap(),
            criteria: "Un examen".parse().unwrap(),
            language: Language::Fr,
            record: None,
        },
        valid_from: at(2026),
        valid_until: None,
        status: StatusPlace { list: "https://parcours.example/s/1".parse().unwrap(), index: 7 },
    }
}

/// The pair of a certifier, and its public keys.
fn pair() -> (SigningPair, [PublicKey; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::read_or_make(&folder.path().join("key")).unwrap();
    let made = [KeyPurpose::BadgeTokens(OrganisationId(1)), KeyPurpose::BadgeDocuments(OrganisationId(1))];
    let [tokens, documents] = made.map(|purpose| {
        let (public, sealed) = keys.new_signing_key(purpose).unwrap();
        (keys.signer(purpose, &public, &sealed).unwrap(), public)
    });
    assert!(matches!(SigningPair::new(documents_signer(&keys), documents_signer(&keys)), Err(Fault::Key)));
    (SigningPair::new(tokens.0, documents.0).unwrap(), [tokens.1, documents.1])
}

fn documents_signer(keys: &Keys) -> Signer {
    let purpose = KeyPurpose::BadgeDocuments(OrganisationId(2));
    let (public, sealed) = keys.new_signing_key(purpose).unwrap();
    keys.signer(purpose, &public, &sealed).unwrap()
}

#[test]
fn a_badge_is_one_body_in_two_forms() {
    let (pair, [tokens, documents]) = pair();
    let badge = badge();
    let issued = issue(&badge, &pair, at(2026)).unwrap();
    assert_eq!(issued, issue(&badge, &pair, at(2026)).unwrap(), "nothing in it is left to chance");

    let mut document: Value = serde_json::from_str(&issued.document).unwrap();
    let proof = document.as_object_mut().unwrap().remove("proof").unwrap();
    assert_eq!(proof[0]["verificationMethod"], json!(key_name(&badge.issuer.did, &documents)));
    assert_eq!(proof[0]["created"], json!("2026-01-14T08:00:00Z"));
    assert!(proof[0]["proofValue"].as_str().unwrap().starts_with('z'));

    let parts: Vec<&str> = issued.token.split('.').collect();
    let part = |number: usize| URL_SAFE_NO_PAD.decode(parts[number]).unwrap();
    let kid = key_name(&badge.issuer.did, &tokens);
    assert_eq!(
        String::from_utf8(part(0)).unwrap(),
        format!(r#"{{"alg":"ES256","typ":"JWT","kid":"{kid}"}}"#)
    );
    let message = format!("{}.{}", parts[0], parts[1]);
    assert!(is_signed(&tokens, message.as_bytes(), &Signature::new(&part(2))));
    let mut claims: Value = serde_json::from_slice(&part(1)).unwrap();
    let fields = claims.as_object_mut().unwrap();
    let [iss, sub, jti, nbf] = ["iss", "sub", "jti", "nbf"].map(|name| fields.remove(name).unwrap());
    assert_eq!(iss, document["issuer"]["id"]);
    assert_eq!(sub, document["credentialSubject"]["id"]);
    assert_eq!(jti, document["id"]);
    assert_eq!(nbf, json!(1_768_377_600));
    assert_eq!(claims, document);
}

#[test]
fn what_was_issued_is_known_again_in_every_form_and_nothing_else_is() {
    let (pair, _) = pair();
    let badge = badge();
    let issued = issue(&badge, &pair, at(2026)).unwrap();
    let mut files = vec![
        issued.document.clone().into_bytes(),
        issued.token.clone().into_bytes(),
        format!("\u{feff}\n{}\n", issued.token).into_bytes(),
    ];
    for form in [Form::Document, Form::Token] {
        files.push(baked_svg(&badge.label(), &issued, form).into_bytes());
        files.push(baked_png(&badge.label(), &issued, form).unwrap());
    }
    let other = issue(&Badge { valid_until: Some(at(2027)), ..badge.clone() }, &pair, at(2026)).unwrap();
    for file in &files {
        let presented = read(file).unwrap();
        assert_eq!(presented.id, badge.id);
        assert!(presented.is(&issued), "{}", String::from_utf8_lossy(file));
        assert!(!presented.is(&other));
    }
    let loose: Value = serde_json::from_str(&issued.document).unwrap();
    assert!(read(serde_json::to_string_pretty(&loose).unwrap().as_bytes()).unwrap().is(&issued));
    for (from, to) in [
        ("Léa d’Aubigné", "Paul Durand"),
        (r#""hashed":true"#, r#""hashed":false"#),
        (r#""name":"Institut"#, r#""name":"Faux","name":"Institut"#),
        (r#""proof":"#, r#""mention":"bien","proof":"#),
    ] {
        let touched = issued.document.replacen(from, to, 1);
        assert_ne!(touched, issued.document, "{from}");
        assert!(!read(touched.as_bytes()).unwrap().is(&issued), "{to}");
    }
}

#[test]
fn what_is_no_badge_is_said_to_be_none() {
    let (pair, _) = pair();
    let badge = badge();
    let issued = issue(&badge, &pair, at(2026)).unwrap();
    let svg = baked_svg(&badge.label(), &issued, Form::Document);
    let doctype = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{svg}");
    let entity = svg.replace("<![CDATA[", "&a;<![CDATA[");
    let elsewhere = svg.replace("https://purl.imsglobal.org/ob/v3p0", "https://other.example");
    let foreign = issued.document.replace("0190a6b0-0000-7000-8000-000000000001", "31");
    let png = baked_png(&badge.label(), &issued, Form::Token).unwrap();
    for (file, reason) in [
        (doctype.as_bytes(), Unreadable::Entities),
        (entity.as_bytes(), Unreadable::Entities),
        (elsewhere.as_bytes(), Unreadable::NoBadge),
        (foreign.as_bytes(), Unreadable::Foreign),
        (&picture(&badge.label()).into_bytes(), Unreadable::NoBadge),
        (&png[..200], Unreadable::NoBadge),
        (b"", Unreadable::NoBadge),
        (b"{}", Unreadable::NoBadge),
        (b"<svg", Unreadable::NoBadge),
        (b"a.b.c", Unreadable::NoBadge),
        (b"\xff\xd8\xff\xe0", Unreadable::NoBadge),
        (&vec![b' '; FILE_MOST + 1], Unreadable::TooLarge),
        (&vec![b'{'; FILE_MOST / 2], Unreadable::TooLarge),
    ] {
        assert_eq!(read(file), Err(reason), "{}", String::from_utf8_lossy(&file[..file.len().min(80)]));
    }
}

#[test]
fn a_packed_chunk_is_unpacked_within_bounds() {
    let pack = |text: &[u8]| {
        use std::io::Write as _;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text).unwrap();
        let held = [b"openbadgecredential\0\x01\0fr\0badge\0", &packer.finish().unwrap()[..]].concat();
        [&baking::PNG[..], &baking::chunk(*b"iTXt", &held).unwrap()].concat()
    };
    let (pair, _) = pair();
    let issued = issue(&badge(), &pair, at(2026)).unwrap();
    assert!(read(&pack(issued.document.as_bytes())).unwrap().is(&issued));
    assert_eq!(read(&pack(&vec![b'{'; 1 << 25])), Err(Unreadable::TooLarge));
}

#[test]
fn a_picture_says_in_words_what_it_shows_and_a_title_stays_a_text() {
    let svg = picture(&badge().label());
    assert!(
        svg.contains("role=\"img\"") && svg.contains("<title id=\"titre\">L’IA &amp; vous]]&gt;</title>")
    );
    assert!(svg.contains("Institut &lt;Nord&gt;") && !svg.contains("<Nord>"));
}

#[test]
fn an_issuer_publishes_its_keys_those_of_tokens_first() {
    let ((_, [tokens, documents]), (_, [retired, _])) = (pair(), pair());
    let did = Did::new("parcours.example", "institut").unwrap();
    let keys = [documents.clone(), tokens.clone(), retired.clone()];
    let document: Value = serde_json::from_str(&did_document(&did, &keys).unwrap()).unwrap();
    let names = [&tokens, &retired, &documents].map(|key| json!(key_name(&did, key)));
    assert_eq!(document["assertionMethod"], json!(names));
    let methods = document["verificationMethod"].as_array().unwrap();
    assert_eq!(methods.iter().map(|one| one["id"].clone()).collect::<Vec<_>>(), names);
    assert_eq!(methods[0]["publicKeyJwk"]["crv"], json!("P-256"));
    assert!(methods[2]["publicKeyMultibase"].as_str().unwrap().starts_with("z6Mk"));
    let set: Value = serde_json::from_str(&key_set(&did, &keys).unwrap()).unwrap();
    assert_eq!(set["keys"].as_array().unwrap().len(), 2);
    assert_eq!(set["keys"][0]["kid"], names[0]);
}

#[test]
fn a_status_list_is_signed_in_both_forms_until_it_ends() {
    let (pair, _) = pair();
    let list = StatusList {
        url: "https://parcours.example/s/1".parse().unwrap(),
        issuer: Did::new("parcours.example", "institut").unwrap(),
        revoked: [7].into(),
        valid_from: at(2026),
        valid_until: at(2027),
    };
    let signed = sign_list(&list, &pair).unwrap();
    assert_eq!(signed, sign_list(&list, &pair).unwrap());
    let document: Value = serde_json::from_str(&signed.document).unwrap();
    assert_eq!(document["validUntil"], json!("2027-01-14T08:00:00Z"));
    let claims = signed.token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["exp"], json!(1_799_913_600));
    assert_eq!(claims["credentialSubject"], document["credentialSubject"]);
    let full = StatusList { revoked: [StatusList::ENTRIES].into(), ..list };
    assert!(matches!(sign_list(&full, &pair), Err(Fault::Entry(_))));
}
