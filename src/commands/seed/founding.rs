//! What stands before the companies come: the parties of the programme, its training bodies with their courses, and
//! everybody who acts for them.

use super::dice::{Dice, Of};
use super::names::{FAMILY, GIVEN, SCHOOLS};
use super::region::{CODE, slug};
use anyhow::Context as _;
use domain::access::{Action, Actor, Reach, Role};
use domain::calendar::{Day, Instant, Zone};
use domain::courses::{Sheet, Stage};
use domain::ids::{AccountId, CourseVersionId, OrganisationId, ProgrammeId};
use domain::organisations::{Capacity, Profile, Siret};
use domain::programmes::{NewProgramme, Target, TargetKind};
use domain::reference;
use domain::text::Language;
use store::{self, Conn};

/// The password of every account.
pub const PASSWORD: &str = "parcours pour tous 2026";
/// The digits with which the made-up parties begin.
const SIRENS: u32 = 98_000_000;
/// Sessions that one training body holds, one that one trainer gives.
const SESSIONS_EACH: i64 = 500;
const SESSIONS_TAUGHT: i64 = 60;
const MOST_BODIES: i64 = 60;

/// What is taught: title, station, half-days, aims.
#[rustfmt::skip]
const COURSES: &[(&str, Stage, u32, &str)] = &[
    ("Comprendre l’IA en une demi-journée", Stage::Awareness, 1, "Distinguer ce que l’IA sait faire de ce qu’elle ne sait pas faire."),
    ("L’IA dans la relation client", Stage::Awareness, 1, "Choisir quand répondre avec l’aide d’un assistant, vérifier ses réponses."),
    ("Écrire avec un assistant", Stage::Awareness, 1, "Rédiger une consigne, relire, citer ses sources, garder la main."),
    ("L’IA et les données personnelles", Stage::Awareness, 1, "Savoir ce qui ne se confie pas à un assistant, et à qui le demander."),
    ("Données et atelier de production", Stage::Practice, 2, "Recueillir des données d’atelier exploitables et cadrer un premier projet."),
    ("L’IA pour les achats", Stage::Practice, 2, "Comparer des offres, prévoir un besoin, garder la décision."),
    ("Mener un premier projet d’IA", Stage::Practice, 4, "Écrire le besoin, choisir une méthode, essayer et mesurer avec son équipe."),
    ("Préparer la certification", Stage::Certification, 4, "Réunir ses preuves, présenter son projet, répondre au jury."),
];

/// A training body with those who act for it.
pub struct Body {
    pub id: OrganisationId,
    pub name: String,
    pub manager: AccountId,
    pub manager_email: String,
    pub trainers: Vec<AccountId>,
    pub courses: Vec<Course>,
}

#[derive(Debug, Clone)]
pub struct Course {
    pub version: CourseVersionId,
    pub title: &'static str,
    pub half_days: u32,
}

pub struct Programme {
    pub id: ProgrammeId,
    /// The first one is by far the largest.
    pub bodies: Vec<Body>,
    /// The accounts to log in with so far: role and e-mail.
    pub accounts: Vec<(Role, String)>,
    /// The last numbers given so far.
    pub taken: (OrganisationId, AccountId),
}

/// Founds the programme, in the transaction of the caller.
pub fn found(
    conn: &mut Conn,
    rng: u64,
    now: Instant,
    sessions: i64,
    hash: &str,
) -> anyhow::Result<Programme> {
    let reach = Actor::HOUSE.may(Action::RunRounds)?;
    let then = now.plus_days(-1500);
    let since = then.day(Zone::OFFICE);
    let mut notary = Notary {
        conn,
        reach,
        dice: Dice::new(rng, Of::Bodies, 0),
        then,
        since,
        until: now.day(Zone::OFFICE).plus_days(365),
        hash: hash.to_owned(),
        organisations: 0,
        last: (OrganisationId(0), AccountId(0)),
    };
    let operator = notary.party("Mission régionale des compétences", &[Capacity::Operator], "59350")?;
    let id = store::programmes::add(
        notary.conn,
        &NewProgramme {
            short_name: "RÉGION".parse()?,
            name: "Une région qui se forme".parse()?,
            region: CODE.to_owned(),
            operator,
            starts_on: since,
            ends_on: None,
        },
    )?;
    let target = Target { kind: TargetKind::PeopleAware, people: 230_000, by_year: Some(2030) };
    store::programmes::add_target(notary.conn, id, &target)?;
    let funder = notary.party("Fonds régional de la formation", &[Capacity::Funder], "80021")?;
    let certifier =
        notary.party("Institut des Deux Canaux", &[Capacity::Certifier, Capacity::TrainingBody], "59178")?;
    for one in [operator, funder, certifier] {
        store::organisations::join(notary.conn, id, one)?;
    }
    let mut accounts = Vec::new();
    for (role, of) in [
        (Role::Administrator, None),
        (Role::Operator, Some(operator)),
        (Role::Funder, Some(funder)),
        (Role::Auditor, Some(operator)),
        (Role::Certifier, Some(certifier)),
        (Role::Juror, Some(certifier)),
    ] {
        let email = format!("{}@parcours.example", role.as_str());
        notary.account(&email, role, of)?;
        accounts.push((role, email));
    }
    let many = (sessions / SESSIONS_EACH).clamp(3, MOST_BODIES);
    let mut bodies = Vec::new();
    for number in 0..many {
        bodies.push(notary.body(id, number, (sessions / many / SESSIONS_TAUGHT).clamp(2, 40))?);
    }
    accounts.push((Role::TrainingManager, "training_manager@parcours.example".to_owned()));
    accounts.push((Role::Trainer, "trainer@parcours.example".to_owned()));
    Ok(Programme { id, bodies, accounts, taken: notary.last })
}

