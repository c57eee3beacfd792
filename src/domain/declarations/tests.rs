use super::*;
use crate::calendar::{Day, Instant};
use crate::reference::{CommuneCode, NotACommune};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::str::FromStr;

fn of<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn refused<T: FromStr<Err = ValueError> + std::fmt::Debug>(text: &str) -> ValueError {
    text.parse::<T>().unwrap_err()
}

fn draft(id: &str) -> Draft {
    Draft {
        contract: Some(of("MCFCER999999")),
        certification: Some(of("RNCP99999")),
        issued_on: Some(of("2026-10-20")),
        birth_name: Some(of("Delmotte")),
        first_name: Some(of("Élodie")),
        born: Some(of("07/04/1988")),
        sex: Some(Sex::Female),
        ..Draft::new(of(id))
    }
}

fn envelope(at: &str) -> Envelope {
    Envelope {
        flow: of("7b1e6a52-3c0f-4f6e-9a55-0d8f2f4b9c11"),
        made_at: Instant(at.parse().unwrap()),
        sender: of("09zzz999"),
        certifier: of("09ZZZ999"),
        contract: of("MCFCER999999"),
        says_action: true,
    }
}

fn open() -> Batch {
    Batch::open(envelope("2026-11-22T09:15:00")).unwrap()
}

#[test]
fn names_are_tidied_and_what_no_file_can_carry_is_refused() {
    assert_eq!(of::<CivilName>(" De  La\u{a0}Tour\t").as_str(), "De La Tour");
    assert_eq!(of::<CivilName>("O'Neil <&> \"]]>\"").as_str(), "O'Neil <&> \"]]>\"");
    assert_eq!(of::<CivilName>(&"é".repeat(60)).as_str().chars().count(), 60);
    assert_eq!(refused::<CivilName>(&"é".repeat(61)), ValueError::TooLong { most: 60 });
    assert_eq!(refused::<PlaceName>(&"é".repeat(41)), ValueError::TooLong { most: 40 });
    assert_eq!(refused::<CivilName>(" \u{2003}\n"), ValueError::Empty);
    for unseen in ['\0', '\u{1}', '\u{1b}', '\u{7f}', '\u{200b}', '\u{202e}', '\u{fffe}', '\u{ffff}'] {
        assert_eq!(refused::<CivilName>(&format!("a{unseen}b")), ValueError::Unseen, "{unseen:?}");
    }
}

#[test]
fn numbers_are_what_the_state_gives_or_takes() {
    assert_eq!(of::<ClientId>(" 09zzz999 ").as_str(), "09ZZZ999");
    for wrong in ["09ZZZ99", "09ZZZ9999", "09ZZZ 99", "09ZZZ99é"] {
        assert_eq!(refused::<ClientId>(wrong), ValueError::ClientId);
    }
    assert_eq!(of::<ContractId>("MCFCER999999").as_str(), "MCFCER999999");
    for wrong in ["", "MCF CER", &"9".repeat(21)] {
        assert_eq!(refused::<ContractId>(wrong), ValueError::ContractId);
    }
    assert_eq!(refused::<TechnicalId>("a b"), ValueError::TechnicalId);
    assert_eq!(refused::<TechnicalId>(&"a".repeat(256)), ValueError::TechnicalId);
    assert_eq!(refused::<FlowId>(&"a".repeat(51)), ValueError::FlowId);
    let drawn = uuid::Uuid::from_u128(1);
    assert_eq!(of::<TechnicalId>(TechnicalId::from(drawn).as_str()), TechnicalId::from(drawn));
    assert_eq!(of::<FlowId>(FlowId::from(drawn).as_str()), FlowId::from(drawn));
    assert_eq!(of::<ProofLink>("https://parcours.example/c/1").as_str(), "https://parcours.example/c/1");
    for wrong in ["http://parcours.example", "https://", "https://parcours.example/a b", "javascript:1"] {
        assert_eq!(refused::<ProofLink>(wrong), ValueError::Link);
    }
}

