use super::guesses::guess;
use super::headings::{is_reason, titled_columns};
use super::{Field, Line, Refusal, Unreadable};
use crate::named;

named! {
    /// What a column holds.
    Column {
        FamilyName = "family_name",
        GivenName = "given_name",
        /// Both names in one cell, the family name first when nothing in the cell tells.
        FamilyGiven = "family_given",
        /// Both names in one cell, the given name first when nothing in the cell tells.
        GivenFamily = "given_family",
        Email = "email",
        StaffNumber = "staff_number",
        JobGroup = "job_group",
        StartsOn = "starts_on",
        LeftOut = "left_out",
    }
}

impl Column {
    /// What a cell of it tells, where it is one thing.
    const fn field(self) -> Option<Field> {
        match self {
            Self::FamilyName => Some(Field::FamilyName),
            Self::GivenName => Some(Field::GivenName),
            Self::Email => Some(Field::Email),
            Self::StaffNumber => Some(Field::StaffNumber),
            Self::JobGroup => Some(Field::JobGroup),
            Self::StartsOn => Some(Field::StartsOn),
            Self::FamilyGiven | Self::GivenFamily | Self::LeftOut => None,
        }
    }

    const fn holds_both_names(self) -> bool {
        matches!(self, Self::FamilyGiven | Self::GivenFamily)
    }

    /// Whether two columns would tell the same thing of somebody.
    fn clashes(self, other: Self) -> bool {
        let tells_a_name = |c: Self| c.holds_both_names() || matches!(c, Self::FamilyName | Self::GivenName);
        let both = |one: Self, other: Self| one.holds_both_names() && tells_a_name(other);
        self != Self::LeftOut && (self == other || both(self, other) || both(other, self))
    }
}

named! {
    /// Who said what the columns hold.
    Teller {
        Titles = "titles",
        /// There were no titles: the columns were told from what stands in them.
        Contents = "contents",
        Reader = "reader",
    }
}

/// What each column of a sheet is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub columns: Vec<Column>,
    /// Whether the first row holds titles, and nobody.
    pub titled: bool,
    pub teller: Teller,
}

impl Layout {
    /// What a reader says of the columns.
    pub fn chosen(columns: Vec<Column>, titled: bool) -> Result<Self, Refusal> {
        let layout = Self { columns, titled, teller: Teller::Reader };
        for (at, second) in layout.columns.iter().enumerate() {
            if let Some(first) = layout.columns.iter().take(at).find(|first| first.clashes(*second)) {
                return Err(Refusal::ColumnTwice { first: *first, second: *second });
            }
        }
        let missing = layout.missing();
        if missing.is_empty() {
            Ok(layout)
        } else {
            Err(Refusal::ColumnsMissing { missing, found: Vec::new() })
        }
    }

    /// The names that no column holds.
    pub fn missing(&self) -> Vec<Field> {
        if self.columns.iter().any(|c| c.holds_both_names()) {
            return Vec::new();
        }
        [Column::FamilyName, Column::GivenName]
            .into_iter()
            .filter(|c| !self.columns.contains(c))
            .filter_map(Column::field)
            .collect()
    }

    pub fn column(&self, at: usize) -> Column {
        self.columns.get(at).copied().unwrap_or(Column::LeftOut)
    }
}

/// What was sent, before anybody says what its columns are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Each with the line on which the person finds it in what they sent, from 1; at least one.
    rows: Vec<(usize, Vec<String>)>,
}

impl Sheet {
    pub fn new(rows: Vec<(usize, Vec<String>)>) -> Self {
        Self { rows }
    }

    pub fn rows(&self) -> &[(usize, Vec<String>)] {
        &self.rows
    }

