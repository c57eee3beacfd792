//! Files: who goes into one, its bytes, its deposit.

use super::{declarant, draft, frozen};
use crate::exports::{Export, Piece};
use crate::{Act, Done, Error, House, keys};
use addresses::Page;
use credentials::Checksum;
use domain::access::{Action, Actor, Subject};
use domain::calendar::{Day, Zone};
use domain::certifications::RecordCode;
use domain::declarations::{
    ContractId, DeclarationState, DeclarationStep, Draft, Envelope, FileState, FileStep, FlowId,
    MOST_PASSAGES, Refusal, TechnicalId,
};
use domain::ids::{DeclarationFileId, DeclarationId, OrganisationId};
use domain::keys::KeyPurpose;
use domain::text;
use exchange::declarations::{Unwritable, Writer};
use store::declarations::{File, Frozen};
use store::{self, journal::Line};
use uuid::Uuid;

/// How often a file is closed again because somebody was put into it meanwhile.
const TRIES: usize = 3;

/// Puts everybody who is ready into a new file, and writes it. What was begun and not finished is gone on with by
/// [`finish`].
pub fn prepare(house: &House, actor: &Actor) -> Done<DeclarationFileId> {
    let reach = actor.may(Action::Declare)?;
    let certifier = store::certificates::certifier_of(&reach)?;
    keys::master(house)?;
    let flow = FlowId::from(Uuid::new_v4());
    let id = house.act(actor, Action::Declare, |act| {
        let declarant = declarant(act.conn, certifier)?;
        let id = store::declarations::add_file(act.conn, certifier, &flow, &declarant, act.now)?;
        act.made(&Page::DeclarationFile(id));
        Ok(id)
    })?;
    finish(house, actor, id)?;
    Ok(id)
}

/// Goes on with a file that is not written yet. One that nobody is put into is taken back.
pub fn finish(house: &House, actor: &Actor, id: DeclarationFileId) -> Done<()> {
    let mut tries = 0;
    loop {
        match closed(house, actor, id) {
            Err(Error::Store(store::Error::Stale)) if tries < TRIES => tries += 1,
            other => return other,
        }
    }
}

fn closed(house: &House, actor: &Actor, id: DeclarationFileId) -> Done<()> {
    let reach = actor.may(Action::Declare)?;
    let seen = house.store.read(|conn| store::declarations::file(conn, &reach, id))?;
    let next = seen.state.step(FileStep::Export).map_err(Refusal::from)?;
    choose(house, actor, &seen)?;
    let seen = house.store.read(|conn| store::declarations::file(conn, &reach, id))?;
    if seen.passages == 0 {
        house.act(actor, Action::Declare, |act| Ok(store::declarations::discard(act.conn, id)?))?;
        return Err(Refusal::NobodyReady.into());
    }
    let digest = digest(house, &seen)?;
    house.act(actor, Action::Declare, |act| {
        let step = (DeclarationState::Batched, stepped(DeclarationState::Batched, DeclarationStep::Export)?);
        store::declarations::shift_file(act.conn, &seen, next, step, act.now)?;
        store::declarations::note_digest(act.conn, id, &digest)?;
        note(act, &seen, next, (Some(&digest), None))
    })
}

/// Puts those who are ready into a file, a portion in each transaction. Whoever lacks something after all stays behind.
fn choose(house: &House, actor: &Actor, file: &File) -> Done<()> {
    let reach = actor.may(Action::Declare)?;
    let envelope = file.envelope();
    let step = (DeclarationState::Ready, stepped(DeclarationState::Ready, DeclarationStep::Batch)?);
    let mut after = None;
    let mut room = MOST_PASSAGES.saturating_sub(usize::try_from(file.passages).unwrap_or_default());
    while room > 0 {
        let portion = house.store.read(|conn| {
            store::declarations::materials(conn, &reach, file.certifier, DeclarationState::Ready, after)
        })?;
        let Some(last) = portion.last() else { break };
        after = Some(last.id);
        let mut rows = Vec::with_capacity(portion.len());
        for material in portion.iter().take(room) {
            let Ok(passage) = draft(house, material, Some(envelope.contract.clone()))?.passage() else {
                continue;
            };
            let about = about(&material.technical);
            let text = frozen::text(&passage);
            let sealed = keys::master(house)?.seal(KeyPurpose::Identity, &about, text.as_bytes())?;
            rows.push((material.id, material.code.clone(), sealed));
        }
        room -= rows.len().min(room);
        house.act(actor, Action::Declare, |act| {
            Ok(store::declarations::put(act.conn, file.id, &rows, step, act.now)?)
        })?;
    }
    Ok(())
}

fn about(technical: &TechnicalId) -> String {
    format!("declaration:{technical}")
}

pub(super) fn stepped(state: DeclarationState, step: DeclarationStep) -> Result<DeclarationState, Refusal> {
    Ok(state.step(step)?)
}

fn digest(house: &House, file: &File) -> Done<String> {
    let mut digest = Checksum::default();
    let mut bytes = written(file)?;
    loop {
        let piece = bytes.next(house)?;
        digest.add(&piece.bytes);
        if piece.is_last {
            return Ok(digest.end());
        }
    }
}