#[test]
fn a_birthplace_is_a_commune_of_any_time_or_a_country() {
    for code in ["59178", "2a004", "75115", "97411", "91352"] {
        assert_eq!(code.parse::<CommuneCode>().unwrap().as_str(), code.to_uppercase());
    }
    for wrong in ["99109", "5917", "591780", "2C004", "", "é9178"] {
        assert_eq!(wrong.parse::<CommuneCode>(), Err(NotACommune), "{wrong}");
    }
    assert_eq!(of::<CountryCode>("99109").number(), "109");
    for wrong in ["99100", "109", "59178", "9910A"] {
        assert_eq!(refused::<CountryCode>(wrong), ValueError::Country, "{wrong}");
    }
    let named = |code: &str| match Birthplace::in_commune(code.parse().unwrap()) {
        Birthplace::France { name, .. } => name.map(|name| name.as_str().to_owned()),
        _ => None,
    };
    assert_eq!(named("59178").as_deref(), Some("DOUAI"));
    assert_eq!(named("75115").as_deref(), Some("PARIS 15E ARRONDISSEMENT"));
    assert_eq!(named("59999"), None);
    // longer than the State takes: the code alone tells the place
    assert_eq!(named("51513"), None);
}

#[test]
fn a_date_of_birth_is_known_as_far_as_it_is() {
    let parts = |typed: &str| {
        let born: BirthDate = of(typed);
        (born.year(), born.month(), born.day())
    };
    for typed in ["07/04/1988", "7.4.1988", "1988-04-07", " 07-04-1988 "] {
        assert_eq!(parts(typed), (1988, Some(4), Some(7)), "{typed}");
    }
    for typed in ["04/1988", "1988-04", "00/04/1988", "1988-04-00"] {
        assert_eq!(parts(typed), (1988, Some(4), None), "{typed}");
    }
    for typed in ["1988", "00/00/1988", "1988-00-00"] {
        assert_eq!(parts(typed), (1988, None, None), "{typed}");
    }
    for wrong in ["", "88", "07/00/1988", "31/04/1988", "29/02/1987", "1988-13", "07/04/88", "0", "1/2/3/4"] {
        assert_eq!(refused::<BirthDate>(wrong), ValueError::BirthDate, "{wrong}");
    }
    assert_eq!(parts("29/02/1988"), (1988, Some(2), Some(29)));
}

#[test]
fn what_is_missing_is_one_list() {
    use Lack::*;
    let nothing = Draft::new(of("a"));
    let all = vec![Contract, Certification, IssueDate, BirthName, FirstName, BirthYear, Lack::Sex];
    assert_eq!(nothing.passage().unwrap_err(), all);
    assert_eq!(draft("a").lacks(), []);
    assert_eq!(draft("a").passage().unwrap().holder.first_name.as_str(), "Élodie");

    let mut torn = draft("a");
    torn.born = Some(of("2026-10-21"));
    torn.details.valid_until = Some(of("2026-10-19"));
    torn.details.exam.starts_on = Some(of("2026-10-13"));
    torn.details.exam.ends_on = Some(of("2026-10-12"));
    assert_eq!(torn.lacks(), [BornAfterIssue, ValidityEndsBeforeIssue, ExamEndsBeforeStart]);
    // the same year may be before or after: it is no contradiction
    torn.born = Some(of("2026"));
    assert_eq!(torn.lacks(), [ValidityEndsBeforeIssue, ExamEndsBeforeStart]);
}

#[test]
fn three_months_are_counted_down_from_thirty_days() {
    let issued: Day = of("2026-11-30");
    let says = |day: &str| alert(DeclarationState::Ready, deadline(issued), of(day));
    assert_eq!(deadline(issued), of("2027-02-28"));
    assert_eq!(says("2027-01-28"), None);
    assert_eq!(says("2027-01-29"), Some(Alert::Soon { days_left: 30 }));
    assert_eq!(says("2027-02-28"), Some(Alert::Soon { days_left: 0 }));
    assert_eq!(says("2027-03-01"), Some(Alert::Overdue { days_late: 1 }));
    for state in DeclarationState::ALL.iter().copied() {
        let late = alert(state, deadline(issued), of("2027-03-02"));
        assert_eq!(late.is_none(), state == DeclarationState::Accepted, "{state}");
    }
}

