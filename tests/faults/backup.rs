//! The embedded database is copied while it serves under load; each copy is whole, and one of them is put back.

use crate::database::Database;
use crate::ground::{Ground, Report};
use crate::ledger::Ledger;
use crate::program::Server;
use crate::scratch;
use crate::workload::Workload;
use crate::{Kind, patiently};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

/// A copy, and when its making began.
struct Copy {
    file: PathBuf,
    began: Instant,
}

pub fn run(copies: usize) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(Kind::Sqlite, "backup", None);
    ground.world.top_up(&ground.database, 200 * copies, 50 * copies);
    let server = ground.program.serve();
    let copies = under_load(&ground, &server, copies, &mut report);
    let last = copies.last().expect("a copy");
    report.promise(!restores(&ground, &last.file), "a restore is done while the server serves");
    drop(server);

    for copy in &copies {
        let database = Database { url: format!("sqlite:{}", copy.file.display()) };
        report.promise(is_whole(&copy.file), format!("{} is damaged", copy.file.display()));
        report.broken.extend(ground.ledger.compare_as_of(&database, copy.began).broken);
    }
    report.promise(restores(&ground, &last.file), "a copy cannot be put back");
    report.broken.extend(ground.ledger.compare_as_of(&ground.database, last.began).broken);
    let after = serves_on(&ground);
    report.broken.extend(after.compare(&ground.database).broken);
    report.promise(after.done() > 0, "nothing is acknowledged after a restore");
    report.says(format!(
        "{} copies under load, the last put back and served, {} acts acknowledged there",
        copies.len(),
        after.done()
    ));
    let acknowledged = ground.ledger.done();
    report.says(format!("{acknowledged} acts acknowledged before"));
    report
}

/// Copies one after the other while the clients act.
fn under_load(ground: &Ground, server: &Server, copies: usize, report: &mut Report) -> Vec<Copy> {
    let cookies = ground.world.cookies(server.address);
    let load = Workload::new(&ground.world, &ground.ledger, &cookies, server.address);
    load.run(|| {
        let mut made = Vec::new();
        for number in 0..copies {
            let before = ground.ledger.done();
            let acted = patiently(PATIENCE, || ground.ledger.done() > before);
            report.promise(acted, "nothing is acknowledged before a backup");
            let file = scratch::folder().join(format!("copy-{number}.db"));
            let began = Instant::now();
            let status = ground.program.command().arg("backup").arg(&file).output().unwrap().status;
            report.promise(status.success(), format!("the backup ended with {status}"));
            made.push(Copy { file, began });
        }
        made
    })
}

/// Puts a copy in the place of the database; answers whether that was done.
fn restores(ground: &Ground, file: &Path) -> bool {
    ground.program.command().arg("restore").arg(file).output().unwrap().status.success()
}

/// What SQLite itself says of a file.
fn is_whole(file: &Path) -> bool {
    let database = Database { url: format!("sqlite:{}", file.display()) };
    database.count("SELECT count(*) AS rows FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1
}

/// Serves what was put back; the clients act on, with a ledger of their own.
fn serves_on(ground: &Ground) -> Ledger {
    let ledger = Ledger::default();
    let server = ground.program.serve();
    let cookies = ground.world.cookies(server.address);
    let load = Workload { signing: 0, ..Workload::new(&ground.world, &ledger, &cookies, server.address) };
    load.run(|| patiently(PATIENCE, || ledger.done() > 10));
    ledger
}
