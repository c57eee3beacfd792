//! What each page and each act took, kept as a file, and compared with another such file: `baseline/` has those of the commit
//! from which the house was rebuilt.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const HEAD: &str = "kind\trole\tshape\tprocessor µs\tqueries\tbytes";

/// What one page or one act took, on average.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// « page », the role and the shape of its address; « act », nobody and what is done.
    pub what: [String; 3],
    /// Microseconds of the server's processor; of PostgreSQL's own none.
    pub processor: Option<f64>,
    pub queries: Option<usize>,
    /// Of the body.
    pub bytes: usize,
}

pub fn keep(file: &Path, costs: &[Cost]) {
    let shown = |value: Option<String>| value.unwrap_or_default();
    let lines = costs.iter().map(|cost| {
        let (processor, queries) =
            (cost.processor.map(|p| format!("{p:.0}")), cost.queries.map(|q| q.to_string()));
        format!("{}\t{}\t{}\t{}", cost.what.join("\t"), shown(processor), shown(queries), cost.bytes)
    });
    let text: String = [HEAD.to_owned()].into_iter().chain(lines).map(|line| line + "\n").collect();
    fs::write(file, text).expect("a file that may be written");
}

fn read(file: &Path) -> BTreeMap<[String; 3], Cost> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let cost = |line: &str| {
        let [kind, role, shape, processor, queries, bytes] =
            line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        let what = [kind, role, shape].map(str::to_owned);
        let cost = Cost {
            what: what.clone(),
            processor: processor.parse().ok(),
            queries: queries.parse().ok(),
            bytes: bytes.parse().ok()?,
        };
        Some((what, cost))
    };
    text.lines().skip(1).filter_map(cost).collect()
}

/// Says what became of each, beside a file that was kept. Queries and bytes are the same on any machine; times only where both
/// were measured in turns on one.
pub fn compare(file: &Path, costs: &[Cost]) {
    let before = read(file);
    println!("# Beside {}\n", file.display());
    println!("| kind | role | shape | processor | queries | bytes |\n|---|---|---|--:|--:|--:|");
    let mut times = Vec::new();
    for cost in costs {
        let Some(was) = before.get(&cost.what) else {
            println!("| {} | new | | |", cost.what.join(" | "));
            continue;
        };
        let time = cost.processor.zip(was.processor).map(|(is, was)| is / was.max(1.0));
        times.extend(time);
        let is_other = cost.queries != was.queries || cost.bytes.abs_diff(was.bytes) * 20 > was.bytes;
        if is_other || time.is_some_and(|time| !(0.75..=1.25).contains(&time)) {
            let queries = [was.queries, cost.queries].map(|q| q.map_or("–".to_owned(), |q| q.to_string()));
            let time = time.map_or("–".to_owned(), |time| format!("{time:.2} ×"));
            let (what, queries) = (cost.what.join(" | "), queries.join(" → "));
            println!("| {what} | {time} | {queries} | {} → {} |", was.bytes, cost.bytes);
        }
    }
    for what in before.keys().filter(|what| !costs.iter().any(|cost| cost.what == **what)) {
        println!("| {} | gone | | |", what.join(" | "));
    }
    times.sort_by(f64::total_cmp);
    if let (Some(median), Some(most)) = (times.get(times.len() / 2), times.last()) {
        println!("\nprocessor: the median {median:.2} ×, the most {most:.2} ×, of {}\n", times.len());
    }
}
