//! Each address that takes something, and which of the four properties of forms it has; each is tried at each.

use crate::every_door::{Side, World};
use crate::harness::{Database, stories};
use crate::town::{Form, PASSWORD, Person};
use diesel::prelude::*;
use domain::access::{Role, Span, policy};
use std::collections::{BTreeMap, BTreeSet};
use web::{Route, routes};

stories! {
    both: every_form_has_its_properties;
}

/// What a form does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Property {
    /// What somebody else wrote meanwhile stands beside what was typed.
    Edition,
    /// Another log-in, or another part, does nothing.
    Whom,
    /// Sent again, it leads to what it made.
    Once,
    /// It comes back after a log-in that ended.
    Kept,
}

use Property::{Edition, Kept, Once, Whom};

const ALL: &[Property] = &[Edition, Whom, Once, Kept];
const BUT_EDITION: &[Property] = &[Whom, Once, Kept];

// Why an address lacks one.
const ADDS: &str = "it adds, and shows nothing that is kept";
const A_STEP: &str = "a step of a life: its act compares the state that it leaves";
const A_TRY: &str = "it proves who one is: each sending is a try, and its answer brings the cookie";
const LEAVES: &str = "whoever leaves leaves, as often as they like";
const OPEN_TO_ANYONE: &str = "anybody may send it, logged in or not, and it changes nothing that is shown";
const BY_LINK: &str = "the link says for whom it is, and needs no log-in";
const GOES_ON: &str = "it goes on with what stopped, and does nothing where nothing did";
const OWN_EDITION: &str = "it brings the number of its edition, and its act refuses an older one";
const OWN_LIST: &str = "a list is one's own until it is taken over";
const ONE_SET: &str =
    "nothing can be chosen in this world: one set of boxes, compared like any other where there are some";
const ANSWERED_ONCE: &str = "an answer is one's own";
const NOT_DECLARED: &str = "its form is not declared yet";

