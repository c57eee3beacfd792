//! What a monitor reads: Prometheus text, without a word about people.

use super::server::only_get;
use super::site::Shared;
use actions::House;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use clock::{Beat, Pulse};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::outbox;

/// Seconds up to which answers are counted together.
const BOUNDS: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// What was counted since the start: requests by the class of their status and by their time, and what goes on beside.
#[derive(Debug, Default)]
pub struct Metrics {
    classes: [AtomicU64; 5],
    microseconds: AtomicU64,
    /// Answers within each of [`BOUNDS`], and not within the one before.
    within: [AtomicU64; BOUNDS.len()],
    jobs: Vec<Pulse>,
    cut: AtomicU64,
}

impl Metrics {
    /// Tells of this work too.
    pub fn watch(&mut self, beats: &[Beat]) {
        self.jobs.extend(beats.iter().map(Beat::pulse));
    }

    pub fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.classes.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(micros, Ordering::Relaxed);
        let first = BOUNDS.iter().position(|bound| took.as_secs_f64() <= *bound);
        if let Some(counter) = first.and_then(|first| self.within.get(first)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
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
             # TYPE parcours_request_seconds histogram\n",
        );
        let mut so_far = 0;
        for (bound, counter) in BOUNDS.iter().zip(&self.within) {
            so_far += counter.load(Ordering::Relaxed);
            line(&mut text, &format!("parcours_request_seconds_bucket{{le=\"{bound}\"}}"), so_far);
        }
        // Counted while others are: never less than what came before it.
        let all = all.max(so_far);
        line(&mut text, "parcours_request_seconds_bucket{le=\"+Inf\"}", all);
        line(&mut text, "parcours_request_seconds_sum", seconds);
        line(&mut text, "parcours_request_seconds_count", all);
        text.push_str(
            "# HELP parcours_files_cut_total Files that a failure cut while they were fetched.\n\
             # TYPE parcours_files_cut_total counter\n",
        );
        line(&mut text, "parcours_files_cut_total", self.cut.load(Ordering::Relaxed));
        self.tell_jobs(&mut text);
        text
    }

    fn tell_jobs(&self, text: &mut String) {
        type Told = fn(&Pulse) -> String;
        let told: [(&str, &str, &str, Told); 3] = [
            ("parcours_job_done_total", "counter", "Times that work beside the pages was done.", |job| {
                job.done().to_string()
            }),
            ("parcours_job_failed_total", "counter", "Times that it failed, in part or whole.", |job| {
                job.failed().to_string()
            }),
            ("parcours_job_last_done_timestamp_seconds", "gauge", "When it was done last.", |job| {
                job.last_done().to_string()
            }),
        ];
        for (name, kind, help, value) in told {
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
            for job in &self.jobs {
                line(text, &format!("{name}{{job=\"{}\"}}", job.name), value(job));
            }
        }
    }
}

/// Gauges that are looked up when they are asked for; those of letters come only when the database answers.
fn gauges(house: &House) -> String {
    let now = house.clock.now();
    let (in_use, most) = house.store.connections();
    let mut told = vec![
        ("parcours_database_connections_in_use", "Connections to the database in use.", i64::from(in_use)),
        ("parcours_database_connections_max", "Connections to the database at most.", i64::from(most)),
    ];
    let mut text = String::new();
    match house.store.read(outbox::backlog) {
        Ok((waiting, oldest)) => {
            let age = oldest.map_or(0, |since| now.seconds_since(since));
            told.extend([
                (
                    "parcours_outbox_due",
                    "Letters that have not left, those that are tried again included.",
                    waiting,
                ),
                ("parcours_outbox_oldest_seconds", "How long ago the oldest of them was written.", age),
            ]);
        }
        Err(error) => {
            // A line of its own would be no metric, and no program would read the rest.
            let said = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "# the database does not answer: {said}");
        }
    }
    for (name, help, value) in told {
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n");
        line(&mut text, name, value);
    }
    text
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
        site.metrics.text() + &gauges(house)
    })
    .await;
    match told {
        Ok(text) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}
