//! The room without a network: what its page starts from, and what comes when the network is back.

use super::room::At;
use super::{read, room, sign_here};
use crate::frame::route::FORM_LIMIT;
use crate::frame::{Problem, Reply, Routes, Visit};
use actions::signatures::{Arrival, Arrived, MOST, Outcome, What};
use actix_web::http::{StatusCode, header};
use chrono::DateTime;
use domain::access::Action;
use domain::attendance::{Mark, Presence, Sheet};
use domain::calendar::{Instant, Zone};
use domain::ids::EnrolmentId;
use domain::sessions::Slot;
use domain::signatures::{Hand, Refusal, Window};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::sheets::Square;
use words::Words;

pub fn routes(routes: &mut Routes) {
    routes.get("/sessions/{session}/salle/{slot}/etat", Action::MarkAttendance, current);
    routes.post("/sessions/{session}/salle/{slot}/envois", Action::CollectSignature, arrive);
}

/// Bytes of deeds that a device sends in one go: little enough for a slow network.
const MOST_BYTES: usize = 96 * 1024;
/// A batch holds the largest deed, and fits in a form.
const _: () = assert!(MOST_BYTES > 2 * domain::signatures::MOST_DRAWN && MOST_BYTES < FORM_LIMIT);

/// What the script of the room knows of each person.
#[derive(Serialize)]
pub struct Told {
    who: i64,
    presence: String,
    /// How it is proved, or what is missing.
    proof: String,
    lacking: bool,
    /// Who noted it, and when.
    noted: String,
    /// Whether a signature stands: it can be withdrawn.
    signed: bool,
    /// Whether a signature stands or is done without: nothing is asked any more.
    proven: bool,
}

pub fn people(w: Words, here: &[&Square], sheet: &Sheet, zone: Zone) -> Vec<Told> {
    here.iter()
        .map(|square| {
            let stands = sheet.stands(square.enrolment, square.slot);
            Told {
                who: square.enrolment.0,
                presence: stands.to_string(),
                proof: room::proof_of(w, square, stands, zone),
                lacking: sheet.lacks(square.enrolment, square.slot).is_some(),
                noted: room::noted_by(w, square, zone),
                signed: square.signed.is_some(),
                proven: square.signed.is_some() || square.waived.is_some(),
            }
        })
        .collect()
}

/// What the script of the room starts from.
#[derive(Serialize)]
struct State {
    base: String,
    /// Whose answers they are: those of another are not sent.
    account: i64,
    /// When the half-day begins and ends, in milliseconds since 1970.
    starts: i64,
    ends: i64,
    /// When it may be signed.
    signs_from: i64,
    signs_until: i64,
    /// Length of the half-day, in minutes.
    minutes: u32,
    /// On whose clocks times show.
    zone: &'static str,
    /// How many deeds go in one batch, and how many bytes of them.
    most: usize,
    most_bytes: usize,
    most_before: usize,
    people: Vec<Told>,
}

fn millis(moment: Instant) -> i64 {
    moment.utc().timestamp_millis()
}

/// The state of a room, to stand in its page. `<` is written so that nothing in it can end the element.
pub fn state(visit: &Visit<'_>, at: &At, slot: &Slot, zone: Zone, people: Vec<Told>) -> String {
    let window = Window::of(slot);
    let state = State {
        base: at.base(),
        account: visit.actor.account().map_or(0, |account| account.0),
        starts: millis(slot.starts_at),
        ends: millis(slot.ends_at),
        signs_from: millis(window.from),
        signs_until: millis(window.until),
        minutes: slot.minutes(),
        zone: zone.as_str(),
        most: MOST,
        most_bytes: MOST_BYTES,
        most_before: MOST_BEFORE,
        people,
    };
    serde_json::to_string(&state).unwrap_or_default().replace('<', "\\u003c")
}

/// What a device sends: whose deeds, and each as it is, so that one that cannot be read hinders no other.
#[derive(Deserialize)]
struct Batch {
    account: i64,
    deeds: Vec<Value>,
}

/// Something done on the device, as it sends it.
#[derive(Deserialize)]
struct Sent {
    name: String,
    who: i64,
    /// Milliseconds since 1970, by the clock of the device, set right by what the server told it.
    at: i64,
    #[serde(default)]
    seen: Option<String>,
    /// Deeds of the same device that this one follows or takes the place of, the latest last: if one of them came, what
    /// was seen is what it made.
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    wanted: Option<String>,
    #[serde(default)]
    minutes: Option<u32>,
    #[serde(default)]
    typed: String,
    #[serde(default)]
    drawn: String,
}

/// Names of deeds that one may follow: more are not kept by a device.
const MOST_BEFORE: usize = 20;

/// Why a deed is not taken as it came.
enum Unfit {
    Unread,
    Refused(Refusal),
}

/// A name that a device gave: short, and of plain signs.
fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