/// The properties of each address. What is not said of an address has its reason beside it.
const DOORS: &[(&str, &[Property], &str)] = &[
    ("/connexion", &[], A_TRY),
    ("/deconnexion", &[Whom, Once], LEAVES),
    ("/mot-de-passe", &[Edition, Whom, Once], OPEN_TO_ANYONE),
    ("/acces/{secret}", &[Edition], A_TRY),
    ("/langue", &[Whom, Once], OPEN_TO_ANYONE),
    ("/compte", ALL, ""),
    ("/compte/mot-de-passe", ALL, ""),
    ("/compte/connexions/{login}/fin", BUT_EDITION, A_STEP),
    ("/compte/connexions/fin", BUT_EDITION, A_STEP),
    ("/comptes/{account}/suspension", BUT_EDITION, A_STEP),
    ("/comptes/{account}/reouverture", BUT_EDITION, A_STEP),
    ("/comptes/{account}/invitation", BUT_EDITION, A_STEP),
    ("/membres", BUT_EDITION, ADDS),
    ("/membres/{membership}/fin", BUT_EDITION, A_STEP),
    ("/entreprises/{organisation}/membres", BUT_EDITION, ADDS),
    ("/entreprises", ALL, ""),
    ("/entreprises/{organisation}/modification", ALL, ""),
    ("/entreprises/participations", BUT_EDITION, ADDS),
    ("/accords/{agreement}/reponse", BUT_EDITION, A_STEP),
    ("/accords/{agreement}/retrait", BUT_EDITION, A_STEP),
    ("/programmes", BUT_EDITION, ADDS),
    ("/programmes/{programme}/objectifs", BUT_EDITION, NOT_DECLARED),
    ("/salaries", BUT_EDITION, ADDS),
    ("/salaries/{person}", ALL, ""),
    ("/salaries/{person}/invitation", BUT_EDITION, A_STEP),
    ("/salaries/{person}/depart", ALL, ""),
    ("/salaries/import", BUT_EDITION, ADDS),
    ("/salaries/import/{import}/colonnes", BUT_EDITION, OWN_LIST),
    ("/salaries/import/{import}/verification", BUT_EDITION, OWN_LIST),
    ("/salaries/import/{import}/confirmation", BUT_EDITION, OWN_LIST),
    ("/formations", ALL, ""),
    ("/formations/{course}", ALL, ""),
    ("/certifications", BUT_EDITION, ADDS),
    ("/certifications/repertoire", BUT_EDITION, ADDS),
    ("/certifications/{certification}/fiche", BUT_EDITION, OWN_EDITION),
    ("/certifications/{certification}/formations", BUT_EDITION, ONE_SET),
    ("/certifications/{certification}/candidature", BUT_EDITION, ADDS),
    ("/candidatures/{candidacy}/dossier", ALL, ""),
    ("/candidatures/{candidacy}/pieces", BUT_EDITION, ADDS),
    ("/candidatures/{candidacy}/depot", BUT_EDITION, A_STEP),
    ("/candidatures/{candidacy}/retrait", ALL, ""),
    ("/candidatures/{candidacy}/pieces/{piece}", BUT_EDITION, A_STEP),
    ("/candidatures/{candidacy}/eligibilite", BUT_EDITION, A_STEP),
    ("/candidatures/{candidacy}/admission", BUT_EDITION, A_STEP),
    ("/candidatures/{candidacy}/rattrapage", BUT_EDITION, A_STEP),
    ("/certifications/{certification}/jury", ALL, ""),
    ("/jurys/{jury}/seance", ALL, ""),
    ("/jurys/{jury}/membres", BUT_EDITION, ADDS),
    ("/jurys/{jury}/membres/{juror}/presidence", BUT_EDITION, A_STEP),
    ("/jurys/{jury}/membres/{juror}/retrait", BUT_EDITION, A_STEP),
    ("/jurys/{jury}/candidats", BUT_EDITION, ADDS),
    ("/jurys/{jury}/candidats/{attempt}/retrait", BUT_EDITION, A_STEP),
    ("/jurys/{jury}/convocation", BUT_EDITION, A_STEP),
    ("/jurys/{jury}/annulation", ALL, ""),
    ("/jurys/{jury}/declaration", ALL, ""),
    ("/jurys/{jury}/ouverture", BUT_EDITION, A_STEP),
    ("/jurys/{jury}/suspension", ALL, ""),
    ("/jurys/{jury}/cloture", BUT_EDITION, A_STEP),
    ("/jurys/{jury}/candidats/{attempt}/grille", BUT_EDITION, NOT_DECLARED),
    ("/jurys/{jury}/candidats/{attempt}/correction", BUT_EDITION, NOT_DECLARED),
    ("/jurys/{jury}/proces-verbal", BUT_EDITION, A_STEP),
    ("/candidatures/{candidacy}/passages/{attempt}/recours", ALL, ""),
    ("/jurys/{jury}/candidats/{attempt}/recours", ALL, ""),
    ("/candidatures/{candidacy}/identite/saisie", ALL, ""),
    ("/certificats/signature", ALL, ""),
    ("/jurys/{jury}/certificats", BUT_EDITION, A_STEP),
    ("/certificats/{certificate}/remplacement", ALL, ""),
    ("/certificats/{certificate}/renouvellement", BUT_EDITION, A_STEP),
    ("/certificats/{certificate}/nouvelle-delivrance", BUT_EDITION, A_STEP),
    ("/certificats/{certificate}/revocation", ALL, ""),
    ("/verifier/numero", &[Whom, Once], OPEN_TO_ANYONE),
    ("/verifier/fichier", &[Whom, Once], OPEN_TO_ANYONE),
    ("/declarations/numeros", ALL, ""),
    ("/declarations/fichiers", BUT_EDITION, ADDS),
    ("/declarations/fichiers/{file}/suite", BUT_EDITION, A_STEP),
    ("/declarations/fichiers/{file}/depot", BUT_EDITION, A_STEP),
    ("/declarations/fichiers/{file}/abandon", ALL, ""),
    ("/declarations/fichiers/{file}/compte-rendu", BUT_EDITION, ADDS),
    ("/declarations/fichiers/{file}/reprise", &[Whom, Kept], GOES_ON),
    ("/declarations/fichiers/{file}/rejet", ALL, ""),
    ("/declarations/{declaration}/correction", BUT_EDITION, A_STEP),
    ("/sessions/{session}/publication", BUT_EDITION, A_STEP),
    ("/sessions/{session}/maintien", BUT_EDITION, A_STEP),
    ("/sessions/{session}/debut", BUT_EDITION, A_STEP),
    ("/sessions/{session}/suppression", BUT_EDITION, A_STEP),
    ("/sessions/{session}/annulation", ALL, ""),
    ("/sessions", BUT_EDITION, ADDS),
    ("/sessions/{session}/plan", BUT_EDITION, OWN_EDITION),
    ("/sessions/{session}/salle/{slot}/contresignature", BUT_EDITION, A_STEP),
    ("/sessions/{session}/salle/{slot}", BUT_EDITION, A_STEP),
    ("/sessions/{session}/salle/{slot}/signature/{enrolment}", BUT_EDITION, A_STEP),
    ("/sessions/{session}/salle/{slot}/retrait/{enrolment}", BUT_EDITION, A_STEP),
    ("/sessions/{session}/salle/{slot}/demande", BUT_EDITION, A_STEP),
    ("/sessions/{session}/salle/{slot}/envois", BUT_EDITION, A_STEP),
    ("/sessions/{session}/cloture", BUT_EDITION, A_STEP),
    ("/sessions/{session}/salle/{slot}/dispense", BUT_EDITION, A_STEP),
    ("/sessions/{session}/presences/{slot}/{enrolment}", ALL, ""),
    ("/emargement/{code}", BUT_EDITION, A_STEP),
    ("/emargement/{code}/lien", &[Whom, Once], OPEN_TO_ANYONE),
    ("/place/{link}/signature", &[Once], BY_LINK),
    ("/place/{link}/signature/{slot}", &[Once], BY_LINK),
    ("/inscriptions", BUT_EDITION, ADDS),
    ("/sessions/{session}/demande", BUT_EDITION, ADDS),
    ("/inscriptions/{enrolment}/annulation", BUT_EDITION, A_STEP),
    ("/inscriptions/{enrolment}/reponse", BUT_EDITION, A_STEP),
    ("/inscriptions/{enrolment}/approbation", BUT_EDITION, A_STEP),
    ("/inscriptions/{enrolment}/refus", BUT_EDITION, A_STEP),
    ("/inscriptions/{enrolment}/remplacement", BUT_EDITION, A_STEP),
    ("/inscriptions/{enrolment}/report", BUT_EDITION, A_STEP),
    ("/inscriptions/{enrolment}/depassement", BUT_EDITION, A_STEP),
    ("/sessions/{session}/inscription", BUT_EDITION, ADDS),
    ("/sessions/{session}/reservations", ALL, ""),
    ("/reservations/{reservation}/fin", BUT_EDITION, A_STEP),
    ("/place/{link}/annulation", &[Once], BY_LINK),
    ("/place/{link}/reponse", &[Once], BY_LINK),
    ("/place/{link}/compte", &[Once], BY_LINK),
    ("/enquetes/{link}", &[Once], BY_LINK),
    ("/mes-enquetes/{survey}", BUT_EDITION, ANSWERED_ONCE),
    ("/formations/{course}/questions", ALL, ""),
    ("/formations/{course}/questions/{question}", ALL, ""),
    ("/formations/{course}/questions/{question}/rang", BUT_EDITION, A_STEP),
    ("/formations/{course}/questions/{question}/retrait", BUT_EDITION, A_STEP),
    ("/courrier/{letter}/renvoi", BUT_EDITION, A_STEP),
];

