//! Every door of the house, tried by every role, at home and abroad, over HTTP; what happens is written in
//! `docs/permissions.md` and compared with it. A door that is not in that page fails the story.

use crate::harness::{Database, stories};
use crate::states::is_kept;
use crate::town::{Person, Town, everything};
use parcours::domain::access::{Action, Role, Span, policy};
use parcours::domain::ids::AccountId;
use parcours::domain::organisations::Capacity;
use parcours::domain::ids::{AccountId, LetterId, OrganisationId};
use parcours::domain::letters::{Addressee, Message};
use parcours::domain::text::Language;
use parcours::store;
use parcours::web::{Door, doors};
use std::collections::BTreeMap;
use std::fmt::Write as _;

stories! {
    both: every_door_opens_to_whom_the_policy_says;
}

/// Two of everything: the world of those who knock (`own`), and another one beside it (`foreign`).
/// Every address leads to rows of the first.
struct World {
    town: Town,
    people: BTreeMap<(Role, Side), String>,
    /// What stands for `{session}` and its like in a path.
    parts: BTreeMap<&'static str, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Own,
    Foreign,
}

impl World {
    fn found(database: &Database) -> Self {
        let town = Town::demonstration(database);
        let mut people = BTreeMap::new();
        for (side, place) in [(Side::Own, "ici"), (Side::Foreign, "ailleurs")] {
            let email = format!("administrator@{place}.example");
            town.member(&email, Role::Administrator, None);
            people.insert((Role::Administrator, side), email);
        }
        let mut parts = BTreeMap::new();
        let organisation = town.organisation("Ici", &[Capacity::Company]);
        parts.insert("organisation", organisation.to_string());
        let invited = town.member("invited@ici.example", Role::Employer, Some(organisation));
        parts.insert("account", invited.to_string());
        parts.extend(rows_of_accounts(&town, invited));
        parts.insert("letter", letter_about(&town, organisation).to_string());
        parts.insert("entry", "invitation-1.ics".to_owned());
        Self { town, people, parts }
    }

    fn path(&self, door: &Door) -> String {
        let pieces = door.path.split('/').map(|piece| {
            let Some(name) = piece.strip_prefix('{') else { return piece.to_owned() };
            let (name, rest) = name.split_once('}').unwrap_or((name, ""));
            let part = self.parts.get(name).unwrap_or_else(|| {
                panic!("{}: give {{{name}}} a row in World::found (tests/stories/every_door.rs)", door.path)
            });
            format!("{part}{rest}")
        });
        pieces.collect::<Vec<_>>().join("/")
    }
}

/// A letter to a company, with a calendar file.
fn letter_about(town: &Town, company: OrganisationId) -> LetterId {
    let now = town.now();
    let to = Addressee {
        email: "rh@ici.example".to_owned(),
        name: "Ressources humaines".to_owned(),
        language: Language::Fr,
    };
    let message = Message::Reset { link: "https://parcours.example".to_owned(), until: now };
    let mut letter =
        town.house.sender.letter(&to, &message, &["BEGIN:VCALENDAR".to_owned()], None, now).unwrap();
    letter.company_id = Some(company);
    town.store().write(|conn| store::outbox::put(conn, &letter)).unwrap();
    town.letters().last().unwrap().id
}

