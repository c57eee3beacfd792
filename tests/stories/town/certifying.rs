//! A certifier with a certification, and somebody on their way to it.

use super::{Person, Planned, Town};
use crate::harness::Database;
use domain::access::{Actor, Role, Subject};
use domain::certifications::{
    AccessRoute, Acquisition, Assessment, AssessmentKind, Block, JuryRules, Record, Requirement,
};
use domain::courses::Stage;
use domain::enrolments::EnrolmentState;
use domain::ids::{CertificationId, EnrolmentId, OrganisationId, PersonId, ProgrammeId, SessionId};
use domain::organisations::Capacity;
use store::{self, journal};

pub const CERTIFIER: &str = "ines@institut.example";
pub const CANDIDATE: &str = "lou@verrerie.example";

/// The world of a certification: who holds it, who runs the awareness session, whose employee wants it.
pub struct Institute {
    pub town: Town,
    pub programme: ProgrammeId,
    pub certifier: OrganisationId,
    pub body: OrganisationId,
    pub company: OrganisationId,
}

impl Institute {
    pub fn open(database: &Database) -> Self {
        let town = Town::new(database);
        let body = town.organisation("Atelier du Nord", &[Capacity::TrainingBody, Capacity::Operator]);
        let certifier = town.organisation("Institut des Deux Canaux", &[Capacity::Certifier]);
        let company = town.organisation("Verrerie des Trois Canaux", &[Capacity::Company]);
        let programme = town.programme(body, &[body, certifier, company]);
        town.member(CERTIFIER, Role::Certifier, Some(certifier));
        Self { town, programme, certifier, body, company }
    }

    pub fn manager(&self) -> Person {
        self.town.log_in(CERTIFIER)
    }

    /// A record with two blocks; to enter, an awareness session, level 5 and a curriculum vitæ.
    pub fn certification(&self) -> CertificationId {
        self.town.certification(self.certifier, self.programme, "RNCP99999")
    }

    /// An employee who attended an awareness session, with an account.
    pub fn candidate(&self) -> PersonId {
        let person = self.town.employee(self.company, "Lou", "Delmotte", Some(CANDIDATE));
        self.town.account(CANDIDATE, Some(person));
        self.attends(self.company, person);
        person
    }

    /// An employee of a company of their own who applied and was admitted; answers who they are and the address of
    /// their candidacy.
    pub fn admitted(&self, given: &str, certification: CertificationId) -> (PersonId, String) {
        let (town, ines) = (&self.town, self.manager());
        let company = town.organisation(&format!("Atelier de {given}"), &[Capacity::Company]);
        let email = format!("{}@candidat.example", given.to_lowercase());
        let person = town.employee(company, given, "Delmotte", Some(&email));
        town.account(&email, Some(person));
        self.attends(company, person);
        let candidate = town.log_in(&email);
        let form = [("voie", "continuing"), ("niveau", "6")];
        let candidacy =
            candidate.post(&format!("/certifications/{certification}/candidature"), &form).leads_to();
        let piece = [("piece", "Curriculum vitæ")];
        let pdf = b"%PDF-1.4\n%%EOF\n";
        assert_eq!(
            candidate.upload(&format!("{candidacy}/pieces"), &piece, "fichier", "cv.pdf", pdf).status,
            303
        );
        candidate.does(&format!("{candidacy}/depot"), &[]);
        let piece = ines.get(&candidacy).address_of(&format!("{candidacy}/pieces/"));
        ines.does(&piece, &[("reponse", "acceptee")]);
        ines.does(&format!("{candidacy}/eligibilite"), &[("reponse", "eligible")]);
        ines.does(&format!("{candidacy}/admission"), &[]).sees("Admise en formation");
        (person, candidacy)
    }

    /// Somebody attends an awareness session of its own.
    pub fn attends(&self, company: OrganisationId, person: PersonId) {
        let town = &self.town;
        let session = town.session(self.body, self.programme, &Planned::default(), &[]);
        let employer = format!("rh{person}@verrerie.example");
        town.member(&employer, Role::Employer, Some(company));
        town.enrol(&town.actor(&employer), session, &[person]);
        attended(town, session, town.enrolment(session, person));
    }
}

/// As the closing of a session writes it.
fn attended(town: &Town, session: SessionId, id: EnrolmentId) {
    let now = town.now();
    let write = |conn: &mut store::Conn| {
        let rows = store::enrolments::of_session(conn, session, &[EnrolmentState::Confirmed])?;
        let seen = rows.iter().find(|row| row.id == id).expect("a place");
        store::enrolments::shift(conn, seen, EnrolmentState::Attended, None, now)?;
        let line = journal::Line {
            kind: journal::kinds::ENROLMENT,
            reference: &format!("enrolment:{id}"),
            from: Some("confirmed"),
            to: Some("attended"),
            ..journal::Line::default()
        };
        journal::write(conn, &Actor::HOUSE, Subject::Session(session), now, &[line])
    };
    town.store().write(write).unwrap();
}

impl Town {
    /// A certification of a certifier.
    pub fn certification(
        &self,
        certifier: OrganisationId,
        programme: ProgrammeId,
        code: &str,
    ) -> CertificationId {
        let (now, code) = (self.now(), code.parse().unwrap());
        let block = |number: u8, title: &str| Block {
            code: format!("{code}BC{number:02}").parse().unwrap(),
            title: title.parse().unwrap(),
            acquisition: Acquisition::Each,
            assessments: vec![Assessment {
                title: "Étude de cas".parse().unwrap(),
                kind: AssessmentKind::CaseStudy,
                most_points: 20,
                pass_points: 10,
            }],
        };
        let today = self.today();
        let record = Record {
            title: "Chef de projet IA".parse().unwrap(),
            level: "7".parse().ok(),
            decided_on: None,
            effective_on: today.minus_days(100),
            registered_until: today.plus_days(1000),
            last_issue_on: None,
            validity_months: None,
            is_partial: true,
            routes: vec![AccessRoute::Continuing, AccessRoute::Vae],
            blocks: vec![block(1, "Cadrer un projet d’IA"), block(2, "Piloter un projet d’IA")],
            requirements: vec![
                Requirement::Attended(Stage::Awareness),
                Requirement::Level("5".parse().unwrap()),
                Requirement::Piece("Curriculum vitæ".parse().unwrap()),
            ],
            jury: JuryRules { members: 3, outside_percent: 50, quorum: 3, outside_chair: false },
        };
        record.check(&code).unwrap();
        self.store()
            .write(|conn| store::certifications::insert(conn, certifier, programme, &code, &record, now))
            .unwrap()
    }
}