/// A file within reach that was written: the same bytes each time, and the name under which it is sent.
pub fn export(house: &House, actor: &Actor, id: DeclarationFileId) -> Done<(Export, String)> {
    let reach = actor.may(Action::Declare)?;
    let seen = house.store.read(|conn| store::declarations::file(conn, &reach, id))?;
    if !matches!(seen.state, FileState::Exported | FileState::Deposited) {
        return Err(store::Error::Missing.into());
    }
    Ok((written(&seen)?, seen.envelope().file_name()))
}

/// The bytes of a file, a portion of its passages at a time.
fn written(file: &File) -> Done<Export> {
    let envelope = file.envelope();
    let mut under_way = UnderWay {
        file: file.id,
        writer: Some(Writer::begin(Vec::new(), envelope.clone()).map_err(unwritable)?),
        envelope,
        after: None,
    };
    Ok(Export::new(move |house| under_way.next(house)))
}

struct UnderWay {
    file: DeclarationFileId,
    envelope: Envelope,
    writer: Option<Writer<Vec<u8>>>,
    after: Option<(RecordCode, DeclarationId)>,
}

impl UnderWay {
    fn next(&mut self, house: &House) -> Done<Piece> {
        let portion =
            house.store.read(|conn| store::declarations::frozen(conn, self.file, self.after.as_ref()))?;
        let over = || Error::Fault("the file was written already".to_owned());
        if portion.is_empty() {
            let written = self.writer.take().ok_or_else(over)?.end().map_err(unwritable)?;
            return Ok(Piece { bytes: written.out, is_last: true });
        }
        // Read before anything of it is written: what fails may be asked for again.
        let mut passages = Vec::with_capacity(portion.len());
        for row in &portion {
            let told = opened(house, &self.envelope.contract, row)?.passage();
            passages.push(told.map_err(|lacks| Error::Fault(format!("{}: {lacks:?}", row.technical)))?);
        }
        let writer = self.writer.as_mut().ok_or_else(over)?;
        for passage in &passages {
            writer.passage(passage).map_err(unwritable)?;
        }
        self.after = portion.last().map(|last| (last.code.clone(), last.id));
        Ok(Piece { bytes: std::mem::take(writer.out()), is_last: false })
    }
}

/// What a file tells of one holder.
pub(super) fn opened(house: &House, contract: &ContractId, row: &Frozen) -> Done<Draft> {
    let kept = keys::master(house)?.open(KeyPurpose::Identity, &about(&row.technical), &row.passage)?;
    let read = frozen::read(&kept, row.technical.clone(), contract.clone(), row.code.clone());
    read.map_err(|e| Error::Fault(e.to_string()))
}

fn unwritable(error: Unwritable) -> Error {
    match error {
        Unwritable::Refused(no) => no.into(),
        Unwritable::Out(error) => Error::Fault(error.to_string()),
    }
}

/// Notes that somebody sent a file through the portal of the State, and when.
pub fn deposit(house: &House, actor: &Actor, id: DeclarationFileId, day: Day) -> Done<()> {
    house.act(actor, Action::Declare, |act| {
        let seen = store::declarations::file(act.conn, &act.reach, id)?;
        let next = seen.state.step(FileStep::Deposit).map_err(Refusal::from)?;
        if day < seen.made_at.day(Zone::OFFICE) || day > act.today() {
            return Err(Refusal::DepositDay.into());
        }
        let step =
            (DeclarationState::Exported, stepped(DeclarationState::Exported, DeclarationStep::Deposit)?);
        store::declarations::shift_file(act.conn, &seen, next, step, act.now)?;
        store::declarations::note_deposit(act.conn, id, day)?;
        note(act, &seen, next, (None, None))
    })
}

/// Gives up a file that was not deposited: those in it wait for another.
pub fn give_up(house: &House, actor: &Actor, id: DeclarationFileId, reason: &str) -> Done<()> {
    house.act(actor, Action::Declare, |act| {
        let reason = given(reason)?;
        let seen = store::declarations::file(act.conn, &act.reach, id)?;
        let next = seen.state.step(FileStep::GiveUp).map_err(Refusal::from)?;
        let from = if seen.state == FileState::Exported {
            DeclarationState::Exported
        } else {
            DeclarationState::Batched
        };
        store::declarations::free(act.conn, &seen, next, stepped(from, DeclarationStep::GiveUp)?, act.now)?;
        note(act, &seen, next, (None, Some(reason)))
    })
}

pub(super) fn given(reason: &str) -> Result<&str, Refusal> {
    text::reason(reason).ok_or(Refusal::ReasonMissing)
}

/// Writes what became of a file into the journal of its certifier.
pub(super) fn note(
    act: &mut Act<'_>,
    seen: &File,
    next: FileState,
    (evidence, reason): (Option<&str>, Option<&str>),
) -> Done<()> {
    let line = Line {
        kind: "declaration_file",
        reference: &format!("declaration_file:{}", seen.flow),
        from: Some(seen.state.as_str()),
        to: Some(next.as_str()),
        reason,
        evidence,
    };
    let certifier: OrganisationId = seen.certifier;
    act.note(Subject::Organisation(certifier), &[line])
}
