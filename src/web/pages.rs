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

use crate::frame::route::{Door, Doors};

/// All the doors of the house. The demonstration has more: the captured letters.
pub fn doors(demonstration: bool) -> Vec<Door> {
    let mut doors = Doors::default();
    public::doors(&mut doors);
    catalogue::doors(&mut doors);
    accounts::doors(&mut doors);
    members::doors(&mut doors);
    homes::doors(&mut doors);
    organisations::doors(&mut doors);
    agreements::doors(&mut doors);
    programmes::doors(&mut doors);
    people::doors(&mut doors);
    imports::doors(&mut doors);
    courses::doors(&mut doors);
    certifications::doors(&mut doors);
    tracks::doors(&mut doors);
    candidacies::doors(&mut doors);
    juries::doors(&mut doors);
    identities::doors(&mut doors);
    certificates::doors(&mut doors);
    declarations::doors(&mut doors);
    sessions::doors(&mut doors);
    attendance::doors(&mut doors);
    enrolments::doors(&mut doors);
    surveys::doors(&mut doors);
    letters::doors(&mut doors);
    keys::doors(&mut doors);
    if demonstration {
        letters::demonstration_doors(&mut doors);
    }
    doors.all()
}
