use super::*;
use domain::access::Role;
use domain::calendar::Zone;
use domain::candidacies::{Condition, Eligibility, Standing};
use domain::certifications::Requirement;
use domain::declarations::ReasonKind;
use domain::enrolments::{EnrolmentState, Rank};
use domain::ids::{EnrolmentId, OrganisationId, SessionId};
use domain::journal::Head;
use domain::juries;
use domain::juries::verdicts::{BlockResult, Decision};
use domain::keys::{PublicKey, Signature};
use domain::letters::{
    Bearing, BlockOutcome, Board, CandidacyNews, Dossier, Former, JuryNews, LetterKind, Partnership, Place,
};
use domain::sessions::Slot;
use domain::surveys::Moment;
use domain::text::Language;

const OPENING: &str = "https://parcours.example/place/s3cr3t";

fn now() -> Instant {
    Zone::PARIS.instant("2026-11-24".parse().unwrap(), "10:00".parse().unwrap()).unwrap()
}

fn slot(zone: Zone, day: &str, starts: &str, ends: &str) -> Slot {
    Slot::new(zone, day.parse().unwrap(), starts.parse().unwrap(), ends.parse().unwrap()).unwrap()
}

fn meeting() -> Meeting {
    let zone = Zone::PARIS;
    Meeting {
        session: SessionId(7),
        title: "L’IA dans la relation <client>".into(),
        organiser: "Atelier Numérique du Nord".into(),
        organiser_email: Some("karim@atelier.example".into()),
        zone,
        slots: vec![
            slot(zone, "2026-12-03", "9:00", "12:30"),
            slot(zone, "2026-12-03", "14:00", "17:00"),
            slot(zone, "2026-12-04", "9:00", "12:30"),
        ],
        commune: Some("Douai".into()),
        place: "Maison des associations, 12 place du Barlet".into(),
        video_link: "https://visio.example/salle".into(),
        sequence: 2,
        capacity: 13,
    }
}

fn place(to_themselves: bool) -> Place {
    Place {
        enrolment: EnrolmentId(31),
        company: Some(OrganisationId(5)),
        person: "Élodie Delmotte".into(),
        to_themselves,
        calendar_uid: "0190a6b0-2222-7000-8000-000000000001".into(),
        link: OPENING.into(),
    }
}

fn half_day() -> Slot {
    slot(Zone::PARIS, "2026-12-03", "9:00", "12:30")
}

fn former() -> Former {
    Former {
        zone: Zone::PARIS,
        slots: vec![slot(Zone::PARIS, "2026-11-30", "9:00", "12:30")],
        commune: Some("Lens".into()),
        place: "Halle aux draps, 12 place du Barlet".into(),
        video_link: "https://visio.example/ancienne".into(),
    }
}

fn rank() -> Rank {
    Rank { place: 2, waiting: 4, capacity: 13, held: 13, reserved: 0, free: 0, group_needs: None }
}

fn seal() -> Seal {
    Seal {
        head: Head { chain: "session:7".into(), number: 57, hash: "0b".repeat(32) },
        checkpoint: 14,
        root: "1c".repeat(32),
        signature: Signature::new(&[2; 64]),
        key: PublicKey::new(&[3; 32]),
    }
}

