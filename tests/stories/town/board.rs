//! A jury of the institute, from its planning to its end.

use super::{Institute, Page, Person};
use crate::harness::Database;
use diesel::RunQueryDsl as _;
use domain::access::Role;
use domain::ids::{AccountId, CertificationId};
use store::{self, Conn};

/// A certifier with three jurors, two of them from outside.
pub struct Board {
    pub institute: Institute,
    pub certification: CertificationId,
    pub ines: Person,
    pub chair: AccountId,
    pub second: AccountId,
    pub own: AccountId,
}

pub const CHAIR: &str = "maelle@dehors.example";
pub const SECOND: &str = "hugo@dehors.example";
pub const OWN: &str = "paul@institut.example";

impl Board {
    pub fn open(database: &Database) -> Self {
        let institute = Institute::open(database);
        let certification = institute.certification();
        let juror = |email: &str| institute.town.member(email, Role::Juror, Some(institute.certifier));
        let (chair, second, own) = (juror(CHAIR), juror(SECOND), juror(OWN));
        institute.town.also(OWN, Role::Certifier, institute.certifier);
        let ines = institute.manager();
        Self { institute, certification, ines, chair, second, own }
    }

    /// A jury that sits today, with nobody in it.
    pub fn planned(&self) -> String {
        let day = self.institute.town.today().iso();
        let form = [
            ("jour", day.as_str()),
            ("heure", "09:00"),
            ("deroulement", "on_site"),
            ("lieu", "Salle du conseil"),
        ];
        let page = self.ines.post(&format!("/certifications/{}/jury", self.certification), &form);
        assert_eq!(page.status, 303, "{}", page.text());
        page.leads_to()
    }

    pub fn seats(&self, jury: &str, account: AccountId, capacity: &str) -> Page {
        let account = account.to_string();
        self.ines.post(&format!("{jury}/membres"), &[("membre", &account), ("qualite", capacity)])
    }

    /// The three of them, the first presiding.
    pub fn seated(&self, jury: &str) {
        for (account, capacity) in
            [(self.chair, "professional"), (self.second, "professional"), (self.own, "certifier")]
        {
            assert_eq!(self.seats(jury, account, capacity).status, 303);
        }
        let juror = self.juror(jury, self.chair);
        self.ines.does(&format!("{jury}/membres/{juror}/presidence"), &[]).sees("Président");
    }

    pub fn juror(&self, jury: &str, account: AccountId) -> i64 {
        let jury: i64 = jury.rsplit('/').next().unwrap().parse().unwrap();
        self.number(&format!(
            "SELECT id AS number FROM jurors WHERE jury_id = {jury} AND account_id = {account}"
        ))
    }

    pub fn number(&self, question: &str) -> i64 {
        let ask = |conn: &mut Conn| {
            Ok::<_, store::Error>(diesel::sql_query(question).get_result::<Number>(conn)?.number)
        };
        self.institute.town.store().read(ask).unwrap()
    }

    pub fn names(&self, jury: &str, candidacy: &str) -> Page {
        let number = candidacy.rsplit('/').next().unwrap();
        self.ines.post(&format!("{jury}/candidats"), &[("candidat", number)])
    }

    /// Whoever logs in as a juror acts as one.
    pub fn member(&self, email: &str) -> Person {
        self.institute.town.log_in(email)
    }

    /// Convened, with every statement made, and open with all three.
    pub fn sitting(&self, candidates: &[&str]) -> String {
        let jury = self.planned();
        self.seated(&jury);
        for candidacy in candidates {
            assert_eq!(self.names(&jury, candidacy).status, 303);
        }
        self.ines.does(&format!("{jury}/convocation"), &[]).sees("Les convocations sont parties.");
        for email in [CHAIR, SECOND, OWN] {
            self.as_juror(email).does(&format!("{jury}/declaration"), &[("lien", "aucun")]);
        }
        self.opened(&jury);
        jury
    }

    pub fn as_juror(&self, email: &str) -> Person {
        let person = self.member(email);
        let part = self.number(&format!(
            "SELECT m.id AS number FROM memberships m JOIN accounts a ON a.id = m.account_id \
             WHERE a.email = '{email}' AND m.role = 'juror'"
        ));
        person.get(&format!("/accueil?comme={part}")).is(200);
        person
    }

    pub fn opened(&self, jury: &str) {
        let present: Vec<String> = [self.chair, self.second, self.own]
            .iter()
            .map(|who| self.juror(jury, *who).to_string())
            .collect();
        let form: Vec<(&str, &str)> = present.iter().map(|id| ("present", id.as_str())).collect();
        self.member(CHAIR).does(&format!("{jury}/ouverture"), &form).sees("En séance");
    }

    pub fn attempt(&self, jury: &str, candidacy: &str) -> String {
        let (jury_id, candidacy) = (jury.rsplit('/').next().unwrap(), candidacy.rsplit('/').next().unwrap());
        let question = format!(
            "SELECT id AS number FROM attempts WHERE jury_id = {jury_id} AND candidacy_id = {candidacy}"
        );
        format!("{jury}/candidats/{}", self.number(&question))
    }

    pub fn assesses(&self, jury: &str, candidacy: &str, points: &[(&str, &str)]) -> Page {
        let form: Vec<(String, String)> = [("presence".to_owned(), "present".to_owned())]
            .into_iter()
            .chain(
                points
                    .iter()
                    .map(|(block, points)| (format!("points-RNCP99999BC{block}-0"), (*points).to_owned())),
            )
            .collect();
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.member(SECOND).post(&format!("{}/grille", self.attempt(jury, candidacy)), &form)
    }

    /// A jury that is over, where each candidate got these points in the first and the second block.
    pub fn decided(&self, candidates: &[(&str, &str, &str)]) -> String {
        let named: Vec<&str> = candidates.iter().map(|(candidacy, ..)| *candidacy).collect();
        let jury = self.sitting(&named);
        for (candidacy, first, second) in candidates {
            assert_eq!(self.assesses(&jury, candidacy, &[("01", first), ("02", second)]).status, 303);
        }
        self.member(CHAIR).does(&format!("{jury}/cloture"), &[]);
        jury
    }

    /// A candidate says who they are by birth.
    pub fn is_born(&self, given: &str, candidacy: &str, name: &str) {
        let form = [
            ("nom", name),
            ("nom_usage", ""),
            ("prenom", given),
            ("prenom2", "Zoé"),
            ("prenom3", ""),
            ("naissance", "07/04/1988"),
            ("sexe", "female"),
            ("lieu", "france"),
            ("commune", "Tourcoing"),
            ("pays", ""),
            ("ville", ""),
            ("attestation", "oui"),
        ];
        let candidate = self.institute.town.log_in(&format!("{}@candidat.example", given.to_lowercase()));
        let told = candidate.post(&format!("{candidacy}/identite/saisie"), &form);
        assert_eq!(told.status, 303, "{}", told.text());
    }

    /// The certifier says how its certificates are signed.
    pub fn signs(&self) {
        let form =
            [("nom", "deux-canaux"), ("signataire", "Irène Vasseur"), ("qualite", "directrice générale")];
        self.ines.does("/certificats/signature", &form).sees("Vos certificats seront signés ainsi");
    }
}

/// One number that a question answers.
#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    number: i64,
}
