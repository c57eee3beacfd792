//! What stands around every page.

use super::sent::{self, Sent};
use super::site::Site;
use super::visit::{Request, Visit};
use addresses::Page;
use askama::Template;
use domain::access::{Action, Actor, Part, Role};
use store::logins::{self, Login};
use words::Words;

/// What was just done, said once on the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice(pub String);

impl Notice {
    pub fn pack(&self) -> String {
        percent_encoding::utf8_percent_encode(&self.0, percent_encoding::NON_ALPHANUMERIC).to_string()
    }

    pub fn unpack(text: &str) -> Option<Self> {
        let plain = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
        Some(Self(plain.chars().take(500).collect())).filter(|n| !n.0.is_empty())
    }
}

/// An entry of the bar.
#[derive(Debug, Clone)]
pub struct NavItem {
    pub href: &'static str,
    pub label: &'static str,
    pub current: bool,
}

/// A part that the reader may take, as the menu offers it.
#[derive(Debug, Clone)]
pub struct PartChoice {
    /// What `?comme=` says.
    pub name: String,
    pub role: &'static str,
    pub of: String,
    pub current: bool,
}

/// The bar, the menu and the foot of a page.
#[derive(Debug, Clone)]
pub struct Shell {
    pub w: Words,
    pub title: String,
    pub path: String,
    /// The path as its route says it, without anybody's secret: for the log.
    pub pattern: String,
    /// Where the reader comes back to after choosing a language or another part.
    pub here: String,
    pub nav: Vec<NavItem>,
    pub menu: Vec<NavItem>,
    /// The reader's name, when logged in.
    pub name: Option<String>,
    pub role: &'static str,
    pub of: String,
    parts: Vec<PartChoice>,
    pub notice: Option<String>,
    /// Who acts, as forms say it.
    whom: String,
    /// Under what name the browser keeps the rooms of whoever is logged in: empty for nobody, none where
    /// the page does not tell.
    pub rooms: Option<String>,
    pub demonstration: bool,
    /// Where a request that was refused came from.
    pub came_from: Option<String>,
}

/// A text of the house, in any language.
type Label = fn(Words) -> &'static str;

/// Where the bar leads, for each role: the address, its words, and the action that must be granted.
const NAV: &[(&str, Label, Action)] = &[
    ("/accueil", Words::home, Action::ReadHome),
    ("/salaries", Words::staff, Action::ReadStaff),
    ("/inscriptions", Words::enrolments, Action::ReadPlaces),
    ("/mes-enquetes", Words::my_surveys, Action::AnswerSurvey),
    ("/sessions", Words::sessions, Action::ReadSessions),
    ("/formations", Words::courses, Action::ReadCourses),
    ("/certifications", Words::certifications, Action::EditCertification),
    ("/candidatures", Words::candidacies, Action::ReadCandidacies),
    ("/jurys", Words::juries, Action::ReadJuries),
    ("/certificats", Words::certificates, Action::ReadCertificates),
    ("/declarations", Words::declarations, Action::ReadDeclarations),
    ("/programme", Words::programme, Action::ReadProgramme),
    ("/entreprises", Words::organisations, Action::ReadOrganisations),
    ("/comptes", Words::accounts, Action::ReadAccounts),
    ("/courrier", Words::letters, Action::ReadLetters),
    ("/membres", Words::members, Action::ReadMembers),
];
/// Entries stand in the bar, on one line, while there is room for these letters; the others in the menu.
const LETTERS_IN_THE_BAR: usize = 50;

impl Shell {
    pub fn new(visit: &Visit<'_>, title: String) -> Self {
        Self::bare(visit.site, visit.request, visit.actor, visit.login, visit.w).titled(title)
    }

    pub fn bare(site: &Site, request: &Request, actor: Actor, login: Option<&Login>, w: Words) -> Self {
        let path = request.path.clone();
        let is_current = |href: &str| path == href || path.starts_with(&format!("{href}/"));
        let seen_by = login.map_or(actor, Login::actor);
        let mut nav: Vec<NavItem> = NAV
            .iter()
            .filter(|(_, _, action)| login.is_some() && seen_by.may(*action).is_ok())
            .map(|(href, label, _)| NavItem { href, label: label(w), current: is_current(href) })
            .collect();
        let mut letters = 0;
        let mut fits = |item: &&NavItem| {
            letters += item.label.chars().count();
            letters <= LETTERS_IN_THE_BAR
        };
        let menu = nav.split_off(nav.iter().take_while(|item| fits(item)).count());
        nav.push(NavItem { href: "/catalogue", label: w.catalogue(), current: is_current("/catalogue") });
        let chosen = login.and_then(|l| l.chosen);
        let parts: Vec<PartChoice> = login
            .map(|l| l.choices.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|c| PartChoice {
                name: logins::part_name(c.part),
                role: w.role(c.role),
                of: c.of.clone(),
                current: Some(c.part) == chosen,
            })
            .collect();
        let of = parts.iter().find(|p| p.current).map(|p| p.of.clone()).unwrap_or_default();
        let role = match chosen {
            Some(Part::Member(member)) => w.role(member.role),
            Some(Part::Trainee(_)) => w.role(Role::Trainee),
            None => w.role(Role::Anyone),
        };
        Self {
            w,
            title: String::new(),
            here: if request.has_page {
                path.clone()
            } else {
                request.came_from.clone().unwrap_or_else(|| "/accueil".to_owned())
            },
            path,
            pattern: request.pattern.clone(),
            nav,
            menu,
            name: login.map(|l| l.name.clone()),
            role,
            of,
            parts,
            whom: sent::whom(actor),
            notice: request.notice.clone().map(|n| n.0),
            rooms: request
                .parameter("link")
                .is_none()
                .then(|| login.map(|login| format!("salles-{}", login.account)).unwrap_or_default()),
            demonstration: site.demonstration,
            came_from: request.came_from.clone(),
        }
    }

    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// What a form of this page says of itself, under the name [`sent::NAME`].
    pub fn sent(&self) -> String {
        Sent::draw(&self.whom, "", &self.here)
    }

    pub fn parts(&self) -> &[PartChoice] {
        &self.parts
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    pub shell: Shell,
    pub help: String,
    pub offer_parts: bool,
    /// What to do about it.
    pub ways: Vec<(Page<'static>, &'static str)>,
}
