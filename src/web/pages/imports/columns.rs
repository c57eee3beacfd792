//! What each column of a list holds: told, and set by hand.

use super::lines::show_again;
use crate::forms::Choice;
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::{self, imports};
use domain::access::Action;
use domain::ids::ImportId;
use domain::imports::{Column, Layout, Teller};
use store::imports::Import;
use words::Words;

pub(super) fn routes(routes: &mut Routes) {
    routes.post("/salaries/import/{import}/colonnes", Action::ImportStaff, set);
}

/// The input that says whether the first line holds titles.
const TITLES: &str = "titres";

pub(super) struct ColumnsView {
    /// What was understood of the columns, a sentence each.
    pub(super) notes: Vec<String>,
    pub(super) mistake: String,
    /// Whether the reader should look at the form.
    pub(super) open: bool,
    pub(super) titled: bool,
    pub(super) columns: Vec<ColumnView>,
}

pub(super) struct ColumnView {
    pub(super) name: String,
    pub(super) label: String,
    /// What stands in it.
    pub(super) examples: String,
    pub(super) choices: Vec<Choice>,
}

pub(super) fn columns_view(
    w: Words,
    import: &Import,
    layout: &Layout,
    mistake: Option<String>,
) -> ColumnsView {
    let sheet = &import.sheet;
    let label = |at: usize| match sheet.title(layout, at) {
        "" => w.import_column_number(at + 1),
        title => title.to_owned(),
    };
    let mut notes = Vec::new();
    let missing = layout.missing();
    if !missing.is_empty() {
        let titles: Vec<String> = (0..sheet.width())
            .map(|at| sheet.title(layout, at).to_owned())
            .filter(|t| !t.is_empty())
            .collect();
        notes.push(w.import_columns_missing(&missing, &titles));
    } else if layout.teller == Teller::Contents {
        notes.push(w.import_guessed(layout.titled).to_owned());
    }
    let left_out: Vec<String> = sheet.left_out(layout).into_iter().map(label).collect();
    if !left_out.is_empty() {
        notes.push(w.import_ignored(&left_out));
    }
    let choices = |chosen: Column| {
        Column::ALL.iter().map(|c| Choice::new(c, w.import_column(*c)).chosen(*c == chosen)).collect()
    };
    let columns = (0..sheet.width()).map(|at| ColumnView {
        name: format!("c{at}"),
        label: label(at),
        examples: sheet.examples(layout, at).join(", "),
        choices: choices(layout.column(at)),
    });
    ColumnsView {
        open: mistake.is_some() || !missing.is_empty() || layout.teller == Teller::Contents,
        notes,
        mistake: mistake.unwrap_or_default(),
        titled: layout.titled,
        columns: columns.collect(),
    }
}

fn set(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let id: ImportId = visit.part("import")?;
    let typed: Vec<(String, String)> = visit.form()?;
    let width = imports::preview(visit.house, &visit.actor, id)?.import.sheet.width();
    let of = |name: &str| typed.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str());
    let column = |at| of(&format!("c{at}")).and_then(|text| text.parse().ok()).unwrap_or(Column::LeftOut);
    let columns: Vec<Column> = (0..width).map(column).collect();
    let titled = of(TITLES).is_some();
    let set = Layout::chosen(columns.clone(), titled)
        .map_err(actions::Error::from)
        .and_then(|layout| imports::set_layout(visit.house, &visit.actor, id, &layout));
    match set {
        Ok(()) => Ok(Reply::see(&format!("/salaries/import/{id}"))),
        Err(actions::Error::Refused(actions::Refusal::Import(no))) => {
            let typed = Layout { columns, titled, teller: Teller::Reader };
            show_again(visit, id, &typed, visit.w.import_refusal(&no))
        }
        Err(other) => Err(other.into()),
    }
}
