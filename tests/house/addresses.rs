//! Which addresses the sources write, and which routes there are.

use super::sources;
use std::collections::BTreeSet;

/// The patterns of the pages, as `src/addresses` declares them, without the question that some ask.
pub fn of_pages() -> BTreeSet<String> {
    let declared = literals("src/addresses/");
    declared.iter().filter_map(|(_, text)| text.split('?').next()).map(str::to_owned).collect()
}

/// The paths that routes are opened at.
pub fn of_routes() -> BTreeSet<String> {
    literals("src/web/pages").into_iter().map(|(_, text)| text).collect()
}

/// Each text that begins like a path of ours, with its file, in the sources of a room; tests of a file come after its code.
pub fn literals(room: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (file, source) in sources() {
        if !file.starts_with(room) || file.ends_with("/tests.rs") {
            continue;
        }
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, _) in code.match_indices('"') {
            let text = code.get(at + 1..).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let path = text.trim_start_matches("{}");
            if path.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase())) {
                found.push((file.clone(), path.to_owned()));
            }
        }
    }
    found
}