impl Sent {
    fn read(deed: &Value) -> Result<Arrival, Unfit> {
        let sent = Self::deserialize(deed).map_err(|_| Unfit::Unread)?;
        let at = DateTime::from_timestamp_millis(sent.at).ok_or(Unfit::Unread)?;
        if !is_name(&sent.name)
            || sent.after.len() > MOST_BEFORE
            || !sent.after.iter().all(|name| is_name(name))
        {
            return Err(Unfit::Unread);
        }
        let what = match (&sent.seen, &sent.wanted) {
            (Some(seen), Some(wanted)) => What::Noted {
                seen: seen.parse::<Presence>().map_err(|_| Unfit::Unread)?,
                wanted: wanted.parse::<Mark>().map_err(|_| Unfit::Unread)?,
                minutes: sent.minutes,
                after: sent.after,
            },
            (None, None) => What::Signed(Hand::read(&sent.typed, &sent.drawn).map_err(Unfit::Refused)?),
            (Some(_), None) | (None, Some(_)) => return Err(Unfit::Unread),
        };
        Ok(Arrival { name: sent.name, who: EnrolmentId(sent.who), at: Instant::from_utc(at), what })
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

/// What a half-day tells of somebody whose presence stands otherwise.
struct Standing<'a> {
    minutes: u32,
    here: &'a [&'a Square],
    sheet: &'a Sheet,
    zone: Zone,
}

impl Standing<'_> {
    /// Who made it so, and when; nothing if it changed once more.
    fn by(&self, w: Words, who: EnrolmentId, stands: Presence) -> String {
        let same =
            |square: &&&Square| square.enrolment == who && self.sheet.stands(who, square.slot) == stands;
        self.here.iter().find(same).map(|square| room::made_by(w, square, self.zone)).unwrap_or_default()
    }
}

fn answer(w: Words, arrived: Arrived, standing: &Standing<'_>) -> Answer {
    let Arrived { name, who, outcome } = arrived;
    let (outcome, says, stands) = match &outcome {
        Outcome::Kept => ("kept", String::new(), None),
        Outcome::Already => ("already", String::new(), None),
        Outcome::Conflict { stands } => {
            let by = standing.by(w, who, *stands);
            ("conflict", w.conflicts_with(*stands, &by), Some(stands.to_string()))
        }
        Outcome::Untold => ("refused", w.minutes_needed(standing.minutes), None),
        Outcome::NotBegun => ("refused", w.not_begun_yet().to_owned(), None),
        Outcome::Refused(no) => ("refused", w.signature_refusal(*no), None),
    };
    Answer { name, outcome, says, stands }
}

/// The answer to a deed that goes no further.
fn unfit(w: Words, deed: &Value, why: &Unfit) -> Answer {
    let name = deed.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let says = match why {
        Unfit::Unread => w.deed_unread().to_owned(),
        Unfit::Refused(no) => w.signature_refusal(*no),
    };
    Answer { name, outcome: "refused", says, stands: None }
}

fn json(body: &impl Serialize) -> Result<Reply, Problem> {
    let body = serde_json::to_vec(body).map_err(|e| Problem::Fault(e.to_string()))?;
    Ok(Reply::text(StatusCode::OK, "application/json", body).with(header::CACHE_CONTROL, "no-store"))
}

/// What became of each deed, and the room as it stands after them.
fn told(
    visit: &Visit<'_>,
    at: &At,
    mut answers: Vec<Answer>,
    arrived: Vec<Arrived>,
) -> Result<Reply, Problem> {
    let (listed, kept) = visit.read(|conn| read(conn, visit, at.session))?;
    let here: Vec<&Square> = kept.squares.iter().filter(|s| s.slot == at.slot).collect();
    let sheet = kept.sheet();
    let came = here.iter().filter(|s| sheet.stands(s.enrolment, at.slot).mark.came()).count();
    let (w, zone) = (visit.w, listed.zone);
    let standing = Standing { minutes: sheet.minutes_of(at.slot), here: &here, sheet: &sheet, zone };
    answers.extend(arrived.into_iter().map(|one| answer(w, one, &standing)));
    let people = people(w, &here, &sheet, zone);
    let now = millis(visit.house.clock.now());
    json(&Report { answers, people, counted: w.present_of(came, here.len()), now })
}

/// Only whom a page was made for goes on with it: another, logged in since, is sent to the log-in.
fn is_for(visit: &Visit<'_>, account: i64) -> Result<(), Problem> {
    if visit.actor.account().is_some_and(|own| own.0 == account) {
        return Ok(());
    }
    Err(Problem::LogInFirst)
}

#[derive(Deserialize)]
struct Whose {
    #[serde(default)]
    compte: Option<i64>,
}

fn current(visit: &Visit<'_>) -> Result<Reply, Problem> {
    if let Some(account) = visit.query::<Whose>()?.compte {
        is_for(visit, account)?;
    }
    told(visit, &At::of(visit)?, Vec::new(), Vec::new())
}

fn arrive(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let at = At::of(visit)?;
    // What is another's does not exist, however it is asked.
    visit.read(|conn| store::sessions::listed(conn, &visit.reach, at.session))?;
    let batch: Batch = serde_json::from_slice(&visit.request.body).map_err(|_| Problem::Unreadable)?;
    is_for(visit, batch.account)?;
    let (mut arrivals, mut answers) = (Vec::new(), Vec::new());
    for deed in batch.deeds.iter().take(MOST) {
        match Sent::read(deed) {
            Ok(arrival) => arrivals.push(arrival),
            Err(why) => answers.push(unfit(visit.w, deed, &why)),
        }
    }
    let (house, actor, connection) = (visit.house, &visit.actor, sign_here::connection(visit, None));
    let half_day = (at.session, at.slot);
    let arrived = actions::signatures::arrive(house, actor, half_day, &arrivals, &connection)?;
    told(visit, &at, answers, arrived)
}
