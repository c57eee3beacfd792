//! Every door of the house, tried by every role, at home and abroad, over HTTP; what happens is written in
//! `docs/permissions.md` and compared with it. A door that is not in that page fails the story.

mod shared;

use self::shared::Shared;
use crate::harness::{Database, stories};
use crate::states::is_kept;
use crate::town::{Person, Planned, Town, everything};
use domain::access::{Action, Actor, Part, Role, Span, policy};
use domain::calendar::Zone;
use domain::candidacies::{self, CandidacyState, PieceKind};
use domain::certificates::Signatory;
use domain::certifications::AccessRoute;
use domain::declarations::{Birthplace, Declarant, Holder, OtherNames, Sex};
use domain::enrolments::Beneficiary;
use domain::identities::Told;
use domain::ids::{
    AccountId, CandidacyId, CertificationId, EnrolmentId, JuryId, OrganisationId, PersonId, ProgrammeId,
    SessionId, SlotId,
};
use domain::imports::Sheet;
use domain::juries::verdicts::{Appearance, Decision, Grid};
use domain::juries::{Capacity as JurorCapacity, JuryState, Meeting, SittingMode};
use domain::keys::KeyPurpose;
use domain::organisations::Capacity;
use domain::surveys::{Inquiry, Moment};
use domain::text::Name;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use store::links::Purpose;
use store::surveys::Respondent;
use web::{Route, routes};

/// Queries that a page may make, the log-in's own among them.
const MOST_QUERIES: u32 = 8;

stories! {
    both: every_door_opens_to_whom_the_policy_says;
}

/// Two of everything: the world of those who knock (`own`), and another one beside it (`foreign`).
/// Every address leads to rows of the first.
pub struct World {
    pub town: Town,
    pub people: BTreeMap<(Role, Side), String>,
    /// What stands for `{session}` and its like in a path, whoever knocks.
    parts: BTreeMap<&'static str, String>,
    /// What stands for it when a role knocks: its own organisation, one of its members.
    of_role: BTreeMap<(&'static str, Role), String>,
    /// The programme of each side.
    programmes: BTreeMap<Side, ProgrammeId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Own,
    Foreign,
}

/// What each kind of organisation is, and who works there.
const HOUSES: &[(&str, &[Role])] = &[
    ("operator", &[Role::Operator, Role::Auditor]),
    ("company", &[Role::Employer]),
    ("training_body", &[Role::TrainingManager, Role::Trainer]),
    ("certifier", &[Role::Certifier, Role::Juror]),
    ("funder", &[Role::Funder]),
];

impl World {
    pub fn found(database: &Database) -> Self {
        let town = Town::demonstration(database);
        let (people, parts, of_role) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut world = Self { town, people, parts, of_role, programmes: BTreeMap::new() };
        world.half(Side::Foreign, "ailleurs");
        world.half(Side::Own, "ici");
        world
    }

