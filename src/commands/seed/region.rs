//! Companies over the communes of a region by population, and the people who work there. Nothing is kept of a person:
//! who they are follows from their number.

use super::dice::{Dice, Of};
use super::names::{FAMILY, GIVEN, TRADES};
use anyhow::Context as _;
use domain::access::Role;
use domain::calendar::{Day, Instant};
use domain::ids::{AccountId, OrganisationId, PersonId};
use domain::letters::Addressee;
use domain::organisations::{Nomenclature, Siret};
use domain::people::{EmailAddress, JobGroup, NewEmployee, PersonName};
use domain::reference::{self, Commune, opco_of_idcc};
use domain::text::{Language, search_key};
use std::ops::Range;

/// The region whose communes and population are taken.
pub const CODE: &str = "32";
/// The digits with which made-up companies begin.
const SIRENS: u32 = 99_000_000;
/// One person in so many has an account.
const ACCOUNT_EVERY: i64 = 13;
/// Towns where sessions are held.
const TOWNS: usize = 60;
/// Companies of at least so many people have somebody who sends them.
const WITH_CONTACT: i64 = 10;

pub struct Region {
    rng: u64,
    pub now: Instant,
    pub today: Day,
    pub companies: Vec<Company>,
    /// Where sessions are held: the largest ones.
    pub towns: Vec<&'static Commune>,
    people: i64,
    /// The number after which accounts of employers come, then those of their people.
    accounts: i64,
    hash: String,
}

/// A company: its people have numbers in a row.
#[derive(Debug, Clone, Copy)]
pub struct Company {
    pub id: OrganisationId,
    pub first: i64,
    pub size: i64,
    pub approves: bool,
    trade: usize,
    family: &'static str,
    commune: &'static Commune,
}

/// Somebody, as their number tells.
pub struct Person {
    pub given: &'static str,
    pub family: &'static str,
    pub email: Option<EmailAddress>,
}

impl Person {
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

impl Region {
    /// Draws companies until everybody works somewhere. `taken` are the last numbers of organisations and accounts.
    pub fn draw(
        rng: u64,
        now: Instant,
        today: Day,
        people: i64,
        taken: (OrganisationId, AccountId),
        hash: String,
    ) -> anyhow::Result<Self> {
        let communes = Communes::of(CODE).context("the region has no communes")?;
        let mut dice = Dice::new(rng, Of::Companies, 0);
        let (mut companies, mut first) = (Vec::new(), 1);
        while first <= people {
            // The employer of the printed account: a few hundred people.
            let size = if companies.is_empty() { (people / 10).clamp(1, 320) } else { size(&mut dice) };
            let number = i64::try_from(companies.len())? + 1;
            companies.push(Company {
                id: OrganisationId(taken.0.0 + number),
                first,
                size: size.min(people - first + 1),
                approves: dice.is(40),
                trade: trade(&mut dice),
                family: dice.pick(&FAMILY),
                commune: communes.pick(&mut dice)?,
            });
            first += size;
        }
        let towns = communes.largest(TOWNS);
        Ok(Self { rng, now, today, companies, towns, people, accounts: taken.1.0, hash })
    }

    pub fn dice(&self, of: Of, number: i64) -> Dice {
        Dice::new(self.rng, of, number)
    }

    /// Anybody, larger companies more often.
    pub fn anybody(&self, dice: &mut Dice) -> (usize, PersonId) {
        let person = dice.between(1, self.people);
        (self.company_of(person), PersonId(person))
    }

    fn company_of(&self, person: i64) -> usize {
        self.companies.partition_point(|company| company.first <= person).saturating_sub(1)
    }

    pub fn company(&self, place: usize) -> anyhow::Result<&Company> {
        self.companies.get(place).context("there is no such company")
    }

    pub fn person(&self, id: PersonId) -> anyhow::Result<Person> {
        self.person_of(self.company(self.company_of(id.0))?, id)
    }

