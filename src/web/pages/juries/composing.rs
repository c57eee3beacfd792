//! What the certifier does: plans, names, convenes.

use super::{again, path_of, whole, with_candidate};
use crate::forms::{Ask as _, Choice, Declared, Field, Form, REASON, Refused, Several, Text};
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::{self, Error};
use domain::access::Action;
use domain::calendar::{Day, Minute, Zone};
use domain::ids::{AccountId, CandidacyId, CertificationId, JurorId, JuryId};
use domain::juries::{Capacity, JuryState, MOST_CANDIDATES, Meeting, Refusal, SittingMode};
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.form("/certifications/{certification}/jury", Action::ComposeJury, plan);
    routes.form("/jurys/{jury}/seance", Action::ComposeJury, replan);
    routes.form("/jurys/{jury}/membres", Action::ComposeJury, add_member);
    routes.post("/jurys/{jury}/membres/{juror}/presidence", Action::ComposeJury, name_chair);
    routes.post("/jurys/{jury}/membres/{juror}/retrait", Action::ComposeJury, remove_member);
    routes.form("/jurys/{jury}/candidats", Action::ComposeJury, add_candidates);
    routes.form("/jurys/{jury}/candidats/{attempt}/retrait", Action::ComposeJury, remove_candidate);
    routes.post("/jurys/{jury}/convocation", Action::ComposeJury, convene);
    routes.form("/jurys/{jury}/annulation", Action::ComposeJury, cancel);
}

const DAY: Field<Day> = Field::day("jour", Words::jury_day, Words::jury_day_missing);
const TIME: Field<Minute> = Field::time("heure", Words::jury_time, Words::jury_time_missing);
const MODE: Field<SittingMode> = Field::select("deroulement", Words::jury_mode, Words::jury_mode_missing);
const PLACE: Text = Text::new("lieu", Words::jury_place).help(Words::jury_place_help);
const MEMBER: Field<AccountId> = Field::select("membre", Words::member, Words::choose_member);
const CAPACITY: Field<Capacity> =
    Field::select("qualite", Words::juror_capacity_label, Words::choose_capacity);
const CANDIDATES: Several<CandidacyId> =
    Several::boxes("candidat", Words::candidates).missing(Words::choose_candidates);

impl Refused for Refusal {
    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Past => Some(DAY.name()),
            Self::PlaceMissing => Some(PLACE.name()),
            Self::ReasonMissing => Some(REASON.name()),
            Self::MemberTwice | Self::NoJuror => Some(MEMBER.name()),
            Self::NotWaiting | Self::TooManyCandidates => Some(CANDIDATES.name()),
            _ => None,
        }
    }
}

/// When and how a jury sits: nothing yet, or what is planned.
fn meeting_form<'v>(visit: &'v Visit<'v>, title: String, planned: Option<&Meeting>) -> Form<'v> {
    let w = visit.w;
    let local = planned.map(|meeting| meeting.starts_at.local(meeting.zone));
    let (day, time) = match local {
        Some(local) => (local.format("%Y-%m-%d").to_string(), local.format("%H:%M").to_string()),
        None => (String::new(), "09:00".to_owned()),
    };
    let modes = SittingMode::ALL.iter().map(|mode| Choice::new(mode, w.sitting_mode(*mode)));
    Form::new(visit, title)
        .narrow()
        .ask_with(DAY, day)
        .ask_with(TIME, time)
        .ask_with(MODE, planned.map_or(String::new(), |meeting| meeting.mode.to_string()))
        .among(modes)
        .ask_with(PLACE, planned.map_or("", |meeting| meeting.place.as_str()))
}

fn meeting(form: &mut Form<'_>, w: Words) -> Option<Meeting> {
    let zone = Zone::OFFICE;
    let (mode, place) = (form.get(MODE)?, form.get(PLACE)?);
    match zone.instant(form.get(DAY)?, form.get(TIME)?) {
        Ok(starts_at) => Some(Meeting { starts_at, zone, mode, place }),
        Err(_) => form.mend(TIME, w.jury_time_missing()),
    }
}

fn plan<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part::<CertificationId>("certification")?);
    let kept = visit.read(|conn| store::certifications::own(conn, &visit.reach, id))?;
    let back = format!("/certifications/{id}");
    Ok(meeting_form(visit, w.plan_jury_for(kept.record.title.as_str()), None)
        .from(&back, w.back())
        .button(w.plan_jury())
        .submits(
            move |form| meeting(form, w),
            move |meeting| actions::juries::plan(visit.house, &visit.actor, id, &meeting),
            move |jury| Reply::see_with(&format!("/jurys/{jury}"), w.jury_planned()),
        ))
}

