//! The form of a plan.

use crate::forms::mistakes::Mistakes;
use crate::forms::{REASON_NAME, Refused};
use crate::frame::error::refusal;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::{self, Error};
use actix_web::http::StatusCode;
use askama::Template;
use domain::access::Action;
use domain::calendar::{Day, Minute, Zone};
use domain::courses::Course;
use domain::ids::{AccountId, CourseId, CourseVersionId, SessionId};
use domain::reference::{self, Commune, CommuneCode};
use domain::sessions::{Plan, Promotion, QUEUE_CLOSES_HOURS, Refusal, Session, Slot, Venue};
use domain::text::search_key;
use domain::{self};
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/nouvelle", Action::PlanSession, ask_new);
    routes.post("/sessions", Action::PlanSession, add);
    routes.get("/sessions/{session}/plan", Action::PlanSession, ask_change);
    routes.post("/sessions/{session}/plan", Action::PlanSession, change);
}

/// Everything as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PlanForm {
    formation: String,
    jour: Vec<String>,
    debut: Vec<String>,
    fin: Vec<String>,
    fuseau: String,
    commune: String,
    code: String,
    lieu: String,
    lien: String,
    places: String,
    minimum: String,
    limite_jour: String,
    limite_heure: String,
    cloture: String,
    promotion: String,
    delai: String,
    formateur: Vec<String>,
    motif: String,
    /// The edition of the plan that the form was opened on.
    edition: String,
    /// Which button was pressed, when it only changes the form.
    ligne: String,
}

/// One line of half-days, as it was typed.
#[derive(Debug, Clone)]
struct Line {
    number: usize,
    day: String,
    starts: String,
    ends: String,
}

impl PlanForm {
    fn blank(course: &str) -> Self {
        Self {
            formation: course.to_owned(),
            jour: vec![String::new(); 2],
            debut: vec!["09:00".to_owned(), "13:30".to_owned()],
            fin: vec!["12:30".to_owned(), "17:00".to_owned()],
            fuseau: Zone::PARIS.to_string(),
            places: "12".to_owned(),
            minimum: "4".to_owned(),
            limite_heure: "18:00".to_owned(),
            cloture: QUEUE_CLOSES_HOURS.to_string(),
            promotion: "confirm".to_owned(),
            delai: "24".to_owned(),
            ..Self::default()
        }
    }

    fn of(session: &Session) -> Self {
        let plan = &session.plan;
        let deadline = plan.enrol_by.local(plan.zone);
        let (promotion, delai) = match plan.promotion {
            Promotion::Confirm => ("confirm", "24".to_owned()),
            Promotion::Offer { hours } => ("offer", hours.to_string()),
        };
        let commune = plan.venue.commune.as_ref();
        Self {
            jour: plan.slots.iter().map(|s| s.day.iso()).collect(),
            debut: plan.slots.iter().map(|s| s.starts.iso()).collect(),
            fin: plan.slots.iter().map(|s| s.ends.iso()).collect(),
            fuseau: plan.zone.to_string(),
            commune: commune.and_then(CommuneCode::known).map(label).unwrap_or_default(),
            code: commune.map(ToString::to_string).unwrap_or_default(),
            lieu: plan.venue.place.clone(),
            lien: plan.venue.video_link.clone(),
            places: plan.capacity.to_string(),
            minimum: plan.minimum.to_string(),
            limite_jour: deadline.format("%Y-%m-%d").to_string(),
            limite_heure: deadline.format("%H:%M").to_string(),
            cloture: plan.queue_closes_hours.to_string(),
            promotion: promotion.to_owned(),
            delai,
            formateur: plan.trainers.iter().map(ToString::to_string).collect(),
            edition: session.edition.to_string(),
            ..Self::default()
        }
    }

    fn lines(&self) -> Vec<Line> {
        let at = |list: &[String], n: usize| list.get(n).map(|t| t.trim().to_owned()).unwrap_or_default();
        let most = self.jour.len().clamp(1, domain::sessions::MOST_SLOTS + 1);
        (0..most)
            .map(|n| Line {
                number: n + 1,
                day: at(&self.jour, n),
                starts: at(&self.debut, n),
                ends: at(&self.fin, n),
            })
            .collect()
    }

