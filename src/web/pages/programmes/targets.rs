//! What a programme set out to reach: one line a figure, kept by its operator.

use crate::forms::mistakes::Mistakes;
use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use askama::Template;
use domain::access::Action;
use domain::ids::ProgrammeId;
use domain::programmes::{Target, TargetKind};

pub fn routes(routes: &mut Routes) {
    routes.get("/programmes/{programme}/objectifs", Action::SetTargets, ask);
    routes.post("/programmes/{programme}/objectifs", Action::SetTargets, set);
}

/// A figure as it was typed.
struct Line {
    kind: &'static str,
    label: &'static str,
    people: String,
    year: String,
}

#[derive(Template)]
#[template(path = "programmes/targets.html")]
struct TargetsPage {
    shell: Shell,
    id: ProgrammeId,
    lines: Vec<Line>,
    mistakes: Mistakes,
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ProgrammeId = visit.part("programme")?;
    let targets = visit.read(|conn| {
        store::programmes::get(conn, &visit.reach, id)?;
        store::programmes::targets(conn, id)
    })?;
    let lines = TargetKind::ALL
        .iter()
        .map(|kind| {
            let known = targets.iter().find(|t| t.kind == *kind);
            Line {
                kind: kind.as_str(),
                label: visit.w.target_kind(*kind),
                people: known.map(|t| t.people.to_string()).unwrap_or_default(),
                year: known.and_then(|t| t.by_year).map(|y| y.to_string()).unwrap_or_default(),
            }
        })
        .collect();
    let shell = visit.shell(visit.w.set_targets_title());
    Reply::page(&TargetsPage { shell, id, lines, mistakes: Mistakes::default() })
}

fn set(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ProgrammeId = visit.part("programme")?;
    let typed: Vec<(String, String)> = visit.form()?;
    let value =
        |name: String| typed.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let mut mistakes = Mistakes::default();
    let (mut lines, mut targets) = (Vec::new(), Vec::new());
    for kind in TargetKind::ALL {
        let line = Line {
            kind: kind.as_str(),
            label: visit.w.target_kind(*kind),
            people: value(format!("{kind}.personnes")),
            year: value(format!("{kind}.annee")),
        };
        match target(*kind, &line) {
            Ok(target) => targets.extend(target),
            Err(NotAFigure) => mistakes.add("", visit.w.target_mistake(line.label)),
        }
        lines.push(line);
    }
    if !mistakes.is_empty() {
        let shell = visit.shell(visit.w.set_targets_title());
        return Reply::form_again(&TargetsPage { shell, id, lines, mistakes });
    }
    actions::programmes::set_targets(visit.house, &visit.actor, id, &targets)?;
    Ok(Reply::see_with("/programme", visit.w.targets_saved()))
}

struct NotAFigure;

/// A line that is empty is no target; spaces within a number are read over.
fn target(kind: TargetKind, line: &Line) -> Result<Option<Target>, NotAFigure> {
    let digits = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (people, year) = (digits(&line.people), digits(&line.year));
    if people.is_empty() {
        return if year.is_empty() { Ok(None) } else { Err(NotAFigure) };
    }
    let people = people.parse().ok().filter(|n| (0..=1_000_000_000_i64).contains(n)).ok_or(NotAFigure)?;
    let by_year = match year.as_str() {
        "" => None,
        year => Some(year.parse().ok().filter(|y| (2000..2200).contains(y)).ok_or(NotAFigure)?),
    };
    Ok(Some(Target { kind, people, by_year }))
}