    /// The organisations of one side, everyone in them, and one row of everything.
    fn half(&mut self, side: Side, place: &str) {
        let town = &self.town;
        let email = |role: Role| format!("{role}@{place}.example");
        town.member(&email(Role::Administrator), Role::Administrator, None);
        self.people.insert((Role::Administrator, side), email(Role::Administrator));
        let mut houses = BTreeMap::new();
        for (kind, roles) in HOUSES {
            let organisation = town.organisation(&format!("{kind} {place}"), &[kind.parse().unwrap()]);
            houses.insert(*kind, organisation);
            for role in *roles {
                town.member(&email(*role), *role, Some(organisation));
                self.people.insert((*role, side), email(*role));
                self.of_role.insert(("organisation", *role), organisation.to_string());
            }
            // Somebody beside them, whose account and part may end without harm to the story.
            let colleague = format!("collegue.{kind}@{place}.example");
            let account = town.invited(&colleague, roles[0], organisation);
            let Some(Part::Member(part)) = town.actor(&colleague).part() else { panic!("no part") };
            for role in *roles {
                self.of_role.insert(("account", *role), account.to_string());
                self.of_role.insert(("membership", *role), part.id.to_string());
            }
        }
        let partners: Vec<_> = houses.values().copied().collect();
        let programme = town.programme(houses["operator"], &partners);
        self.programmes.insert(side, programme);
        let certification = town.certification(houses["certifier"], programme, "RNCP99999");
        let (body, company) = (houses["training_body"], houses["company"]);
        let trainer = town.actor(&email(Role::Trainer)).account().unwrap();
        let session = town.session(body, programme, &Planned::default(), &[trainer]);
        let lou = town.employee(company, "Lou", "Carpentier", Some(&email(Role::Trainee)));
        town.account(&email(Role::Trainee), Some(lou));
        self.people.insert((Role::Trainee, side), email(Role::Trainee));
        let employer = town.actor(&email(Role::Employer));
        town.enrol(&employer, session, &[lou]);
        let enrolment = town.enrolment(session, lou);
        let letter = town.letters().into_iter().rfind(|letter| letter.calendars.contains("VEVENT"));
        let letter = letter.expect("a letter with the session in it").id;
        let slot = town.store().read(|conn| store::sessions::slots(conn, session)).unwrap()[0].id;
        let course = town.store().read(|conn| store::courses::list(conn, &everything(), None)).unwrap();
        let course = course.rows[0].id;
        let questions = town.store().read(|conn| store::surveys::of_course(conn, course)).unwrap();
        self.parts.extend([
            ("organisation", company.to_string()),
            ("programme", programme.to_string()),
            ("membership", self.of_role[&("membership", Role::Employer)].clone()),
            ("account", self.of_role[&("account", Role::Employer)].clone()),
            ("person", lou.to_string()),
            ("session", session.to_string()),
            ("course", course.to_string()),
            ("question", questions[0].id.to_string()),
            ("letter", letter.to_string()),
            ("entry", "invitation-1.ics".to_owned()),
            ("enrolment", enrolment.to_string()),
            ("slot", slot.to_string()),
            ("code", "K7P4QX".to_owned()),
            ("certification", certification.to_string()),
        ]);
        self.agreements(place, &houses, programme);
        self.asked_to_sign(enrolment, slot, &employer);
        let candidacy = self.candidacy(certification, lou);
        let member = town_account(&self.town, &email(Role::Juror));
        let jury = self.jury(certification, candidacy, member);
        self.certificate(jury, candidacy, &email(Role::Certifier), &email(Role::Trainee));
        self.loose_rows(side, session, company, enrolment, &employer);
    }

    /// A candidacy that was handed in, with a piece that nobody read.
    fn candidacy(&mut self, certification: CertificationId, person: PersonId) -> CandidacyId {
        let now = self.town.now();
        let keys = self.town.house.keys.clone().unwrap();
        let told = candidacies::Told {
            route: AccessRoute::Continuing,
            level: "6".parse().ok(),
            motivation: String::new(),
            accommodation: None,
        };
        let write = |conn: &mut store::Conn| {
            let (version, _) = store::certifications::entrance_now(conn, certification)?;
            let id = store::candidacies::begin(conn, (certification, version), person, &told, now)?;
            let seen = store::candidacies::get(conn, &everything(), id)?;
            store::candidacies::shift(conn, &seen, CandidacyState::Submitted, now)?;
            let name: Name = "Curriculum vitæ".parse().unwrap();
            let about = format!("piece:{id}:{}", name.search_key());
            let sealed = keys.seal(KeyPurpose::Candidacy, &about, b"%PDF-1.4").unwrap();
            let size = (PieceKind::Pdf, 8);
            let piece = store::candidacies::add_piece(conn, id, (&name, "cv.pdf"), size, &sealed, now)?;
            Ok::<_, store::Error>((id, piece))
        };
        let (id, piece) = self.town.store().write(write).unwrap();
        self.parts.extend([("candidacy", id.to_string()), ("piece", piece.to_string())]);
        id
    }