    /// One line more: empty, or the last day's lines again on the day after.
    fn grown(mut self) -> Self {
        let days: Vec<Day> = self.jour.iter().filter_map(|d| d.parse().ok()).collect();
        match (self.ligne.as_str(), days.iter().max()) {
            ("lendemain", Some(last)) => {
                let again: Vec<Line> =
                    self.lines().into_iter().filter(|l| l.day.parse() == Ok(*last)).collect();
                self.drop_empty();
                for line in again {
                    self.jour.push(last.plus_days(1).iso());
                    self.debut.push(line.starts);
                    self.fin.push(line.ends);
                }
            }
            _ => {
                for list in [&mut self.jour, &mut self.debut, &mut self.fin] {
                    list.push(String::new());
                }
            }
        }
        self
    }

    fn drop_empty(&mut self) {
        let kept: Vec<Line> = self.lines().into_iter().filter(|l| !l.day.is_empty()).collect();
        self.jour = kept.iter().map(|l| l.day.clone()).collect();
        self.debut = kept.iter().map(|l| l.starts.clone()).collect();
        self.fin = kept.iter().map(|l| l.ends.clone()).collect();
    }

    /// The plan that was typed; what cannot be read is noted.
    fn read(
        &self,
        visit: &Visit<'_>,
        version: Option<CourseVersionId>,
        mistakes: &mut Mistakes,
    ) -> Option<Plan> {
        let w = visit.w;
        let version = mistakes.read("formation", version.ok_or(()), w.choose_course());
        let known_zone = mistakes.read("fuseau", self.fuseau.parse::<Zone>(), w.zone_missing());
        // The rest is read all the same, so that whatever else is wrong is told at once.
        let zone = known_zone.unwrap_or(Zone::PARIS);
        let slots = self.slots(visit, zone, mistakes);
        let commune = self.commune(visit, mistakes);
        let link = self.lien.trim();
        if !(link.is_empty() || Venue::is_link(link)) {
            mistakes.add("lien", w.video_not_a_link());
        }
        let mut number =
            |field, typed: &str| mistakes.read(field, typed.trim().parse::<u32>(), w.number_missing());
        let (capacity, minimum) = (number("places", &self.places), number("minimum", &self.minimum));
        let queue_closes_hours = number("cloture", &self.cloture);
        let promotion = match self.promotion.as_str() {
            "offer" => number("delai", &self.delai).map(|hours| Promotion::Offer { hours }),
            _ => Some(Promotion::Confirm),
        };
        let deadline = match (self.limite_jour.parse::<Day>(), self.limite_heure.parse::<Minute>()) {
            (Ok(day), Ok(time)) => zone.instant(day, time).map_err(|e| match e {
                domain::calendar::LocalTimeError::Never => w.session_refusal(Refusal::TimeNever),
                domain::calendar::LocalTimeError::Twice => w.session_refusal(Refusal::TimeTwice),
            }),
            _ => Err(w.deadline_missing().to_owned()),
        };
        let said = deadline.as_ref().err().cloned().unwrap_or_default();
        let enrol_by = mistakes.read("limite_jour", deadline, said);
        if !mistakes.is_empty() {
            return None;
        }
        Some(Plan {
            version: version?,
            zone: known_zone?,
            slots: slots?,
            venue: Venue {
                commune: commune?,
                place: self.lieu.replace("\r\n", "\n").trim().to_owned(),
                video_link: link.to_owned(),
            },
            capacity: capacity?,
            minimum: minimum?,
            enrol_by: enrol_by?,
            queue_closes_hours: queue_closes_hours?,
            promotion: promotion?,
            trainers: self.formateur.iter().filter_map(|id| id.parse().ok()).collect(),
        })
    }

    fn slots(&self, visit: &Visit<'_>, zone: Zone, mistakes: &mut Mistakes) -> Option<Vec<Slot>> {
        let mut slots = Vec::new();
        for line in self.lines().into_iter().filter(|l| !l.day.is_empty()) {
            let typed = (line.day.parse::<Day>(), line.starts.parse::<Minute>(), line.ends.parse::<Minute>());
            let (Ok(day), Ok(starts), Ok(ends)) = typed else {
                mistakes.add("jour-1", visit.w.half_day_unread());
                return None;
            };
            match Slot::new(zone, day, starts, ends) {
                Ok(slot) => slots.push(slot),
                Err(no) => {
                    let which = visit.w.nth_half_day(line.number);
                    mistakes.add("jour-1", format!("{which}. {}", visit.w.session_refusal(no)));
                    return None;
                }
            }
        }
        slots.sort_by_key(|s| s.starts_at);
        Some(slots)
    }

