//! How a place ended: when, by whom, why.

use domain::access::{Reach, Role};
use domain::enrolments::EnrolmentState;
use store::enrolments::Seated;
use store::{self, Conn, journal};
use words::Words;

/// What `templates/enrolments/ending.html` shows.
pub struct Ending {
    pub when: String,
    pub who: String,
    /// Empty when nobody gave a reason, or when it was erased.
    pub why: String,
}

impl Ending {
    /// Of a place that was found within the reader's reach; none while it may still become a seat.
    pub fn read(
        conn: &mut Conn,
        w: Words,
        reach: &Reach,
        seated: &Seated,
    ) -> Result<Option<Self>, store::Error> {
        if seated.state.is_live() {
            return Ok(None);
        }
        Ok(journal::last_step(conn, reach, seated.id)?.map(|step| Self::new(w, seated, step)))
    }

    fn new(w: Words, seated: &Seated, step: journal::Ending) -> Self {
        let had_seat = step.from.as_deref() == Some(EnrolmentState::Confirmed.as_str());
        let why = match step.reason {
            Some(reason) => w.quoted(&reason),
            None if step.kind == journal::kinds::SUBSTITUTION => w.gave_way(had_seat).to_owned(),
            None => String::new(),
        };
        Self { when: w.moment_there(step.at, seated.zone), who: who(w, step.by, step.role), why }
    }
}

fn who(w: Words, by: Option<String>, role: Role) -> String {
    match (by, role) {
        (Some(name), role) => format!("{name} ({})", w.role(role).to_lowercase()),
        (None, Role::House) => w.ended_by_the_clock().to_owned(),
        (None, Role::Link) => w.ended_by_link().to_owned(),
        (None, role) => w.role(role).to_owned(),
    }
}