    /// A jury that closed, with one member, and a candidate who was awarded and appeals nevertheless.
    fn jury(&mut self, certification: CertificationId, candidacy: CandidacyId, member: AccountId) -> JuryId {
        let now = self.town.now();
        let meeting = Meeting {
            starts_at: now,
            zone: Zone::PARIS,
            mode: SittingMode::OnSite,
            place: "Salle 1".to_owned(),
        };
        let grid = Grid { appearance: Appearance::Present, findings: Vec::new(), remarks: String::new() };
        let write = |conn: &mut store::Conn| {
            let version = store::certifications::version_now(conn, &everything(), certification)?;
            let id = store::juries::insert(conn, (certification, version), &meeting, now)?;
            let juror = store::juries::add_juror(conn, id, member, JurorCapacity::Professional)?;
            store::juries::name_chair(conn, id, juror)?;
            store::juries::come(conn, id, &[juror])?;
            let attempt = store::juries::add_attempt(conn, id, candidacy, now)?;
            store::juries::keep_grid(conn, attempt, &grid)?;
            store::juries::decide(conn, attempt, Decision::Awarded, now)?;
            let (seen, _) = store::juries::get(conn, &everything(), id)?;
            store::juries::shift(conn, &seen, JuryState::Closed, now)?;
            store::juries::add_minutes(conn, id, (1, "{}"), member, now)?;
            store::juries::make_appeal(conn, attempt, "J’étais là.", now)?;
            Ok::<_, store::Error>((id, juror, attempt))
        };
        let (id, juror, attempt) = self.town.store().write(write).unwrap();
        self.parts.extend([
            ("jury", id.to_string()),
            ("juror", juror.to_string()),
            ("attempt", attempt.to_string()),
        ]);
        id
    }

    /// What that jury awarded, certified.
    fn certificate(&mut self, jury: JuryId, candidacy: CandidacyId, certifier: &str, candidate: &str) {
        let house = &self.town.house;
        let holder = Holder {
            birth_name: "Carpentier".parse().unwrap(),
            first_name: "Lou".parse().unwrap(),
            other_names: OtherNames::default(),
            born: "1988".parse().unwrap(),
            sex: Sex::Female,
            birthplace: Birthplace::Unknown,
        };
        let told = Told { holder, is_attested: true };
        actions::identities::tell(house, &self.town.actor(candidate), candidacy, &told).unwrap();
        let (name, quality) = ("Irène Vasseur".parse().unwrap(), "directrice".parse().unwrap());
        let (certifier, issuer) = (self.town.actor(certifier), format!("certificateur-{jury}"));
        let signatory = Signatory { name, quality };
        actions::certificates::settle_issuer(house, &certifier, &issuer, signatory).unwrap();
        actions::certificates::issue(house, &certifier, jury).unwrap();
        let declarant = Declarant {
            client: "09ZZZ999".parse().unwrap(),
            contract: "MCFCER999999".parse().unwrap(),
            sender: "09ZZZ999".parse().unwrap(),
            says_action: true,
        };
        actions::declarations::settle(house, &certifier, &declarant).unwrap();
        let file = actions::declarations::prepare(house, &certifier).unwrap();
        actions::declarations::deposit(house, &certifier, file, self.town.today()).unwrap();
        let reach = certifier.may(Action::ReadDeclarations).unwrap();
        let kept = house.store.read(|conn| store::declarations::file(conn, &reach, file)).unwrap();
        let nothing = format!(
            "<rapport><nomFichier>f.xml</nomFichier><idFlux>{}</idFlux><idTraitement>1</idTraitement></rapport>",
            kept.flow
        );
        actions::declarations::take_report(house, &certifier, file, nothing.as_bytes()).unwrap();
        let report = house.store.read(|conn| store::declarations::reports(conn, file)).unwrap()[0].id;
        let told = |conn: &mut store::Conn| store::declarations::of_candidacy(conn, &everything(), candidacy);
        let declaration = house.store.read(told).unwrap().unwrap().id;
        // Both sides have a record of the same name; this certificate is that of this side.
        let newest = |conn: &mut store::Conn| {
            let uuid = store::certificates::list(conn, &reach, None, None)?.rows[0].uuid;
            store::certificates::get(conn, &reach, uuid)
        };
        let seen = house.store.read(newest).unwrap();
        let code = actions::certificates::claims(house, &seen).unwrap().code;
        self.parts.extend([
            ("certificate", seen.uuid.to_string()),
            ("verification", code.as_str().to_owned()),
            ("issuer", issuer),
            ("list", "1".to_owned()),
            ("declaration", declaration.to_string()),
            ("file", file.to_string()),
            ("report", report.to_string()),
        ]);
    }

