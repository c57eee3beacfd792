//! What one act works with, and the one place where it begins.

use super::{Done, House, invitations};
use addresses::Page;
use domain::access::{Action, Actor, Reach, Subject};
use domain::calendar::{Day, Instant, Zone};
use domain::ids::SessionId;
use domain::letters::{Addressee, Message};
use store::journal::Line;
use store::outbox::Letter;
use store::{self, Conn, Kept};

/// The transaction, who acts, how far they reach, and the moment that counts.
pub struct Act<'a> {
    pub conn: &'a mut Conn,
    pub house: &'a House,
    pub actor: &'a Actor,
    pub reach: Reach,
    /// Read when there was nothing left to wait for: a deadline may lie between the request and its turn.
    pub now: Instant,
    /// The address of what it made.
    pub(crate) made: Option<String>,
}

impl House {
    /// Runs one act in a transaction of its own, if the actor may.
    pub(crate) fn act<T>(
        &self,
        actor: &Actor,
        action: Action,
        work: impl FnOnce(&mut Act<'_>) -> Done<T>,
    ) -> Done<T> {
        self.act_holding(actor, action, &[], work)
    }

    /// The same, under the hold of these sessions: whoever asked for one first has it first.
    pub(crate) fn act_holding<T>(
        &self,
        actor: &Actor,
        action: Action,
        sessions: &[SessionId],
        work: impl FnOnce(&mut Act<'_>) -> Done<T>,
    ) -> Done<T> {
        let reach = actor.may(action)?;
        self.store.write_holding(sessions, |conn| self.whole(conn, actor, reach, work))
    }

    /// The same, for work that may take minutes.
    pub(crate) fn act_at_length<T>(
        &self,
        actor: &Actor,
        action: Action,
        work: impl FnOnce(&mut Act<'_>) -> Done<T>,
    ) -> Done<T> {
        let reach = actor.may(action)?;
        self.store.write_long(|conn| self.whole(conn, actor, reach, work))
    }

    /// From its beginning to what is kept of the form that asks for it.
    fn whole<T>(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        reach: Reach,
        work: impl FnOnce(&mut Act<'_>) -> Done<T>,
    ) -> Done<T> {
        let mut act = Act { conn, house: self, actor, reach, now: self.clock.now(), made: None };
        let done = work(&mut act)?;
        if let Some(once) = &self.once {
            once.keep(&mut act)?;
        }
        Ok(done)
    }
}

impl Act<'_> {
    /// Waits for a row and holds it until the end of the transaction. What time it is counts from then.
    pub fn hold<T>(&mut self, row: impl FnOnce(&mut Conn) -> Kept<T>) -> Done<T> {
        let held = row(self.conn)?;
        self.now = self.house.clock.now();
        Ok(held)
    }

    /// Says what it made: who sends the form again is led there.
    pub fn made(&mut self, page: &Page<'_>) {
        self.made = Some(page.to_string());
    }

    /// The day of the office.
    pub fn today(&self) -> Day {
        self.now.day(Zone::OFFICE)
    }

    /// Writes lines into the journal of what they are about.
    pub fn note(&mut self, subject: Subject, lines: &[Line<'_>]) -> Done<()> {
        Ok(store::journal::write(self.conn, self.actor, subject, self.now, lines)?)
    }

    /// Writes a letter in the transaction of what it tells: no letter for a decision that is rolled back, no decision
    /// without its letter.
    pub fn post(&mut self, to: &Addressee, message: &Message) -> Done<()> {
        self.post_once(to, message, None)
    }

    /// The same; `occasion` names what must be said only once.
    pub fn post_once(&mut self, to: &Addressee, message: &Message, occasion: Option<String>) -> Done<()> {
        let sender = &self.house.sender;
        let calendars = invitations::calendars(sender, to, message, self.now);
        let letter = sender.letter(to, message, &calendars, occasion, self.now)?;
        store::outbox::put(self.conn, &Letter { caused_by: self.actor.account(), ..letter })?;
        Ok(())
    }
}
