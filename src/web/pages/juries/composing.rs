//! What the certifier does: plans, names, convenes.

use super::{again, whole, with_candidate};
use crate::forms::confirm::{SureForm, SurePage};
use crate::forms::mistakes::Mistakes;
use crate::frame::error::Problem;
use crate::frame::page::Shell;
use crate::frame::reply::Reply;
use crate::frame::route::Routes;
use crate::frame::visit::Visit;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::calendar::{Day, Minute, Zone};
use domain::ids::{AccountId, CandidacyId, CertificationId, JurorId, JuryId};
use domain::juries::{Capacity, JuryState, MOST_CANDIDATES, Meeting, Refusal, SittingMode};
use serde::Deserialize;
use store::juries::{Named, Waiting};

pub fn routes(routes: &mut Routes) {
    routes.get("/certifications/{certification}/jury", Action::ComposeJury, ask_plan);
    routes.post("/certifications/{certification}/jury", Action::ComposeJury, plan);
    routes.get("/jurys/{jury}/seance", Action::ComposeJury, ask_replan);
    routes.post("/jurys/{jury}/seance", Action::ComposeJury, replan);
    routes.get("/jurys/{jury}/membres", Action::ComposeJury, ask_member);
    routes.post("/jurys/{jury}/membres", Action::ComposeJury, add_member);
    routes.post("/jurys/{jury}/membres/{juror}/presidence", Action::ComposeJury, name_chair);
    routes.post("/jurys/{jury}/membres/{juror}/retrait", Action::ComposeJury, remove_member);
    routes.get("/jurys/{jury}/candidats", Action::ComposeJury, ask_candidates);
    routes.post("/jurys/{jury}/candidats", Action::ComposeJury, add_candidates);
    routes.get("/jurys/{jury}/candidats/{attempt}/retrait", Action::ComposeJury, ask_remove_candidate);
    routes.post("/jurys/{jury}/candidats/{attempt}/retrait", Action::ComposeJury, remove_candidate);
    routes.post("/jurys/{jury}/convocation", Action::ComposeJury, convene);
    routes.get("/jurys/{jury}/annulation", Action::ComposeJury, ask_cancel);
    routes.post("/jurys/{jury}/annulation", Action::ComposeJury, cancel);
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PlanForm {
    jour: String,
    heure: String,
    deroulement: String,
    lieu: String,
}

impl PlanForm {
    fn of(meeting: &Meeting) -> Self {
        let local = meeting.starts_at.local(meeting.zone);
        Self {
            jour: local.format("%Y-%m-%d").to_string(),
            heure: local.format("%H:%M").to_string(),
            deroulement: meeting.mode.to_string(),
            lieu: meeting.place.clone(),
        }
    }

    fn read(&self, visit: &Visit<'_>, mistakes: &mut Mistakes) -> Option<Meeting> {
        let w = visit.w;
        let day = mistakes.read("jour", self.jour.parse::<Day>(), w.jury_day_missing());
        let time = mistakes.read("heure", self.heure.parse::<Minute>(), w.jury_time_missing());
        let mode =
            mistakes.read("deroulement", self.deroulement.parse::<SittingMode>(), w.jury_mode_missing());
        let zone = Zone::PARIS;
        let at = zone.instant(day?, time?);
        let starts_at = mistakes.read("heure", at, w.jury_time_missing())?;
        Some(Meeting { starts_at, zone, mode: mode?, place: self.lieu.clone() })
    }
}

fn field_of(no: &Refusal) -> &'static str {
    match no {
        Refusal::Past => "jour",
        _ => "lieu",
    }
}

#[derive(Template)]
#[template(path = "juries/plan.html")]
struct PlanPage {
    shell: Shell,
    action: String,
    back: String,
    is_new: bool,
    form: PlanForm,
    modes: Vec<(String, String)>,
    mistakes: Mistakes,
}

/// What the form plans: a jury of a certification, or one that there is.
#[derive(Clone, Copy)]
enum Of {
    New(CertificationId),
    Kept(JuryId),
}

fn plan_page(visit: &Visit<'_>, of: Of, title: &str, form: PlanForm, mistakes: Mistakes) -> PlanPage {
    let w = visit.w;
    let (action, back, heading) = match of {
        Of::New(id) => {
            (format!("/certifications/{id}/jury"), format!("/certifications/{id}"), w.plan_jury_for(title))
        }
        Of::Kept(id) => (format!("/jurys/{id}/seance"), format!("/jurys/{id}"), w.move_jury().to_owned()),
    };
    PlanPage {
        shell: visit.shell(heading),
        action,
        back,
        is_new: matches!(of, Of::New(_)),
        form,
        modes: SittingMode::ALL.iter().map(|m| (m.to_string(), w.sitting_mode(*m).to_owned())).collect(),
        mistakes,
    }
}