/// One message of every kind, and of every turn that it may take.
fn every_message(to_themselves: bool) -> Vec<Message> {
    let (meeting, place) = (meeting(), place(to_themselves));
    let m = || meeting.clone();
    let p = || place.clone();
    let until = now().plus_days(2);
    let link = || "https://parcours.example/inscriptions/31".to_owned();
    let told = |person: &str, state, rank| Told { person: person.into(), state, rank };
    let mut all = vec![
        Message::Invitation {
            organisation: Some("Verrerie des Trois Canaux".into()),
            by: Some("Karim Dubois".into()),
            link: OPENING.into(),
            until,
        },
        Message::Invitation { organisation: None, by: None, link: OPENING.into(), until },
        Message::Reset { link: OPENING.into(), until },
        Message::NewRole {
            role: Role::Trainer,
            organisation: Some("Atelier du Nord".into()),
            by: Some("Karim Dubois".into()),
            link: link(),
        },
        Message::NewRole { role: Role::Administrator, organisation: None, by: None, link: link() },
        Message::ApprovalWanted { meeting: m(), place: p(), link: link(), until },
        Message::RequestReceived {
            meeting: m(),
            company: Some(OrganisationId(5)),
            results: vec![
                told("Élodie Delmotte", EnrolmentState::Confirmed, None),
                told("Lou Carpentier", EnrolmentState::Waiting, Some(rank())),
            ],
            link: link(),
        },
        Message::StaffNews {
            meeting: m(),
            company: OrganisationId(5),
            results: vec![told("Élodie Delmotte", EnrolmentState::Cancelled, None)],
            link: link(),
            former: None,
        },
        Message::Confirmed { meeting: m(), place: p(), goes_ahead: false },
        Message::Confirmed { meeting: m(), place: p(), goes_ahead: true },
        Message::Waiting { meeting: m(), place: p(), rank: rank() },
        Message::Waiting {
            meeting: m(),
            place: p(),
            rank: Rank { held: 10, free: 3, group_needs: Some(5), ..rank() },
        },
        Message::Offer { meeting: m(), place: p(), until },
        Message::Promoted { meeting: m(), place: p(), goes_ahead: false },
        Message::Promoted { meeting: m(), place: p(), goes_ahead: true },
        Message::Joining { meeting: m(), place: p() },
        Message::Reminder { meeting: m(), place: p(), days: 7 },
        Message::Reminder { meeting: m(), place: p(), days: 1 },
        Message::SigningLink { meeting: m(), place: p() },
        Message::SignatureWanted { meeting: m(), place: p(), slot: half_day(), until },
        Message::UnsignedPresence {
            meeting: m(),
            place: p(),
            slots: vec![(half_day(), "Feuille papier signée".to_owned())],
        },
        Message::SessionCancelled {
            meeting: m(),
            place: p(),
            reason: "Formatrice souffrante".into(),
            had_seat: true,
        },
        Message::ThankYou { meeting: m(), place: p(), minutes: 390, until: Some(until) },
        Message::ThankYou {
            meeting: m(),
            place: Place { link: String::new(), ..p() },
            minutes: 390,
            until: None,
        },
        Message::ColdSurvey { meeting: m(), place: p(), until },
        Message::SurveyReminder { meeting: m(), place: p(), moment: Moment::Hot, until },
        Message::SurveyReminder { meeting: m(), place: p(), moment: Moment::Cold, until },
        Message::EmployerSurvey { meeting: m(), company: OrganisationId(5), link: OPENING.into(), until },
        Message::EmployerReminder { meeting: m(), company: OrganisationId(5), link: OPENING.into(), until },
        Message::SessionSealed { meeting: m(), seal: seal(), at: now(), link: link() },
    ];
    all.extend(every_news_of_a_candidacy());
    for state in EnrolmentState::ALL {
        all.push(Message::NoPlace { meeting: m(), place: p(), state: *state, reason: None });
    }
    for seat in [true, false] {
        let reason = Some("Changement d’équipe".to_owned());
        all.push(Message::EnrolmentCancelled {
            meeting: m(),
            place: p(),
            reason,
            passed_to: Some("Zoé Morel".into()),
            had_seat: seat,
        });
    }
    for state in [EnrolmentState::Confirmed, EnrolmentState::Offered, EnrolmentState::Waiting] {
        let reason = Some("Changement d’équipe".to_owned());
        all.push(Message::SessionMoved { meeting: m(), place: p(), reason, state, former: former() });
    }
    all
}

fn written(message: &Message, language: Language) -> Letter {
    let sender = Sender {
        public_url: "https://parcours.example".into(),
        from: "ne-pas-repondre@parcours.example".into(),
        domain: "parcours.example".into(),
    };
    let to = Addressee { email: "elodie@verrerie.example".into(), name: "Élodie Delmotte".into(), language };
    sender.letter(&to, message, &[], None, now()).unwrap()
}

fn everything() -> Vec<(Message, Language, Letter)> {
    let mut all = Vec::new();
    for message in [true, false].into_iter().flat_map(every_message) {
        for language in Language::ALL {
            let letter = written(&message, *language);
            all.push((message.clone(), *language, letter));
        }
    }
    all
}

fn dossier() -> Dossier {
    Dossier {
        certifier: "Institut des Deux Canaux".to_owned(),
        title: "Chef de projet IA".to_owned(),
        code: "RNCP99999".to_owned(),
        candidate: "Élodie Delmotte".to_owned(),
        link: "https://parcours.example/candidatures/7".to_owned(),
    }
}

