//! How it is shown. It translates and decides nothing. `frame` carries any page from the network and back, and names none;
//! `forms` is what a page asks with; `pages` are the pages, by nouns.

mod forms;
mod frame;
mod pages;

pub use frame::hosting::Hosting;
pub use frame::route::Route;
pub use frame::server::Server;
pub use frame::site::Site;
pub use pages::routes;

use actions::House;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

/// Serves the house on a listener, until the handle stops it; requests under way are answered first.
pub fn serve(house: House, site: Site, listener: TcpListener, workers: usize) -> io::Result<Server> {
    let (site, routes) = with_pages(site);
    frame::server::open(&Arc::new((house, site)), routes, listener, workers)
}

/// Serves until SIGTERM or SIGINT, then answers what is under way and returns. `ready` is called when
/// the first request would be answered.
pub fn run(house: House, site: Site, hosting: Hosting, ready: impl FnOnce()) -> io::Result<()> {
    let (site, routes) = with_pages(site);
    frame::hosting::run(house, site, routes, hosting, ready)
}

fn with_pages(site: Site) -> (Site, Vec<Route>) {
    let routes = routes(site.demonstration);
    (Site { log_in_again: pages::log_in_again, ..site }, routes)
}
