//! The room without a network: what its page starts from, and what comes when the network is back.

use super::{read, room, sign_here};
use crate::actions;
use crate::actions::signatures::{Arrival, Outcome, What};
use crate::domain::access::Action;
use crate::domain::attendance::{Mark, Presence, Sheet};
use crate::domain::calendar::{Instant, Zone};
use crate::domain::ids::{EnrolmentId, SessionId, SlotId};
use crate::domain::signatures::Hand;
use crate::store;
use crate::store::sheets::Square;
use crate::web::doors::Doors;
use crate::web::error::Problem;
use crate::web::reply::Reply;
use crate::web::visit::Visit;
use crate::words::Words;
use actix_web::http::{StatusCode, header};
use chrono::DateTime;
use serde::{Deserialize, Serialize};

pub fn doors(site: &mut Doors) {
    site.get("/sessions/{session}/salle/{slot}/etat", Action::MarkAttendance, current);
    site.post("/sessions/{session}/salle/{slot}/envois", Action::CollectSignature, arrive);
}

/// What the script of the room knows of each person.
#[derive(Serialize)]
struct Told {
    who: i64,
    presence: String,
    /// How it is proved, or what is missing.
    proof: String,
    lacking: bool,
    signed: bool,
}

/// The state of a room as the script of its page reads it.
#[derive(Serialize)]
struct State<'a> {
    base: &'a str,
    people: Vec<Told>,
}

fn people(here: &[&Square], sheet: &Sheet, zone: Zone, w: Words) -> Vec<Told> {
    here.iter()
        .map(|square| {
            let stands = sheet.stands(square.enrolment, square.slot);
            Told {
                who: square.enrolment.0,
                presence: stands.to_string(),
                proof: room::proof_of(w, square, stands, zone),
                lacking: sheet.lacks(square.enrolment, square.slot).is_some(),
                signed: square.signed.is_some(),
            }
        })
        .collect()
}

/// The state of a room, to stand in its page. `<` is written so that nothing in it can end the element.
pub fn state(base: &str, here: &[&Square], sheet: &Sheet, zone: Zone, w: Words) -> String {
    let state = State { base, people: people(here, sheet, zone, w) };
    serde_json::to_string(&state).unwrap_or_default().replace('<', "\\u003c")
}

/// Something done on the device, as it sends it.
#[derive(Deserialize)]
struct Sent {
    name: String,
    who: i64,
    /// Milliseconds since 1970, by the clock of the device.
    at: i64,
    #[serde(default)]
    seen: Option<String>,
    /// The deed of the same device that this one follows: what was seen is what that one made.
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    wanted: Option<String>,
    #[serde(default)]
    minutes: Option<u32>,
    #[serde(default)]
    typed: String,
    #[serde(default)]
    drawn: String,
}

/// The longest name that a device may give.
const LONGEST_NAME: usize = 64;

impl Sent {
    fn read(&self) -> Result<Arrival, Problem> {
        let at = DateTime::from_timestamp_millis(self.at).ok_or(Problem::Unreadable)?;
        let what = match (&self.seen, &self.wanted) {
            (Some(seen), Some(wanted)) => What::Noted {
                seen: seen.parse::<Presence>().map_err(|_| Problem::Unreadable)?,
                wanted: wanted.parse::<Mark>().map_err(|_| Problem::Unreadable)?,
                minutes: self.minutes,
                after: self.after.clone(),
            },
            (None, None) => What::Signed(Hand::read(&self.typed, &self.drawn).map_err(actions::Error::from)?),
            (Some(_), None) | (None, Some(_)) => return Err(Problem::Unreadable),
        };
        if self.name.is_empty() || self.name.len() > LONGEST_NAME {
            return Err(Problem::Unreadable);
        }
        Ok(Arrival { name: self.name.clone(), who: EnrolmentId(self.who), at: Instant::from_utc(at), what })
    }
}

/// What became of it, with a sentence where the trainer must look.
#[derive(Serialize)]
struct Answer {
    name: String,
    outcome: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stands: Option<String>,
}

#[derive(Serialize)]
struct Report {
    answers: Vec<Answer>,
    people: Vec<Told>,
    counted: String,
    /// Milliseconds since 1970: a device whose clock is wrong learns by how much.
    now: i64,
}

fn answer(w: Words, name: String, outcome: &Outcome) -> Answer {
    let (outcome, says, stands) = match outcome {
        Outcome::Kept => ("kept", String::new(), None),
        Outcome::Already => ("already", String::new(), None),
        Outcome::Conflict { stands } => ("conflict", w.conflicts_with(*stands), Some(stands.to_string())),
        Outcome::Untold => ("refused", w.minutes_needed().to_owned(), None),
        Outcome::NotBegun => ("later", w.not_begun_yet().to_owned(), None),
        Outcome::Refused(no) => ("refused", w.signature_refusal(*no), None),
    };
    Answer { name, outcome, says, stands }
}

fn json(body: &impl Serialize) -> Result<Reply, Problem> {
    let body = serde_json::to_vec(body).map_err(|e| Problem::Fault(e.to_string()))?;
    Ok(Reply::text(StatusCode::OK, "application/json", body).with(header::CACHE_CONTROL, "no-store"))
}

/// The answers, and the room as it stands after them.
fn told(visit: &Visit<'_>, at: (SessionId, SlotId), answers: Vec<Answer>) -> Result<Reply, Problem> {
    let (session, slot) = at;
    let (listed, kept) = visit.house.store.read(|conn| read(conn, visit, session))?;
    let here: Vec<&Square> = kept.squares.iter().filter(|s| s.slot == slot).collect();
    let sheet = kept.sheet();
    let came = here.iter().filter(|s| sheet.stands(s.enrolment, slot).mark.came()).count();
    let people = people(&here, &sheet, listed.zone(), visit.w);
    let now = visit.house.clock.now().utc().timestamp_millis();
    json(&Report { answers, people, counted: visit.w.present_of(came, here.len()), now })
}

fn current(visit: &Visit<'_>) -> Result<Reply, Problem> {
    told(visit, (visit.part("session")?, visit.part("slot")?), Vec::new())
}

fn arrive(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let (session, slot): (SessionId, SlotId) = (visit.part("session")?, visit.part("slot")?);
    // What is another's does not exist, however it is asked.
    visit.house.store.read(|conn| store::sessions::listed(conn, &visit.reach, session))?;
    let sent: Vec<Sent> = serde_json::from_slice(&visit.request.body).map_err(|_| Problem::Unreadable)?;
    let arrivals: Vec<Arrival> = sent.iter().map(Sent::read).collect::<Result<_, _>>()?;
    let connection = sign_here::connection(visit, None);
    let arrived =
        actions::signatures::arrive(visit.house, &visit.actor, session, slot, &arrivals, &connection)?;
    let answers = arrived.into_iter().map(|one| answer(visit.w, one.name, &one.outcome)).collect();
    told(visit, (session, slot), answers)
}