    /// What a third programme asks each organisation, and what the programme of this side asks one of that.
    fn agreements(&mut self, place: &str, houses: &BTreeMap<&str, OrganisationId>, own: ProgrammeId) {
        let (town, now) = (&self.town, self.town.now());
        let beside = town.organisation(&format!("à côté de {place}"), &[Capacity::Operator]);
        let third = town.programme(beside, &[beside]);
        let ask = |programme: ProgrammeId, organisation: OrganisationId| {
            let add = |conn: &mut store::Conn| store::agreements::add(conn, programme, organisation, now);
            town.store().write(add).unwrap().to_string()
        };
        for (kind, roles) in HOUSES {
            let asked = ask(third, houses[kind]);
            for role in *roles {
                self.of_role.insert(("agreement", *role), asked.clone());
            }
        }
        let request = ask(own, beside);
        self.parts.extend([("agreement", request.clone()), ("request", request)]);
    }

    /// A half-day that was asked to be signed afterwards.
    fn asked_to_sign(&self, enrolment: EnrolmentId, slot: SlotId, by: &Actor) {
        let (now, by) = (self.town.now(), by.account().unwrap());
        let ask = |conn: &mut store::Conn| {
            store::signatures::ask_late(conn, enrolment, slot, by, now, now.plus_days(60))
        };
        self.town.store().write(ask).unwrap();
    }

    /// What hangs on the rows above: a survey of the trainee and one of the employer, a reservation, an import, a link, a log-in.
    fn loose_rows(
        &mut self,
        side: Side,
        session: SessionId,
        company: OrganisationId,
        enrolment: EnrolmentId,
        employer: &Actor,
    ) {
        let now = self.town.now();
        let (place, secret) = (format!("place-{side:?}"), format!("secret-{side:?}"));
        let survey_link = format!("survey-{side:?}");
        let account = employer.account().unwrap();
        let write = |conn: &mut store::Conn| {
            let before = store::enrolments::seats(conn, session)?;
            let beneficiary = Beneficiary::Company(company);
            let until = now.plus_days(7);
            let reservation =
                store::enrolments::add_reservation(conn, session, beneficiary, 1, until, "Convenu.")?;
            let after = store::enrolments::seats(conn, session)?;
            store::enrolments::keep_seats(conn, session, &before, &after)?;
            let sheet = Sheet::new(vec![(1, vec!["Mia".to_owned(), "Vasseur".to_owned()])]);
            let layout = sheet.laid_out().expect("names");
            let import = store::imports::add(conn, employer, company, Some(session), (&sheet, &layout), now)?;
            store::links::add(conn, &credentials::digest(&place), Purpose::Place(enrolment), until)?;
            store::links::add(conn, &credentials::digest(&secret), Purpose::Reset(account), until)?;
            let window = Moment::Hot.window(now, now).unwrap();
            let trainee = Respondent::Trainee(enrolment);
            let trainee = store::surveys::add(conn, session, Inquiry::HOT, trainee, window, Some(now))?;
            let cold = Respondent::Employer(company);
            let cold = store::surveys::add(conn, session, Inquiry::EMPLOYER, cold, window, Some(now))?;
            store::links::add(conn, &credentials::digest(&survey_link), Purpose::Survey(trainee), until)?;
            Ok::<_, store::Error>((reservation, import, trainee, cold))
        };
        let (reservation, import, of_trainee, of_company) = self.town.store().write(write).unwrap();
        self.parts.extend([
            ("reservation", reservation.to_string()),
            ("import", import.to_string()),
            ("link", place),
            ("survey", of_trainee.to_string()),
            ("survey_link", survey_link.clone()),
            ("secret", secret),
            ("login", "0".to_owned()),
        ]);
        self.of_role.insert(("survey", Role::Employer), of_company.to_string());
        for ((role, _), email) in self.people.iter().filter(|((_, of), _)| *of == side) {
            self.of_role.insert(("login", *role), self.town.open_login(email).to_string());
        }
    }