#[test]
fn data_change_until_a_file_has_them() {
    use DeclarationState::*;
    assert_eq!(Incomplete.edited(&[Lack::Sex]), Ok(Incomplete));
    assert_eq!(Incomplete.edited(&[]), Ok(Ready));
    assert_eq!(Ready.edited(&[]), Ok(Ready));
    assert_eq!(Ready.edited(&[Lack::Sex]), Err(Refusal::WouldLack(Lack::Sex)));
    assert_eq!(Rejected.edited(&[]), Ok(Ready));
    assert_eq!(Rejected.edited(&[Lack::BirthName]), Err(Refusal::WouldLack(Lack::BirthName)));
    for held in [Batched, Exported, Deposited] {
        assert_eq!(held.edited(&[]), Err(Refusal::InAFile));
    }
    assert_eq!(Accepted.edited(&[]), Err(Refusal::OnThePortalOnly));
}

#[test]
fn a_file_has_one_contract_and_each_certification_and_passage_once() {
    let mut batch = open();
    assert_eq!(batch.close(), Err(Refusal::Empty));
    let passage =
        |id: &str, code: &str| Draft { certification: Some(of(code)), ..draft(id) }.passage().unwrap();
    assert_eq!(batch.admit(&passage("a", "RNCP99999")), Ok(Placed::First));
    assert_eq!(batch.admit(&passage("b", "RNCP99999")), Ok(Placed::Next));
    assert_eq!(batch.admit(&passage("a", "RNCP99999")), Err(Refusal::Twice(of("a"))));
    assert_eq!(batch.admit(&passage("c", "RS9999")), Ok(Placed::First));
    assert_eq!(batch.admit(&passage("b", "RS9999")), Err(Refusal::Twice(of("b"))));
    assert_eq!(batch.admit(&passage("d", "RNCP99999")), Err(Refusal::Scattered(of("RNCP99999"))));
    let foreign = Draft { contract: Some(of("MCFCER111111")), ..draft("e") }.passage().unwrap();
    assert_eq!(batch.admit(&foreign), Err(Refusal::OtherContract(of("e"))));
    assert_eq!((batch.passages(), batch.close()), (3, Ok(())));
}

#[test]
fn a_file_is_full_at_two_hundred_thousand() {
    let mut batch = open();
    let mut passage = draft("a").passage().unwrap();
    for number in 0..MOST_PASSAGES {
        passage.id = of(&number.to_string());
        batch.admit(&passage).unwrap();
    }
    passage.id = of("one-more");
    assert_eq!(batch.admit(&passage), Err(Refusal::Full));
    assert_eq!(batch.passages(), MOST_PASSAGES);
}

#[test]
fn a_file_is_called_by_sender_time_and_number() {
    let winter = envelope("2026-11-22T09:15:00");
    let name = "CDC_09ZZZ999_20261122T101500_7b1e6a52-3c0f-4f6e-9a55-0d8f2f4b9c11.xml";
    assert_eq!((winter.file_name().as_str(), winter.depositor()), (name, Depositor::Certifier));
    let mandated = Envelope { sender: of("08YYY888"), ..envelope("2026-07-22T08:15:00") };
    let name = "CDC_08YYY888_20260722T101500_7b1e6a52-3c0f-4f6e-9a55-0d8f2f4b9c11.xml";
    assert_eq!((mandated.file_name().as_str(), mandated.depositor()), (name, Depositor::ThirdParty));
    for (at, taken) in [
        ("1899-12-31T12:00:00", false),
        ("2099-12-31T22:59:59", true),
        // midnight has passed in Paris
        ("2099-12-31T23:00:00", false),
    ] {
        assert_eq!(Batch::open(envelope(at)).is_ok(), taken, "{at}");
    }
}

fn sent() -> BTreeSet<TechnicalId> {
    ["a", "b", "c", "d"].into_iter().map(of).collect()
}

fn report(accepted: &[&str], rejected: &[(&str, &[&str])]) -> Report {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let rejected =
        rejected.iter().map(|(id, said)| RejectedPassage { id: (*id).into(), messages: texts(said) });
    Report { flow: "f".into(), accepted: texts(accepted), rejected: rejected.collect(), ..Report::default() }
}

