//! The grid of one candidate: filled in while the jury sits, corrected once it closed.

use crate::frame::{Problem, Reply, Routes, Shell, Visit};
use actions::juries::Asked;
use actions::{self, Error};
use askama::Template;
use domain::access::Action;
use domain::certifications::{Assessment, Block};
use domain::ids::{AttemptId, JuryId};
use domain::juries::verdicts::{Appearance, BlockResult, Finding, Grid};
use std::fmt::Display;
use store::juries::Attempt;

pub fn routes(routes: &mut Routes) {
    routes.get("/jurys/{jury}/candidats/{attempt}/grille", Action::AssessCandidate, ask);
    routes.post("/jurys/{jury}/candidats/{attempt}/grille", Action::AssessCandidate, assess);
    routes.get("/jurys/{jury}/candidats/{attempt}/correction", Action::ChairJury, ask_correction);
    routes.post("/jurys/{jury}/candidats/{attempt}/correction", Action::ChairJury, correct);
}

/// The fields of a grid as they were typed, by their names.
#[derive(Default)]
struct Typed(Vec<(String, String)>);

/// The result that follows from the points.
const BY_THE_POINTS: &str = "points";

impl Typed {
    fn of(grid: &Grid, blocks: &[Block]) -> Self {
        let mut fields = vec![
            ("presence".to_owned(), grid.appearance.to_string()),
            ("observations".to_owned(), grid.remarks.clone()),
        ];
        for finding in &grid.findings {
            let code = &finding.code;
            for (at, points) in finding.points.iter().enumerate() {
                let points = points.map(|points| points.to_string()).unwrap_or_default();
                fields.push((format!("points-{code}-{at}"), points));
            }
            let block = blocks.iter().find(|block| block.code == finding.code);
            let follows = block.and_then(|block| block.is_acquired_by(&finding.points));
            let result = match (finding.result, follows) {
                (BlockResult::Acquired, Some(true)) | (BlockResult::NotAcquired, Some(false)) => {
                    BY_THE_POINTS
                }
                (result, _) => result.as_str(),
            };
            fields.push((format!("resultat-{code}"), result.to_owned()));
            fields.push((format!("motif-{code}"), finding.reason.clone()));
        }
        Self(fields)
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    fn finding(&self, visit: &Visit<'_>, block: &Block) -> Result<Finding, String> {
        let code = &block.code;
        let one = |at: usize| match self.get(&format!("points-{code}-{at}")) {
            "" => Ok(None),
            typed => typed
                .parse::<u32>()
                .map(Some)
                .map_err(|_| format!("{code}{}{}", visit.w.colon(), visit.w.points_mistake())),
        };
        let points = (0..block.assessments.len()).map(one).collect::<Result<Vec<_>, _>>()?;
        let result = match self.get(&format!("resultat-{code}")).parse::<BlockResult>() {
            Ok(result) => result,
            Err(_) if block.is_acquired_by(&points) == Some(true) => BlockResult::Acquired,
            Err(_) => BlockResult::NotAcquired,
        };
        let reason = self.get(&format!("motif-{code}")).to_owned();
        Ok(Finding { code: code.clone(), points, result, reason })
    }

    fn grid(&self, visit: &Visit<'_>, asked: &Asked) -> Result<Grid, String> {
        let appearance: Appearance =
            self.get("presence").parse().map_err(|_| visit.w.appearance_missing().to_owned())?;
        let findings = match appearance {
            Appearance::Present => {
                missing(asked).map(|block| self.finding(visit, block)).collect::<Result<_, _>>()?
            }
            Appearance::Absent | Appearance::Excluded => Vec::new(),
        };
        Ok(Grid { appearance, findings, remarks: self.get("observations").to_owned() })
    }
}

/// The blocks that the candidate does not hold yet.
fn missing(asked: &Asked) -> impl Iterator<Item = &Block> {
    asked.blocks.iter().filter(|block| !asked.held.contains(&block.code))
}

#[derive(Template)]
#[template(path = "juries/grid.html")]
struct GridPage {
    shell: Shell,
    action: String,
    back: String,
    candidate: String,
    /// Whether sealed minutes are corrected: a reason is wanted.
    is_correction: bool,
    typed: Typed,
    blocks: Vec<Block>,
    held: Vec<Block>,
    appearances: Vec<(String, String)>,
    results: Vec<(String, String)>,
    problem: String,
}

impl GridPage {
    fn points(&self, block: &Block, at: impl Display) -> &str {
        self.typed.get(&format!("points-{}-{at}", block.code))
    }