    pub fn path(&self, route: &Route, role: Role) -> String {
        let pieces = route.path.split('/').map(|piece| {
            let Some(name) = piece.strip_prefix('{') else { return piece.to_owned() };
            let (name, rest) = name.split_once('}').unwrap_or((name, ""));
            let name = match (name, route.action) {
                ("link", _) => link_of(route),
                ("agreement", Action::WithdrawAgreement) => "request",
                (name, _) => name,
            };
            let of_role = self.of_role.iter().find(|((part, of), _)| *part == name && *of == role);
            let part = of_role.map(|(_, part)| part).or_else(|| self.parts.get(name)).unwrap_or_else(|| {
                panic!("{}: give {{{name}}} a row in World::half (tests/stories/every_door.rs)", route.path)
            });
            format!("{part}{rest}")
        });
        pieces.collect::<Vec<_>>().join("/")
    }
}

fn town_account(town: &Town, email: &str) -> AccountId {
    town.actor(email).account().unwrap()
}

/// Which of the personal links a door is opened with.
fn link_of(route: &Route) -> &'static str {
    if route.path.starts_with("/enquetes/") { "survey_link" } else { "link" }
}

fn every_door_opens_to_whom_the_policy_says(database: &Database) {
    let world = World::found(database);
    let mut logged_in: BTreeMap<(Role, Side), Person> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut page = head();
    for route in routes(true) {
        let mut cells: BTreeMap<Role, String> = BTreeMap::new();
        if route.path.contains("{link}") {
            knock_with_links(&world, &route, &mut faults, &mut cells);
            row(&mut page, &route, &cells);
            continue;
        }
        let status = knock(&world.parts, &world.town.visitor(), &route, &world.path(&route, Role::Anyone));
        judge(&mut faults, &route, Role::Anyone, Side::Own, status);
        cells.insert(Role::Anyone, status.to_string());
        // The foreign ones first: what the own ones do may change the row.
        for side in [Side::Foreign, Side::Own] {
            for ((role, _), email) in world.people.iter().filter(|((_, of), _)| *of == side) {
                let person = logged_in.entry((*role, side)).or_insert_with(|| world.town.log_in(email));
                let status = knock(&world.parts, person, &route, &world.path(&route, *role));
                judge(&mut faults, &route, *role, side, status);
                let cell = cells.entry(*role).or_default();
                *cell = if side == Side::Own { format!("{status} {cell}") } else { status.to_string() };
                if matches!(route.action, Action::LogOut | Action::SetPassword | Action::KeepOwnAccount) {
                    logged_in.remove(&(*role, side));
                }
            }
        }
        row(&mut page, &route, &cells);
    }
    let shared = Shared::between(&world);
    shared.shows_each_their_own();
    shared.tries_every_door(&mut faults, &mut page);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    is_kept("docs/permissions.md", &page);
}

/// Behind these doors the part in the path is the key, not the role: one that is right opens, another finds nothing.
fn knock_with_links(
    world: &World,
    route: &Route,
    faults: &mut Vec<String>,
    cells: &mut BTreeMap<Role, String>,
) {
    let path = world.path(route, Role::Link);
    let wrong = path.replace(&world.parts[link_of(route)], "un-autre-lien");
    let status = knock(&world.parts, &world.town.visitor(), route, &wrong);
    if status != 404 {
        faults.push(format!("{} {} with a wrong link: {status}", route.method, route.path));
    }
    cells.insert(Role::Anyone, status.to_string());
    let status = knock(&world.parts, &world.town.visitor(), route, &path);
    judge(faults, route, Role::Link, Side::Own, status);
    cells.insert(Role::Link, status.to_string());
}

/// Opens the door, with the form it wants to be read at all, its rows being these.
fn knock(rows: &BTreeMap<&'static str, String>, person: &Person, route: &Route, path: &str) -> u16 {
    let form = FORMS.iter().find(|(path, _)| *path == route.path).map_or(&[][..], |(_, form)| form);
    let filled: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| {
            let row = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            (*name, row.map_or(*value, |row| rows[row].as_str()))
        })
        .collect();
    match route.method.as_str() {
        "GET" => {
            let page = person.get(path);
            assert!(page.queries() <= MOST_QUERIES, "GET {} asks {} queries", route.path, page.queries());
            page.status
        }
        "POST" => person.post(path, &filled).status,
        other => panic!("{}: how does one knock with {other}?", route.path),
    }
}