#[test]
fn a_report_settles_the_passages_of_its_own_file() {
    let nobody = "Aucun titulaire ne correspond aux critères obligatoires";
    let several = "PLUSIEURS TITULAIRES ONT ETE IDENTIFIES";
    let known = "Le passage existe déjà en base.";
    let report = report(&["a"], &[("d", &[known]), ("b", &[nobody, several, "Autre chose"])]);
    let answers = report.answers(&of("f"), &sent()).unwrap();
    let reason = |kind, text: &str| Reason { kind, text: text.into() };
    let reasons = vec![
        reason(ReasonKind::Identity, nobody),
        reason(ReasonKind::Ambiguous, several),
        reason(ReasonKind::Other, "Autre chose"),
    ];
    assert_eq!(
        answers.answered,
        [(of("a"), Answer::Accepted), (of("b"), Answer::Rejected(reasons)), (of("d"), Answer::KnownAlready)]
    );
    assert_eq!(answers.unanswered, [of("c")]);
    let steps: Vec<_> = answers.answered.iter().map(|(_, answer)| answer.step()).collect();
    assert_eq!(steps, [DeclarationStep::Accept, DeclarationStep::Reject, DeclarationStep::Accept]);
}

#[test]
fn a_passage_that_is_known_and_wrong_besides_is_rejected() {
    for said in [&["existe déjà en base", "autre"][..], &[]] {
        let report = report(&[], &[("a", said)]);
        let answers = report.answers(&of("f"), &sent()).unwrap();
        assert_eq!(answers.answered[0].1.step(), DeclarationStep::Reject, "{said:?}");
    }
}

#[test]
fn a_report_of_another_file_or_of_unknown_passages_is_refused_whole() {
    let other = report(&["a"], &[]).answers(&of("g"), &sent());
    assert_eq!(other, Err(Refusal::OtherFile { flow: "f".into() }));
    // the file comes first, whatever the passages are
    let both = report(&["nobody"], &[]).answers(&of("g"), &sent());
    assert_eq!(both, Err(Refusal::OtherFile { flow: "f".into() }));
    let unknown = report(&["a"], &[("é", &["x"])]).answers(&of("f"), &sent());
    assert_eq!(unknown, Err(Refusal::UnknownPassage { id: "é".into() }));
    for twice in [report(&["a", "a"], &[]), report(&["a"], &[("a", &["x"])])] {
        assert_eq!(twice.answers(&of("f"), &sent()), Err(Refusal::AnsweredTwice(of("a"))));
    }
    let empty = report(&[], &[]).answers(&of("f"), &sent()).unwrap();
    assert_eq!((empty.answered.len(), empty.unanswered.len()), (0, 4));
}

fn step() -> impl Strategy<Value = DeclarationStep> {
    proptest::sample::select(DeclarationStep::ALL)
}

proptest! {
    #[test]
    fn a_life_never_leaves_its_table(steps in proptest::collection::vec(step(), 0..60)) {
        use DeclarationState::*;
        // every way there is, written a second time
        let ways = [
            (Incomplete, Ready), (Ready, Batched), (Batched, Exported), (Exported, Deposited), (Deposited, Accepted),
            (Deposited, Rejected), (Rejected, Ready), (Batched, Ready), (Exported, Ready),
        ];
        let mut state = Incomplete;
        for step in steps {
            match state.step(step) {
                Ok(next) => {
                    prop_assert!(ways.contains(&(state, next)), "{state} became {next}");
                    state = next;
                }
                Err(illegal) => prop_assert_eq!(illegal, Illegal { from: state, step }),
            }
        }
    }

    #[test]
    fn a_line_parses_to_itself(typed in any::<String>()) {
        if let Ok(line) = typed.parse::<CivilName>() {
            prop_assert_eq!(line.as_str().parse::<CivilName>(), Ok(line.clone()));
            prop_assert!((1..=60).contains(&line.as_str().chars().count()));
        }
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused(typed in "[ 0-9a-zA-Zé/.:-]{0,14}") {
        let _ = typed.parse::<BirthDate>().map(|born| assert!(born.earliest().is_some()));
        let _ = typed.parse::<CommuneCode>();
        let _ = typed.parse::<CountryCode>();
        let _ = typed.parse::<ProofLink>();
    }

    #[test]
    fn the_deadline_lies_in_the_third_month_after(days in 0_u64..60_000) {
        use chrono::Datelike;
        let issued = of::<Day>("1990-01-01").plus_days(days);
        let last = deadline(issued);
        let months = |day: Day| day.year() * 12 + i32::try_from(day.0.month()).unwrap();
        prop_assert_eq!(months(last) - months(issued), 3);
        prop_assert!(last.0.day() == issued.0.day() || last.plus_days(1).0.day() == 1);
    }
}
