//! What another's program says of our XML: xmllint (libxml2), by a schema.

use std::path::Path;
use std::process::Command;

/// Why no XML is judged here.
pub fn missing() -> Option<String> {
    let found = Command::new("xmllint").arg("--version").output().is_ok_and(|answer| answer.status.success());
    (!found).then(|| "no xmllint: install libxml2-utils".into())
}

/// What is wrong with a file; none when it is valid.
#[track_caller]
pub fn faults(schema: &Path, file: &Path) -> Option<String> {
    let judged = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .args([schema, file])
        .output()
        .expect("xmllint was found");
    let said = String::from_utf8_lossy(&judged.stderr).into_owned();
    match judged.status.code() {
        Some(0) => None,
        // not well formed, or not valid; any other answer is a fault of the schema or of the machine
        Some(1 | 3 | 4) => Some(said),
        other => panic!("xmllint ended with {other:?}: {said}"),
    }
}
