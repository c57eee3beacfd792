//! What was read of a list, line by line, as a page to mend and to answer.

use super::columns::{ColumnsView, columns_view};
use crate::forms::Choice;
use crate::frame::{Problem, Reply, Shell, Visit};
use actions::imports::{self, Preview, Summary};
use askama::Template;
use domain::ids::ImportId;
use domain::imports::{Answer, Field, Layout, Line, Mistake, Verdict};
use serde::Deserialize;
use words::Words;

/// Lines that a page shows at once.
const LINES: usize = 100;
/// What an input is named, after its line, that holds the reader's answer.
pub(super) const ANSWER: &str = "reponse";
/// The button that answers for every line whose address alone differs.
pub(super) const SAME_PEOPLE: &str = "memes";

/// The lines of one verdict, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    All,
    ToMend,
    New,
    Back,
    Changed,
    Known,
    Twins,
}

impl Tab {
    const ALL: [(Self, &'static str); 7] = [
        (Self::All, "toutes"),
        (Self::ToMend, "a-completer"),
        (Self::New, "nouvelles"),
        (Self::Back, "retours"),
        (Self::Changed, "mises-a-jour"),
        (Self::Known, "connues"),
        (Self::Twins, "ecartees"),
    ];

    pub(super) fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|(_, n)| *n == name).map_or(Self::All, |(tab, _)| tab)
    }

    pub(super) fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(one, _)| *one == self).map_or("toutes", |(_, name)| name)
    }

    fn shows(self, verdict: &Verdict) -> bool {
        match self {
            Self::All => true,
            Self::ToMend => matches!(verdict, Verdict::ToMend(_)),
            Self::New => matches!(verdict, Verdict::New(_)),
            Self::Back => matches!(verdict, Verdict::Back { .. }),
            Self::Changed => matches!(verdict, Verdict::Changed { .. }),
            Self::Known => matches!(verdict, Verdict::Known(_)),
            Self::Twins => matches!(verdict, Verdict::Twin { .. }),
        }
    }

    fn label(self, w: Words) -> &'static str {
        match self {
            Self::All => w.import_all(),
            Self::ToMend => w.import_to_mend(),
            Self::New => w.import_news(),
            Self::Back => w.import_backs(),
            Self::Changed => w.import_changeds(),
            Self::Known => w.import_knowns(),
            Self::Twins => w.import_twins(),
        }
    }

    fn count(self, of: Summary) -> usize {
        match self {
            Self::All => of.total(),
            Self::ToMend => of.to_mend,
            Self::New => of.added,
            Self::Back => of.back,
            Self::Changed => of.changed,
            Self::Known => of.known,
            Self::Twins => of.twins,
        }
    }
}

struct TabView {
    name: &'static str,
    label: &'static str,
    count: usize,
    current: bool,
}

struct CellView {
    label: &'static str,
    text: String,
    /// The name of the input that mends it.
    input: Option<String>,
    /// What a reader of the screen hears of that input.
    aria: String,
    wrong: bool,
}

/// What the reader is asked of a line.
struct QuestionView {
    name: String,
    label: String,
    choices: Vec<Choice>,
}

struct LineView {
    number: usize,
    mark: &'static str,
    verdict: &'static str,
    remarks: Vec<String>,
    question: Option<QuestionView>,
    cells: Vec<CellView>,
}

#[derive(Template)]
#[template(path = "people/import_lines.html")]
struct LinesPage {
    shell: Shell,
    id: ImportId,
    columns: ColumnsView,
    summary: Summary,
    /// What the main button does.
    confirm: String,
    tabs: Vec<TabView>,
    tab: &'static str,
    headings: Vec<&'static str>,
    lines: Vec<LineView>,
    /// Whether a line on the page can be mended or answered.
    mends: bool,
    /// The name of the button that answers for several lines at once; none where they are not several.
    same_people: Option<&'static str>,
    /// The line after which the next page starts.
    next: Option<usize>,
}

#[derive(Default, Deserialize)]
pub(super) struct View {
    #[serde(default)]
    pub(super) voir: String,
    #[serde(default)]
    apres: String,
}

pub(super) fn show(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let view: View = visit.query()?;
    let preview = imports::preview(visit.house, &visit.actor, id)?;
    if preview.import.done_at.is_some() {
        return super::done(visit, &preview);
    }
    let columns = columns_view(visit.w, &preview.import, &preview.import.layout, None);
    Reply::page(&page(visit, &preview, columns, &view))
}

/// The same, with the columns as the reader wants them, and why that cannot be.
pub(super) fn show_again(
    visit: &Visit<'_>,
    id: ImportId,
    typed: &Layout,
    mistake: String,
) -> Result<Reply, Problem> {
    let preview = imports::preview(visit.house, &visit.actor, id)?;
    let columns = columns_view(visit.w, &preview.import, typed, Some(mistake));
    Reply::form_again(&page(visit, &preview, columns, &View::default()))
}