/// The roles that try: who may, the one with the most to do first.
const ROLES: &[Role] = &[
    Role::TrainingManager,
    Role::Operator,
    Role::Certifier,
    Role::Employer,
    Role::Trainee,
    Role::Trainer,
    Role::Juror,
    Role::Administrator,
    Role::Funder,
    Role::Auditor,
];

fn every_form_has_its_properties(database: &Database) {
    let world = World::found(database);
    let mut faults = Vec::new();
    let mut said: BTreeMap<&str, (&[Property], &str)> =
        DOORS.iter().map(|(path, has, why)| (*path, (*has, *why))).collect();
    for route in routes(true).into_iter().filter(|route| route.method == "POST") {
        let has = tried(&world, &route);
        let Some((row, why)) = said.remove(route.path) else {
            faults.push(format!("(\"{}\", &{has:?}, \"\"),", route.path));
            continue;
        };
        let expected: BTreeSet<Property> = row.iter().copied().collect();
        if has != expected {
            faults.push(format!("{}: {has:?}, where the table says {expected:?}", route.path));
        }
        if has.len() < ALL.len() && why.is_empty() {
            faults.push(format!("{}: why has it no more than {has:?}?", route.path));
        }
    }
    faults.extend(said.keys().map(|path| format!("{path} is no address")));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Who sends what goes to an address.
fn sender(world: &World, route: &Route) -> (Role, Option<String>) {
    let role = ROLES.iter().copied().find(|role| policy(route.action).span(*role) != Span::No);
    let role = role.unwrap_or(Role::Link);
    if role == Role::Link || route.path.contains("{link}") {
        return (Role::Link, None);
    }
    (role, Some(world.people[&(role, Side::Own)].clone()))
}

fn tried(world: &World, route: &Route) -> BTreeSet<Property> {
    let (role, email) = sender(world, route);
    let path = world.path(route, role);
    let person = || email.as_ref().map_or_else(|| world.town.visitor(), |email| world.town.log_in(email));
    let mut has = BTreeSet::new();
    let tries = [
        (Whom, email.is_some() && is_for_whom(&person(), &path)),
        (Once, is_done_once(world, &person(), &path)),
        (Kept, email.is_some() && is_kept(world, &person(), &path, email.as_deref().unwrap_or_default())),
        (Edition, has_an_edition(&person(), &path)),
    ];
    has.extend(tries.into_iter().filter(|(_, holds)| *holds).map(|(property, _)| property));
    has
}

/// Drawn for somebody else, it does nothing and says so.
fn is_for_whom(person: &Person, path: &str) -> bool {
    let told = person.post(path, &[("envoi", "nombre.9999-9999..")]);
    told.status == 409 && told.text().contains("Cette page était ouverte avec un autre accès")
}

/// Sent before, it leads to what it made, whatever it is now.
fn is_done_once(world: &World, person: &Person, path: &str) -> bool {
    let number = format!("essai{}", path.replace('/', "-"));
    let sql = format!(
        "INSERT INTO sent_forms (number, made, sent_at) VALUES ('{number}', '/catalogue?deja', '2026-01-01 00:00:00')"
    );
    let insert = |conn: &mut store::Conn| diesel::sql_query(sql).execute(conn).map_err(store::Error::from);
    world.town.store().write(insert).unwrap();
    let led = person.post(path, &[("envoi", &format!("{number}..."))]);
    led.status == 303 && led.leads_to() == "/catalogue?deja"
}

/// It comes back after a log-in that ended.
fn is_kept(world: &World, person: &Person, path: &str, email: &str) -> bool {
    let account = world.town.actor(email).account().unwrap();
    let now = world.town.now();
    let end = |conn: &mut store::Conn| store::logins::end_others(conn, account, None, now);
    world.town.store().write(end).unwrap();
    let asked = person.post(path, &[("envoi", "nombre..."), ("texte", "Ce que j’écrivais")]);
    if asked.status != 403 || !asked.text().contains("Ce que vous aviez écrit n’est pas perdu") {
        return false;
    }
    let back = asked.form("/connexion").with("email", email).with("password", PASSWORD).sent_by(person);
    back.status == 200 && back.form(path).value("texte") == Some("Ce que j’écrivais")
}

/// What it was drawn from has changed: it says so, and saves nothing.
fn has_an_edition(person: &Person, path: &str) -> bool {
    let pages = [path.to_owned(), format!("{path}/nouvelle"), "/compte".to_owned()];
    let shown = pages.iter().map(|page| person.get(page)).filter(|page| page.status == 200);
    let Some(form) = shown.flat_map(|page| page.forms()).find(|form| form.action == path) else {
        return false;
    };
    let Some(older) = drawn_from_others(&form) else { return false };
    let told = older.sent_by(person);
    told.status == 409 && told.text().contains("Quelqu’un a modifié ces informations")
}

/// The form as it would be, had something else been kept when it was drawn, and something else been typed.
fn drawn_from_others(form: &Form) -> Option<Form> {
    let token = form.value("envoi")?.to_owned();
    let mut parts = token.splitn(4, '.');
    let (number, whom, edition, leads) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let other = "x".repeat(edition.len());
    let older = form.clone().with("envoi", &format!("{number}.{whom}.{other}.{leads}"));
    Some(form.typed().iter().fold(older, |form, name| form.with(name, "autre chose")))
}
