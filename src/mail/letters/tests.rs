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
    AccountNews, AgreementNews, Bearing, BlockOutcome, Board, BoardNews, CandidacyNews, Dossier, Former,
    JuryNews, LetterKind, Partnership, Place, PlaceNews,
};
use domain::sessions::Slot;
use domain::surveys::Moment;
use domain::text::Language;

const OPENING: &str = "https://parcours.example/place/s3cr3t";
const LINK: &str = "https://parcours.example/inscriptions/31";

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
    let of = |place, news| Message::Place { meeting: meeting(), place, news };
    let approval = Place { link: LINK.to_owned(), ..place(to_themselves) };
    let unasked = Place { link: String::new(), ..place(to_themselves) };
    let mut all = vec![
        of(approval, PlaceNews::ApprovalWanted { until: until() }),
        of(unasked, PlaceNews::ThankYou { minutes: 390, until: None }),
    ];
    all.extend(about_places().into_iter().map(|news| of(place(to_themselves), news)));
    all.extend(to_accounts());
    all.extend(about_sessions());
    all.extend(every_news_of_a_candidacy());
    all
}

fn until() -> Instant {
    now().plus_days(2)
}

fn to_accounts() -> [Message; 5] {
    let named = |name: &str| Some(name.to_owned());
    let invitation = |organisation, by| AccountNews::Invitation { organisation, by, until: until() };
    let role = |role, organisation, by| AccountNews::NewRole { role, organisation, by };
    [
        (OPENING, invitation(named("Verrerie des Trois Canaux"), named("Karim Dubois"))),
        (OPENING, invitation(None, None)),
        (OPENING, AccountNews::Reset { until: until() }),
        (LINK, role(Role::Trainer, named("Atelier du Nord"), named("Karim Dubois"))),
        (LINK, role(Role::Administrator, None, None)),
    ]
    .map(|(link, news)| Message::Account { link: link.to_owned(), news })
}

fn about_sessions() -> [Message; 5] {
    let outcome = |person: &str, state, rank| Outcome { person: person.into(), state, rank };
    let results = vec![
        outcome("Élodie Delmotte", EnrolmentState::Confirmed, None),
        outcome("Lou Carpentier", EnrolmentState::Waiting, Some(rank())),
    ];
    let changed = vec![outcome("Élodie Delmotte", EnrolmentState::Cancelled, None)];
    let company = Some(OrganisationId(5));
    [
        about_session(company, LINK, SessionNews::RequestReceived { results }),
        about_session(company, LINK, SessionNews::StaffNews { results: changed, former: None }),
        about_session(company, OPENING, SessionNews::EmployerSurvey { until: until() }),
        about_session(company, OPENING, SessionNews::EmployerReminder { until: until() }),
        sealed_session(),
    ]
}

fn about_session(company: Option<OrganisationId>, link: &str, news: SessionNews) -> Message {
    Message::Session { meeting: meeting(), company, link: link.to_owned(), news }
}

fn sealed_session() -> Message {
    about_session(None, LINK, SessionNews::SessionSealed { seal: seal(), at: now() })
}

fn about_places() -> Vec<PlaceNews> {
    let reason = || "Changement d’équipe".to_owned();
    let ended = EnrolmentState::ALL.iter().map(|state| PlaceNews::NoPlace { state: *state, reason: None });
    let cancelled = [true, false].map(|had_seat| PlaceNews::EnrolmentCancelled {
        reason: Some(reason()),
        passed_to: Some("Zoé Morel".into()),
        had_seat,
    });
    let moved = [EnrolmentState::Confirmed, EnrolmentState::Offered, EnrolmentState::Waiting]
        .map(|state| PlaceNews::SessionMoved { reason: Some(reason()), state, former: former() });
    let others = [
        PlaceNews::Confirmed { goes_ahead: false },
        PlaceNews::Confirmed { goes_ahead: true },
        PlaceNews::Waiting { rank: rank() },
        PlaceNews::Waiting { rank: Rank { held: 10, free: 3, group_needs: Some(5), ..rank() } },
        PlaceNews::Offer { until: until() },
        PlaceNews::Promoted { goes_ahead: false },
        PlaceNews::Promoted { goes_ahead: true },
        PlaceNews::Joining,
        PlaceNews::Reminder { days: 7 },
        PlaceNews::Reminder { days: 1 },
        PlaceNews::SigningLink,
        PlaceNews::SignatureWanted { slot: half_day(), until: until() },
        PlaceNews::UnsignedPresence { slots: vec![(half_day(), "Feuille papier signée".to_owned())] },
        PlaceNews::SessionCancelled { reason: "Formatrice souffrante".to_owned(), had_seat: true },
        PlaceNews::ThankYou { minutes: 390, until: Some(until()) },
        PlaceNews::ColdSurvey { until: until() },
        PlaceNews::SurveyReminder { moment: Moment::Hot, until: until() },
        PlaceNews::SurveyReminder { moment: Moment::Cold, until: until() },
    ];
    others.into_iter().chain(ended).chain(cancelled).chain(moved).collect()
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
        CandidacyNews::JuryMoved { meeting: board() },
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
    let told = news.into_iter().map(|news| Message::Candidacy { dossier: dossier(), news });
    let of_a_jury = Dossier { link: board().link, ..dossier() };
    let received = [
        Message::Candidacy { dossier: dossier(), news: CandidacyNews::CandidacyReceived },
        Message::Candidacy { dossier: of_a_jury, news: CandidacyNews::AppealReceived },
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
    [AgreementNews::AgreementWanted, AgreementNews::AgreementGiven, AgreementNews::AgreementDeclined]
        .into_iter()
        .map(move |news| Message::Agreement { partnership: partnership(), news })
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
    news.into_iter().map(|news| Message::Jury { board: board(), news: BoardNews::JuryNews { news } })
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
    let message = sealed_session();
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
    let news = PlaceNews::Confirmed { goes_ahead: false };
    let confirmed = Message::Place { meeting: one_day, place: place(true), news };
    assert_eq!(
        subject(&confirmed),
        "Votre place est confirmée\u{a0}: L’IA dans la relation <client>, jeudi 3\u{a0}décembre"
    );
    let news = PlaceNews::Promoted { goes_ahead: false };
    let promoted = Message::Place { meeting: meeting(), place: place(false), news };
    assert_eq!(
        subject(&promoted),
        "Une place s’est libérée, la place d’Élodie Delmotte est confirmée\u{a0}: L’IA dans la relation <client>, à partir du jeudi 3\u{a0}décembre"
    );
}

#[test]
fn days_are_told_in_full_and_with_their_clock() {
    let joining = |meeting| Message::Place { meeting, place: place(true), news: PlaceNews::Joining };
    let text = written(&joining(meeting()), Language::Fr).text_body;
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
    let text = written(&joining(far), Language::Fr).text_body;
    assert!(text.contains("(heure locale, La Réunion)"), "{text}");
}
