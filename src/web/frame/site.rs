//! Where the pages are served, and what its requests share.

use super::bodies::Bodies;
use super::cache::Lately;
use super::edits::Edits;
use super::error::Problem;
use super::guard;
use super::metrics::Metrics;
use super::reply::Reply;
use super::streaming::Turns;
use super::visit::Visit;
use actions::House;
use credentials::Keys;
use domain::ids::ProgrammeId;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::{Notify, Semaphore};

/// Who acts is asked who they are, so many at a time and in the order of arrival: a crowd that comes for one session leaves the
/// connections of the database to those who read.
const AT_THE_GATE: usize = 2;

/// What the pages know of where they are served.
pub struct Site {
    /// Without a slash at the end.
    pub public_url: String,
    /// Whether cookies may only travel over https.
    pub secure: bool,
    pub demonstration: bool,
    /// Proxies whose word on the client's address is taken.
    pub proxies: Vec<IpAddr>,
    pub throttle: guard::Throttle,
    /// What requests bring, while it is on its way.
    pub bodies: Bodies,
    /// Whose turn it is to be asked who they are, before they act.
    pub gate: Semaphore,
    /// Tells those who wait at the gate that there is no database to ask.
    pub away: Notify,
    /// Whether `/metrics` has a listener of its own.
    pub metrics_apart: bool,
    /// What seals what passes through a log-in, on a server without a master key.
    pub keys: Option<Keys>,
    /// Asks somebody whose log-in ended who they are, and takes along what they had written, sealed.
    pub log_in_again: fn(&Visit<'_>, &str) -> Result<Reply, Problem>,
    /// Whether answers tell how long they took and how many queries: an inner measure, which tells strangers what pages do not.
    pub tells_timing: bool,
    /// Whether it was told to stop: each answer is the last on its connection.
    pub stopping: AtomicBool,
    pub metrics: Metrics,
    /// Whose turn it is to have a piece of a file made.
    pub turns: Turns,
    /// Whose turn it is to change a thing.
    pub edits: Edits,
    /// What the whole installation reached, and each programme.
    pub figures: Lately<(), store::catalogue::Figures>,
    pub figures_of: Lately<ProgrammeId, store::programmes::Figures>,
}

impl Site {
    pub fn new(public_url: &str, demonstration: bool, proxies: Vec<IpAddr>, secrets_per_minute: u32) -> Self {
        Self {
            public_url: public_url.trim_end_matches('/').to_owned(),
            secure: public_url.starts_with("https://"),
            demonstration,
            proxies,
            throttle: guard::Throttle::per_minute(secrets_per_minute),
            bodies: Bodies::default(),
            gate: Semaphore::new(AT_THE_GATE),
            away: Notify::new(),
            metrics_apart: false,
            keys: Keys::passing().ok(),
            log_in_again: |_, _| Err(Problem::LogInFirst),
            tells_timing: demonstration,
            stopping: AtomicBool::new(false),
            metrics: Metrics::default(),
            turns: Turns::default(),
            edits: Edits::default(),
            figures: Lately::default(),
            figures_of: Lately::default(),
        }
    }

    /// What seals what passes through a log-in.
    pub fn passing_keys<'a>(&'a self, house: &'a House) -> Option<&'a Keys> {
        house.keys.as_ref().or(self.keys.as_ref())
    }

    pub fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-parcours" } else { "parcours" }
    }
}

/// The house and the site, as every request has them.
pub type Shared = Arc<(House, Site)>;
