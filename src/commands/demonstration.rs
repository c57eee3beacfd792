//! The made-up programme that `parcours demo` shows: the figures and the funders of IAHDF are true,
//! everyone else is invented. It is played through the actions themselves, on a clock that is set
//! back, so that states, journal and letters are what they would be.

mod cast;
mod certification;
mod juries;
mod sessions;
mod surveys;
mod track;

pub use sessions::{flourish, working_days};

use actions::House;
use actions::organisations::Joining;
use anyhow::Context as _;
use cast::{Company, Party};
use clock::Clock;
use credentials::Token;
use domain::access::{Action, Actor, Role};
use domain::calendar::{Day, Instant, Zone};
use domain::ids::{AccountId, OrganisationId, PersonId, ProgrammeId};
use domain::organisations::{Capacity, Profile, Siret};
use domain::people::{NewEmployee, PersonName, Resemblance};
use domain::programmes::{NewProgramme, Target, TargetKind};
use domain::reference::opco_of_idcc;
use domain::text::Language;
use store::{self, installation::Purpose};

/// The host that its certificates name; nobody reaches it.
pub const ISSUER_HOST: &str = "parcours.example";
/// The password of every account of the demonstration.
const PASSWORD: &str = "parcours pour tous 2026";
/// How far back the programme begins, in days.
const BEGAN: i64 = 240;

/// An account to log in with: role, e-mail, password.
pub type Access = (Role, String, String);

/// Loads the programme once and answers the accounts to try it with.
pub fn load(house: &House) -> anyhow::Result<Vec<Access>> {
    if house.store.read(store::installation::purpose)?.is_none() {
        play(house).context("the demonstration could not be loaded: begin again with --fresh")?;
    }
    Ok(cast::ACCOUNTS.iter().map(|a| (a.role, a.email.to_owned(), PASSWORD.to_owned())).collect())
}

fn play(house: &House) -> anyhow::Result<()> {
    let stage = Stage { hash: house.passwords.hash(PASSWORD)?, house: house.clone() };
    let then = stage.days_ago(BEGAN);
    let programme = stage.found(&then)?;
    stage.invite_everyone(&then)?;
    stage.ask(programme)?;
    let staff = stage.hire(&then)?;
    sessions::play(&stage, programme, &staff)?;
    certification::play(&stage, programme, &staff)?;
    // Written last: what was cut short in between begins again.
    Ok(house
        .store
        .write(|conn| store::installation::found(conn, Purpose::Demonstration, house.clock.now()))?)
}

/// Everything that the play needs at hand.
struct Stage {
    house: House,
    /// The hash of [`PASSWORD`], made once.
    hash: String,
}

/// The people of a company, in the order of the cast.
struct Staff {
    company: OrganisationId,
    people: Vec<PersonId>,
}

impl Stage {
    /// The same house, so many days ago.
    fn days_ago(&self, days: i64) -> House {
        self.minutes_ago(days * 24 * 60)
    }

    fn minutes_ago(&self, minutes: i64) -> House {
        let clock = Clock::default();
        clock.advance_minutes(-minutes);
        House { clock, ..self.house.clone() }
    }

    /// The same house at that moment, to the minute.
    fn at(&self, then: Instant) -> House {
        self.minutes_ago(self.house.clock.now().seconds_since(then) / 60)
    }

    fn today(&self) -> Day {
        self.house.clock.now().day(Zone::OFFICE)
    }

    /// Somebody of the cast, logged in as in life.
    fn acting(&self, email: &str) -> anyhow::Result<Actor> {
        let now = self.house.clock.now();
        let token = Token::new()?;
        let found = self.house.store.write(|conn| {
            let account = store::accounts::lock_of(conn, email)?.ok_or(store::Error::Missing)?.id;
            store::logins::open(conn, &token.digest(), account, "parcours demo", now)?;
            let login = store::logins::find(conn, &token.digest(), now)?.ok_or(store::Error::Missing)?;
            store::logins::end(conn, account, login.id, now)?;
            Ok::<_, store::Error>(login.actor())
        });
        found.with_context(|| format!("{email} cannot log in"))
    }

