//! Sealing the journal by checkpoints, telling those who keep the seals, and proving it outside.

use super::exports::{Export, Piece};
use super::{Done, Error, House, keys};
use addresses::Page;
use domain::access::{Action, Actor, Subject};
use domain::ids::SessionId;
use domain::journal::Head;
use domain::journal::seals::Seal;
use domain::journal::verifying::{self, Found, Verdict};
use domain::keys::{KeyPurpose, PublicKey};
use domain::letters::{Message, SessionNews, seal_occasion};
use exchange::journals::Writer;
use std::collections::BTreeMap;
use std::io;
use store::journal::archive;
use store::{self, Unique};

/// Tries of a checkpoint while other servers make theirs.
const TRIES: usize = 20;

/// Seals every head that moved since the last checkpoint. Answers how many checkpoints that took: none
/// when nothing moved.
pub fn checkpoint(house: &House) -> Done<usize> {
    Actor::HOUSE.may(Action::RunRounds)?;
    let (key, signer) = keys::signer(house, KeyPurpose::Journal)?;
    let (mut made, mut tries) = (0, 0);
    loop {
        let now = house.clock.now();
        let Some(draft) = house.store.read(|conn| store::checkpoints::draft(conn, now))? else {
            return Ok(made);
        };
        // Signed before the transaction begins.
        let checkpoint = draft.unsigned.clone().signed(key, |message| signer.sign(message));
        match house.act(&Actor::HOUSE, Action::RunRounds, |act| {
            Ok(store::checkpoints::keep(act.conn, &draft, &checkpoint)?)
        }) {
            Ok(()) => made += 1,
            Err(Error::Store(store::Error::Taken(Unique::CheckpointNumber))) if tries < TRIES => {
                tries += 1;
                continue;
            }
            Err(other) => return Err(other),
        }
        if !draft.is_full {
            return Ok(made);
        }
    }
}

/// A duty of the rounds: seals what moved once the last checkpoint is old enough, and at once when a
/// session was closed. Without a master key nothing is sealed, and pages and `doctor` say so.
pub fn keep_sealed(house: &House) -> Done<usize> {
    if house.keys.is_none() {
        return Ok(0);
    }
    let last = house.store.read(store::checkpoints::last)?;
    let due = house.clock.now().plus_minutes(-house.checkpoint_minutes);
    if last.is_none_or(|(_, at)| at <= due) {
        checkpoint(house)?;
    }
    seal_closed(house)
}

/// Seals the sessions that were closed and sends their seals to their training bodies; answers how many.
/// One that cannot be told keeps none of the others waiting; the first failure is answered at the end.
pub fn seal_closed(house: &House) -> Done<usize> {
    let due = house.store.read(store::checkpoints::due)?;
    if due.is_empty() || house.keys.is_none() {
        return Ok(0);
    }
    checkpoint(house)?;
    let (mut told, mut first_failure) = (0, None);
    for session in due {
        match tell(house, session) {
            Ok(is_told) => told += usize::from(is_told),
            Err(error) => {
                tracing::warn!("the seal of session {session} was not sent: {error}");
                first_failure.get_or_insert(error);
            }
        }
    }
    first_failure.map_or(Ok(told), Err)
}

/// What [`seal_closed`] does right after a closing: the closing stands whatever becomes of it, and the
/// next round tries again.
pub fn seal_after_closing(house: &House) {
    if let Err(error) = seal_closed(house) {
        tracing::warn!("a session was closed and not sealed yet: {error}");
    }
}

fn tell(house: &House, id: SessionId) -> Done<bool> {
    house.act_holding(&Actor::HOUSE, Action::RunRounds, &[id], |act| {
        let Some(made) = store::checkpoints::take_due(act.conn, id)? else { return Ok(false) };
        let session = store::sessions::get(act.conn, &act.reach, id)?;
        let meeting = store::sessions::meeting(act.conn, &session, act.now)?;
        let link = act.house.sender.link(&Page::SessionJournal(id));
        let news = SessionNews::SessionSealed { seal: made.seal, at: made.at };
        let message = Message::Session { meeting, company: None, link, news };
        for (account, to) in store::accounts::managers_of(act.conn, session.training_body, act.now)? {
            act.post_once(&to, &message, Some(seal_occasion(id, account)))?;
        }
        Ok(true)
    })
}

