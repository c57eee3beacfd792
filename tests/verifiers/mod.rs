//! What others say of our badges. Each script beside this file runs a verifier that is not ours over a file of cases and
//! prints what it said, one line a case and form. They come from `requirements.txt` and `tests/package.json`, ask no network,
//! and are used where they are found.

pub mod papers;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::scratch;

const PYTHON: &str = "verifiers/.venv/bin/python";
/// What the scripts for node are about.
const PACKAGES: &[&str] = &["@digitalbazaar/vc", "@digitalcredentials/verifier-core", "jose"];

/// A badge as somebody may bring it, with all of the web that a verifier may ask.
pub struct Case {
    pub name: String,
    pub issuer: String,
    pub holder: String,
    pub document: Option<String>,
    pub token: Option<String>,
    /// Under the name of their form: `document.svg`.
    pub pictures: Vec<(&'static str, Vec<u8>)>,
    /// Address, what is answered to who asks for JSON, and to others.
    pub web: Vec<(String, String, Option<String>)>,
}

/// What a verifier said of one form of a case.
#[derive(Debug)]
pub struct Verdict {
    pub case: String,
    pub form: String,
    pub accepted: bool,
    pub said: String,
}

/// Why badges go unchecked.
pub fn missing() -> Option<String> {
    if !tests().join(PYTHON).is_file() {
        return Some("no Python for the verifiers in tests/verifiers/.venv: .ci/run makes it".into());
    }
    let modules = tests().join("node_modules");
    if let Some(absent) = PACKAGES.iter().find(|package| !modules.join(package).is_dir()) {
        return Some(format!("no {absent} in tests/node_modules: npm ci --prefix tests"));
    }
    let node = Command::new("node").arg("--version").output();
    (!node.is_ok_and(|answer| answer.status.success()))
        .then(|| "no node, which verifiers of badges want".into())
}

/// Runs a script of this folder over the cases.
#[track_caller]
pub fn say(script: &str, cases: &[Case]) -> Vec<Verdict> {
    let folder = scratch::folder().join("badges").join(script);
    fs::create_dir_all(&folder).unwrap();
    let cases: Vec<Value> = cases.iter().map(|case| case.laid_in(&folder)).collect();
    fs::write(folder.join("cases.json"), json!(cases).to_string()).unwrap();

    let program = if is_python(script) { tests().join(PYTHON) } else { "node".into() };
    let answer = Command::new(program)
        .arg(tests().join("verifiers").join(script))
        .arg(&folder)
        // Whoever asks the network all the same gets no answer.
        .envs([("https_proxy", "http://127.0.0.1:9"), ("http_proxy", "http://127.0.0.1:9")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    let errors = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert!(answer.status.success(), "{script} failed:\n{said}\n{errors}");
    said.lines().filter_map(verdict).collect()
}

impl Case {
    /// Writes its pictures, and tells the rest.
    fn laid_in(&self, folder: &Path) -> Value {
        let mut pictures = serde_json::Map::new();
        for (form, picture) in &self.pictures {
            let file = folder.join(format!("{}-{form}", self.name.replace(' ', "-")));
            fs::write(&file, picture).unwrap();
            pictures.insert((*form).to_owned(), json!(file));
        }
        let web = self
            .web
            .iter()
            .map(|(address, document, token)| (address.clone(), json!({ "json": document, "jwt": token })));
        json!({
            "name": self.name,
            "issuer": self.issuer,
            "holder": self.holder,
            "document": self.document,
            "token": self.token,
            "pictures": pictures,
            "web": web.collect::<serde_json::Map<_, _>>(),
        })
    }
}

/// Libraries print lines of their own, too.
fn verdict(line: &str) -> Option<Verdict> {
    let said: Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| said.get(key)?.as_str().map(str::to_owned);
    let accepted = said.get("accepted")?.as_bool()?;
    Some(Verdict { case: text("case")?, form: text("form")?, accepted, said: text("said")? })
}

fn is_python(script: &str) -> bool {
    Path::new(script).extension().is_some_and(|end| end == "py")
}

pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
