//! The certification at the end of the path, a made-up record, and five people on their way to it.

use super::{Staff, Stage, cast, juries, track};
use actions::candidacies::{self, Answered, Application};
use actions::{self, House, identities};
use anyhow::Context as _;
use domain::access::Actor;
use domain::certifications::{
    AccessRoute, Acquisition, Assessment, AssessmentKind, Block, JuryRules, Record, Requirement,
};
use domain::courses::Stage as Station;
use domain::declarations::{Birthplace, Holder, OtherNames, Sex};
use domain::identities::Told;
use domain::ids::{CandidacyId, CertificationId, PieceId, ProgrammeId};

const CODE: &str = "RNCP99999";

/// Title of a block, and its assessments: title, kind, points, points to pass.
type Shape = (&'static str, Acquisition, &'static [(&'static str, AssessmentKind, u32, u32)]);

const BLOCKS: &[Shape] = &[
    (
        "Cadrer un projet d’intelligence artificielle à partir d’un besoin métier",
        Acquisition::Each,
        &[("Étude de cas sur un besoin réel", AssessmentKind::CaseStudy, 20, 10)],
    ),
    (
        "Préparer les données et choisir une méthode",
        Acquisition::Each,
        &[
            ("Mise en situation sur un jeu de données", AssessmentKind::Practical, 20, 10),
            ("Questions écrites", AssessmentKind::Written, 20, 8),
        ],
    ),
    (
        "Piloter la réalisation et mesurer le résultat",
        Acquisition::Together,
        &[
            ("Projet mené en entreprise", AssessmentKind::Project, 60, 30),
            ("Soutenance devant le jury", AssessmentKind::Oral, 40, 20),
        ],
    ),
    (
        "Accompagner les équipes et faire respecter le cadre",
        Acquisition::Each,
        &[("Entretien sur un cas de terrain", AssessmentKind::Oral, 20, 10)],
    ),
];

const CV: &str = "Curriculum vitæ";
const PROJECT: &str = "Présentation du projet mené en entreprise";

/// Writes the record, plays the candidacies, and then the juries.
pub fn play(stage: &Stage, programme: ProgrammeId, staff: &[Staff]) -> anyhow::Result<()> {
    let certifier = stage.acting(cast::CERTIFIER.email)?;
    let then = stage.days_ago(200);
    let certification =
        actions::certifications::add(&then, &certifier, programme, &CODE.parse()?, &record()?)?;
    let company = staff.first().context("the cast is empty")?;
    let [first, second, third, fourth] = cast::CANDIDATES;
    for (number, who) in [&first, &second, &third, &fourth] {
        let person = *company.people.get(*number).context("no such employee")?;
        stage.account(&then, who.email, who.name, Some(person))?;
    }
    let applying = Applying { stage, certification, certifier };
    let anouk = applying.admitted(&first, 40)?;
    let follower = *company.people.get(first.0).context("no such employee")?;
    track::play(stage, programme, (&applying.certifier, certification), &[follower])?;
    applying.handed_in(cast::TRAINEE.email)?;
    applying.begun(second.1.email)?;
    let (malo, lou) = (applying.admitted(&third, 120)?, applying.admitted(&fourth, 118)?);
    let sitting = juries::Sitting { stage, certification, certifier };
    sitting.decided(malo, lou)?;
    sitting.to_come(&[anouk, malo])
}

fn record() -> anyhow::Result<Record> {
    let mut blocks = Vec::new();
    for (number, (title, acquisition, assessments)) in (1..).zip(BLOCKS) {
        let assessments = assessments.iter().map(|(title, kind, most_points, pass_points)| {
            let (kind, most_points, pass_points) = (*kind, *most_points, *pass_points);
            Ok(Assessment { title: title.parse()?, kind, most_points, pass_points })
        });
        blocks.push(Block {
            code: format!("{CODE}BC{number:02}").parse()?,
            title: title.parse()?,
            acquisition: *acquisition,
            assessments: assessments.collect::<anyhow::Result<_>>()?,
        });
    }
    Ok(Record {
        title: "Chef de projet IA".parse()?,
        level: Some("7".parse()?),
        decided_on: Some("2025-11-20".parse()?),
        effective_on: "2025-12-01".parse()?,
        registered_until: "2028-11-30".parse()?,
        last_issue_on: Some("2030-11-30".parse()?),
        validity_months: Some(60),
        is_partial: true,
        routes: vec![AccessRoute::Continuing, AccessRoute::Vae, AccessRoute::IndividualCandidate],
        blocks,
        requirements: vec![
            Requirement::Attended(Station::Awareness),
            Requirement::Level("5".parse()?),
            Requirement::Piece(CV.parse()?),
            Requirement::Piece(PROJECT.parse()?),
        ],
        jury: JuryRules { members: 3, outside_percent: 50, quorum: 3, outside_chair: true },
    })
}

/// Candidacies of one certification.
struct Applying<'a> {
    stage: &'a Stage,
    certification: CertificationId,
    certifier: Actor,
}

impl Applying<'_> {
    /// Applied so many days ago, read, found eligible and let in; who they are by birth is told.
    fn admitted(&self, (_, who): &(usize, cast::Account), days: i64) -> anyhow::Result<CandidacyId> {
        let (given, family) = who.name.split_once(' ').context("two names")?;
        let candidate = self.stage.acting(who.email)?;
        let then = self.stage.days_ago(days);
        let id = candidacies::begin(&then, &candidate, self.certification, &told("6"))?;
        let pieces = [send(&then, &candidate, id, CV)?, send(&then, &candidate, id, PROJECT)?];
        identities::tell(&then, &candidate, id, &born(given, family)?)?;
        candidacies::submit(&then, &candidate, id)?;
        let then = self.stage.days_ago(days - 7);
        for piece in pieces {
            candidacies::accept_piece(&then, &self.certifier, id, piece)?;
        }
        candidacies::decide(&then, &self.certifier, id, Answered::Eligible)?;
        candidacies::admit(&self.stage.days_ago(days - 10), &self.certifier, id)?;
        Ok(id)
    }

    /// One piece is read, the other waits.
    fn handed_in(&self, email: &str) -> anyhow::Result<()> {
        let candidate = self.stage.acting(email)?;
        let then = self.stage.days_ago(6);
        let wish = "Un texte en grands caractères pour les épreuves écrites.";
        let application = Application { accommodation: Some(wish.to_owned()), ..told("6") };
        let id = candidacies::begin(&then, &candidate, self.certification, &application)?;
        let read = send(&then, &candidate, id, CV)?;
        send(&then, &candidate, id, PROJECT)?;
        candidacies::submit(&then, &candidate, id)?;
        Ok(candidacies::accept_piece(&self.stage.days_ago(2), &self.certifier, id, read)?)
    }

    /// Being prepared: the pieces are missing.
    fn begun(&self, email: &str) -> anyhow::Result<()> {
        let candidate = self.stage.acting(email)?;
        candidacies::begin(&self.stage.days_ago(1), &candidate, self.certification, &told("5"))?;
        Ok(())
    }
}

/// The civil status of the one who was let in.
fn born(given: &str, family: &str) -> anyhow::Result<Told> {
    let other_names = OtherNames { usual: None, second: "Camille".parse().ok(), third: None };
    let holder = Holder {
        birth_name: family.parse()?,
        first_name: given.parse()?,
        other_names,
        born: "14/05/1986".parse()?,
        sex: Sex::Female,
        birthplace: Birthplace::in_commune("59178".parse()?),
    };
    Ok(Told { holder, is_attested: true })
}

fn told(level: &str) -> Application {
    Application {
        route: AccessRoute::Continuing,
        level: level.parse().ok(),
        motivation: "Mener chez nous le projet de contrôle visuel des pièces, du cahier des charges à la mise en service.".to_owned(),
        accommodation: None,
    }
}

fn send(house: &House, candidate: &Actor, id: CandidacyId, name: &str) -> anyhow::Result<PieceId> {
    let file = format!("{}.pdf", cast::ascii(name));
    Ok(candidacies::send_piece(house, candidate, id, name, (&file, &page(name)))?)
}

/// A PDF of one page with one line of text on it.
fn page(line: &str) -> Vec<u8> {
    let text = format!("BT /F1 18 Tf 60 760 Td ({}) Tj ET", cast::ascii(line));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(format!("{:010} 00000 n \n", pdf.len()));
        pdf = [pdf, format!("{number} 0 obj\n{object}\nendobj\n")].concat();
    }
    let table = pdf.len();
    let trailer = format!("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    [pdf, "xref\n0 6\n0000000000 65535 f \n".to_owned(), places.concat(), trailer].concat().into_bytes()
}
