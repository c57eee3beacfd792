//! What a monitor reads: Prometheus text, without a word about people.

use super::server::{Shared, only_get};
use crate::actions::House;
use crate::store::{Error, outbox};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Requests since the start, by the class of their status.
#[derive(Debug, Default)]
pub struct Metrics {
    classes: [AtomicU64; 5],
    microseconds: AtomicU64,
    cut: AtomicU64,
}

impl Metrics {
    pub fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.classes.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(micros, Ordering::Relaxed);
    }

    /// A file ended before its end.
    pub fn count_cut(&self) {
        self.cut.fetch_add(1, Ordering::Relaxed);
    }

    fn text(&self) -> String {
        let mut text = String::from(
            "# HELP parcours_requests_total Requests answered, by class of status.\n\
             # TYPE parcours_requests_total counter\n",
        );
        let mut all = 0;
        for (class, counter) in (1..).zip(&self.classes) {
            let count = counter.load(Ordering::Relaxed);
            all += count;
            line(&mut text, &format!("parcours_requests_total{{status=\"{class}xx\"}}"), count);
        }
        let seconds = Duration::from_micros(self.microseconds.load(Ordering::Relaxed)).as_secs_f64();
        text.push_str(
            "# HELP parcours_request_seconds Time from the request to its answer.\n\
             # TYPE parcours_request_seconds summary\n",
        );
        line(&mut text, "parcours_request_seconds_sum", seconds);
        line(&mut text, "parcours_request_seconds_count", all);
        text.push_str(
            "# HELP parcours_files_cut_total Files that a failure cut while they were fetched.\n\
             # TYPE parcours_files_cut_total counter\n",
        );
        line(&mut text, "parcours_files_cut_total", self.cut.load(Ordering::Relaxed));
        text
    }
}

/// Gauges that are looked up when they are asked for.
fn gauges(house: &House) -> Result<String, Error> {
    let now = house.clock.now();
    let (in_use, most) = house.store.connections();
    let (due, oldest) = house.store.read(|conn| outbox::backlog(conn, now))?;
    let age = oldest.map_or(0, |since| now.seconds_since(since));
    let mut text = String::new();
    for (name, help, value) in [
        ("parcours_database_connections_in_use", "Connections to the database in use.", i64::from(in_use)),
        ("parcours_database_connections_max", "Connections to the database at most.", i64::from(most)),
        ("parcours_outbox_due", "Letters that are due and not sent.", due),
        ("parcours_outbox_oldest_seconds", "How long the oldest of them has been due.", age),
    ] {
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n");
        line(&mut text, name, value);
    }
    Ok(text)
}

fn line(text: &mut String, name: &str, value: impl std::fmt::Display) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{name} {value}");
}

/// Adds `/metrics`.
pub fn route(config: &mut ServiceConfig, shared: &Shared) {
    let told = Arc::clone(shared);
    only_get(config, shared, "/metrics", web::get().to(move || tell(Arc::clone(&told))));
}

/// The counters come even when the database does not answer.
async fn tell(shared: Shared) -> HttpResponse {
    let told = web::block(move || {
        let (house, site) = &*shared;
        let gauges =
            gauges(house).unwrap_or_else(|error| format!("# the database does not answer: {error}\n"));
        site.metrics.text() + &gauges
    })
    .await;
    match told {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}