    fn result(&self, block: &Block) -> &str {
        self.typed.get(&format!("resultat-{}", block.code))
    }

    fn reason(&self, block: &Block) -> &str {
        self.typed.get(&format!("motif-{}", block.code))
    }

    fn scale(&self, asked: &Assessment) -> String {
        self.shell.w.points(asked.most_points, asked.pass_points)
    }
}

/// One candidate, what is asked of them, and what was found so far.
struct Sheet {
    id: JuryId,
    attempt: AttemptId,
    candidate: Attempt,
    asked: Asked,
}

fn sheet(visit: &Visit<'_>) -> Result<(Sheet, Option<Grid>), Problem> {
    let (id, attempt): (JuryId, AttemptId) = (visit.part("jury")?, visit.part("attempt")?);
    let (candidate, asked, grid) = visit.read(|conn| {
        let candidate = store::juries::attempt(conn, &visit.reach, id, attempt)?;
        let asked = actions::juries::asked(conn, &candidate)?;
        let grid = store::juries::grid(conn, &visit.reach, &candidate)?;
        Ok((candidate, asked, grid))
    })?;
    Ok((Sheet { id, attempt, candidate, asked }, grid))
}

fn page(visit: &Visit<'_>, sheet: &Sheet, is_correction: bool, typed: Typed, problem: String) -> GridPage {
    let w = visit.w;
    let last = if is_correction { "correction" } else { "grille" };
    let by_the_points = (BY_THE_POINTS.to_owned(), w.by_the_points().to_owned());
    let results = BlockResult::ALL.iter().map(|r| (r.to_string(), w.block_result(*r).to_owned()));
    let held = |block: &&Block| sheet.asked.held.contains(&block.code);
    GridPage {
        shell: visit.shell(if is_correction { w.correct_result() } else { w.grid_title() }),
        action: format!("/jurys/{}/candidats/{}/{last}", sheet.id, sheet.attempt),
        back: format!("/jurys/{}", sheet.id),
        candidate: sheet.candidate.name.full(),
        is_correction,
        typed,
        blocks: missing(&sheet.asked).cloned().collect(),
        held: sheet.asked.blocks.iter().filter(held).cloned().collect(),
        appearances: Appearance::ALL.iter().map(|a| (a.to_string(), w.appearance(*a).to_owned())).collect(),
        results: [by_the_points].into_iter().chain(results).collect(),
        problem,
    }
}

fn ask_one(visit: &Visit<'_>, is_correction: bool) -> Result<Reply, Problem> {
    let (sheet, grid) = sheet(visit)?;
    let typed = grid.map(|grid| Typed::of(&grid, &sheet.asked.blocks)).unwrap_or_default();
    Reply::page(&page(visit, &sheet, is_correction, typed, String::new()))
}

fn ask(visit: &Visit<'_>) -> Result<Reply, Problem> {
    ask_one(visit, false)
}

fn ask_correction(visit: &Visit<'_>) -> Result<Reply, Problem> {
    ask_one(visit, true)
}

fn assess(visit: &Visit<'_>) -> Result<Reply, Problem> {
    keep(visit, false)
}

fn correct(visit: &Visit<'_>) -> Result<Reply, Problem> {
    keep(visit, true)
}

fn keep(visit: &Visit<'_>, is_correction: bool) -> Result<Reply, Problem> {
    let (sheet, _) = sheet(visit)?;
    let typed = Typed(visit.form()?);
    let grid = match typed.grid(visit, &sheet.asked) {
        Ok(grid) => grid,
        Err(problem) => return Reply::form_again(&page(visit, &sheet, is_correction, typed, problem)),
    };
    let (house, actor) = (visit.house, &visit.actor);
    let (kept, said) = if is_correction {
        let why = typed.get("motif");
        let corrected = actions::juries::correct(house, actor, (sheet.id, sheet.attempt), &grid, why);
        (corrected, visit.w.result_corrected())
    } else {
        (actions::juries::assess(house, actor, sheet.id, sheet.attempt, &grid), visit.w.grid_kept())
    };
    match kept {
        Ok(_) => Ok(Reply::see_with(&format!("/jurys/{}", sheet.id), said)),
        Err(Error::Refused(actions::Refusal::Jury(no))) => {
            let problem = visit.w.jury_refusal(&no);
            Reply::form_again(&page(visit, &sheet, is_correction, typed, problem))
        }
        Err(other) => Err(other.into()),
    }
}