    /// The organisations and the programme, by the administrator and then by the operator.
    fn found(&self, then: &House) -> anyhow::Result<ProgrammeId> {
        let [admin, operator] = [cast::ADMINISTRATOR, cast::OPERATOR];
        self.account(then, admin.email, admin.name, None)?;
        self.part(then, admin.email, Role::Administrator, None)?;
        let administrator = self.acting(admin.email)?;
        let first = cast::PARTIES.first().context("the operator comes first")?;
        actions::organisations::register(then, &administrator, &profile(first)?, true, Joining::Usual)?;
        let runs = self.organisation(first.name)?;
        let programme = actions::programmes::found(
            then,
            &administrator,
            &NewProgramme {
                short_name: "IAHDF".parse()?,
                name: "Intelligence artificielle Hauts-de-France".parse()?,
                region: "32".to_owned(),
                operator: runs,
                starts_on: "2018-09-01".parse()?,
                ends_on: None,
            },
        )?;
        then.store.write(|conn| {
            for (kind, people, by_year) in TARGETS {
                let target = Target { kind: *kind, people: *people, by_year: *by_year };
                store::programmes::add_target(conn, programme, &target)?;
            }
            Ok::<_, store::Error>(())
        })?;
        self.account(then, operator.email, operator.name, None)?;
        self.part(then, operator.email, Role::Operator, Some(runs))?;
        let steering = self.acting(operator.email)?;
        for party in cast::PARTIES.iter().skip(1) {
            actions::organisations::register(then, &steering, &profile(party)?, false, Joining::Usual)?;
        }
        for company in cast::COMPANIES {
            let (profile, approves) = (company_profile(company)?, company.approves);
            actions::organisations::register(then, &steering, &profile, approves, Joining::Usual)?;
        }
        actions::organisations::register(
            then,
            &administrator,
            &profile(&cast::WANTED)?,
            false,
            Joining::Nowhere,
        )?;
        Ok(programme)
    }

    /// The operator wants a company that has people of its own: it is asked, and has not answered yet.
    fn ask(&self, programme: ProgrammeId) -> anyhow::Result<()> {
        let number = cast::number_of(cast::WANTED.name).context("who is wanted is in the cast")?;
        let operator = self.acting(cast::OPERATOR.email)?;
        actions::organisations::bring(&self.days_ago(2), &operator, programme, &siret(number)?)?;
        Ok(())
    }

    /// Everyone who has an account, with their part.
    fn invite_everyone(&self, then: &House) -> anyhow::Result<()> {
        for one in cast::ACCOUNTS.iter().chain(cast::COLLEAGUES) {
            if [Role::Administrator, Role::Trainee].contains(&one.role) || one.email == cast::OPERATOR.email {
                continue;
            }
            let organisation = self.organisation(one.organisation)?;
            self.account(then, one.email, one.name, None)?;
            self.part(then, one.email, one.role, Some(organisation))?;
        }
        Ok(())
    }

    fn account(
        &self,
        then: &House,
        email: &str,
        name: &str,
        person: Option<PersonId>,
    ) -> anyhow::Result<AccountId> {
        let now = then.clock.now();
        let (address, name) = (email.parse()?, name.parse()?);
        Ok(then.store.write(|conn| {
            let id = store::accounts::add(conn, &address, &name, person, Language::Fr, now)?;
            store::accounts::set_password(conn, id, &self.hash)?;
            Ok::<_, store::Error>(id)
        })?)
    }

    fn part(&self, then: &House, email: &str, role: Role, of: Option<OrganisationId>) -> anyhow::Result<()> {
        let since = then.clock.now().day(Zone::OFFICE);
        // A mandate to audit has an end.
        let until = (role == Role::Auditor).then(|| self.today().plus_days(180));
        Ok(then.store.write(|conn| {
            let account = store::accounts::lock_of(conn, email)?.ok_or(store::Error::Missing)?.id;
            store::accounts::add_membership(conn, account, of, role, since, until)?;
            Ok::<_, store::Error>(())
        })?)
    }