    /// How many columns have something in them, those between included.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0)
    }

    /// Tells the columns by their titles, in any case and with or without accents; without any title, by what stands
    /// in them.
    pub fn laid_out(&self) -> Result<Layout, Unreadable> {
        let (_, first) = self.rows.first().ok_or(Unreadable::Empty)?;
        let mut layout = match titled_columns(first) {
            Some(columns) => Layout { columns, titled: true, teller: Teller::Titles },
            None => guess(&self.rows),
        };
        layout.columns.resize(self.width(), Column::LeftOut);
        self.check_rows(&layout)?;
        Ok(layout)
    }

    /// Whether anybody stands below the titles.
    pub fn check_rows(&self, layout: &Layout) -> Result<(), Unreadable> {
        if layout.titled && self.rows.len() < 2 { Err(Unreadable::NoRows) } else { Ok(()) }
    }

    /// Refuses a layout in which a name has no column, where nobody can be asked which one it is.
    pub fn check_names(&self, layout: &Layout) -> Result<(), Refusal> {
        let missing = layout.missing();
        if missing.is_empty() {
            return Ok(());
        }
        let titles = (0..self.width()).map(|at| self.title(layout, at).to_owned());
        Err(Refusal::ColumnsMissing { missing, found: titles.filter(|t| !t.is_empty()).collect() })
    }

    /// Everybody of whom the sheet tells.
    pub fn lines(&self, layout: &Layout) -> Vec<Line> {
        self.below_titles(layout)
            .iter()
            .map(|(number, cells)| line(*number, cells, &layout.columns))
            .collect()
    }

    fn below_titles(&self, layout: &Layout) -> &[(usize, Vec<String>)] {
        self.rows.get(usize::from(layout.titled)..).unwrap_or_default()
    }

    /// The title of a column; empty when it has none.
    pub fn title(&self, layout: &Layout, at: usize) -> &str {
        let first = self.rows.first().filter(|_| layout.titled);
        first.and_then(|(_, cells)| cells.get(at)).map_or("", String::as_str)
    }

    /// What stands in a column, the first few different cells.
    pub fn examples(&self, layout: &Layout, at: usize) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for (_, cells) in self.below_titles(layout) {
            let cell = cells.get(at).map_or("", String::as_str);
            if !cell.is_empty() && !found.contains(&cell) {
                found.push(cell);
            }
            if found.len() == EXAMPLES {
                break;
            }
        }
        found
    }

    /// The columns that are not taken though something stands in them. Our own column of reasons, in a file that we
    /// gave, says nothing when it returns.
    pub fn left_out(&self, layout: &Layout) -> Vec<usize> {
        let is_left = |at: &usize| {
            let title = self.title(layout, *at);
            layout.column(*at) == Column::LeftOut
                && !is_reason(title)
                && !(title.is_empty() && self.examples(layout, *at).is_empty())
        };
        (0..self.width()).filter(is_left).collect()
    }
}

/// Cells that are shown of a column.
const EXAMPLES: usize = 3;

fn line(number: usize, cells: &[String], columns: &[Column]) -> Line {
    let mut line = Line { number, ..Line::default() };
    for (cell, column) in cells.iter().zip(columns) {
        if let Some(field) = column.field() {
            line.put(field, cell.trim());
        }
        if column.holds_both_names() {
            let (family, given) = split(cell, *column);
            line.put(Field::FamilyName, family);
            line.put(Field::GivenName, given);
        }
    }
    line
}

/// Family and given name of one cell: the words in capitals are the family name; else, of two words, the order tells.
/// A longer name is left whole, for the person to part it.
fn split(cell: &str, order: Column) -> (String, String) {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let in_capitals = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
    };
    let (family, given): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| in_capitals(word));
    if !family.is_empty() && !given.is_empty() {
        return (family.join(" "), given.join(" "));
    }
    match words.as_slice() {
        [first, second] if order == Column::GivenFamily => ((*second).to_owned(), (*first).to_owned()),
        [first, second] => ((*first).to_owned(), (*second).to_owned()),
        _ => (words.join(" "), String::new()),
    }
}

#[cfg(test)]
mod tests;
