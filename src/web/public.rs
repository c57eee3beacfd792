//! What anyone may read.

use super::doors::Doors;
use super::error::Problem;
use super::page::Shell;
use super::reply::Reply;
use super::visit::Visit;
use crate::domain::access::Action;
use askama::Template;

pub fn doors(site: &mut Doors) {
    site.get("/", Action::ReadPublicPages, home);
}

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage {
    shell: Shell,
}

fn home(visit: &Visit<'_>) -> Result<Reply, Problem> {
    Reply::page(&HomePage { shell: visit.shell(visit.w.motto()) })
}