fn every_news_of_a_candidacy() -> Vec<Message> {
    let reason = || "La page 2 manque".to_owned();
    let news = [
        CandidacyNews::Submitted,
        CandidacyNews::PieceRefused { piece: "Curriculum vitæ".to_owned(), reason: reason() },
        CandidacyNews::Eligible { conditions: conditions(Standing::HasLevel("6".parse().unwrap())) },
        CandidacyNews::NotEligible { conditions: conditions(Standing::Missing) },
        CandidacyNews::Admitted,
        CandidacyNews::Withdrawn { reason: Some(reason()) },
        CandidacyNews::Withdrawn { reason: None },
        CandidacyNews::Convened { meeting: board() },
        CandidacyNews::Moved { meeting: board() },
        CandidacyNews::JuryReminder { meeting: board() },
        CandidacyNews::Released { reason: reason() },
        CandidacyNews::Decided { decision: Decision::Awarded, blocks: blocks() },
        CandidacyNews::Decided { decision: Decision::Partial, blocks: blocks() },
        CandidacyNews::Decided { decision: Decision::Excluded, blocks: Vec::new() },
        CandidacyNews::Corrected { decision: Decision::Failed, blocks: blocks(), reason: reason() },
        CandidacyNews::Resit,
        CandidacyNews::AppealAnswered { is_upheld: true, answer: reason() },
        CandidacyNews::AppealAnswered { is_upheld: false, answer: reason() },
        CandidacyNews::Certified { titles: vec![dossier().title] },
        CandidacyNews::Certified { titles: vec!["Cadrer un projet".to_owned(), "Livrer".to_owned()] },
        CandidacyNews::Superseded { about: bearing(), reason: reason() },
        CandidacyNews::Revoked { about: bearing(), reason: reason() },
        CandidacyNews::Renewed { about: bearing(), until: "2029-12-01".parse().unwrap() },
        CandidacyNews::Ending { about: bearing(), until: "2027-03-01".parse().unwrap() },
        CandidacyNews::NotFoundByState { kind: ReasonKind::Identity },
        CandidacyNews::NotFoundByState { kind: ReasonKind::Ambiguous },
        CandidacyNews::NotFoundByState { kind: ReasonKind::Other },
    ];
    let told = news.into_iter().map(|news| Message::CandidacyNews { dossier: dossier(), news });
    let link = board().link;
    let received = [
        Message::CandidacyReceived { dossier: dossier() },
        Message::AppealReceived { dossier: dossier(), link },
    ];
    received.into_iter().chain(told).chain(every_news_of_a_jury()).chain(every_agreement()).collect()
}

fn every_agreement() -> impl Iterator<Item = Message> {
    let partnership = || Partnership {
        organisation: "Verrerie des Trois Canaux".to_owned(),
        operator: "Opérateur du Sud".to_owned(),
        programme: "Compétences d’avenir".to_owned(),
        link: "https://parcours.example/accords/4".to_owned(),
    };
    [
        Message::AgreementWanted { partnership: partnership() },
        Message::AgreementGiven { partnership: partnership() },
        Message::AgreementDeclined { partnership: partnership() },
    ]
    .into_iter()
}

fn every_news_of_a_jury() -> impl Iterator<Item = Message> {
    let reason = "Un membre est souffrant".to_owned();
    let news = [
        JuryNews::Convened,
        JuryNews::Moved,
        JuryNews::Reminder,
        JuryNews::Cancelled { reason },
        JuryNews::MinutesToSign,
    ];
    news.into_iter().map(|news| Message::JuryNews { board: board(), news })
}

fn bearing() -> Bearing {
    Bearing { number: "RNCP99999-2026-000007".to_owned(), title: "Cadrer un projet".to_owned() }
}

fn board() -> Board {
    Board {
        certifier: "Institut des Deux Canaux".to_owned(),
        title: "Chef de projet IA".to_owned(),
        code: "RNCP99999".to_owned(),
        meeting: juries::Meeting {
            starts_at: now(),
            zone: Zone::PARIS,
            mode: juries::SittingMode::OnSite,
            place: "Salle du conseil".to_owned(),
        },
        link: "https://parcours.example/jurys/3".to_owned(),
    }
}

fn blocks() -> Vec<BlockOutcome> {
    let block = |code: &str, result| BlockOutcome {
        code: code.to_owned(),
        title: "Cadrer un projet".to_owned(),
        result,
    };
    vec![block("RNCP99999BC01", BlockResult::Acquired), block("RNCP99999BC02", BlockResult::NotAcquired)]
}

fn conditions(standing: Standing) -> Eligibility {
    let requirement = Requirement::Level("5".parse().unwrap());
    Eligibility { conditions: vec![Condition { requirement, standing }], route_is_open: true }
}

#[test]
fn every_kind_is_written_in_both_languages() {
    let all = everything();
    for kind in LetterKind::ALL {
        for language in Language::ALL {
            assert!(all.iter().any(|(m, l, _)| m.kind() == *kind && l == language), "{kind} {language}");
        }
    }
    for (message, language, letter) in &all {
        let about = format!("{} {language}\n{}", message.kind(), letter.text_body);
        assert!(!letter.subject.is_empty() && !letter.subject.contains(['\n', '{']), "{about}");
        for body in [&letter.text_body, &letter.html_body] {
            assert!(!body.contains("{}") && !body.contains("  \n") && body.len() > 200, "{about}");
        }
        assert!(!letter.text_body.contains("\n\n\n"), "{about}");
        assert!(
            letter.html_body.contains("relation &#60;client&#62;") || message.meeting().is_none(),
            "{about}"
        );
        assert_eq!(letter.reply_to.is_some(), message.meeting().is_some(), "{about}");
        assert!(letter.message_id.ends_with("@parcours.example>"));
    }
}

