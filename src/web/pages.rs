//! The pages, by nouns.

mod accounts;
mod agreements;
mod attendance;
mod candidacies;
mod catalogue;
mod certificates;
mod certifications;
mod courses;
mod declarations;
mod enrolments;
mod homes;
mod identities;
mod imports;
mod juries;
mod keys;
mod letters;
mod members;
mod organisations;
mod people;
mod programmes;
mod public;
mod session_rows;
mod sessions;
mod surveys;
mod tracks;

pub use accounts::log_in_again;

use crate::frame::route::{Route, Routes};

/// All the routes. The demonstration has more: the captured letters.
pub fn routes(demonstration: bool) -> Vec<Route> {
    let mut routes = Routes::default();
    public::routes(&mut routes);
    catalogue::routes(&mut routes);
    accounts::routes(&mut routes);
    members::routes(&mut routes);
    homes::routes(&mut routes);
    organisations::routes(&mut routes);
    agreements::routes(&mut routes);
    programmes::routes(&mut routes);
    people::routes(&mut routes);
    imports::routes(&mut routes);
    courses::routes(&mut routes);
    certifications::routes(&mut routes);
    tracks::routes(&mut routes);
    candidacies::routes(&mut routes);
    juries::routes(&mut routes);
    identities::routes(&mut routes);
    certificates::routes(&mut routes);
    declarations::routes(&mut routes);
    sessions::routes(&mut routes);
    attendance::routes(&mut routes);
    enrolments::routes(&mut routes);
    surveys::routes(&mut routes);
    letters::routes(&mut routes);
    keys::routes(&mut routes);
    if demonstration {
        letters::demonstration_routes(&mut routes);
    }
    routes.all()
}