fn certification(visit: &Visit<'_>) -> Result<(CertificationId, String), Problem> {
    let id: CertificationId = visit.part("certification")?;
    let kept = visit.house.store.read(|conn| store::certifications::own(conn, &visit.reach, id))?;
    Ok((id, kept.record.title.to_string()))
}

fn ask_plan(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, title) = certification(visit)?;
    let form = PlanForm { heure: "09:00".to_owned(), ..PlanForm::default() };
    Reply::page(&plan_page(visit, Of::New(id), &title, form, Mistakes::default()))
}

fn plan(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, title) = certification(visit)?;
    let form: PlanForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let Some(meeting) = form.read(visit, &mut mistakes) else {
        return Reply::form_again(&plan_page(visit, Of::New(id), &title, form, mistakes));
    };
    match actions::juries::plan(visit.house, &visit.actor, id, &meeting) {
        Ok(jury) => Ok(Reply::see_with(&format!("/jurys/{jury}"), visit.w.jury_planned())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one(field_of(&no), visit.w.jury_refusal(&no));
            Reply::form_again(&plan_page(visit, Of::New(id), &title, form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}

fn ask_replan(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form = PlanForm::of(&whole(visit, id)?.seen.meeting);
    Reply::page(&plan_page(visit, Of::Kept(id), "", form, Mistakes::default()))
}

fn replan(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    // What is not there is not found, whatever the form says.
    whole(visit, id)?;
    let form: PlanForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let Some(meeting) = form.read(visit, &mut mistakes) else {
        return Reply::form_again(&plan_page(visit, Of::Kept(id), "", form, mistakes));
    };
    match actions::juries::replan(visit.house, &visit.actor, id, &meeting) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.jury_moved())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one(field_of(&no), visit.w.jury_refusal(&no));
            Reply::form_again(&plan_page(visit, Of::Kept(id), "", form, mistakes))
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "juries/member.html")]
struct MemberPage {
    shell: Shell,
    id: JuryId,
    who: Vec<(String, String)>,
    capacities: Vec<(String, String)>,
    form: MemberForm,
    mistakes: Mistakes,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MemberForm {
    membre: String,
    qualite: String,
}

fn member_page(
    visit: &Visit<'_>,
    id: JuryId,
    form: MemberForm,
    mistakes: Mistakes,
) -> Result<MemberPage, Problem> {
    let w = visit.w;
    let whole = whole(visit, id)?;
    let today = visit.today();
    let certifier = whole.seen.certifier;
    let named =
        visit.house.store.read(|conn| store::juries::who_may_sit(conn, &visit.reach, certifier, today))?;
    let is_new = |one: &Named| whole.member(Some(one.account)).is_none();
    let choice = |one: Named| (one.account.to_string(), format!("{}, {}", one.name, one.email));
    Ok(MemberPage {
        shell: visit.shell(w.add_member()),
        id,
        who: named.into_iter().filter(is_new).map(choice).collect(),
        capacities: Capacity::ALL.iter().map(|c| (c.to_string(), w.juror_capacity(*c).to_owned())).collect(),
        form,
        mistakes,
    })
}

fn ask_member(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&member_page(visit, visit.part("jury")?, MemberForm::default(), Mistakes::default())?)
}

fn add_member(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form: MemberForm = visit.form()?;
    let mut mistakes = Mistakes::default();
    let who = mistakes.read("membre", form.membre.parse::<AccountId>(), visit.w.choose_member());
    let capacity = mistakes.read("qualite", form.qualite.parse::<Capacity>(), visit.w.choose_capacity());
    let (Some(who), Some(capacity)) = (who, capacity) else {
        return Reply::form_again(&member_page(visit, id, form, mistakes)?);
    };
    match actions::juries::add_member(visit.house, &visit.actor, id, who, capacity) {
        Ok(_) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.member_added())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("membre", visit.w.jury_refusal(&no));
            Reply::form_again(&member_page(visit, id, form, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

/// What becomes of a deed on the page of the jury.
fn done(
    visit: &Visit<'_>,
    id: JuryId,
    outcome: Result<(), Error>,
    said: &'static str,
) -> Result<Reply, Problem> {
    match outcome {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), said)),
        Err(Error::Refused(actions::Refusal::Jury(no))) => again(visit, id, &no),
        Err(other) => Err(other.into()),
    }
}

fn name_chair(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, juror): (JuryId, JurorId) = (visit.part("jury")?, visit.part("juror")?);
    let named = actions::juries::name_chair(visit.house, &visit.actor, id, juror);
    done(visit, id, named, visit.w.chair_named())
}

