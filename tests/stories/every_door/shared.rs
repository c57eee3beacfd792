//! One organisation takes part in both programmes. Its rows in each of them are tried by those who steer, audit and
//! fund either, and by its own people.

use super::{Route, Side, World, knock};
use crate::town::{Person, Planned, Town};
use domain::access::{Action, Role, Span, policy};
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisations::Capacity;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use web::routes;

/// The roles that look at a programme as a whole.
const STEERING: [Role; 3] = [Role::Operator, Role::Auditor, Role::Funder];

/// Who acts for the shared organisation.
const OWN: [Role; 6] =
    [Role::TrainingManager, Role::Trainer, Role::Employer, Role::Certifier, Role::Juror, Role::Funder];

/// What stands in a path, by its name.
type Rows = BTreeMap<&'static str, String>;

pub struct Shared<'a> {
    world: &'a World,
    /// Its rows in the programme of each side.
    rows: BTreeMap<Side, Rows>,
}

impl<'a> Shared<'a> {
    pub fn between(world: &'a World) -> Self {
        let town = &world.town;
        let organisation = town.organisation(
            "Maison commune",
            &[Capacity::TrainingBody, Capacity::Company, Capacity::Certifier, Capacity::Funder],
        );
        for role in OWN {
            town.member(&email(role), role, Some(organisation));
        }
        let rows = world.programmes.iter().map(|(side, programme)| {
            let code = if *side == Side::Own { "RNCP88880" } else { "RNCP88881" };
            (*side, rows(town, organisation, *programme, (given(*side), code)))
        });
        Self { world, rows: rows.collect() }
    }

    /// Doors to the rows of the shared organisation: for each role at home, on a row in its own programme and on one in
    /// the other; then for those who act for the organisation.
    pub fn tries_every_door(&self, faults: &mut Vec<String>, page: &mut String) {
        page.push_str(HEAD);
        let steering = |role: &Role| format!("`{role}`");
        let names: Vec<String> = STEERING.iter().map(steering).collect();
        let own: Vec<String> = OWN.iter().map(|role| format!("own `{role}`")).collect();
        let titles = [names, own].concat();
        writeln!(page, "| door | {} |\n|---|{}", titles.join(" | "), "---|".repeat(titles.len())).unwrap();
        let mut people: BTreeMap<String, Person> = BTreeMap::new();
        let names = &self.rows[&Side::Own];
        for route in routes(true).iter().filter(|route| leads_to_these(route, names)) {
            let steering = STEERING.map(|role| self.steering(route, role, &mut people, faults));
            let own = OWN.map(|role| self.own(route, role, &mut people, faults));
            let cells = [&steering[..], &own[..]].concat();
            writeln!(page, "| `{} {}` | {} |", route.method, route.path, cells.join(" | ")).unwrap();
        }
    }

    /// Those of both sides knock at the rows in both programmes; what happens on the own side is answered.
    fn steering(
        &self,
        route: &Route,
        role: Role,
        people: &mut BTreeMap<String, Person>,
        faults: &mut Vec<String>,
    ) -> String {
        let mut cell = String::new();
        for side in [Side::Foreign, Side::Own] {
            let person = self.person(people, &self.world.people[&(role, side)]);
            let other = if side == Side::Own { Side::Foreign } else { Side::Own };
            let status = |at: Side| knock(&self.rows[&at], person, route, &path(route, &self.rows[&at]));
            let (abroad, home) = (status(other), status(side));
            for (status, is_home) in [(home, true), (abroad, false)] {
                if !allowed(route, role, is_home).contains(&status) {
                    faults.push(format!(
                        "{} {} as {role} ({side:?}) on a shared row (at home: {is_home}): {status}",
                        route.method, route.path
                    ));
                }
            }
            cell = format!("{home} {abroad}");
        }
        cell
    }

    /// Its own people knock at the rows in both programmes: the same happens there.
    fn own(
        &self,
        route: &Route,
        role: Role,
        people: &mut BTreeMap<String, Person>,
        faults: &mut Vec<String>,
    ) -> String {
        let person = self.person(people, &email(role));
        let cells = [Side::Own, Side::Foreign].map(|at| {
            let status = knock(&self.rows[&at], person, route, &path(route, &self.rows[&at]));
            let is_right = match of(route, role) {
                Span::No => [403, 404].contains(&status),
                Span::Own | Span::All => ![403, 500].contains(&status),
            };
            if !is_right {
                faults.push(format!("{} {} as its own {role}: {status}", route.method, route.path));
            }
            status.to_string()
        });
        cells.join(" ")
    }