    #[expect(clippy::option_option, reason = "not read, read as none, read as one")]
    /// The municipality that was meant: none at a distance. More than one is offered as a choice.
    fn commune(&self, visit: &Visit<'_>, mistakes: &mut Mistakes) -> Option<Option<CommuneCode>> {
        if self.commune.trim().is_empty() {
            return Some(None);
        }
        let found = self.matching();
        let named = search_key(&self.commune);
        let mut same_name = found.iter().filter(|c| search_key(c.name) == named);
        let meant = match (found.as_slice(), same_name.next(), same_name.next()) {
            ([], _, _) => {
                mistakes.add("commune", visit.w.session_commune_unknown());
                return None;
            }
            (all, _, _) if all.iter().any(|c| c.code == self.code) => {
                all.iter().copied().find(|c| c.code == self.code)
            }
            ([only], _, _) | (_, Some(only), None) => Some(*only),
            _ => {
                mistakes.add("commune", visit.w.session_commune_choose());
                return None;
            }
        };
        Some(meant.map(CommuneCode::from))
    }

    fn matching(&self) -> Vec<&'static Commune> {
        const MOST: usize = 12;
        reference::communes_matching(&self.commune, MOST)
    }
}

/// « Douai (59500) ».
fn label(commune: &Commune) -> String {
    format!("{} ({})", commune.name, commune.postal_codes().next().unwrap_or(commune.code))
}

#[derive(Template)]
#[template(path = "sessions/form.html")]
struct FormPage {
    shell: Shell,
    /// None for a new session.
    id: Option<SessionId>,
    is_draft: bool,
    lines: Vec<Line>,
    courses: Vec<(String, String)>,
    zones: Vec<(String, String)>,
    /// Code, name, département of what the typed municipality may mean.
    communes: Vec<(&'static str, String, &'static str)>,
    trainers: Vec<(AccountId, String, bool)>,
    form: PlanForm,
    mistakes: Mistakes,
}

fn page(
    visit: &Visit<'_>,
    session: Option<&Session>,
    courses: &[Course],
    form: PlanForm,
    mistakes: Mistakes,
) -> Result<FormPage, Problem> {
    let body = visit.actor.organisation().ok_or(Problem::NotFound)?;
    let today = visit.today();
    let trainers = visit.read(|conn| store::sessions::trainers_of(conn, body, today))?;
    let chosen = |id: &AccountId| form.formateur.contains(&id.to_string());
    let ambiguous = !mistakes.of("commune").is_empty();
    let title = if session.is_some() { visit.w.edit_session() } else { visit.w.new_session() };
    Ok(FormPage {
        shell: visit.shell(title),
        id: session.map(|s| s.id),
        is_draft: session.is_none_or(|s| s.state == domain::sessions::SessionState::Draft),
        lines: form.lines(),
        courses: courses.iter().map(|c| (c.id.to_string(), c.sheet.title.to_string())).collect(),
        zones: Zone::OFFERED.iter().map(|z| (z.to_string(), z.to_string())).collect(),
        communes: if ambiguous { form.matching() } else { Vec::new() }
            .into_iter()
            .map(|c| (c.code, label(c), reference::department(c.department).map_or("", |d| d.name)))
            .collect(),
        trainers: trainers.into_iter().map(|(id, name)| (id, name, chosen(&id))).collect(),
        form,
        mistakes,
    })
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    formation: String,
}

fn ask_new(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let courses = visit.read(|conn| store::courses::choices(conn, &visit.reach))?;
    if courses.is_empty() {
        return Ok(Reply::see_with("/formations", visit.w.no_courses_help()));
    }
    let form = PlanForm::blank(&visit.query::<Chosen>()?.formation);
    Reply::page(&page(visit, None, &courses, form, Mistakes::default())?)
}

