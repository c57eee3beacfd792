//! The disk is full, and then it is not. A small file system of its own holds the embedded database, or the tables of
//! PostgreSQL; only root may mount one.

use crate::client;
use crate::ground::{Ground, Report};
use crate::ledger::{self, Came};
use crate::postgres::Cluster;
use crate::program::Server;
use crate::scratch::{self, quoted};
use crate::workload::Workload;
use crate::{Kind, patiently};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

const MEGABYTES: u32 = 64;
/// How long acts are asked for while nothing more fits.
const FULL: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_mins(1);

/// A small file system; none, with the reason, where it cannot be mounted.
pub fn mount(name: &str) -> Result<PathBuf, String> {
    let folder = scratch::folder().join(name);
    fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let size = format!("size={MEGABYTES}m,mode=777");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "faults"]).arg(&folder).output();
    let mount = mount.map_err(|e| format!("mount: {e}"))?;
    if !mount.status.success() {
        let said = String::from_utf8_lossy(&mount.stderr).into_owned();
        return Err(said.lines().next().unwrap_or_default().to_owned());
    }
    // Lazily: PostgreSQL, which began before, ends later.
    scratch::at_the_end(&format!("umount -l {}", quoted(&folder)));
    Ok(folder)
}

pub fn run(kind: Kind, disk: &Path, cluster: Option<&Cluster>) -> Report {
    let mut report = Report::default();
    let ground = match cluster {
        Some(cluster) if kind == Kind::Postgres => {
            let tables = disk.join("tables");
            fs::create_dir(&tables).unwrap();
            cluster.hand_over(&tables).unwrap();
            cluster.tell(&format!("CREATE TABLESPACE small LOCATION '{}'", tables.display())).unwrap();
            cluster.tell("CREATE DATABASE disk TABLESPACE small").unwrap();
            Ground::of(kind, "disk", cluster.url("disk"))
        }
        _ => Ground::of(kind, "disk", format!("sqlite:{}", disk.join("parcours.db").display())),
    };
    ground.world.top_up(&ground.database, 600, 150);
    let server = ground.program.serve();
    let cookies = ground.world.cookies(server.address);
    let load = Workload::new(&ground.world, &ground.ledger, &cookies, server.address);
    let ballast = disk.join("ballast");
    load.run(|| {
        thread::sleep(Duration::from_secs(1));
        fill(&ballast);
        let refused = patiently(PATIENCE, || failed(&ground) > 0);
        report.promise(refused, "nothing is refused though the disk is full");
        is_told(&server, &cookies.employers[0], &mut report);
        thread::sleep(FULL);
        report.says(format!("{} acts refused while it was full", failed(&ground)));
        fs::remove_file(&ballast).unwrap();
        let before = ground.ledger.done();
        let again = patiently(PATIENCE, || ground.ledger.done() > before + 5);
        report.promise(again, "nothing is acknowledged though there is room again");
    });
    drop(server);
    let comparison = ground.compare();
    report.promise(
        comparison.failed_yet_kept == 0,
        format!("{} acts were refused and are there", comparison.failed_yet_kept),
    );
    report.takes(comparison);
    report
}

/// Takes all the room that is left, to the last block.
fn fill(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    for block in [vec![0; 1 << 20], vec![0; 1 << 12], vec![0; 1]] {
        while file.write_all(&block).is_ok() {}
    }
}

fn failed(ground: &Ground) -> usize {
    ledger::Kind::ALL
        .into_iter()
        .map(|kind| ground.ledger.count(kind, |c| matches!(c, Came::Failed(_))))
        .sum()
}

/// Pages still read; what writes is told « not now », with a sentence.
fn is_told(server: &Server, employer: &str, report: &mut Report) {
    for path in ["/catalogue", "/accueil", "/inscriptions", "/salaries"] {
        let page = client::ask(server.address, &client::get(path, employer)).unwrap();
        report.promise(page.status == 200, format!("{path} answers {} while the disk is full", page.status));
    }
    let lines = "lignes=Pr%C3%A9nom;Nom%0ALou;Roy%0A".repeat(50);
    let refused = patiently(Duration::from_secs(20), || {
        let answer =
            client::ask(server.address, &client::post("/salaries/import", employer, &lines)).unwrap();
        answer.status == 503 && answer.header("retry-after").is_some() && answer.text().contains("<h1")
    });
    report.promise(refused, "no act is told 503, a sentence and when to come again");
}
