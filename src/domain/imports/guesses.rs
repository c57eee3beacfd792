use super::{Column, Layout, Teller};
use crate::people::{EmailAddress, JobGroup};
use crate::text::{Name, search_key};

type Row = (usize, Vec<String>);

/// Columns told from their cells: one of addresses, one or two of names, one of job groups. Everything else is for the
/// reader to say.
pub(super) fn guess(rows: &[Row]) -> Layout {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let titled = begins_with_titles(rows, width);
    let rows = rows.get(usize::from(titled)..).unwrap_or_default();
    let all: Vec<Vec<&str>> = (0..width).map(|at| cells(rows, at)).collect();
    let mut columns = vec![Column::LeftOut; width];
    let mut put = |at: usize, column: Column| {
        if let Some(place) = columns.get_mut(at) {
            *place = column;
        }
    };
    let email = all.iter().position(|cells| mostly(cells, |c| c.parse::<EmailAddress>().is_ok()));
    if let Some(at) = email {
        put(at, Column::Email);
    }
    let group = all.iter().position(|cells| {
        let known = cells.iter().filter(|c| !c.is_empty()).all(|c| JobGroup::said(c).is_some());
        known && cells.iter().any(|c| !c.is_empty())
    });
    let is_name = |at: &usize| Some(*at) != group && all.get(*at).is_some_and(|cells| mostly(cells, is_name));
    let mut names = (0..width).filter(is_name);
    let words = |at: usize, least: fn(usize, usize) -> bool| {
        let cells = all.get(at).map(Vec::as_slice).unwrap_or_default();
        least(cells.iter().filter(|c| c.split_whitespace().count() > 1).count(), cells.len())
    };
    match (names.next(), names.next()) {
        // A first column of nothing but several words holds whole names; the next is something else.
        (Some(first), second) if second.is_none() || words(first, |some, of| some == of && of > 2) => {
            if email.is_some() || words(first, |some, of| 2 * some >= of) {
                put(first, order_in_cell(rows, first, email));
            }
        }
        (Some(first), Some(second)) => {
            let given_first = votes(rows, first, second, email) >= votes(rows, second, first, email);
            let (given, family) = if given_first { (first, second) } else { (second, first) };
            put(given, Column::GivenName);
            put(family, Column::FamilyName);
        }
        (None, _) | (Some(_), None) => {}
    }
    if let Some(at) = group {
        put(at, Column::JobGroup);
    }
    Layout { columns, titled, teller: Teller::Contents }
}

fn cells(rows: &[Row], at: usize) -> Vec<&str> {
    rows.iter().map(|(_, cells)| cells.get(at).map_or("", String::as_str)).collect()
}

/// Whether at least half of what stands in a column is so.
fn mostly(cells: &[&str], is: impl Fn(&str) -> bool) -> bool {
    let filled = cells.iter().filter(|c| !c.is_empty()).count();
    let such = cells.iter().filter(|c| is(c)).count();
    such > 0 && 2 * such >= filled
}

/// Whether the first row is of another kind than what stands below it: a word above addresses or above numbers.
fn begins_with_titles(rows: &[Row], width: usize) -> bool {
    let Some((_, first)) = rows.first() else { return false };
    let below = rows.get(1..).unwrap_or_default();
    let has_digit = |cell: &str| cell.chars().any(|c| c.is_ascii_digit());
    (0..width).any(|at| {
        let title = first.get(at).map_or("", String::as_str);
        let cells = cells(below, at);
        let filled = || cells.iter().filter(|c| !c.is_empty());
        is_name(title)
            && filled().count() > 0
            && (filled().all(|c| c.contains('@')) || filled().all(|c| has_digit(c)))
    })
}

fn is_name(cell: &str) -> bool {
    cell.parse::<Name>().is_ok()
        && cell.chars().any(char::is_alphabetic)
        && !cell.chars().any(|c| c.is_ascii_digit() || "@=/;:_<>".contains(c))
}

/// How many rows speak for this order of names: the family name alone is in capitals, or the address begins with the
/// given name.
fn votes(rows: &[Row], given: usize, family: usize, email: Option<usize>) -> usize {
    let speaks = |(_, cells): &&Row| {
        let at = |place: usize| cells.get(place).map_or("", String::as_str);
        (shouts(at(family)) && !shouts(at(given))) || email.is_some_and(|email| begins(at(email), at(given)))
    };
    rows.iter().filter(speaks).count()
}

/// Which name comes first in cells that hold both, by the addresses beside them.
fn order_in_cell(rows: &[Row], at: usize, email: Option<usize>) -> Column {
    let count = |nth: usize| {
        let speaks = |(_, cells): &&Row| {
            let cell = |place: usize| cells.get(place).map_or("", String::as_str);
            let word = cell(at).split_whitespace().nth(nth).unwrap_or_default();
            email.is_some_and(|email| begins(cell(email), word))
        };
        rows.iter().filter(speaks).count()
    };
    if count(1) > count(0) { Column::FamilyGiven } else { Column::GivenFamily }
}

fn shouts(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

/// Whether an address begins with a given name.
fn begins(address: &str, given: &str) -> bool {
    let key = search_key(given);
    let first = key.split(' ').next().unwrap_or_default();
    first.len() > 1 && address.to_lowercase().starts_with(first)
}
