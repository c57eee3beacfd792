//! What carries a page: from the network to its handler and back.

pub mod assets;
mod bodies;
pub mod cache;
pub mod edits;
pub mod error;
pub mod guard;
pub mod hosting;
pub mod kept;
mod metrics;
pub mod page;
pub mod reply;
pub mod route;
mod sending;
pub mod sent;
pub mod server;
pub mod site;
mod streaming;
pub mod visit;

pub use error::Problem;
pub use page::Shell;
pub use reply::Reply;
pub use route::Routes;
pub use visit::Visit;
