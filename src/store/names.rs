//! Lists that go by name: where a page starts, and how words find rows.

use super::backend::{Beginning, Searched, rows_with};
use super::{Conn, Kept};
use domain::text::search_key;

/// The place of a row in a list by name: its key, then its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) key: String,
    pub(super) id: i64,
}

impl Place {
    /// As a cursor in an address.
    pub(super) fn cursor(key: &str, id: i64) -> String {
        format!("{id}~{key}")
    }

    /// A cursor that is none of ours starts at the beginning.
    pub(super) fn read(cursor: &str) -> Option<Self> {
        let (id, key) = cursor.split_once('~')?;
        Some(Self { key: key.to_owned(), id: id.parse().ok()? })
    }
}

/// So many rows are gathered and put in order; of more, some stand near wherever a page starts.
pub(super) const FEW: i64 = 1_000;
/// Whoever types more words than this has said enough.
const MOST_WORDS: usize = 8;
/// Words of which each may begin a key: more of them are borne together by few.
const MOST_WAYS: usize = 3;

/// A way to rows that a search finds, in the order of their list. A row may lie on several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// Rows with these numbers, those that fit.
    These(Vec<i64>, Vec<Pattern>),
    /// Along the keys that begin with a word, those that fit besides.
    Beginning(String, Vec<Pattern>),
    /// Along the whole list, the keys that fit.
    Along(Vec<Pattern>),
}

/// The beginning of some word of a key. A key holds letters, digits and single spaces, so that nothing in it needs an
/// escape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) word: String,
}

impl Pattern {
    /// The shape of a key whose first word begins so.
    pub(super) fn first(&self) -> String {
        format!("{}%", self.word)
    }

    /// The shape of a key of which a later word does.
    pub(super) fn later(&self) -> String {
        format!("% {}%", self.word)
    }
}

/// For each word of a query, its pattern.
pub(super) fn patterns(query: &str) -> Vec<Pattern> {
    words(query).into_iter().map(|word| Pattern { word }).collect()
}

fn words(query: &str) -> Vec<String> {
    search_key(query).split_whitespace().take(MOST_WORDS).map(str::to_owned).collect()
}

/// What comes after every text that begins with this one.
pub(super) fn past(beginning: &str) -> String {
    format!("{beginning}\u{10ffff}")
}

/// Rows that have, for each word of a query, a word that begins so, when they are few; `owner` is whose they are, where
/// words have owners. None when they are many, or when nothing is looked for.
pub(super) fn few(conn: &mut Conn, what: Searched, owner: &str, query: &str) -> Kept<Option<Vec<i64>>> {
    let words = words(query);
    if words.is_empty() { Ok(None) } else { few_with(conn, what, owner, &words, true) }
}

fn few_with(
    conn: &mut Conn,
    what: Searched,
    owner: &str,
    words: &[String],
    may_be_first: bool,
) -> Kept<Option<Vec<i64>>> {
    let wanted: Vec<Beginning> =
        words.iter().map(|word| Beginning { word: word.clone(), may_be_first }).collect();
    Ok(if_few(rows_with(conn, what, owner, &wanted, FEW + 1)?))
}

/// What was loaded with a limit of [`FEW`] and one, unless there is more.
pub(super) fn if_few<T>(found: Vec<T>) -> Option<Vec<T>> {
    i64::try_from(found.len()).is_ok_and(|many| many <= FEW).then_some(found)
}

/// The ways to what a list by name shows for a query. What few rows bear is taken from the index of words. Of what many
/// bear, a page is soon full: along the keys that begin with one of the words, and along the list for those in which
/// all of them come later, unless these in turn are few.
pub(super) fn ways(conn: &mut Conn, what: Searched, owner: &str, query: &str) -> Kept<Vec<Way>> {
    let words = words(query);
    if words.is_empty() {
        return Ok(vec![Way::Along(Vec::new())]);
    }
    if let Some(found) = few_with(conn, what, owner, &words, true)? {
        return Ok(vec![Way::These(found, Vec::new())]);
    }
    if words.len() > MOST_WAYS {
        return Ok(vec![Way::Along(patterns(query))]);
    }
    let others =
        |word: &String| patterns(query).into_iter().filter(move |other| other.word != *word).collect();
    let mut ways: Vec<Way> = words.iter().map(|word| Way::Beginning(word.clone(), others(word))).collect();
    ways.push(match few_with(conn, what, owner, &words, false)? {
        Some(found) => Way::These(found, Vec::new()),
        None => Way::Along(patterns(query)),
    });
    Ok(ways)
}

/// The rows of a boxed query that lie on a way. A macro, because a query with its joins has a type of its own.
macro_rules! on_the_way {
    ($rows:expr, $way:expr, $table:ident, $id:ident) => {{
        use $crate::names::{Way, past};
        let rows = $rows;
        let (rows, patterns) = match $way {
            Way::These(ids, patterns) => (rows.filter($table::id.eq_any(ids.into_iter().map($id))), patterns),
            Way::Beginning(word, others) => {
                let end = past(&word);
                (rows.filter($table::search_key.ge(word).and($table::search_key.lt(end))), others)
            }
            Way::Along(patterns) => (rows, patterns),
        };
        patterns.into_iter().fold(rows, |rows, pattern| {
            rows.filter($table::search_key.like(pattern.first()).or($table::search_key.like(pattern.later())))
        })
    }};
}
pub(super) use on_the_way;

/// Rows of several ways as one list, a page of it and one more: by key and number, each once.
pub(super) fn in_order<Row>(mut rows: Vec<Row>, most: i64, place: impl Fn(&Row) -> (&str, i64)) -> Vec<Row> {
    rows.sort_by(|one, other| place(one).cmp(&place(other)));
    rows.dedup_by(|one, other| place(one).1 == place(other).1);
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    rows
}