/// Whether the whole journal is what was written; against a seal that was kept outside, if there is one.
pub fn verify(house: &House, actor: &Actor, seal: Option<&Seal>) -> Done<Verdict> {
    actor.may(Action::VerifyJournal)?;
    let verdict = house
        .store
        .read(|conn| verifying::verify(&mut archive::Whole(conn), credentials::is_signed, seal))?;
    Ok(verdict)
}

/// The journal of a session as a file that is verified without us, and how many rows it has.
pub fn export(house: &House, actor: &Actor, id: SessionId) -> Done<(Export, i64)> {
    let reach = actor.may(Action::ExportJournal)?;
    let head = house.store.read(|conn| {
        store::sessions::listed(conn, &reach, id)?;
        store::journal::head(conn, &Subject::Session(id).to_string())?.ok_or(store::Error::Missing)
    })?;
    let rows = head.number;
    let mut file = File { head, part: Part::Head, keys: BTreeMap::new() };
    Ok((Export::new(move |house| file.next(house)), rows))
}

/// A file that ends at a head: what is written meanwhile is not in it, nor what covers it.
struct File {
    head: Head,
    part: Part,
    /// Those that signed the checkpoints so far.
    keys: BTreeMap<i64, PublicKey>,
}

/// What comes next.
#[derive(Clone, Copy)]
enum Part {
    Head,
    /// Those after a number.
    Checkpoints(i64),
    /// Those after a number.
    Rows(i64),
}

impl File {
    fn next(&mut self, house: &House) -> Done<Piece> {
        let mut bytes = Vec::new();
        let mut writer = Writer::go_on(&mut bytes);
        let part = match self.part {
            Part::Head => {
                writer.head(&self.head).map_err(|e| unwritable(&e))?;
                Part::Checkpoints(0)
            }
            Part::Checkpoints(after) => self.checkpoints(house, &mut writer, after)?,
            Part::Rows(after) => self.rows(house, &mut writer, after)?,
        };
        self.part = part;
        let is_last = matches!(part, Part::Rows(number) if number >= self.head.number);
        Ok(Piece { bytes, is_last })
    }

    /// Checkpoints, and behind the last of them the keys of all.
    fn checkpoints(&mut self, house: &House, file: &mut Writer<'_, Vec<u8>>, after: i64) -> Done<Part> {
        let chain = &self.head.chain;
        let covering = house.store.read(|conn| store::checkpoints::of_chain(conn, chain, after))?;
        for checkpoint in &covering.checkpoints {
            if checkpoint.heads.iter().all(|covered| covered.number <= self.head.number) {
                file.checkpoint(checkpoint).map_err(|e| unwritable(&e))?;
            }
        }
        self.keys.extend(covering.keys);
        match covering.checkpoints.last() {
            Some(last) if covering.is_full => Ok(Part::Checkpoints(last.number)),
            _ => {
                for (id, key) in &self.keys {
                    file.key(*id, key).map_err(|e| unwritable(&e))?;
                }
                Ok(Part::Rows(0))
            }
        }
    }

    fn rows(&self, house: &House, file: &mut Writer<'_, Vec<u8>>, after: i64) -> Done<Part> {
        let batch = house.store.read(|conn| archive::rows(conn, &self.head.chain, after))?;
        // Where rows are missing the file ends; whoever verifies it is told.
        let mut number = if batch.is_empty() { self.head.number } else { after };
        for found in batch {
            match found {
                Found::Row(row) if row.number <= self.head.number => {
                    number = row.number;
                    file.row(&row).map_err(|e| unwritable(&e))?;
                }
                Found::Row(row) => number = row.number,
                Found::Unreadable(id) => {
                    let why =
                        format!("row {id} of the journal cannot be read: run `parcours journal verify`");
                    return Err(Error::Fault(why));
                }
            }
        }
        Ok(Part::Rows(number))
    }
}

fn unwritable(error: &io::Error) -> Error {
    Error::Fault(format!("the file cannot be written: {error}"))
}
