//! A certifier declares to the State who holds its certifications: the files are kept under `tests/golden/declarations`
//! and judged by another's program, and what the State answers is read back.

mod cast;

use crate::harness::{Database, stories, xmllint};
use crate::states::is_kept;
use cast::{File, envelope, id, passage};
use domain::declarations::{
    Answer, DeclarationState, Envelope, FlowId, MOST_PASSAGES, Passage, ReasonKind, Refusal, TechnicalId,
    deadline,
};
use exchange::declarations::{Unwritable, Writer, read_report, write};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

stories! {
    sqlite: the_files_are_the_ones_that_were_kept, a_report_moves_the_declarations_of_its_file,
        a_rejected_holder_is_declared_again, two_hundred_thousand_go_in_one_file;
    xmllint: every_file_is_valid_by_our_schema, every_broken_file_is_not;
}

const GOLDEN: &str = "tests/golden/declarations";

fn home(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn written(envelope: &Envelope, passages: &[Passage]) -> String {
    let written = write(Vec::new(), envelope.clone(), passages.iter().cloned()).unwrap();
    String::from_utf8(written.out).unwrap()
}

fn golden(file: &str) -> String {
    std::fs::read_to_string(home(&format!("{GOLDEN}/{file}.xml"))).unwrap()
}

fn the_files_are_the_ones_that_were_kept(_: &Database) {
    for File { name, envelope, passages } in cast::files() {
        is_kept(&format!("{GOLDEN}/{name}.xml"), &written(&envelope, &passages));
    }
}

fn a_report_moves_the_declarations_of_its_file(_: &Database) {
    use ReasonKind::*;
    let sent: BTreeSet<TechnicalId> = (1..=6).map(id).collect();
    let flow = envelope().flow;

    let all = read_report(golden("report_all_accepted").as_bytes()).unwrap();
    assert_eq!(all.file_name, Some(envelope().file_name()));
    let answers = all.answers(&flow, &sent).unwrap();
    assert!(answers.unanswered.is_empty());
    assert!(answers.answered.iter().all(|(_, answer)| *answer == Answer::Accepted));

    let mixed = read_report(golden("report_rejections").as_bytes()).unwrap().answers(&flow, &sent).unwrap();
    let kinds: Vec<Vec<ReasonKind>> = mixed.answered.iter().map(|(_, answer)| reasons(answer)).collect();
    assert_eq!(kinds, [vec![], vec![Identity], vec![Ambiguous], vec![], vec![Other, Identity]]);
    assert_eq!(mixed.answered[3].1, Answer::KnownAlready);
    let Answer::Rejected(reasons) = &mixed.answered[4].1 else { panic!("the fifth was rejected") };
    assert_eq!(
        reasons[0].text,
        "La date de début de validité n'est pas comprise entre l'ouverture & la fin <RNCP99999>"
    );
    assert_eq!(mixed.unanswered, [id(6)]);

    let nothing = read_report(golden("report_empty").as_bytes()).unwrap().answers(&flow, &sent).unwrap();
    assert_eq!((nothing.answered.len(), nothing.unanswered.len()), (0, 6));

    // Those of another file are not touched, though the technical numbers are the same.
    let other: FlowId = "0d1cbb54-77c8-4a1e-8a38-0c1f3f3a2b10".parse().unwrap();
    assert_eq!(mixed_of(&other, &sent), Err(Refusal::OtherFile { flow: flow.to_string() }));
    let fewer: BTreeSet<TechnicalId> = (1..=3).map(id).collect();
    assert_eq!(mixed_of(&flow, &fewer), Err(Refusal::UnknownPassage { id: id(5).to_string() }));
}

fn mixed_of(flow: &FlowId, sent: &BTreeSet<TechnicalId>) -> Result<usize, Refusal> {
    let report = read_report(golden("report_rejections").as_bytes()).unwrap();
    report.answers(flow, sent).map(|answers| answers.answered.len())
}

fn reasons(answer: &Answer) -> Vec<ReasonKind> {
    match answer {
        Answer::Accepted | Answer::KnownAlready => vec![],
        Answer::Rejected(reasons) => reasons.iter().map(|reason| reason.kind).collect(),
    }
}

fn a_rejected_holder_is_declared_again(_: &Database) {
    use domain::declarations::DeclarationStep::*;
    let mut draft = cast::draft(2);
    draft.born = None;
    let state = DeclarationState::Incomplete.edited(&draft.lacks()).unwrap();
    assert_eq!(state, DeclarationState::Incomplete);
    draft.born = "1991".parse().ok();
    let state = state.edited(&draft.lacks()).unwrap();
    let state = [Batch, Export, Deposit].into_iter().fold(state, |state, step| state.step(step).unwrap());

    let report = read_report(golden("report_rejections").as_bytes()).unwrap();
    let answers = report.answers(&envelope().flow, &(1..=6).map(id).collect()).unwrap();
    let (number, answer) = &answers.answered[1];
    assert_eq!(number, &draft.id);
    let state = state.step(answer.step()).unwrap();
    assert_eq!(state, DeclarationState::Rejected);

    draft.born = "12/09/1991".parse().ok();
    let state = state.edited(&draft.lacks()).unwrap();
    let passage = draft.passage().unwrap();
    assert_eq!(
        (state, &passage.id),
        (DeclarationState::Ready, number),
        "it keeps its number in the next file"
    );
    assert_eq!(deadline(passage.issued_on).iso(), "2027-01-20");
}

/// Nothing but the passage under way stands in memory: what was written is taken away after each.
fn two_hundred_thousand_go_in_one_file(_: &Database) {
    let mut writer = Writer::begin(Vec::new(), envelope()).unwrap();
    let (mut bytes, mut largest) = (0, 0);
    let first = String::from_utf8(std::mem::take(writer.out())).unwrap();
    bytes += first.len();
    let most = u32::try_from(MOST_PASSAGES).unwrap();
    let mut one = passage(0);
    for number in 1..=most {
        one.id = id(number);
        writer.passage(&one).unwrap();
        let piece = writer.out();
        (bytes, largest) = (bytes + piece.len(), largest.max(piece.len()));
        piece.clear();
    }
    let full = writer.passage(&passage(most + 1));
    assert!(matches!(full, Err(Unwritable::Refused(Refusal::Full))));
    let written = writer.end().unwrap();
    bytes += written.out.len();
    assert_eq!((written.passages, written.bytes), (MOST_PASSAGES, bytes as u64));
    assert!(largest < 4096, "one passage takes {largest} bytes");
    assert_eq!(first + &String::from_utf8(written.out).unwrap(), around_passages());

    let mut report = format!("<rapport><idFlux>{}</idFlux><PassagesOK>", envelope().flow);
    for number in 1..=most {
        writeln!(report, "<idTechnique>{}</idTechnique>", id(number)).unwrap();
    }
    report.push_str("</PassagesOK></rapport>");
    let sent: BTreeSet<TechnicalId> = (1..=most).map(id).collect();
    let answers = read_report(report.as_bytes()).unwrap().answers(&envelope().flow, &sent).unwrap();
    assert_eq!((answers.answered.len(), answers.unanswered.len()), (MOST_PASSAGES, 0));
}

/// What stands before the first certification and after the last passage.
fn around_passages() -> String {
    let file = golden("minimal");
    let (before, rest) = file.split_once("\n<cpf:certification>").unwrap();
    let (_, after) = rest.split_once("</cpf:passageCertification>").unwrap();
    format!("{before}{after}")
}

fn every_file_is_valid_by_our_schema(database: &Database) {
    for File { name, .. } in cast::files() {
        let file = home(&format!("{GOLDEN}/{name}.xml"));
        assert_eq!(xmllint::faults(&schema(), &file), None, "{name}");
    }
    for number in 0..2 {
        let envelope = Envelope { says_action: number == 0, ..envelope() };
        let file = database.folder.join(format!("{number}.xml"));
        std::fs::write(&file, written(&envelope, &cast::every_value())).unwrap();
        assert_eq!(xmllint::faults(&schema(), &file), None, "every value there is");
    }
}

fn schema() -> PathBuf {
    home("src/exchange/declarations/declarations.xsd")
}

/// A schema that takes everything would prove nothing.
fn every_broken_file_is_not(database: &Database) {
    let whole = golden("full");
    let file = database.folder.join("broken.xml");
    for (what, from, to) in cast::breaks() {
        assert!(whole.contains(from), "« {from} » does not stand in the file");
        std::fs::write(&file, whole.replacen(from, to, 1)).unwrap();
        assert!(xmllint::faults(&schema(), &file).is_some(), "a file with {what} is taken");
    }
    let twice = whole.split_once("<cpf:passageCertification>").and_then(|(before, rest)| {
        let (passage, after) = rest.split_once("</cpf:passageCertifications>")?;
        let passage = format!("<cpf:passageCertification>{passage}");
        Some(format!("{before}{passage}{passage}</cpf:passageCertifications>{after}"))
    });
    std::fs::write(&file, twice.unwrap()).unwrap();
    assert!(xmllint::faults(&schema(), &file).is_some(), "a file with a passage twice is taken");
}
