//! The PostgreSQL primary is lost under load, and its synchronous replica promoted: its processes are killed, it is parted
//! from the other hosts while the servers still reach it, its network is cut.

use crate::client;
use crate::fleet::{Fleet, Span};
use crate::ground::{Ground, Report};
use crate::patroni::{HOSTS, Patroni};
use crate::proxy::Proxy;
use crate::sink::Sink;
use crate::workload::Workload;
use crate::{Kind, patiently};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use std::thread;
use std::time::{Duration, Instant};

/// How the primary is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    Killed,
    /// The servers reach it; it reaches nobody who could confirm that it is the primary, or keep what it writes.
    Parted,
    Cut,
}

/// How long the other host may need to be the primary.
const PROMOTED: Duration = Duration::from_mins(1);
/// How long the servers may need to serve, once there is a primary.
const SERVED: Duration = Duration::from_secs(20);
/// How long the lost host may need to follow the new primary.
const FOLLOWS: Duration = Duration::from_secs(90);

pub fn missing() -> Option<String> {
    Proxy::missing().or_else(Patroni::missing)
}

pub fn run(is_short: bool, is_synchronous: bool) -> Report {
    let mut report = Report::default();
    let patroni = Patroni::start("patroni", is_synchronous);
    found(&patroni);
    let ground = Ground::of(Kind::Postgres, "primary", patroni.url("parcours"));
    let losses: &[Loss] =
        if is_short { &[Loss::Killed, Loss::Parted] } else { &[Loss::Killed, Loss::Parted, Loss::Cut] };
    let times = if is_short { 1 } else { 3 };
    ground.world.top_up(&ground.database, 600 * times * losses.len(), 150 * times * losses.len());
    let sink = Sink::start();
    let mut fleet = Fleet::start(&ground, 2, &sink.url());
    let proxy = Proxy::start("primary", &fleet.addresses);
    let up = patiently(Duration::from_secs(10), || client::is_ready(proxy.address));
    report.promise(up, "nothing comes through the proxy");
    let cookies = ground.world.cookies(proxy.address);
    let mut load = Workload::new(&ground.world, &ground.ledger, &cookies, proxy.address);
    load.pause = Duration::from_millis(100);
    load.run(|| {
        for _ in 0..times {
            for loss in losses {
                lose(*loss, &patroni, &ground, &mut report);
            }
        }
    });
    report.promise(fleet.lives(), "a server ended when the primary was lost");
    drop(fleet);
    let comparison = ground.compare();
    report.says(format!("{} acts told « not now » were kept nevertheless", comparison.failed_yet_kept));
    report.takes(comparison);
    report.broken.extend(sink.compare(&ground.database));
    report
}

/// The database, once the replica has it, too: a host that knows no such database ends the search for the primary.
fn found(patroni: &Patroni) {
    let connect = |database: &str| {
        PgConnection::establish(&(patroni.url(database) + "?target_session_attrs=read-write"))
    };
    connect("postgres").unwrap().batch_execute("CREATE DATABASE parcours").unwrap();
    assert!(
        patiently(Duration::from_secs(20), || connect("parcours").is_ok()),
        "the replica has no database"
    );
}

/// Loses the primary, waits for the other one and for the first act that it keeps, and brings the lost host back.
fn lose(loss: Loss, patroni: &Patroni, ground: &Ground, report: &mut Report) {
    thread::sleep(Duration::from_secs(2));
    let primary = patroni.primary().expect("a primary");
    let other = HOSTS.into_iter().find(|host| *host != primary).expect("two hosts");
    let began = Instant::now();
    match loss {
        Loss::Killed => patroni.network.kill(primary),
        Loss::Parted => patroni.network.part(primary),
        Loss::Cut => patroni.network.cut(primary),
    }
    let promoted = patiently(PROMOTED, || patroni.is_primary(other));
    report.promise(promoted, format!("{loss:?}: no new primary. {}", patroni.complaints()));
    let promoted = began.elapsed();
    let from = Instant::now();
    let served = patiently(SERVED, || Span::of(&ground.ledger, from).acknowledged > 0);
    report.promise(served, format!("{loss:?}: nothing is acknowledged by the new primary"));
    thread::sleep(Duration::from_secs(1));
    let span = Span::of(&ground.ledger, began);
    report.says(format!(
        "{loss:?}: promoted after {:.1} s, {:.1} s without an acknowledged act, {} acts « not now » or cut",
        promoted.as_secs_f64(),
        span.pause.as_secs_f64(),
        span.lost
    ));
    if loss == Loss::Killed {
        patroni.switch_on(primary);
    } else {
        patroni.network.mend(primary);
    }
    let mut follows = patiently(FOLLOWS, || patroni.follows());
    if !follows {
        report.says(format!("{loss:?}: Patroni left the lost host behind, and it was copied anew"));
        patroni.copy_anew(primary);
        follows = patiently(FOLLOWS, || patroni.follows());
    }
    report.promise(follows, format!("{loss:?}: the lost host does not follow. {}", patroni.complaints()));
}
