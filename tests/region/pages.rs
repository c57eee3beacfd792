//! Every page of every role: found by following the links from its home, one of each shape.

use crate::client::{self, Answer};
use crate::load::Load;
use crate::program::{Account, Server};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A page is looked for no further than so many of them from the home.
const MOST: usize = 200;

pub fn measure(server: &Server, load: &Load, accounts: &[Account], bare: f64, only: Option<&str>) {
    println!("| role | page | a second | of bare | p50 ms | p99 ms | queries | bytes | peak MB |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|");
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
            let came = load.again_and_again(&request);
            println!(
                "| {} | {shape} | {:.0} | {:.0} % | {:.2} | {:.2} | {} | {} | {} |",
                account.role,
                came.per_second,
                came.per_second / bare * 100.0,
                came.p50.as_secs_f64() * 1000.0,
                came.p99.as_secs_f64() * 1000.0,
                queries(&first),
                came.bytes,
                server.peak(),
            );
        }
    }
    println!();
}

/// What `Server-Timing` says of an answer.
fn queries(answer: &Answer) -> String {
    let told =
        answer.header("server-timing").and_then(|timing| timing.split("desc=\"").nth(1)?.split('"').next());
    told.unwrap_or("–").to_owned()
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