/// Forms that an empty one would not do for: it would be refused before anybody looks whose the row is.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    (
        "/entreprises/{organisation}/membres",
        &[("name", "Zoé Petit"), ("email", "zoe@ici.example"), ("role", "employer"), ("langue", "fr")],
    ),
    ("/inscriptions", &[("session", "{session}"), ("person", "{person}")]),
    ("/inscriptions/{enrolment}/reponse", &[("reponse", "oui")]),
    ("/accords/{agreement}/reponse", &[("reponse", "oui")]),
    ("/inscriptions/{enrolment}/remplacement", &[("person", "{person}")]),
    ("/sessions/{session}/presences/{slot}/{enrolment}", &[("presence", "present"), ("motif", "Vu.")]),
    ("/inscriptions/{enrolment}/report", &[("session", "{session}")]),
    (
        "/sessions/{session}/inscription",
        &[("prenom", "Zoé"), ("nom", "Petit"), ("email", "zoe@ici.example"), ("siret", "")],
    ),
];

/// Let in by the policy, and yet there is nothing there for this role.
const NOTHING_THERE: &[(&str, Role, &str)] = &[
    ("/inscriptions", Role::Trainee, "asks on the page of the session"),
    ("/membres/{membership}/fin", Role::Administrator, "the other administrator has ended it already"),
];

/// Rows that are not one side's own: a session that is published, a secret that somebody holds.
const OPEN_ROWS: &[&str] = &[
    "/certifications/{certification}/candidature",
    "/sessions/{session}/demande",
    "/acces/{secret}",
    "/emargement/{code}",
];

/// What the policy allows to happen. Let in means: any answer but «no», «not found» and a fault.
fn judge(faults: &mut Vec<String>, route: &Route, role: Role, side: Side, status: u16) {
    let has_row = route.path.contains('{') && !OPEN_ROWS.contains(&route.path);
    let (allowed, wanted): (&[u16], &str) = match (policy(route.action).span(role), side) {
        (Span::No, _) if role == Role::Anyone => (&[303], "the log-in"),
        (Span::No, _) if route.method == "GET" => (&[404], "what one may not see does not exist"),
        (Span::No, _) => (&[403], "no"),
        (Span::Own, Side::Foreign) if has_row => (&[404], "what is another's does not exist"),
        (Span::Own | Span::All, _) => (&[200, 303, 400, 409, 422], "to be let in"),
    };
    let is_known = NOTHING_THERE.iter().any(|(path, of, _)| *path == route.path && *of == role);
    if !(allowed.contains(&status) || (is_known && status == 404)) {
        faults.push(format!("{} {} as {role} ({side:?}): {status}, not {wanted}", route.method, route.path));
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
        let cells = Role::ALL.iter().map(|role| match policy(*action).span(*role) {
            Span::All => "all",
            Span::Own => "own",
            Span::No => "",
        });
        let cells: Vec<&str> = cells.collect();
        writeln!(page, "| `{action}` | {} |", cells.join(" | ")).unwrap();
    }
    page.push_str(
        "\n## The doors\n\nThe status that came back, at home and then abroad: on a row of one’s own world, and on the \
         same row for somebody of another. Forms were sent with next to nothing in them: 303, 400, 409 and 422 mean that the policy let the \
         request in. 303 for `anyone` leads to the log-in.\n\n",
    );
    let names: Vec<String> = tried().map(|role| format!("`{role}`")).collect();
    writeln!(page, "| door | action | {} |\n|---|---|{}", names.join(" | "), "---|".repeat(names.len()))
        .unwrap();
    page
}

fn row(page: &mut String, route: &Route, cells: &BTreeMap<Role, String>) {
    let cells: Vec<&str> = tried().map(|role| cells.get(&role).map_or("", String::as_str)).collect();
    writeln!(page, "| `{} {}` | `{}` | {} |", route.method, route.path, route.action, cells.join(" | "))
        .unwrap();
}

/// The roles that somebody can have who knocks: all but the house itself.
fn tried() -> impl Iterator<Item = Role> {
    Role::ALL.iter().copied().filter(|role| *role != Role::House)
}