    /// No page without a number in its address names a trainee of the shared organisation to those of the other
    /// programme; the list of places does to those of their own, and to the organisation both.
    pub fn shows_each_their_own(&self) {
        let mut people = BTreeMap::new();
        for (side, other) in [(Side::Own, Side::Foreign), (Side::Foreign, Side::Own)] {
            for role in STEERING {
                let person = self.person(&mut people, &self.world.people[&(role, side)]);
                // The captured letters of the demonstration are everybody's.
                let pages = routes(false)
                    .into_iter()
                    .filter(|route| route.method == "GET" && !route.path.contains('{'));
                for route in pages {
                    let page = person.get(route.path);
                    assert!(!page.text().contains(given(other)), "{} as {role} ({side:?})", route.path);
                }
            }
            for role in [Role::Operator, Role::Auditor] {
                let person = self.person(&mut people, &self.world.people[&(role, side)]);
                person.get("/inscriptions").is(200).sees(given(side));
            }
        }
        for role in [Role::Employer, Role::TrainingManager] {
            let own = self.person(&mut people, &email(role)).get("/inscriptions");
            own.is(200).sees(given(Side::Own)).sees(given(Side::Foreign));
        }
    }

    fn person<'b>(&self, people: &'b mut BTreeMap<String, Person>, email: &str) -> &'b Person {
        people.entry(email.to_owned()).or_insert_with(|| self.world.town.log_in(email))
    }
}

const HEAD: &str = "\n## What two programmes share\n\nAn organisation that takes part in both programmes, with people of its \
    own. The status that came back to who looks at a programme: on its rows in their programme, and on those in the \
    other. What is in the other does not exist for them, and neither do its people and the form of its page; its page does. Behind \
    that, the status for those who act for it, in either programme.\n\n";

const LET_IN: &[u16] = &[200, 303, 400, 409, 422];

fn of(route: &Route, role: Role) -> Span {
    policy(route.action).span(role)
}

fn allowed(route: &Route, role: Role, is_home: bool) -> &'static [u16] {
    // Its page, its people and its name belong to the organisation.
    let keeps = [Action::EditOrganisation, Action::ReadMembers, Action::InviteMember];
    let reads_page = route.action == Action::ReadOrganisations && role != Role::Funder;
    match of(route, role) {
        Span::No if route.method == "GET" => &[404],
        Span::No => &[403],
        Span::Own if keeps.contains(&route.action) => &[404],
        Span::Own if reads_page => &[200],
        Span::Own if !is_home || role == Role::Funder => &[404],
        Span::Own | Span::All => LET_IN,
    }
}

/// The given name of the trainee in the programme of a side.
fn given(side: Side) -> &'static str {
    match side {
        Side::Own => "Delphin",
        Side::Foreign => "Marcelin",
    }
}

fn email(role: Role) -> String {
    format!("{role}@commune.example")
}

/// The rows of the shared organisation in one programme.
fn rows(
    town: &Town,
    organisation: OrganisationId,
    programme: ProgrammeId,
    (given, code): (&str, &str),
) -> Rows {
    let join = |conn: &mut store::Conn| store::organisations::join(conn, programme, organisation);
    town.store().write(join).unwrap();
    let trainer = town.actor(&email(Role::Trainer)).account().unwrap();
    let session = town.session(organisation, programme, &Planned::default(), &[trainer]);
    let person = town.employee(organisation, given, "Delmotte", None);
    let employer = town.actor(&email(Role::Employer));
    town.enrol(&employer, session, &[person]);
    let slots = |conn: &mut store::Conn| store::sessions::slots(conn, session);
    let courses = |conn: &mut store::Conn| store::courses::list(conn, &crate::town::everything(), None);
    BTreeMap::from([
        ("organisation", organisation.to_string()),
        ("programme", programme.to_string()),
        ("session", session.to_string()),
        ("slot", town.store().read(slots).unwrap()[0].id.to_string()),
        ("course", town.store().read(courses).unwrap().rows[0].id.to_string()),
        ("person", person.to_string()),
        ("enrolment", town.enrolment(session, person).to_string()),
        ("certification", town.certification(organisation, programme, code).to_string()),
    ])
}

/// Whether a door leads to rows of a programme, and to these alone.
fn leads_to_these(route: &Route, rows: &Rows) -> bool {
    let mut names = route.path.split('{').skip(1).map(|piece| piece.split('}').next().unwrap_or_default());
    let is_public = matches!(route.action, Action::ReadPublicPages | Action::LogIn);
    route.path.contains('{') && !is_public && names.all(|name| rows.contains_key(name))
}

fn path(route: &Route, rows: &Rows) -> String {
    rows.iter().fold(route.path.to_owned(), |path, (name, row)| path.replace(&format!("{{{name}}}"), row))
}