fn page(visit: &Visit<'_>, preview: &Preview, columns: ColumnsView, view: &View) -> LinesPage {
    let w = visit.w;
    let summary = Summary::of(&preview.verdicts);
    let tab = Tab::named(&view.voir);
    let after: usize = view.apres.parse().unwrap_or(0);
    let shown = fields_shown(preview);
    let mut lines: Vec<LineView> = preview
        .import
        .lines
        .iter()
        .zip(&preview.verdicts)
        .filter(|(kept, verdict)| tab.shows(verdict) && kept.line.number > after)
        .take(LINES + 1)
        .map(|(kept, verdict)| line_view(w, &kept.line, verdict, &shown))
        .collect();
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let tabs = Tab::ALL
        .into_iter()
        .map(|(one, name)| TabView {
            name,
            label: one.label(w),
            count: one.count(summary),
            current: one == tab,
        })
        .filter(|t| t.count > 0 || t.current)
        .collect();
    let by_address = preview.verdicts.iter().filter(|v| asks_by_address(v)).count();
    LinesPage {
        shell: visit.shell(w.import_ready(summary.to_keep(), summary.known, summary.to_mend)),
        id: preview.import.id,
        columns,
        summary,
        confirm: w.import_confirm(summary.added + summary.back, summary.changed),
        tabs,
        tab: tab.name(),
        headings: shown.iter().map(|f| w.import_field(*f)).collect(),
        next: if more { lines.last().map(|l| l.number) } else { None },
        mends: lines.iter().any(|l| l.question.is_some() || l.cells.iter().any(|c| c.input.is_some())),
        same_people: (by_address > 1).then_some(SAME_PEOPLE),
        lines,
    }
}

fn asks_by_address(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::ToMend(m) if matches!(m.as_slice(), [Mistake::AnotherAddress { .. }]))
}

/// The columns that say something: names and addresses always, the others when a line has them.
fn fields_shown(preview: &Preview) -> Vec<Field> {
    let is_used = |field: Field| match field {
        Field::FamilyName | Field::GivenName | Field::Email => true,
        Field::StaffNumber | Field::JobGroup | Field::StartsOn => {
            preview.import.lines.iter().any(|k| !k.line.cell(field).is_empty())
                || preview.verdicts.iter().any(|v| mended_in(v).contains(&field))
        }
    };
    Field::ALL.iter().copied().filter(|f| is_used(*f)).collect()
}

/// The cells in which a line can be mended.
fn mended_in(verdict: &Verdict) -> Vec<Field> {
    let Verdict::ToMend(mistakes) = verdict else { return Vec::new() };
    mistakes
        .iter()
        .flat_map(|mistake| match mistake {
            // A whole name may stand in one of the two.
            Mistake::Name { .. } => vec![Field::FamilyName, Field::GivenName],
            Mistake::Namesakes => vec![Field::StaffNumber, Field::Email],
            other => vec![other.field()],
        })
        .collect()
}

fn line_view(w: Words, line: &Line, verdict: &Verdict, shown: &[Field]) -> LineView {
    let (mark, said, remarks) = match verdict {
        Verdict::New(_) => ("ok", w.import_new(), Vec::new()),
        Verdict::Known(_) => ("", w.import_known(), vec![w.import_nothing_changes().to_owned()]),
        Verdict::Back { left, .. } => ("done", w.import_back(), vec![w.import_left_before(*left)]),
        Verdict::Changed { changes, .. } => {
            ("done", w.import_changed(), changes.iter().map(|c| w.import_change(c)).collect())
        }
        Verdict::ToMend(mistakes) => {
            ("wait", w.import_to_mend(), mistakes.iter().map(|m| w.import_mistake(m)).collect())
        }
        Verdict::Twin { .. } => ("no", w.import_twin(), vec![w.import_reason(verdict)]),
    };
    let mended = mended_in(verdict);
    let wrong: Vec<Field> = match verdict {
        Verdict::ToMend(mistakes) => mistakes.iter().filter(|m| !m.asks()).map(Mistake::field).collect(),
        Verdict::New(_)
        | Verdict::Known(_)
        | Verdict::Changed { .. }
        | Verdict::Back { .. }
        | Verdict::Twin { .. } => Vec::new(),
    };
    let cells = shown
        .iter()
        .map(|field| CellView {
            label: w.import_field(*field),
            text: line.cell(*field).to_owned(),
            input: mended.contains(field).then(|| format!("l{}.{field}", line.number)),
            aria: w.import_cell(*field, line.number),
            wrong: wrong.contains(field),
        })
        .collect();
    let question = question(w, line, verdict);
    LineView { number: line.number, mark, verdict: said, remarks, question, cells }
}

/// What is asked, or was and is answered: an answer can be taken back.
fn question(w: Words, line: &Line, verdict: &Verdict) -> Option<QuestionView> {
    let asked = match verdict {
        Verdict::ToMend(mistakes) => mistakes.iter().find(|m| m.asks()),
        Verdict::New(_)
        | Verdict::Known(_)
        | Verdict::Changed { .. }
        | Verdict::Back { .. }
        | Verdict::Twin { .. } => None,
    };
    if asked.is_none() && line.answer.is_none() {
        return None;
    }
    let mut choices = vec![Choice::new("", w.import_choose()).chosen(line.answer.is_none())];
    for answer in Answer::ALL {
        // Of several people of one name nobody can say which one.
        if *answer != Answer::SamePerson || asked != Some(&Mistake::Namesakes) {
            let label = w.import_answer(*answer, asked);
            choices.push(Choice::new(answer, label).chosen(line.answer == Some(*answer)));
        }
    }
    let name = format!("l{}.{ANSWER}", line.number);
    Some(QuestionView { name, label: w.import_question(line.number), choices })
}
