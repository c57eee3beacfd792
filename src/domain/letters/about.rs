//! What letters are about, as they tell it: everything printed, nothing to look up.

use crate::calendar::Zone;
use crate::enrolments::{EnrolmentState, Rank};
use crate::ids::{EnrolmentId, OrganisationId, SessionId};
use crate::juries;
use crate::juries::verdicts::BlockResult;
use crate::reference::CommuneCode;
use crate::sessions::{Plan, Slot};

/// A session as letters tell it.
#[derive(Debug, Clone)]
pub struct Meeting {
    pub session: SessionId,
    pub title: String,
    /// The training body, and whom answers go to.
    pub organiser: String,
    pub organiser_email: Option<String>,
    pub zone: Zone,
    /// In order of time.
    pub slots: Vec<Slot>,
    /// Name of the municipality; none at a distance.
    pub commune: Option<String>,
    pub place: String,
    pub video_link: String,
    pub sequence: i32,
    /// Seats in all, for whoever waits.
    pub capacity: u32,
}

/// When and where a session was to be held, before it moved.
#[derive(Debug, Clone)]
pub struct Former {
    pub zone: Zone,
    pub slots: Vec<Slot>,
    /// Name of the municipality; none at a distance.
    pub commune: Option<String>,
    pub place: String,
    pub video_link: String,
}

/// What of a session has changed for those who mean to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub days: bool,
    pub hours: bool,
    pub place: bool,
}

impl Former {
    pub fn of(plan: &Plan) -> Self {
        let commune = plan.venue.commune.as_ref().and_then(CommuneCode::known);
        Self {
            zone: plan.zone,
            slots: plan.slots.clone(),
            commune: commune.map(|c| c.name.to_owned()),
            place: plan.venue.place.clone(),
            video_link: plan.venue.video_link.clone(),
        }
    }

    pub fn change(&self, now: &Meeting) -> Change {
        let days = |slots: &[Slot]| slots.iter().map(|s| s.day).collect::<Vec<_>>();
        Change {
            days: days(&self.slots) != days(&now.slots),
            hours: self.slots != now.slots || self.zone != now.zone,
            place: (&self.commune, &self.place, &self.video_link)
                != (&now.commune, &now.place, &now.video_link),
        }
    }
}

/// Somebody's place in a meeting, as a letter tells it.
#[derive(Debug, Clone)]
pub struct Place {
    pub enrolment: EnrolmentId,
    pub company: Option<OrganisationId>,
    /// Full name of the person whose place it is; the letter may go to the employer's contact
    /// when the person has no address.
    pub person: String,
    /// Whether the reader is that person.
    pub to_themselves: bool,
    pub calendar_uid: String,
    /// The whole address of what the letter leads to: mostly the personal page of this place, or a survey.
    pub link: String,
}

/// A candidacy as letters tell it.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub certifier: String,
    pub title: String,
    pub code: String,
    pub candidate: String,
    /// The whole address of its page, which asks for a log-in.
    pub link: String,
}

/// A programme and an organisation that it wants.
#[derive(Debug, Clone)]
pub struct Partnership {
    pub organisation: String,
    pub operator: String,
    pub programme: String,
    /// The whole address of the page of the agreement, which asks for a log-in.
    pub link: String,
}

/// What became of one of several requests.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub person: String,
    pub state: EnrolmentState,
    pub rank: Option<Rank>,
}

/// A certificate, as a letter tells it.
#[derive(Debug, Clone)]
pub struct Bearing {
    pub number: String,
    /// Of the certification, or of the block.
    pub title: String,
}

/// What became of a block, as a letter tells it.
#[derive(Debug, Clone)]
pub struct BlockOutcome {
    pub code: String,
    pub title: String,
    pub result: BlockResult,
}

/// A jury, as letters tell it.
#[derive(Debug, Clone)]
pub struct Board {
    pub certifier: String,
    pub title: String,
    pub code: String,
    pub meeting: juries::Meeting,
    /// The whole address of its page, which asks for a log-in.
    pub link: String,
}
