//! Sessions as lists show them, to the public and to those who run them.

use domain::reference::CommuneCode;
use store::sessions::Listed;
use words::Words;

/// One line of `templates/parts/session_rows.html`.
#[derive(Debug, Clone)]
pub struct SessionRow {
    pub href: String,
    pub title: String,
    pub body: String,
    /// « jeu. », 3, « déc. ».
    pub leaf: (String, u32, String),
    pub iso: String,
    pub hours: String,
    pub place: String,
    /// A word on its state, and the colour of its mark; none where it goes without saying.
    pub mark: Option<(&'static str, &'static str)>,
    pub seats: SeatsMeter,
    pub waiting: i64,
}

/// The seats of a session, drawn.
#[derive(Debug, Clone)]
pub struct SeatsMeter {
    pub class: &'static str,
    pub capacity: i32,
    pub taken: i32,
    pub out_of: String,
    pub left: String,
}

impl SeatsMeter {
    pub fn of(w: Words, listed: &Listed) -> Self {
        Self::new(w, listed.taken(), listed.capacity)
    }

    /// Seats held or set aside, among all.
    pub fn new(w: Words, taken: i32, capacity: i32) -> Self {
        let free = u32::try_from(capacity - taken).unwrap_or(0);
        let class = match free {
            0 => " full",
            1 | 2 => " last",
            _ => "",
        };
        let (out_of, left) = (w.out_of(taken, capacity), w.seats_left(free));
        Self { class, capacity: capacity.max(taken), taken, out_of, left }
    }
}

/// The name of a municipality, or that there is none.
pub fn place(w: Words, commune: Option<&CommuneCode>) -> String {
    commune.map_or_else(|| w.at_a_distance(), CommuneCode::name).to_owned()
}

impl SessionRow {
    /// A line of the catalogue.
    pub fn public(w: Words, listed: &Listed, waiting: i64) -> Self {
        let zone = listed.zone;
        let day = listed.starts_at.day(zone);
        Self {
            href: format!("/catalogue/{}", listed.id),
            title: listed.title.clone(),
            body: listed.body.clone(),
            leaf: w.leaf(day),
            iso: day.iso(),
            hours: w.hours_or_days(listed.starts_at, listed.ends_at, zone),
            place: place(w, listed.commune.as_ref()),
            mark: None,
            seats: SeatsMeter::of(w, listed),
            waiting,
        }
    }

    /// A line for those who run the session: it leads to its own page and tells its state.
    pub fn own(w: Words, listed: &Listed, waiting: i64) -> Self {
        Self {
            href: format!("/sessions/{}", listed.id),
            mark: Some((state_class(listed.state), w.session_state(listed.state))),
            ..Self::public(w, listed, waiting)
        }
    }
}

/// The colour of the mark that tells a state.
pub const fn state_class(state: domain::sessions::SessionState) -> &'static str {
    use domain::sessions::SessionState;
    match state {
        SessionState::Draft => "",
        SessionState::Published => " wait",
        SessionState::Confirmed | SessionState::Running => " ok",
        SessionState::Closed => " done",
        SessionState::Cancelled => " no",
    }
}