/// Writes down who is who.
struct Notary<'a> {
    conn: &'a mut Conn,
    reach: Reach,
    dice: Dice,
    then: Instant,
    since: Day,
    /// An auditor's mandate ends.
    until: Day,
    hash: String,
    organisations: u32,
    last: (OrganisationId, AccountId),
}

impl Notary<'_> {
    fn party(
        &mut self,
        name: &str,
        capacities: &[Capacity],
        commune: &str,
    ) -> anyhow::Result<OrganisationId> {
        self.organisations += 1;
        let number = self.organisations;
        let teaches = capacities.contains(&Capacity::TrainingBody);
        let profile = Profile {
            name: name.parse()?,
            capacities: capacities.to_vec(),
            siret: Siret::made_up(SIRENS + number),
            activity: None,
            commune: Some(commune.parse()?),
            headcount: None,
            idcc: None,
            opco: None,
            nda: teaches.then(|| format!("3259{number:05}59").parse()).transpose()?,
        };
        profile.check()?;
        self.last.0 = store::organisations::add(self.conn, &profile, false, self.then)?;
        Ok(self.last.0)
    }

    fn account(&mut self, email: &str, role: Role, of: Option<OrganisationId>) -> anyhow::Result<AccountId> {
        let name = format!("{} {}", self.dice.pick(&GIVEN), self.dice.pick(&FAMILY)).parse()?;
        let id = store::accounts::add(self.conn, &email.parse()?, &name, None, Language::Fr, self.then)?;
        store::accounts::set_password(self.conn, id, &self.hash)?;
        let until = (role == Role::Auditor).then_some(self.until);
        store::accounts::add_membership(self.conn, id, of, role, self.since, until)?;
        self.last.1 = id;
        Ok(id)
    }

    fn body(&mut self, programme: ProgrammeId, number: i64, trainers: i64) -> anyhow::Result<Body> {
        let towns: Vec<_> = reference::communes_matching("59", 40);
        let town = towns.get(self.dice.place(towns.len())).context("the region has towns")?;
        let name = format!("{} {} {}", self.dice.pick(SCHOOLS), town.name, number + 1);
        let id = self.party(&name, &[Capacity::TrainingBody], town.code)?;
        store::organisations::join(self.conn, programme, id)?;
        let address = |who: &str| match number {
            0 => format!("{who}@parcours.example"),
            _ => format!("{}@{}.example", slug(who), slug(&name)),
        };
        let manager_email = address("training_manager");
        let manager = self.account(&manager_email, Role::TrainingManager, Some(id))?;
        let mut body = Body {
            id,
            name: name.clone(),
            manager,
            manager_email,
            trainers: Vec::new(),
            courses: Vec::new(),
        };
        // The largest body has more of them.
        for turn in 0..if number == 0 { trainers * 2 } else { trainers } {
            let who = if turn == 0 { "trainer".to_owned() } else { format!("trainer-{}", turn + 1) };
            body.trainers.push(self.account(&address(&who), Role::Trainer, Some(id))?);
        }
        for (title, stage, half_days, aims) in COURSES {
            let sheet = Sheet {
                title: title.parse()?,
                aims: (*aims).to_owned(),
                prerequisites: "Aucun prérequis.".to_owned(),
                audience: "Tous les métiers, du bac au bac+5.".to_owned(),
                minutes: half_days * 210,
            };
            sheet.check()?;
            let course = store::courses::insert(self.conn, id, programme, *stage, &sheet, self.then)?;
            let version = store::courses::get(self.conn, &self.reach, course)?.version;
            body.courses.push(Course { version, title, half_days: *half_days });
        }
        Ok(body)
    }
}
