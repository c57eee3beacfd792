//! Every page of every role: found by following the links from its home, one of each shape.

use crate::baseline::Cost;
use crate::client;
use crate::load::Load;
use crate::program::{Account, Server};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

/// A page is looked for no further than so many of them from the home.
const MOST: usize = 200;

/// What a page took, in a region of one size.
pub struct Measured {
    pub role: String,
    pub shape: String,
    pub p50: Duration,
    /// Of the bare answer's rate.
    pub share: f64,
    pub peak: u64,
    pub cost: Cost,
}

pub fn measure(
    server: &Server,
    load: &Load,
    accounts: &[Account],
    bare: f64,
    only: Option<&str>,
) -> Vec<Measured> {
    println!(
        "| role | page | a second | of bare | p50 ms | p99 ms | µs of processor | queries | bytes | peak MB |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut all = Vec::new();
    let nobody = Account { role: "anyone".to_owned(), email: String::new(), password: String::new() };
    let mut roles = BTreeSet::new();
    for account in [nobody].iter().chain(accounts) {
        if only.is_some_and(|only| only != account.role) || !roles.insert(account.role.clone()) {
            continue;
        }
        let cookie = match account.email.as_str() {
            "" => String::new(),
            email => client::log_in(server.address, email, &account.password),
        };
        for (shape, path) in found(server, &cookie) {
            let request = client::get(&path, &cookie);
            let first = client::ask(server.address, &request).unwrap();
            server.forget_peak();
            let (came, computed) = server.computing(|| load.again_and_again(&request));
            let processor = came.each(computed);
            let queries = client::queries(&first.head);
            println!(
                "| {} | {shape} | {:.0} | {:.0} % | {:.2} | {:.2} | {processor:.0} | {} | {} | {} |",
                account.role,
                came.per_second,
                came.per_second / bare * 100.0,
                came.p50.as_secs_f64() * 1000.0,
                came.p99.as_secs_f64() * 1000.0,
                queries.map_or_else(|| "–".to_owned(), |queries| queries.to_string()),
                came.bytes,
                server.peak(),
            );
            all.push(Measured {
                role: account.role.clone(),
                cost: Cost {
                    what: ["page".to_owned(), account.role.clone(), shape.clone()],
                    processor: Some(processor),
                    queries,
                    bytes: came.bytes,
                },
                shape,
                p50: came.p50,
                share: came.per_second / bare,
                peak: server.peak(),
            });
        }
    }
    println!();
    all
}

/// How many pages reach what was aimed at, and those that do not.
pub fn judge(all: &[Measured]) {
    let slow: Vec<&Measured> = all.iter().filter(|page| page.share < 0.25).collect();
    println!("{} of {} pages reach a quarter of the bare answer; not:", all.len() - slow.len(), all.len());
    for page in slow {
        println!("- {} {}: {:.0} %", page.role, page.shape, page.share * 100.0);
    }
    let peak = all.iter().map(|page| page.peak).max().unwrap_or_default();
    println!("\nmemory at most: {peak} MB\n");
}

/// The same pages in regions of several sizes: what each took, as a multiple of the one before.
pub fn compare(sizes: &[(u64, Vec<Measured>)]) {
    println!("# How the cost of a page grows with the region\n");
    let names: Vec<String> = sizes.iter().map(|(people, _)| format!("{people} people, p50 ms")).collect();
    println!("| role | page | {} | growth |", names.join(" | "));
    println!("|---|---|{}--:|", "--:|".repeat(sizes.len()));
    let Some(((_, first), others)) = sizes.split_first() else { return };
    for page in first {
        let found = others.iter().map(|(_, pages)| {
            pages.iter().find(|other| other.role == page.role && other.shape == page.shape).map(|p| p.p50)
        });
        let times: Vec<Option<Duration>> = std::iter::once(Some(page.p50)).chain(found).collect();
        let shown: Vec<String> = times
            .iter()
            .map(|time| time.map_or("–".to_owned(), |time| format!("{:.2}", time.as_secs_f64() * 1000.0)))
            .collect();
        let growth: Vec<String> = times
            .windows(2)
            .filter_map(|pair| Some(format!("{:.2}", pair[1]?.as_secs_f64() / pair[0]?.as_secs_f64())))
            .collect();
        println!("| {} | {} | {} | {} |", page.role, page.shape, shown.join(" | "), growth.join(" · "));
    }
}

/// One path for each shape that can be reached.
fn found(server: &Server, cookie: &str) -> BTreeMap<String, String> {
    let start = if cookie.is_empty() { "/" } else { "/accueil" };
    let mut found = BTreeMap::new();
    let mut ahead = VecDeque::from([start.to_owned()]);
    let mut met = BTreeSet::from([shape(start)]);
    while let Some(path) = ahead.pop_front() {
        let Ok(answer) = client::ask(server.address, &client::get(&path, cookie)) else { continue };
        if answer.status != 200 {
            continue;
        }
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        found.insert(shape(&path), path);
        if !is_page || found.len() >= MOST {
            continue;
        }
        for link in answer.text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&");
            let ours = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/assets/");
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if ours && !link.contains("comme=") && met.insert(shape(&link)) {
                ahead.push_back(link);
            }
        }
    }
    found
}

/// The path with `{}` for what is a number or a secret, and the names of what is asked.
fn shape(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| if part.bytes().any(|b| b.is_ascii_digit()) || part.len() > 30 { "{}" } else { part })
        .collect();
    let names: Vec<&str> =
        query.split('&').filter_map(|pair| pair.split('=').next()).filter(|n| !n.is_empty()).collect();
    if names.is_empty() { parts.join("/") } else { format!("{}?{}", parts.join("/"), names.join("&")) }
}