fn add(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let form: PlanForm = visit.form()?;
    let courses = visit.read(|conn| store::courses::choices(conn, &visit.reach))?;
    if !form.ligne.is_empty() {
        return Reply::page(&page(visit, None, &courses, form.grown(), Mistakes::default())?);
    }
    let course: Option<CourseId> = form.formation.parse().ok();
    let version = courses.iter().find(|c| Some(c.id) == course).map(|c| c.version);
    let mut mistakes = Mistakes::default();
    let Some(plan) = form.read(visit, version, &mut mistakes) else {
        return Reply::form_again(&page(visit, None, &courses, form, mistakes)?);
    };
    match actions::sessions::plan(visit.house, &visit.actor, &plan) {
        Ok(id) => Ok(Reply::see_with(&format!("/sessions/{id}"), visit.w.draft_saved())),
        Err(error) => {
            let mistakes = mistake_of(visit, error)?;
            Reply::form_again(&page(visit, None, &courses, form, mistakes)?)
        }
    }
}

fn ask_change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let session = visit.read(|conn| store::sessions::get(conn, &visit.reach, id))?;
    if !session.state.may_be_replanned() {
        return Err(Problem::Action(Refusal::PlanFrozen.into()));
    }
    let form = PlanForm::of(&session);
    Reply::page(&page(visit, Some(&session), &[], form, Mistakes::default())?)
}

fn change(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: SessionId = visit.part("session")?;
    let form: PlanForm = visit.form()?;
    let session = visit.read(|conn| store::sessions::get(conn, &visit.reach, id))?;
    if !form.ligne.is_empty() {
        return Reply::page(&page(visit, Some(&session), &[], form.grown(), Mistakes::default())?);
    }
    let mut mistakes = Mistakes::default();
    let Some(plan) = form.read(visit, Some(session.plan.version), &mut mistakes) else {
        return Reply::form_again(&page(visit, Some(&session), &[], form, mistakes)?);
    };
    let reason = Some(form.motif.trim()).filter(|reason| !reason.is_empty());
    // A form that names no edition was opened on none.
    let edition = form.edition.parse().unwrap_or(-1);
    match actions::sessions::replan(visit.house, &visit.actor, (id, edition), &plan, reason) {
        Ok(told) => {
            let said = if told { visit.w.plan_saved_told() } else { visit.w.plan_saved() };
            Ok(Reply::see_with(&format!("/sessions/{id}"), said))
        }
        Err(Error::Store(store::Error::Stale)) => {
            let now_kept = visit.read(|conn| store::sessions::get(conn, &visit.reach, id))?;
            let form = PlanForm { edition: now_kept.edition.to_string(), ..form };
            let mistakes = Mistakes::one("", visit.w.plan_changed_meanwhile());
            Reply::page_with(StatusCode::CONFLICT, &page(visit, Some(&now_kept), &[], form, mistakes)?)
        }
        Err(error) => {
            let mistakes = mistake_of(visit, error)?;
            Reply::form_again(&page(visit, Some(&session), &[], form, mistakes)?)
        }
    }
}

/// The field that a refusal is about; what is no matter of the form is no mistake.
fn mistake_of(visit: &Visit<'_>, error: Error) -> Result<Mistakes, Problem> {
    match &error {
        Error::Refused(no) => match no.field() {
            Some(field) => Ok(Mistakes::one(field, refusal(visit.w, no))),
            None => Err(error.into()),
        },
        _ => Err(error.into()),
    }
}

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoSlot
            | Self::TooManySlots
            | Self::SlotEndsBeforeStart
            | Self::SlotsOverlap
            | Self::TimeNever
            | Self::TimeTwice
            | Self::SlotSigned
            | Self::Past => "jour-1",
            Self::Capacity | Self::BelowHeld { .. } => "places",
            Self::MinimumAboveCapacity => "minimum",
            Self::DeadlineAfterStart => "limite_jour",
            Self::QueueHours => "cloture",
            Self::OfferHours => "delai",
            Self::NotALink => "lien",
            Self::NoVenue => "lieu",
            Self::ForeignTrainer => "formateurs",
            Self::ReasonMissing => REASON_NAME,
            _ => return None,
        })
    }
}