    /// An organisation of the cast by its name.
    fn organisation(&self, name: &str) -> anyhow::Result<OrganisationId> {
        let reach = Actor::HOUSE.may(Action::ImportStaff)?;
        let number = cast::number_of(name).with_context(|| format!("{name} is not in the cast"))?;
        let siret = siret(number)?;
        let found = self.house.store.read(|conn| store::organisations::by_siret(conn, &reach, &siret));
        Ok(found.with_context(|| name.to_owned())?.id)
    }

    /// The people of every company, and the account of the one trainee who shows the path.
    fn hire(&self, then: &House) -> anyhow::Result<Vec<Staff>> {
        let mut all = Vec::new();
        for (number, company) in (0..).zip(cast::COMPANIES) {
            let contact = cast::contact_of(company.name).with_context(|| company.name.to_owned())?;
            let actor = self.acting(contact.email)?;
            let mut people = Vec::new();
            for one in 0..company.known {
                let employee = employee(company, number, one)?;
                let joined = actions::people::add(then, &actor, &employee, Resemblance::SomebodyElse)?;
                people.push(joined.person());
            }
            all.push(Staff { company: self.organisation(company.name)?, people });
        }
        let first = all.first().and_then(|s| s.people.first()).context("the cast is empty")?;
        let trainee = cast::TRAINEE;
        self.account(then, trainee.email, trainee.name, Some(*first))?;
        Ok(all)
    }
}

/// The figures that the programme was given; their year, where they have one.
const TARGETS: &[(TargetKind, i64, Option<i32>)] = &[
    (TargetKind::Employees, 1_500_000, None),
    (TargetKind::CivilServants, 450_000, None),
    (TargetKind::PeopleAware, 230_000, Some(2030)),
    (TargetKind::PostsConcerned, 111_400, None),
    (TargetKind::ExpertsToRecruit, 4_200, Some(2023)),
    (TargetKind::ExpertsToTrain, 6_400, None),
];

/// A made-up establishment of the range 900 000 000, its check digits right.
fn siret(number: u32) -> anyhow::Result<Siret> {
    Siret::made_up(90_000_000 + number).context("the cast is too large")
}

fn profile(party: &Party) -> anyhow::Result<Profile> {
    let number = cast::number_of(party.name).context("every party is in the cast")?;
    Ok(Profile {
        name: party.name.parse()?,
        capacities: party.capacities.to_vec(),
        siret: Some(siret(number)?),
        activity: None,
        commune: Some(party.commune.parse()?),
        headcount: None,
        idcc: None,
        opco: None,
        nda: party
            .capacities
            .contains(&Capacity::TrainingBody)
            .then(|| format!("3259{number:05}59").parse())
            .transpose()?,
    })
}

fn company_profile(company: &Company) -> anyhow::Result<Profile> {
    let number = cast::number_of(company.name).context("every company is in the cast")?;
    Ok(Profile {
        name: company.name.parse()?,
        capacities: vec![Capacity::Company],
        siret: Some(siret(number)?),
        activity: Some(company.naf.parse()?),
        commune: Some(company.commune.parse()?),
        headcount: Some(company.headcount),
        idcc: company.idcc.map(str::parse).transpose()?,
        opco: company.idcc.and_then(opco_of_idcc),
        nda: None,
    })
}

/// The person number `one` of a company: names and groups go round the lists, never the same pair
/// twice in one company. Every seventh has no address.
fn employee(company: &Company, number: usize, one: usize) -> anyhow::Result<NewEmployee> {
    let (given, family) = cast::name(number, one);
    let email = (one % 7 != 6)
        .then(|| format!("{}.{}@{}", cast::ascii(given), cast::ascii(family), company.domain).parse())
        .transpose()?;
    Ok(NewEmployee {
        name: PersonName { given: given.parse()?, family: family.parse()? },
        email,
        staff_number: Some(format!("{:04}", 1000 + one)),
        job_group: domain::people::JobGroup::ALL.get((one + number) % 4).copied(),
        starts_on: Some("2022-01-03".parse()?),
    })
}