fn remove_member(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, juror): (JuryId, JurorId) = (visit.part("jury")?, visit.part("juror")?);
    let removed = actions::juries::remove_member(visit.house, &visit.actor, id, juror);
    done(visit, id, removed, visit.w.member_removed())
}

fn convene(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let convened = actions::juries::convene(visit.house, &visit.actor, id);
    done(visit, id, convened, visit.w.jury_convened())
}

#[derive(Template)]
#[template(path = "juries/candidates.html")]
struct CandidatesPage {
    shell: Shell,
    id: JuryId,
    waiting: Vec<Waiting>,
    mistakes: Mistakes,
}

fn candidates_page(visit: &Visit<'_>, id: JuryId, mistakes: Mistakes) -> Result<CandidatesPage, Problem> {
    let most = i64::try_from(MOST_CANDIDATES).unwrap_or(i64::MAX);
    let waiting = visit.house.store.read(|conn| {
        let (seen, _) = store::juries::get(conn, &visit.reach, id)?;
        store::juries::waiting(conn, &visit.reach, seen.certification, most)
    })?;
    Ok(CandidatesPage { shell: visit.shell(visit.w.add_candidates()), id, waiting, mistakes })
}

fn ask_candidates(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&candidates_page(visit, visit.part("jury")?, Mistakes::default())?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CandidatesForm {
    candidat: Vec<String>,
}

fn add_candidates(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form: CandidatesForm = visit.form()?;
    let chosen: Vec<CandidacyId> = form.candidat.iter().filter_map(|one| one.parse().ok()).collect();
    if chosen.is_empty() {
        let mistakes = Mistakes::one("candidat", visit.w.choose_candidates());
        return Reply::form_again(&candidates_page(visit, id, mistakes)?);
    }
    match actions::juries::add_candidates(visit.house, &visit.actor, id, &chosen) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.candidates_added())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("candidat", visit.w.jury_refusal(&no));
            Reply::form_again(&candidates_page(visit, id, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn remove_page(visit: &Visit<'_>, reason: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let (id, attempt, whole, found) = with_candidate(visit)?;
    Ok(SurePage {
        shell: visit.shell(w.remove_candidate()),
        action: format!("/jurys/{id}/candidats/{attempt}/retrait"),
        back: format!("/jurys/{id}"),
        back_label: found.name.full(),
        help: w.remove_candidate_sure(),
        quoted: String::new(),
        asked: (whole.seen.state == JuryState::Convened).then(|| w.reason()),
        reason: reason.to_owned(),
        buttons: vec![("", w.remove_candidate())],
        is_grave: true,
        mistakes,
    })
}

fn ask_remove_candidate(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&remove_page(visit, "", Mistakes::default())?)
}

fn remove_candidate(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (id, attempt, ..) = with_candidate(visit)?;
    let form: SureForm = visit.form()?;
    match actions::juries::remove_candidate(visit.house, &visit.actor, id, attempt, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.candidate_removed())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.jury_refusal(&no));
            Reply::form_again(&remove_page(visit, &form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}

fn cancel_page(visit: &Visit<'_>, reason: &str, mistakes: Mistakes) -> Result<SurePage, Problem> {
    let w = visit.w;
    let id: JuryId = visit.part("jury")?;
    let whole = whole(visit, id)?;
    Ok(SurePage {
        shell: visit.shell(w.cancel_jury()),
        action: format!("/jurys/{id}/annulation"),
        back: format!("/jurys/{id}"),
        back_label: whole.about.title.to_string(),
        help: w.cancel_jury_sure(),
        quoted: String::new(),
        asked: Some(w.reason()),
        reason: reason.to_owned(),
        buttons: vec![("", w.cancel_jury())],
        is_grave: true,
        mistakes,
    })
}

fn ask_cancel(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&cancel_page(visit, "", Mistakes::default())?)
}

fn cancel(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: JuryId = visit.part("jury")?;
    let form: SureForm = visit.form()?;
    match actions::juries::cancel(visit.house, &visit.actor, id, &form.motif) {
        Ok(()) => Ok(Reply::see_with(&format!("/jurys/{id}"), visit.w.jury_cancelled())),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let mistakes = Mistakes::one("motif", visit.w.jury_refusal(&no));
            Reply::form_again(&cancel_page(visit, &form.motif, mistakes)?)
        }
        Err(other) => Err(other.into()),
    }
}