/// A part of an organisation's member, a link to a password, and a log-in of the own administrator.
fn rows_of_accounts(town: &Town, member: AccountId) -> [(&'static str, String); 3] {
    let now = town.now();
    let write = |conn: &mut store::Conn| {
        let own = store::accounts::lock_of(conn, "administrator@ici.example")?.unwrap().id;
        store::logins::open(conn, "a digest", own, "", now)?;
        let until = now.plus_hours(1);
        let digest = parcours::credentials::digest("secret");
        store::links::add(conn, &digest, store::links::Purpose::Reset(own), until)?;
        let login = store::logins::of_account(conn, &everything(), own, now)?[0].id;
        let part = store::logins::choices(conn, member, None, town.today())?[0].part;
        Ok::<_, store::Error>((login.to_string(), store::logins::part_name(part)))
    };
    let (login, membership) = town.store().write(write).unwrap();
    [("login", login), ("membership", membership), ("secret", "secret".to_owned())]
}

fn every_door_opens_to_whom_the_policy_says(database: &Database) {
    let world = World::found(database);
    let mut logged_in: BTreeMap<(Role, Side), Person> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut page = head();
    for door in doors(true) {
        let path = world.path(&door);
        let mut cells: BTreeMap<Role, String> = BTreeMap::new();
        let status = knock(&world.town.visitor(), &door, &path);
        judge(&mut faults, &door, Role::Anyone, Side::Own, status);
        cells.insert(Role::Anyone, status.to_string());
        // The foreign ones first: what the own ones do may change the row.
        for side in [Side::Foreign, Side::Own] {
            for ((role, _), email) in world.people.iter().filter(|((_, of), _)| *of == side) {
                let person = logged_in.entry((*role, side)).or_insert_with(|| world.town.log_in(email));
                let status = knock(person, &door, &path);
                judge(&mut faults, &door, *role, side, status);
                let cell = cells.entry(*role).or_default();
                *cell = if side == Side::Own { format!("{status} {cell}") } else { status.to_string() };
                if matches!(door.action, Action::LogOut | Action::SetPassword | Action::KeepOwnAccount) {
                    logged_in.remove(&(*role, side));
                }
            }
        }
        row(&mut page, &door, &cells);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    is_kept("docs/permissions.md", &page);
}

/// Opens the door, with an empty form where it wants one.
fn knock(person: &Person, door: &Door, path: &str) -> u16 {
    match door.method.as_str() {
        "GET" => person.get(path).status,
        "POST" => person.post(path, &[]).status,
        other => panic!("{}: how does one knock with {other}?", door.path),
    }
}

/// What the policy allows to happen. Let in means: any answer but «no», «not found» and a fault.
fn judge(faults: &mut Vec<String>, door: &Door, role: Role, side: Side, status: u16) {
    let column = Role::ALL.iter().position(|one| *one == role).unwrap();
    // A secret opens to whoever holds it.
    let has_row = door.path.contains('{') && !door.path.contains("{secret}");
    let (allowed, wanted): (&[u16], &str) = match (policy(door.action)[column], side) {
        (Span::No, _) if role == Role::Anyone => (&[303], "the log-in"),
        (Span::No, _) if door.method == "GET" => (&[404], "what one may not see does not exist"),
        (Span::No, _) => (&[403], "no"),
        (Span::Own, Side::Foreign) if has_row => (&[404], "what is another's does not exist"),
        (Span::Own | Span::All, _) => (&[200, 303, 400, 409, 422], "to be let in"),
    };
    if !allowed.contains(&status) {
        faults.push(format!("{} {} as {role} ({side:?}): {status}, not {wanted}", door.method, door.path));
    }
}

fn head() -> String {
    let mut page = String::from(
        "# Permissions\n\nWritten by a test (`PARCOURS_BLESS=1 cargo test --test stories every_door`): the policy of \
         `src/domain/access.rs`, and what happened when everybody knocked at every door over HTTP.\n\n## The policy\n\n\
         `all`: every row; `own`: the rows of one’s organisation, of one’s sessions, or one’s own.\n\n",
    );
    let names: Vec<String> = Role::ALL.iter().map(|role| format!("`{role}`")).collect();
    writeln!(page, "| action | {} |\n|---|{}", names.join(" | "), "---|".repeat(Role::ALL.len())).unwrap();
    for action in Action::ALL {
        let cells = policy(*action).map(|span| match span {
            Span::All => "all",
            Span::Own => "own",
            Span::No => "",
        });
        writeln!(page, "| `{action}` | {} |", cells.join(" | ")).unwrap();
    }
    page.push_str(
        "\n## The doors\n\nThe status that came back, at home and then abroad: on a row of one’s own world, and on the \
         same row for somebody of another. Forms were sent empty: 303, 400, 409 and 422 mean that the policy let the \
         request in. 303 for `anyone` leads to the log-in.\n\n",
    );
    let names: Vec<String> = tried().map(|role| format!("`{role}`")).collect();
    writeln!(page, "| door | action | {} |\n|---|---|{}", names.join(" | "), "---|".repeat(names.len()))
        .unwrap();
    page
}

fn row(page: &mut String, door: &Door, cells: &BTreeMap<Role, String>) {
    let cells: Vec<&str> = tried().map(|role| cells.get(&role).map_or("", String::as_str)).collect();
    writeln!(page, "| `{} {}` | `{}` | {} |", door.method, door.path, door.action, cells.join(" | "))
        .unwrap();
}

/// The roles that somebody can have who knocks: all but the house itself.
fn tried() -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(|role| *role != Role::House)
}