    /// Two lists of names go round, each in steps of its own: nobody in a company has the name of somebody else.
    fn person_of(&self, company: &Company, id: PersonId) -> anyhow::Result<Person> {
        let turn = id.0 - company.first;
        let name = |names: &[&'static str], step: i64, start: i64| {
            let many = i64::try_from(names.len()).ok()?;
            names.get(usize::try_from((start + turn * step) % many).ok()?).copied()
        };
        let given = name(&GIVEN, 37, company.id.0 * 17).context("there are names")?;
        let family = name(&FAMILY, 89, company.id.0 * 53).context("there are names")?;
        let has_address = id.0 == 1 || self.dice(Of::Person, id.0).is(88);
        let email = has_address
            .then(|| format!("{}.{}@{}", slug(given), slug(family), company.domain()).parse())
            .transpose()?;
        Ok(Person { given, family, email })
    }

    /// The account of somebody, if they have one.
    pub fn account(&self, id: PersonId, person: &Person) -> Option<AccountId> {
        let has = id.0 % ACCOUNT_EVERY == 1 && person.email.is_some();
        let employers = i64::try_from(self.companies.len()).ok()?;
        has.then_some(AccountId(self.accounts + employers + 1 + id.0 / ACCOUNT_EVERY))
    }

    /// The account of whoever sends the people of a company.
    pub fn contact(&self, place: usize) -> Option<AccountId> {
        let company = self.companies.get(place)?;
        let number = i64::try_from(place).ok()? + 1;
        company.has_contact().then_some(AccountId(self.accounts + number))
    }

    /// Where letters to a company go.
    pub fn addressee(&self, place: usize) -> Option<Addressee> {
        self.contact(place)?;
        let company = self.companies.get(place)?;
        let (email, name) = (company.contact_email(), company.contact_name());
        Some(Addressee { email, name, language: Language::Fr })
    }

    /// Some companies as they are written, with everybody in them.
    pub fn staff(&self, places: Range<usize>) -> anyhow::Result<store::seed::Staff> {
        let mut staff = store::seed::Staff::default();
        for place in places {
            let company = self.company(place)?;
            let mut dice = self.dice(Of::Companies, company.id.0);
            let since = self.now.plus_days(-dice.between(1000, 1400));
            staff.companies.push(company.row(&mut dice, since)?);
            if let Some(account) = self.contact(place) {
                let name = company.contact_name();
                staff.accounts.push(store::seed::Account {
                    id: account,
                    email: company.contact_email().parse()?,
                    search_key: search_key(&name),
                    name,
                    password: Some(self.hash.clone()),
                    person_id: None,
                    language: Language::Fr,
                    created_at: since,
                });
                staff.memberships.push(store::seed::Membership {
                    account_id: account,
                    organisation_id: company.id,
                    role: Role::Employer,
                    starts_on: self.today.minus_days(999),
                });
            }
            for number in company.first..company.first + company.size {
                self.hire(&mut staff, company, PersonId(number), since.plus_days(dice.between(0, 60)))?;
            }
        }
        Ok(staff)
    }

    fn hire(
        &self,
        staff: &mut store::seed::Staff,
        company: &Company,
        id: PersonId,
        since: Instant,
    ) -> anyhow::Result<()> {
        let person = self.person_of(company, id)?;
        // Not the first throw, which decides on the address.
        let mut dice = self.dice(Of::Person, -id.0);
        let new = NewEmployee {
            name: PersonName { given: person.given.parse()?, family: person.family.parse()? },
            email: person.email.clone(),
            staff_number: dice.is(85).then(|| format!("{:05}", 10_000 + id.0 - company.first)),
            job_group: JobGroup::ALL.get(dice.place(JobGroup::ALL.len())).copied(),
            starts_on: None,
        };
        let begins = self.today.minus_days(dice.between(1100, 9000).unsigned_abs());
        let (row, employment) = store::people::rows_of(id, company.id, &new, begins, since);
        staff.people.push(row);
        staff.employments.push(employment);
        if let (Some(account), Some(email)) = (self.account(id, &person), person.email.clone()) {
            let name = person.full_name();
            staff.accounts.push(store::seed::Account {
                id: account,
                email,
                search_key: search_key(&name),
                name,
                password: Some(self.hash.clone()),
                person_id: Some(id),
                language: Language::Fr,
                created_at: since,
            });
        }
        Ok(())
    }
}

impl Company {
    fn has_contact(&self) -> bool {
        self.size >= WITH_CONTACT || self.first == 1
    }

