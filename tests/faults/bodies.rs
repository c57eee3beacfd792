//! Sixty-four bodies on their way, none of which ever comes to its end: what they cost the server, and whoever looks at a page.

use crate::Kind;
use crate::client::{self, Connection};
use crate::ground::{Ground, Report};
use crate::postgres::Cluster;
use crate::program::Server;
use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const BODIES: usize = 64;
/// Bytes of each that are announced, and the last ones that never come.
const ANNOUNCED: usize = 5_000_000;
const MISSING: usize = 10;
/// Megabytes that all of them may add to the idle server.
const BOUND: u64 = 40;
/// Pages that somebody else looks at, before and meanwhile; the median may double.
const PAGES: usize = 200;

pub fn run(kind: Kind, cluster: Option<&Cluster>) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(kind, "bodies", cluster);
    let server = ground.program.serve();
    let cookies = ground.world.cookies(server.address);
    // To a door that is open to anyone; to one that is not; as somebody who is logged in and may.
    for (whose, path, cookie) in [
        ("anyone's", "/verifier/fichier", ""),
        ("a stranger's", "/salaries/import", ""),
        ("an employer's", "/salaries/import", cookies.employers[0].as_str()),
    ] {
        let usual = page(&server, &cookies.employers[1]);
        let before = server.memory();
        server.forget_peak();
        let sending: Vec<TcpStream> =
            (0..BODIES).filter_map(|_| half_sent(&server, path, cookie).ok()).collect();
        thread::sleep(Duration::from_millis(500));
        let meanwhile = page(&server, &cookies.employers[1]);
        let added = server.peak().saturating_sub(before);
        drop(sending);
        report.promise(added <= BOUND, format!("{BODIES} bodies, {whose}, took {added} MB"));
        let slower = meanwhile <= usual * 2;
        report.promise(slower, format!("a page took {meanwhile:?} beside them, {usual:?} before"));
        let millis = |time: Duration| time.as_secs_f64() * 1000.0;
        let (usual, meanwhile) = (millis(usual), millis(meanwhile));
        report.says(format!("{whose}: {added} MB more, a page {meanwhile:.1} ms ({usual:.1} before)"));
    }
    report
}

/// As much as the server takes of it.
fn half_sent(server: &Server, path: &str, cookie: &str) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(server.address)?;
    stream.set_write_timeout(Some(Duration::from_millis(500)))?;
    let kind = "multipart/form-data; boundary=ligne";
    let whole = client::post_body(path, cookie, kind, &vec![b'a'; ANNOUNCED]);
    // Whoever was answered already is not listened to.
    let _ = stream.write_all(&whole[..whole.len() - MISSING]);
    Ok(stream)
}

/// The median of somebody's page, the best of three: what else a machine does only adds.
fn page(server: &Server, cookie: &str) -> Duration {
    (0..3).map(|_| median(server, cookie)).min().unwrap_or_default()
}

fn median(server: &Server, cookie: &str) -> Duration {
    let mut connection = Connection::open(server.address, Duration::from_secs(20)).unwrap();
    let request = client::get("/salaries", cookie);
    let mut times: Vec<Duration> = (0..PAGES)
        .map(|_| {
            let asked = Instant::now();
            assert_eq!(connection.ask(&request).unwrap().status, 200);
            asked.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[PAGES / 2]
}