#[test]
fn the_typography_is_the_one_of_the_language() {
    for (message, language, letter) in everything() {
        let about = format!("{} {language}\n{}\n{}", message.kind(), letter.subject, letter.text_body);
        for text in [&letter.subject, &letter.text_body] {
            let plain = [" ;", " !", " ?", " :", "« ", " »", "'"];
            assert!(!plain.iter().any(|wrong| text.contains(wrong)), "{about}");
            let french = ['«', '\u{202f}'];
            assert!(language == Language::Fr || !text.contains(french), "{about}");
        }
    }
}

#[test]
fn the_address_and_the_video_link_are_for_those_who_have_a_seat() {
    for (message, language, letter) in everything() {
        let about = format!("{} {language}\n{}", message.kind(), letter.text_body);
        for body in [&letter.text_body, &letter.html_body] {
            assert_eq!(body.contains("12 place du Barlet"), message.gives_venue(), "{about}");
            assert_eq!(body.contains("visio.example"), message.gives_venue(), "{about}");
        }
    }
}

#[test]
fn what_opens_something_is_a_secret() {
    for (message, language, letter) in everything() {
        let about = format!("{} {language}\n{}", message.kind(), letter.text_body);
        for body in [&letter.text_body, &letter.html_body] {
            assert_eq!(body.contains(OPENING), letter.secret, "{about}");
        }
    }
}

#[test]
fn a_letter_for_somebody_else_says_so_and_never_says_you_to_them() {
    for message in every_message(false).iter().filter(|m| m.place().is_some()) {
        let letter = written(message, Language::Fr);
        let handed = letter.text_body.contains("À remettre à Élodie Delmotte");
        assert_eq!(handed, letter.secret, "{}", letter.text_body);
        assert!(letter.text_body.contains("Élodie Delmotte\n"), "{}", letter.text_body);
        assert!(!letter.subject.to_lowercase().starts_with("votre place"), "{}", letter.subject);
        assert!(!letter.text_body.contains("Vous êtes"), "{}", letter.text_body);
    }
}

#[test]
fn a_seal_is_read_back_from_either_body_of_its_letter() {
    let message = Message::SessionSealed {
        meeting: meeting(),
        seal: seal(),
        at: now(),
        link: "https://x.example".into(),
    };
    for language in Language::ALL {
        let letter = written(&message, *language);
        let shown = letter.html_body.replace("<br>", "\n");
        for body in [&letter.text_body, &shown] {
            assert_eq!(body.parse(), Ok(seal()), "{body}");
            assert!(body.contains("session:7") && body.contains(&seal().key.fingerprint()), "{body}");
        }
        assert!(letter.text_body.lines().all(|line| line.len() < 78 || !line.contains("parcours-seal")));
    }
}

#[test]
fn a_subject_says_what_and_when() {
    let subject = |message: &Message| written(message, Language::Fr).subject;
    let mut one_day = meeting();
    one_day.slots.truncate(2);
    let confirmed = Message::Confirmed { meeting: one_day, place: place(true), goes_ahead: false };
    assert_eq!(
        subject(&confirmed),
        "Votre place est confirmée\u{a0}: L’IA dans la relation <client>, jeudi 3\u{a0}décembre"
    );
    let promoted = Message::Promoted { meeting: meeting(), place: place(false), goes_ahead: false };
    assert_eq!(
        subject(&promoted),
        "Une place s’est libérée, la place d’Élodie Delmotte est confirmée\u{a0}: L’IA dans la relation <client>, à partir du jeudi 3\u{a0}décembre"
    );
}

#[test]
fn days_are_told_in_full_and_with_their_clock() {
    let joining = Message::Joining { meeting: meeting(), place: place(true) };
    let text = written(&joining, Language::Fr).text_body;
    for line in [
        "  jeudi 3\u{a0}décembre 2026, 9\u{a0}h\u{a0}–\u{2060}\u{a0}12\u{a0}h\u{a0}30 et 14\u{a0}h\u{a0}–\u{2060}\u{a0}17\u{a0}h\n",
        "  vendredi 4\u{a0}décembre 2026, 9\u{a0}h\u{a0}–\u{2060}\u{a0}12\u{a0}h\u{a0}30\n",
        "  karim@atelier.example\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("heure locale"), "{text}");
    let zone: Zone = "Indian/Reunion".parse().unwrap();
    let far = Meeting { zone, slots: vec![slot(zone, "2026-12-03", "9:00", "12:30")], ..meeting() };
    let text = written(&Message::Joining { meeting: far, place: place(true) }, Language::Fr).text_body;
    assert!(text.contains("(heure locale, La Réunion)"), "{text}");
}