    pub fn name(&self) -> String {
        let called = TRADES.get(self.trade).map(|trade| trade.called).unwrap_or_default();
        let place = usize::try_from(self.id.0).unwrap_or(0) % called.len().max(1);
        format!("{} {}", called.get(place).copied().unwrap_or_default(), self.family)
    }

    fn domain(&self) -> String {
        format!("{}-{}.example", slug(&self.name()), self.id)
    }

    pub fn contact_email(&self) -> String {
        format!("rh@{}", self.domain())
    }

    /// Nobody of those whom they send.
    fn contact_name(&self) -> String {
        let place = usize::try_from(self.id.0).unwrap_or(0) % GIVEN.len();
        format!("{} {}", GIVEN.get(place).copied().unwrap_or_default(), self.family)
    }

    fn row(&self, dice: &mut Dice, since: Instant) -> anyhow::Result<store::seed::Company> {
        let trade = TRADES.get(self.trade).context("there are trades")?;
        let name = self.name();
        let number = SIRENS + u32::try_from(self.id.0)?;
        Ok(store::seed::Company {
            id: self.id,
            search_key: search_key(&name),
            name,
            siret: Siret::made_up(number).context("there are more companies than made-up numbers")?,
            naf_code: trade.naf,
            naf_nomenclature: Nomenclature::NafRev2,
            commune: self.commune.code,
            headcount: i32::try_from(self.size + dice.below(self.size / 5 + 1))?,
            idcc: trade.idcc.map(str::to_owned),
            opco: trade.idcc.and_then(opco_of_idcc).map(|opco| opco.to_string()),
            approves_requests: self.approves,
            created_at: since,
        })
    }
}

/// Many small companies, few large ones.
fn size(dice: &mut Dice) -> i64 {
    let (least, most) = match dice.below(1000) {
        0..800 => (1, 9),
        800..950 => (10, 49),
        950..990 => (50, 249),
        990..999 => (250, 900),
        _ => (900, 2500),
    };
    dice.between(least, most).min(dice.between(least, most))
}

fn trade(dice: &mut Dice) -> usize {
    let mut left = dice.below(TRADES.iter().map(|trade| trade.share).sum());
    let passed = |trade: &super::names::Trade| {
        left -= trade.share;
        left < 0
    };
    TRADES.iter().position(passed).unwrap_or(0)
}

/// The communes of a region, each with the sum of people up to it.
struct Communes(Vec<(i64, &'static Commune)>);

impl Communes {
    fn of(region: &str) -> Option<Self> {
        let departments: Vec<&str> =
            reference::departments().iter().filter(|one| one.region == region).map(|one| one.code).collect();
        let mut sum = 0;
        let inhabited = reference::communes().iter().filter(|one| departments.contains(&one.department));
        let summed = inhabited.filter(|one| one.population > 0).map(|one| {
            sum += i64::from(one.population);
            (sum, one)
        });
        Some(Self(summed.collect())).filter(|all| !all.0.is_empty())
    }

    fn largest(&self, many: usize) -> Vec<&'static Commune> {
        let mut all: Vec<&'static Commune> = self.0.iter().map(|(_, commune)| *commune).collect();
        all.sort_by_key(|commune| (std::cmp::Reverse(commune.population), commune.code));
        all.truncate(many);
        all
    }

    fn pick(&self, dice: &mut Dice) -> anyhow::Result<&'static Commune> {
        let people = self.0.last().map_or(0, |(sum, _)| *sum);
        let wanted = dice.below(people);
        let place = self.0.partition_point(|(sum, _)| *sum <= wanted);
        self.0.get(place).map(|(_, commune)| *commune).context("the region has no communes")
    }
}

/// A name as it stands in an address.
pub fn slug(name: &str) -> String {
    search_key(name).replace(' ', "-")
}
