//! Which files import which, and where that goes round.

use super::{Token, sources, text_at, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// A room (the folder of its manifest) and the modules that lead from its root to a file.
type Module = (String, Vec<String>);

/// Every source, with the files that it imports from its own room.
pub fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources();
    let files: BTreeMap<Module, &str> =
        sources.iter().map(|(file, _)| (module(file), file.as_str())).collect();
    let imported = |file: &str, source: &str| -> BTreeSet<String> {
        let (room, own) = module(file);
        let named = named_modules(&tokens(source), &own);
        let found = named.into_iter().filter_map(|path| {
            let mut prefixes = (0..=path.len()).rev().filter_map(|length| path.get(..length));
            prefixes.find_map(|prefix| files.get(&(room.clone(), prefix.to_vec())))
        });
        found.filter(|other| **other != file).map(|other| (*other).to_owned()).collect()
    };
    sources.iter().map(|(file, source)| (file.clone(), imported(file, source))).collect()
}

/// The largest sets of files in which each leads to each other, those of one file left out.
pub fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (file.as_str(), reached_from(imports, file))).collect();
    let leads = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
    let mut placed = BTreeSet::new();
    let mut circles = Vec::new();
    for file in reached.keys().copied() {
        if placed.contains(file) || !leads(file, file) {
            continue;
        }
        let circle: Vec<&str> =
            reached.keys().copied().filter(|other| leads(file, other) && leads(other, file)).collect();
        placed.extend(circle.iter().copied());
        circles.push(circle);
    }
    circles
}

fn reached_from<'a>(imports: &'a BTreeMap<String, BTreeSet<String>>, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut ahead = vec![file];
    while let Some(next) = ahead.pop() {
        for other in imports.get(next).into_iter().flatten() {
            if reached.insert(other.as_str()) {
                ahead.push(other);
            }
        }
    }
    reached
}

fn module(file: &str) -> Module {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let is_program = super::is_of_the_program(file);
    let room = if is_program { String::new() } else { parts.remove(0) };
    if matches!(parts.last().map(String::as_str), Some("lib" | "main" | "mod")) {
        parts.pop();
    }
    (room, parts)
}

/// The paths that a file names within its room, from the root of the room. What stands in a module written inside the file,
/// as its tests do, is left out.
fn named_modules(tokens: &[Token], own: &[String]) -> Vec<Vec<String>> {
    let mut named = Vec::new();
    let mut children = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        match text_at(tokens, at) {
            "mod" if text_at(tokens, at + 2) == "{" => at = closing(tokens, at + 2),
            "mod" if text_at(tokens, at + 2) == ";" => {
                children.insert(text_at(tokens, at + 1));
            }
            // What a function captures (`use<'_>`) is another thing.
            "use" if text_at(tokens, at + 1) != "<" => {
                at = tree(tokens, at + 1, &[], &mut |path| named.push(path));
            }
            _ if heads_a_path(tokens, at) => named.push(path_at(tokens, at)),
            _ => {}
        }
        at += 1;
    }
    named.into_iter().filter_map(|path| absolute(&path, own, &children)).collect()
}

fn heads_a_path(tokens: &[Token], at: usize) -> bool {
    text_at(tokens, at + 1) == "::" && (at == 0 || text_at(tokens, at - 1) != "::")
}

fn path_at(tokens: &[Token], mut at: usize) -> Vec<String> {
    let mut path = vec![text_at(tokens, at).to_owned()];
    while text_at(tokens, at + 1) == "::" {
        path.push(text_at(tokens, at + 2).to_owned());
        at += 2;
    }
    path
}

/// Reads what `use` names from here on, and gives where it ends.
fn tree(tokens: &[Token], mut at: usize, before: &[String], found: &mut impl FnMut(Vec<String>)) -> usize {
    let mut path = before.to_vec();
    loop {
        match text_at(tokens, at) {
            "::" => {}
            "{" => {
                at += 1;
                while !matches!(text_at(tokens, at), "}" | "") {
                    at = tree(tokens, at, &path, found);
                    at += usize::from(text_at(tokens, at) == ",");
                }
                return at + 1;
            }
            "as" => at += 1,
            "," | "}" | ";" | "" => {
                found(path);
                return at;
            }
            name => path.push(name.to_owned()),
        }
        at += 1;
    }
}

/// Where the brace that opens here is closed.
fn closing(tokens: &[Token], opening: usize) -> usize {
    let mut depth = 0;
    for at in opening..tokens.len() {
        match text_at(tokens, at) {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// A path from the root of the room; none where it leads to another room, or begins with what was imported.
fn absolute(path: &[String], own: &[String], children: &BTreeSet<&str>) -> Option<Vec<String>> {
    let (head, rest) = path.split_first()?;
    match head.as_str() {
        "crate" => Some(rest.to_vec()),
        "self" => Some([own, rest].concat()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let base = own.get(..own.len().checked_sub(ups)?)?;
            Some([base, path.get(ups..)?].concat())
        }
        child if children.contains(child) => Some([own, path].concat()),
        _ => None,
    }
}

#[test]
fn imports_are_read_as_rust_reads_them() {
    let source = "use super::{own, sign as s, deep::{self, Deeper}}; mod child; mod tests { use super::*; } \
                  fn f() { child::routes(crate::frame::page::Shell::bare()); std::mem::take(x) }";
    let own = ["pages".to_owned(), "accounts".to_owned()];
    let named = named_modules(&tokens(source), &own);
    let named: Vec<String> = named.iter().map(|path| path.join("::")).collect();
    let expected = [
        "pages::own",
        "pages::sign",
        "pages::deep::self",
        "pages::deep::Deeper",
        "pages::accounts::child::routes",
        "frame::page::Shell::bare",
    ];
    assert_eq!(named, expected);
}
