//! What others say of our pages: axe-core (can everyone use it?) and vnu (is it HTML?). Both come from `tests/package.json`
//! (`npm ci --prefix tests`) and are used where they are found.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::driver::{Browser, Theme};
use crate::harness::scratch;

const AXE: &str = "node_modules/axe-core/axe.min.js";
const VNU: &str = "node_modules/vnu-jar/build/dist/vnu.jar";
const TAGS: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// A page to be checked by vnu at the end: starting Java once is enough.
struct Page {
    name: String,
    html: String,
}

static PAGES: Mutex<Vec<Page>> = Mutex::new(Vec::new());

/// Why the pages, or some of the checks, go unchecked.
pub fn missing() -> Option<String> {
    if !tool(AXE).is_file() || !tool(VNU).is_file() {
        return Some("no axe-core and vnu-jar in tests/node_modules: npm ci --prefix tests".into());
    }
    let java = Command::new("java").arg("-version").output();
    (!java.is_ok_and(|answer| answer.status.success())).then(|| "no java, which vnu wants".into())
}

/// What is wrong with the page: axe-core now, in both themes; vnu later.
#[track_caller]
pub fn faults(browser: &Browser) -> Vec<String> {
    let name = browser.eval("return location.pathname + location.search + ' « ' + document.title + ' »'");
    let name = name.as_str().unwrap_or_default();
    let absent = browser.eval(
        "return performance.getEntriesByType('resource').filter((one) => one.responseStatus >= 400)
            .map((one) => `${one.responseStatus} for ${one.name}`)",
    );
    let absent = absent.as_array().map(Vec::as_slice).unwrap_or_default();
    let absent = absent.iter().filter_map(|line| line.as_str().map(str::to_owned));
    let complaints = browser.complaints().into_iter().chain(absent);
    let mut faults: Vec<String> = complaints.map(|line| format!("{name}, the console: {line}")).collect();
    keep(name, browser.served_html());

    let Ok(axe) = fs::read_to_string(tool(AXE)) else { return faults };
    let usual = browser.theme_now();
    browser.theme(Theme::Light);
    let mut violations = judge(browser, &axe);
    browser.theme(Theme::Dark);
    let dark: Vec<_> = judge(browser, &axe).into_iter().filter(|found| !violations.contains(found)).collect();
    violations.extend(dark.into_iter().map(|found| format!("in the dark theme, {found}")));
    browser.theme(usual);
    faults.extend(violations.into_iter().map(|found| format!("{name}, axe-core: {found}")));
    faults
}

/// vnu, once, over all pages that were checked.
pub fn finish() -> Result<(), String> {
    let pages = std::mem::take(&mut *PAGES.lock().unwrap_or_else(PoisonError::into_inner));
    if pages.is_empty() || missing().is_some() {
        return Ok(());
    }
    let folder = scratch::folder().join("pages");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let files: Vec<PathBuf> = (0..pages.len()).map(|number| folder.join(format!("{number}.html"))).collect();
    for (file, page) in files.iter().zip(&pages) {
        fs::write(file, &page.html).map_err(|error| error.to_string())?;
    }

    let vnu = Command::new("java")
        .arg("-jar")
        .arg(tool(VNU))
        .args(["--format", "json", "--stdout", "--exit-zero-always", "--errors-only"])
        .args(&files)
        .output()
        .map_err(|error| format!("vnu: {error}"))?;
    let said: Value = serde_json::from_slice(&vnu.stdout)
        .map_err(|error| format!("vnu: {error}\n{}", String::from_utf8_lossy(&vnu.stderr)))?;
    let errors: Vec<String> = said["messages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter(|message| message["type"] != "info")
        .map(|message| complaint(message, &files, &pages))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(format!("vnu finds on {} pages:\n  {}", pages.len(), errors.join("\n  ")))
    }
}

fn complaint(message: &Value, files: &[PathBuf], pages: &[Page]) -> String {
    let address = message["url"].as_str().unwrap_or_default();
    let page = files.iter().position(|file| address.ends_with(&file.display().to_string()));
    let page = page.and_then(|number| pages.get(number)).map_or(address, |page| page.name.as_str());
    let text = |key: &str| message[key].as_str().unwrap_or_default().replace('\n', " ");
    format!("{page}, line {}: {}\n    {}", message["lastLine"], text("message"), text("extract"))
}

/// The same answer of the same page is checked once.
fn keep(name: &str, html: String) {
    let mut pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    if !pages.iter().any(|page| page.html == html) {
        pages.push(Page { name: name.to_owned(), html });
    }
}

/// A line for each violated rule: the rule, what it asks for, and where it is broken.
#[track_caller]
fn judge(browser: &Browser, axe: &str) -> Vec<String> {
    if browser.eval("return typeof window.axe") == "undefined" {
        browser.eval(axe);
    }
    let script = "const found = await axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] });
        return found.violations.map((rule) => `${rule.id} (${rule.help})` + rule.nodes.map((node) =>
            `\\n      ${node.target.flat().join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`).join(''));";
    let script = format!("return (async () => {{ {} }})()", script.replace("arguments[0]", "tags"));
    let found = browser.ask(&format!("const tags = arguments[0]; {script}"), &json!([TAGS]));
    let rules = found.as_array().map(Vec::as_slice).unwrap_or_default();
    rules.iter().map(|rule| rule.as_str().unwrap_or_default().to_owned()).collect()
}

fn tool(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}
