//! Tells the room what each migration is, so that it knows the databases that others made (`backend/migrations.rs`).

use sha2::{Digest as _, Sha256};
use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    for database in ["sqlite", "postgres"] {
        let folder = Path::new("../../migrations").join(database);
        println!("cargo::rerun-if-changed={}", folder.display());
        println!("cargo::rustc-env=MIGRATIONS_OF_{}={}", database.to_uppercase(), digests(&folder)?);
    }
    Ok(())
}

/// `version=digest` for each migration in a folder, in their order.
fn digests(folder: &Path) -> io::Result<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let migration = entry?;
        let name = migration.file_name().to_string_lossy().into_owned();
        let version = name.split('_').next().unwrap_or_default().replace('-', "");
        let digest = Sha256::digest(fs::read(migration.path().join("up.sql"))?);
        all.push(format!("{version}={digest:x}"));
    }
    all.sort();
    Ok(all.join(" "))
}
