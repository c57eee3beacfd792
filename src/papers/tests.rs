use super::{Error, certificate};
use domain::certificates::{Claims, Holder, Scope, Signatory, VerificationCode};
use domain::text::Language;

const LINK: &str = "https://parcours.example/verifier/B9D5MPJTB9D5MPJTB9D5MPJTB";
const BADGE: &[u8] = br#"{"type":["VerifiableCredential","OpenBadgeCredential"]}"#;

fn claims() -> Claims {
    Claims {
        number: "RS9999-2026-000042".parse().unwrap(),
        code: VerificationCode::new([0x5a; 16]),
        holder: Holder {
            given_names: "Zoé".parse().unwrap(),
            birth_name: "Lefèvre".parse().unwrap(),
            usual_name: None,
            born: "1990".parse().ok(),
            birthplace: None,
        },
        certifier: "Institut des Deux Canaux".parse().unwrap(),
        record: "RS9999".parse().unwrap(),
        title: "Développer son activité avec l’IA".parse().unwrap(),
        level: None,
        scope: Scope::Whole,
        jury_on: "2026-01-12".parse().unwrap(),
        issued_on: "2026-01-20".parse().unwrap(),
        valid_from: "2026-01-12".parse().unwrap(),
        valid_until: "2029-01-12".parse().ok(),
        signatory: Signatory {
            name: "Irène Vasseur".parse().unwrap(),
            quality: "Directrice".parse().unwrap(),
        },
        replaces: None,
    }
}

fn contains(paper: &[u8], part: &[u8]) -> bool {
    paper.windows(part.len()).any(|here| here == part)
}

#[test]
fn the_same_claims_give_the_same_bytes() {
    let print = || certificate(&claims(), LINK, Language::Fr, BADGE).unwrap();
    let first = print();
    certificate(&claims(), LINK, Language::En, BADGE).unwrap();
    assert!(first == print());
    let other = Claims { number: "RS9999-2026-000043".parse().unwrap(), ..claims() };
    assert!(first != certificate(&other, LINK, Language::Fr, BADGE).unwrap());
}

#[test]
fn a_paper_says_which_standards_it_keeps_and_in_which_language() {
    for (language, tag) in [(Language::Fr, "fr-FR"), (Language::En, "en-GB")] {
        let paper = certificate(&claims(), LINK, language, BADGE).unwrap();
        for part in
            ["/Lang", tag, "pdfaid:part>3<", "pdfaid:conformance>A<", "pdfuaid:part>1<", "credential.json"]
        {
            assert!(contains(&paper, part.as_bytes()), "{part} is not in the paper in {language}");
        }
    }
}

#[test]
fn names_and_titles_of_any_length_fit_on_one_page() {
    let words = |word: &str, most: usize| {
        word.repeat(most / word.chars().count() + 1).chars().take(most).collect::<String>()
    };
    for (word, language) in [("W", Language::Fr), ("Mélisande ", Language::En), ("#page( ", Language::Fr)] {
        let mut claims = claims();
        claims.holder.given_names = words(word, 60).parse().unwrap();
        claims.holder.birth_name = words(word, 60).parse().unwrap();
        claims.holder.usual_name = words(word, 59).parse().ok();
        claims.holder.birthplace = words(word, 120).parse().ok();
        claims.certifier = words(word, 120).parse().unwrap();
        claims.title = words(word, 400).parse().unwrap();
        claims.scope =
            Scope::Block { code: "RS9999".parse().unwrap(), title: words(word, 400).parse().unwrap() };
        claims.signatory.name = words(word, 120).parse().unwrap();
        claims.signatory.quality = words(word, 120).parse().unwrap();
        claims.replaces = "RS9999-2025-000042".parse().ok();
        let printed = certificate(&claims, LINK, language, BADGE);
        assert_eq!(printed.err(), None, "{word}, {language}");
    }
}

#[test]
fn what_cannot_be_printed_is_refused_with_what_is_wrong() {
    let mut claims = claims();
    claims.holder.birth_name = "李".parse().unwrap();
    assert_eq!(certificate(&claims, LINK, Language::Fr, BADGE), Err(Error::Glyph('李')));
    let link = format!("https://parcours.example/{}", "a".repeat(5000));
    assert_eq!(certificate(&self::claims(), &link, Language::Fr, BADGE), Err(Error::Link));
}
