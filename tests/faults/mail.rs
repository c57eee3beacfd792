//! The mail server has whims. Each is tried in a house of its own, all at the same time, since a server that stalls costs
//! half a minute of patience. Then it is good, and every letter must arrive.

use crate::client;
use crate::ground::{Ground, Report};
use crate::postgres::Cluster;
use crate::program::Server;
use crate::scratch;
use crate::sink::{Sink, Whim};
use crate::workload::Workload;
use crate::{Kind, patiently};
use std::thread;
use std::time::Duration;

/// Places asked for in each house: each brings two or three letters.
const PLACES: usize = 6;
/// Longer than the courier's patience with a server that stalls.
const MET: Duration = Duration::from_mins(1);
const ARRIVED: Duration = Duration::from_secs(90);

const WHIMS: [(&str, Option<Whim>); 8] = [
    ("nobody_listens", None),
    ("silent", Some(Whim::Silent)),
    ("stalls_in_data", Some(Whim::StallsInData)),
    ("cuts_at_once", Some(Whim::CutsAtOnce)),
    ("cuts_before_thanks", Some(Whim::CutsBeforeThanks)),
    ("cuts_after_thanks", Some(Whim::CutsAfterThanks)),
    ("later", Some(Whim::Later)),
    ("never", Some(Whim::Never)),
];

pub fn run(kind: Kind, is_short: bool, cluster: Option<&Cluster>) -> Report {
    // This one costs a minute: the courier waits for an answer, and then for one to its farewell.
    let whims: Vec<_> =
        WHIMS.into_iter().filter(|(_, whim)| !is_short || *whim != Some(Whim::StallsInData)).collect();
    let mut all = Report::default();
    let reports = thread::scope(|scope| {
        let houses: Vec<_> =
            whims.iter().map(|whim| scope.spawn(move || one(kind, *whim, cluster))).collect();
        houses.into_iter().map(|house| house.join().unwrap()).collect::<Vec<_>>()
    });
    for ((name, _), report) in whims.iter().zip(reports) {
        all.figures.extend(report.figures.into_iter().map(|figure| format!("{name}: {figure}")));
        all.broken.extend(report.broken.into_iter().map(|broken| format!("{name}: {broken}")));
    }
    all
}

fn one(kind: Kind, (name, whim): (&str, Option<Whim>), cluster: Option<&Cluster>) -> Report {
    let mut report = Report::default();
    let ground = Ground::new(kind, &format!("mail_{name}"), cluster);
    ground.world.top_up(&ground.database, PLACES, 0);
    // Nobody is there, until somebody comes.
    let port = scratch::free_address();
    let sink = whim.map(|whim| {
        let sink = Sink::at(port);
        sink.has(whim);
        sink
    });
    let server = ground.program.serve_with(&[("PARCOURS_SMTP_URL", &format!("smtp://{port}"))]);
    some_places(&ground, &server);

    let failed = || ground.database.count("SELECT count(*) AS rows FROM outbox WHERE last_error IS NOT NULL");
    let met = patiently(MET, || match &sink {
        None => failed() > 0,
        Some(sink) => sink.met() > 0,
    });
    report.promise(met, "no letter met it");
    if whim == Some(Whim::Never) {
        given_up(&ground, &server, &mut report);
    }
    let sink = sink.unwrap_or_else(|| Sink::at(port));
    sink.has(Whim::Good);
    if whim == Some(Whim::Never) {
        sent_again(&ground, &server, &mut report);
    }
    arrives(&ground, &sink, &mut report);
    drop(server);

    counts(&sink, whim, &mut report);
    report.broken.extend(sink.compare(&ground.database));
    report.broken.extend(ground.compare().broken);
    report
}

/// Only what the server had whole, while the courier could not know, may come twice.
fn counts(sink: &Sink, whim: Option<Whim>, report: &mut Report) {
    let (came, repeats, unthanked) = (sink.came().len(), sink.repeats(), sink.unthanked());
    report.promise(
        repeats == unthanked,
        format!("{repeats} letters came twice, {unthanked} were not acknowledged"),
    );
    report.promise((whim == Some(Whim::CutsBeforeThanks)) == (unthanked > 0), "the whim was not met");
    report.says(format!("{came} letters arrived, {repeats} twice"));
}

fn some_places(ground: &Ground, server: &Server) {
    let cookies = ground.world.cookies(server.address);
    let load = Workload {
        signing: 0,
        importing: 0,
        ..Workload::new(&ground.world, &ground.ledger, &cookies, server.address)
    };
    let asked = || ground.ledger.done() >= PLACES;
    load.run(|| patiently(Duration::from_secs(20), asked));
}

/// Every letter leaves. The courier would wait for minutes and hours between its tries: the harness moves their dates.
fn arrives(ground: &Ground, sink: &Sink, report: &mut Report) {
    let left = || ground.database.letters().iter().filter(|l| l.progress != "sent").count();
    let arrived = patiently(ARRIVED, || {
        ground.database.tell(
            "UPDATE outbox SET due_at = created_at WHERE last_error IS NOT NULL AND sent_at IS NULL AND given_up_at IS NULL",
        );
        left() == 0
    });
    report.promise(arrived, format!("{} letters did not arrive, {} did", left(), sink.came().len()));
}

/// A letter for a mailbox that is refused is not tried again, and shown to whoever asked for the place.
fn given_up(ground: &Ground, server: &Server, report: &mut Report) {
    let all_given_up = || ground.database.letters().iter().all(|l| l.progress == "given_up");
    report.promise(patiently(MET, all_given_up), "letters to refused mailboxes are not given up");
    let cookies = ground.world.cookies(server.address);
    let homes = cookies.employers.iter().map(|cookie| client::get("/accueil", cookie));
    let told = homes.filter(|home| {
        client::ask(server.address, home).is_ok_and(|page| page.text().contains("pas pu être remis"))
    });
    report.promise(told.count() > 0, "no employer is told of a letter that was given up");
}

/// The training body sends them again, from the pages that show them.
fn sent_again(ground: &Ground, server: &Server, report: &mut Report) {
    let manager = ground.world.cookies(server.address).manager;
    let given_up = || ground.database.letters().iter().filter(|l| l.progress == "given_up").count();
    let mut path = Some("/courrier".to_owned());
    while let Some(list) = path {
        let page = client::ask(server.address, &client::get(&list, &manager)).unwrap().text();
        let buttons = page.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for button in buttons.filter(|path| path.ends_with("/renvoi")) {
            client::ask(server.address, &client::post(button, &manager, "")).unwrap();
        }
        let next = page.split("href=\"").skip(1).find(|rest| rest.starts_with("/courrier?avant="));
        path = next.and_then(|rest| Some(rest.split('"').next()?.to_owned()));
    }
    report
        .promise(given_up() == 0, format!("{} letters that were given up cannot be sent again", given_up()));
}
