//! A certificate on paper is kept for decades and read by machines that are not ours: an archive takes it, a screen reader
//! reads it, a telephone finds the page where it is checked, and the badge travels inside. Whoever prints it again with
//! another program, or touches the file, has one that is refused.

use crate::badges_are_checked::world;
use crate::harness::{Database, scratch, stories};
use crate::verifiers::papers::{attached, attachments, printed_again, qpdf, qr, text, verapdf};
use credentials::badges::issue;
use domain::calendar::Day;
use domain::certificates::{Claims, Holder, Scope, Signatory, VerificationCode};
use domain::text::Language;
use papers::certificate;
use std::fs;
use std::path::PathBuf;

stories! {
    papers:
        an_archive_takes_it_and_a_screen_reader_reads_it,
        whatever_is_not_as_it_was_made_is_refused,
        the_badge_travels_inside,
        a_telephone_finds_the_page_where_it_is_checked,
        names_are_printed_as_they_are;
}

const LINK: &str = "https://parcours.example/verifier/B9D5MPJTB9D5MPJTB9D5MPJTB";
const HOSTILE: &str = r#"#eval("1") <script> & \u{41} $x$ *_`@ //"#;

fn an_archive_takes_it_and_a_screen_reader_reads_it(_: &Database) {
    let papers: Vec<PathBuf> = ["whole", "block", "extreme", "bare"]
        .into_iter()
        .flat_map(|name| Language::ALL.iter().map(move |language| laid("standards", name, *language)))
        .collect();
    let verdicts = verapdf(&papers);
    let judged = |paper: &PathBuf| verdicts.iter().filter(|verdict| verdict.file == *paper).count();
    assert!(papers.iter().all(|paper| judged(paper) == 2), "{verdicts:?}");
    let faults: Vec<_> = verdicts.iter().filter(|verdict| verdict.fault.is_some()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    for paper in papers {
        assert_eq!(qpdf(&paper), None, "{}", paper.display());
    }
}

fn whatever_is_not_as_it_was_made_is_refused(_: &Database) {
    let paper = laid("refused", "whole", Language::Fr);
    let made = fs::read(&paper).unwrap();
    let untagged = paper.with_extension("untagged.pdf");
    fs::write(&untagged, replaced(&made, b"/Marked true", b"/Marked null")).unwrap();
    let speechless = paper.with_extension("speechless.pdf");
    fs::write(&speechless, replaced(&made, b"pdfuaid:part", b"pdfuaid:prat")).unwrap();
    let cut = paper.with_extension("cut.pdf");
    fs::write(&cut, &made[..made.len() / 2]).unwrap();

    for verdict in verapdf(&[printed_again(&paper), untagged, cut.clone()]) {
        assert!(verdict.fault.is_some(), "{verdict:?}");
    }
    let ua: Vec<_> = verapdf(&[speechless]).into_iter().filter(|said| said.profile == "ua1").collect();
    assert!(ua.len() == 1 && ua[0].fault.is_some(), "{ua:?}");
    assert!(qpdf(&cut).is_some());
}

fn the_badge_travels_inside(_: &Database) {
    let paper = laid("badge", "whole", Language::Fr);
    assert_eq!(attachments(&paper), ["credential.json"]);
    assert_eq!(attached(&paper), badge());
}

fn a_telephone_finds_the_page_where_it_is_checked(_: &Database) {
    for name in ["whole", "block", "extreme"] {
        let paper = laid("qr", name, Language::Fr);
        assert_eq!(qr(&paper), LINK, "{name}");
        let read = text(&paper);
        assert!(read.contains("B9D5M-PJTB9-D5MPJ-TB9D5-MPJTB"), "{read}");
        assert!(read.contains("parcours.example/verifier"), "{read}");
    }
}

fn names_are_printed_as_they_are(_: &Database) {
    // pdftotext tells every space as a plain one.
    let read = text(&laid("names", "whole", Language::Fr));
    for line in ["Léa Marie D’AUBIGNÉ", "Nom d’usage : LEROY", "RNCP99999-2026-000042"] {
        assert!(read.contains(line), "{line} is not in\n{read}");
    }
    let read = text(&laid("names", "hostile", Language::Fr));
    for line in [HOSTILE, &HOSTILE.to_uppercase()] {
        assert!(read.contains(line), "{line} is not in\n{read}");
    }
}

fn laid(folder: &str, name: &str, language: Language) -> PathBuf {
    let folder = scratch::folder().join("papers").join(folder);
    fs::create_dir_all(&folder).unwrap();
    let paper = certificate(&claims(name), LINK, language, &badge()).unwrap();
    let file = folder.join(format!("{name}-{language}.pdf"));
    fs::write(&file, paper).unwrap();
    file
}

fn badge() -> Vec<u8> {
    static BADGE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    let signed = || issue(&world::whole(), &world::Certifier::new().pair, world::at("2026-01-14")).unwrap();
    BADGE.get_or_init(|| signed().document.into_bytes()).clone()
}

/// What the stories are told on: everything that a certificate can say, or as little as it may.
fn claims(name: &str) -> Claims {
    let day = |text: &str| text.parse::<Day>().unwrap();
    let mut claims = Claims {
        number: "RNCP99999-2026-000042".parse().unwrap(),
        code: VerificationCode::new([0x5a; 16]),
        holder: Holder {
            given_names: "Léa Marie".parse().unwrap(),
            birth_name: "d’Aubigné".parse().unwrap(),
            usual_name: "Leroy".parse().ok(),
            born: "07/04/1988".parse().ok(),
            birthplace: "Lille (Nord)".parse().ok(),
        },
        certifier: "Institut des Deux Canaux".parse().unwrap(),
        record: "RNCP99999".parse().unwrap(),
        title: "Chef de projet en intelligence artificielle".parse().unwrap(),
        level: "7".parse().ok(),
        scope: Scope::Whole,
        jury_on: day("2026-01-12"),
        issued_on: day("2026-01-20"),
        valid_from: day("2026-01-12"),
        valid_until: Some(day("2031-01-12")),
        signatory: Signatory {
            name: "Irène Vasseur".parse().unwrap(),
            quality: "Directrice générale".parse().unwrap(),
        },
        replaces: "RNCP99999-2025-000007".parse().ok(),
    };
    match name {
        "whole" => {}
        "block" => {
            let (code, title) = ("RNCP99999BC02".parse().unwrap(), "Gouverner les données".parse().unwrap());
            claims.scope = Scope::Block { code, title };
        }
        "bare" => {
            (claims.level, claims.valid_until, claims.replaces) = (None, None, None);
            (claims.holder.usual_name, claims.holder.born, claims.holder.birthplace) = (None, None, None);
        }
        "hostile" => {
            claims.holder.given_names = HOSTILE.parse().unwrap();
            claims.holder.birth_name = HOSTILE.parse().unwrap();
        }
        "extreme" => {
            claims.holder.given_names = "W".repeat(60).parse().unwrap();
            claims.holder.birth_name = "m".repeat(60).parse().unwrap();
            claims.holder.usual_name = "Ŵ".repeat(60).parse().ok();
            claims.holder.birthplace = "Llanfair ".repeat(13).parse().ok();
            claims.certifier = "Établissement ".repeat(8).parse().unwrap();
            claims.title = "WWWWWWWWWWWWWWWWWWW ".repeat(20).parse().unwrap();
            let title = "gouvernance des données ".repeat(16).parse().unwrap();
            claims.scope = Scope::Block { code: "RNCP99999BC02".parse().unwrap(), title };
            claims.signatory.name = "Vasseur ".repeat(15).parse().unwrap();
            claims.signatory.quality = "Directrice ".repeat(10).parse().unwrap();
        }
        other => panic!("nobody is called {other}"),
    }
    claims
}

/// Something of the same length in place of something that must be there.
#[track_caller]
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> =
        bytes.windows(old.len()).enumerate().filter(|(_, here)| *here == old).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "{} is not in the file", String::from_utf8_lossy(old));
    let mut bytes = bytes.to_vec();
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(new);
    }
    bytes
}
