//! Every route with the action that it leads to.

use super::error::Problem;
use super::reply::Reply;
use super::sent;
use super::visit::Visit;
use actix_web::http::Method;
use domain::access::Action;
use std::collections::HashSet;
use std::sync::Arc;

/// What a route leads to: a function, run in the one trip to the blocking pool that also
/// looked the log-in up and asked the policy.
pub type Handler = Arc<dyn Fn(&Visit<'_>) -> Result<Reply, Problem> + Send + Sync>;

/// What may stand behind a route.
pub trait Leads: Fn(&Visit<'_>) -> Result<Reply, Problem> + Send + Sync + 'static {}

impl<F: Fn(&Visit<'_>) -> Result<Reply, Problem> + Send + Sync + 'static> Leads for F {}

/// The largest form, in bytes.
pub const FORM_LIMIT: usize = 512 * 1024;
/// The largest upload, in bytes: a file at its own limit and what wraps it.
pub const UPLOAD_LIMIT: usize = 6 * 1024 * 1024;
/// The largest report of the State, in bytes.
pub const REPORT_LIMIT: usize = 32 * 1024 * 1024;

/// One route.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub action: Action,
    /// Bytes of a body that are read.
    pub limit: usize,
    pub handler: Handler,
    /// Whether a page stands at its path, perhaps of another route.
    pub has_page: bool,
    /// Whether it reads for a millisecond: an embedded database is then read on the spot, without a trip to another
    /// thread.
    pub is_brief: bool,
}

/// The list to which each noun adds its routes.
#[derive(Default)]
pub struct Routes(Vec<Route>);

impl Routes {
    pub fn get(&mut self, path: &'static str, action: Action, handler: impl Leads) {
        self.0.push(Route {
            method: Method::GET,
            path,
            action,
            limit: 0,
            handler: Arc::new(handler),
            has_page: true,
            is_brief: true,
        });
    }

    /// What one gets, and takes its time: it writes, or reads much.
    pub fn get_blocking(&mut self, path: &'static str, action: Action, handler: impl Leads) {
        self.get(path, action, handler);
        if let Some(route) = self.0.last_mut() {
            route.is_brief = false;
        }
    }

    /// What takes a form, for whom it was drawn and once.
    pub fn post(&mut self, path: &'static str, action: Action, handler: impl Leads) {
        self.upload_up_to(FORM_LIMIT, path, action, handler);
    }

    /// What proves who one is: each sending is a try, and its answer brings a cookie that no other answer can.
    pub fn post_to_try(&mut self, path: &'static str, action: Action, handler: impl Leads) {
        self.take(FORM_LIMIT, path, action, Arc::new(handler));
    }

    /// A form that may bring a file.
    pub fn upload(&mut self, path: &'static str, action: Action, handler: impl Leads) {
        self.upload_up_to(UPLOAD_LIMIT, path, action, handler);
    }

    /// A form whose file may be so long, in bytes.
    pub fn upload_up_to(&mut self, limit: usize, path: &'static str, action: Action, handler: impl Leads) {
        self.take(limit, path, action, Arc::new(move |visit: &Visit<'_>| sent::once(visit, &handler)));
    }

    fn take(&mut self, limit: usize, path: &'static str, action: Action, handler: Handler) {
        self.0.push(Route {
            method: Method::POST,
            path,
            action,
            limit,
            handler,
            has_page: false,
            is_brief: false,
        });
    }

    /// The routes; each knows whether a page stands at its path.
    pub fn all(mut self) -> Vec<Route> {
        let pages: HashSet<&str> =
            self.0.iter().filter(|route| route.has_page).map(|route| route.path).collect();
        for route in &mut self.0 {
            route.has_page = pages.contains(route.path);
        }
        self.0
    }
}