fn replan<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    let planned = whole(visit, id)?.seen.meeting;
    let back = path_of(id);
    Ok(meeting_form(visit, w.move_jury().to_owned(), Some(&planned))
        .from(&back, w.back())
        .button(w.save())
        .submits(
            move |form| meeting(form, w),
            move |meeting| actions::juries::replan(visit.house, &visit.actor, id, &meeting),
            move |()| Reply::see_with(&back, w.jury_moved()),
        ))
}

fn add_member<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, today, id) = (visit.w, visit.today(), visit.part("jury")?);
    let whole = whole(visit, id)?;
    let certifier = whole.seen.certifier;
    let mut named = visit.read(|conn| store::juries::who_may_sit(conn, &visit.reach, certifier, today))?;
    named.retain(|one| whole.member(Some(one.account)).is_none());
    let nobody = named.is_empty();
    let back = path_of(id);
    let form = Form::new(visit, w.add_member())
        .narrow()
        .from(&back, w.jury())
        .lede(w.add_member_help())
        .ask(MEMBER)
        .among(named.into_iter().map(|one| Choice::new(one.account, format!("{}, {}", one.name, one.email))))
        .ask(CAPACITY)
        .among(Capacity::ALL.iter().map(|one| Choice::new(one, w.juror_capacity(*one))))
        .button(w.add_member())
        .submits(
            |form| Some((form.get(MEMBER)?, form.get(CAPACITY)?)),
            move |(who, capacity)| actions::juries::add_member(visit.house, &visit.actor, id, who, capacity),
            move |_| Reply::see_with(&back, w.member_added()),
        );
    Ok(if nobody { form.instead(w.nobody_may_sit(), "/membres", w.invite_jurors()) } else { form })
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

fn add_candidates<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    let most = i64::try_from(MOST_CANDIDATES).unwrap_or(i64::MAX);
    let waiting = visit.read(|conn| {
        let (seen, _) = store::juries::get(conn, &visit.reach, id)?;
        store::juries::waiting(conn, &visit.reach, seen.certification, most)
    })?;
    let nobody = waiting.is_empty();
    let back = path_of(id);
    let form = Form::new(visit, w.add_candidates())
        .narrow()
        .from(&back, w.jury())
        .lede(w.add_candidates_help())
        .ask(CANDIDATES)
        .among(waiting.into_iter().map(|one| Choice::new(one.candidacy, one.name.full())))
        .button(w.add_candidates())
        .submits(
            |form| form.get(CANDIDATES),
            move |chosen| actions::juries::add_candidates(visit.house, &visit.actor, id, &chosen),
            move |()| Reply::see_with(&back, w.candidates_added()),
        );
    Ok(if nobody { form.instead(w.nobody_waits(), "/candidatures", w.candidacies()) } else { form })
}

fn remove_candidate<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let w = visit.w;
    let (id, attempt, whole, found) = with_candidate(visit)?;
    let back = path_of(id);
    let form = Form::new(visit, w.remove_candidate())
        .narrow()
        .grave()
        .from(&back, found.name.full())
        .lede(w.remove_candidate_sure())
        .button(w.remove_candidate())
        .submits(
            |form| Some(form.get(REASON).unwrap_or_default()),
            move |why| actions::juries::remove_candidate(visit.house, &visit.actor, id, attempt, &why),
            move |()| Reply::see_with(&back, w.candidate_removed()),
        );
    Ok(if whole.seen.state == JuryState::Convened { form.ask(REASON) } else { form })
}

fn cancel<'v>(visit: &'v Visit<'v>) -> Declared<'v> {
    let (w, id) = (visit.w, visit.part("jury")?);
    let back = path_of(id);
    Ok(Form::new(visit, w.cancel_jury())
        .narrow()
        .grave()
        .from(&back, whole(visit, id)?.about.title.as_str())
        .lede(w.cancel_jury_sure())
        .ask(REASON)
        .button(w.cancel_jury())
        .submits(
            |form| form.get(REASON),
            move |why| actions::juries::cancel(visit.house, &visit.actor, id, &why),
            move |()| Reply::see_with(&back, w.jury_cancelled()),
        ))
}
