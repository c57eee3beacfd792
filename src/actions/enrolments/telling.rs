//! Who is told what of a place: the person, or the employer's contact for who has no address.

use super::{Done, step};
use crate::{Error, House, letters};
use credentials::Token;
use domain::access::Actor;
use domain::calendar::{Day, Instant, Zone};
use domain::enrolments::{Enrolment, EnrolmentState, EnrolmentStep, Rank};
use domain::ids::{AccountId, EnrolmentId, OrganisationId};
use domain::letters::{Addressee, Former, Meeting, Message, Place, Told, reminder_occasion};
use domain::sessions::{Session, SessionState, Slot};
use domain::text::Language;
use std::collections::{BTreeMap, HashMap};
use store::enrolments::Reached;
use store::links::Purpose;
use store::{self, Conn};

/// Days after a session during which the personal page of a place still opens.
const LINK_DAYS: i64 = 180;

/// What happened to one place.
#[derive(Debug, Clone)]
enum News {
    Confirmed {
        goes_ahead: bool,
    },
    Waiting(Rank),
    Promoted {
        goes_ahead: bool,
    },
    Offered(Instant),
    NoPlace {
        state: EnrolmentState,
        reason: Option<String>,
    },
    Cancelled {
        reason: Option<String>,
        had_seat: bool,
    },
    /// The employer gave the seat to a colleague, who has a place of their own now.
    PassedOn {
        to: EnrolmentId,
    },
    SessionCancelled {
        reason: String,
        had_seat: bool,
    },
    Moved {
        reason: Option<String>,
        state: EnrolmentState,
        former: Former,
    },
    Joining,
    Reminder {
        days: i64,
    },
    SigningLink,
    SignatureWanted {
        slot: Slot,
        until: Instant,
    },
    Unsigned {
        slots: Vec<(Slot, String)>,
    },
}

impl News {
    /// Whether the employer plans by it; what answers its own request has a letter of its own.
    const fn concerns_employer(&self) -> bool {
        match self {
            Self::Promoted { .. }
            | Self::Offered(_)
            | Self::NoPlace { .. }
            | Self::Cancelled { .. }
            | Self::PassedOn { .. }
            | Self::SessionCancelled { .. }
            | Self::Moved { .. } => true,
            Self::Confirmed { .. }
            | Self::Waiting(_)
            | Self::Joining
            | Self::Reminder { .. }
            | Self::SigningLink
            | Self::SignatureWanted { .. }
            | Self::Unsigned { .. } => false,
        }
    }
}

/// Gathers the news of one session, then writes all its letters in the same transaction.
pub struct Telling<'a> {
    house: &'a House,
    actor: Actor,
    meeting: Meeting,
    /// For whom the change was made: nobody is told of their own deeds.
    acting: Option<OrganisationId>,
    /// Who gets a seat in a session that goes ahead already has missed its joining letters.
    going_ahead: bool,
    first_day: Day,
    link_until: Instant,
    now: Instant,
    news: Vec<(EnrolmentId, News)>,
}

impl<'a> Telling<'a> {
    pub fn new(
        conn: &mut Conn,
        house: &'a House,
        actor: &Actor,
        session: &Session,
        now: Instant,
    ) -> Done<Self> {
        Ok(Self {
            acting: actor.organisation(),
            house,
            actor: *actor,
            meeting: store::sessions::meeting(conn, session, now)?,
            going_ahead: session.state == SessionState::Confirmed,
            first_day: session.first_day(),
            link_until: session.ends_at.plus_days(LINK_DAYS),
            now,
            news: Vec::new(),
        })
    }

    pub fn confirmed(&mut self, id: EnrolmentId) {
        self.news.push((id, News::Confirmed { goes_ahead: self.going_ahead }));
    }

    pub fn waiting(&mut self, id: EnrolmentId, rank: Rank) {
        self.news.push((id, News::Waiting(rank)));
    }

    /// Somebody left the queue for a seat: theirs, or held until they answer.
    pub fn promoted(&mut self, id: EnrolmentId, state: EnrolmentState, until: Option<Instant>) {
        match until {
            Some(until) if state == EnrolmentState::Offered => self.news.push((id, News::Offered(until))),
            _ => self.news.push((id, News::Promoted { goes_ahead: self.going_ahead })),
        }
    }

    pub fn no_place(&mut self, id: EnrolmentId, state: EnrolmentState, reason: Option<&str>) {
        self.news.push((id, News::NoPlace { state, reason: reason.map(str::to_owned) }));
    }

    pub fn cancelled(&mut self, id: EnrolmentId, reason: Option<&str>, had_seat: bool) {
        self.news.push((id, News::Cancelled { reason: reason.map(str::to_owned), had_seat }));
    }

    pub fn passed_on(&mut self, id: EnrolmentId, to: EnrolmentId) {
        self.news.push((id, News::PassedOn { to }));
    }

    pub fn session_cancelled(&mut self, id: EnrolmentId, reason: &str, had_seat: bool) {
        self.news.push((id, News::SessionCancelled { reason: reason.to_owned(), had_seat }));
    }

    pub fn moved(&mut self, id: EnrolmentId, state: EnrolmentState, reason: Option<&str>, former: &Former) {
        let former = former.clone();
        self.news.push((id, News::Moved { reason: reason.map(str::to_owned), state, former }));
    }

    /// The joining letter (convocation).
    pub fn joining(&mut self, id: EnrolmentId) {
        self.news.push((id, News::Joining));
    }

    pub fn reminder(&mut self, id: EnrolmentId, days: i64) {
        self.news.push((id, News::Reminder { days }));
    }

    /// The way to sign in the room.
    pub fn signing_link(&mut self, id: EnrolmentId) {
        self.news.push((id, News::SigningLink));
    }

    /// A half-day to sign afterwards.
    pub fn signature_wanted(&mut self, id: EnrolmentId, slot: Slot, until: Instant) {
        self.news.push((id, News::SignatureWanted { slot, until }));
    }

    /// Half-days that count without the person's signature, and why.
    pub fn unsigned(&mut self, id: EnrolmentId, slots: Vec<(Slot, String)>) {
        self.news.push((id, News::Unsigned { slots }));
    }

    /// Writes one letter for each piece of news, each with a personal link of its own.
    pub fn send(self, conn: &mut Conn) -> Done<()> {
        if self.news.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = self.news.iter().map(|(id, _)| *id).collect();
        let reached: HashMap<_, _> =
            store::enrolments::reached(conn, &ids)?.into_iter().map(|r| (r.enrolment, r)).collect();
        let mut contacts = Contacts::default();
        let mut for_employers: BTreeMap<OrganisationId, Vec<Told>> = BTreeMap::new();
        for (id, news) in &self.news {
            let Some(who) = reached.get(id) else { continue };
            let Some((to, to_themselves)) = contacts.addressee(conn, who, self.now)? else { continue };
            let employer = who.employer.filter(|e| to_themselves && Some(*e) != self.acting);
            if let Some(employer) = employer.filter(|_| news.concerns_employer()) {
                let told = Told { person: who.full_name(), state: who.state, rank: None };
                for_employers.entry(employer).or_default().push(told);
            }
            let place = Place {
                enrolment: who.enrolment,
                company: who.employer,
                person: who.full_name(),
                to_themselves,
                calendar_uid: who.calendar_uid.clone(),
                link: self.link(conn, who.enrolment)?,
            };
            let occasion = match news {
                News::Reminder { days } => Some(reminder_occasion(*days, *id, self.first_day)),
                _ => None,
            };
            letters::post(
                conn,
                self.house,
                &self.actor,
                &to,
                &self.message(place, news, &reached),
                occasion,
                self.now,
            )?;
        }
        for (company, results) in for_employers {
            let Some(to) = contacts.of(conn, company, self.now)? else { continue };
            let link = format!("{}/catalogue/{}", self.house.sender.public_url, self.meeting.session);
            let former = self.news.iter().find_map(|(_, news)| match news {
                News::Moved { former, .. } => Some(former.clone()),
                _ => None,
            });
            let meeting = self.meeting.clone();
            let message = Message::StaffNews { meeting, company, results, link, former };
            letters::post(conn, self.house, &self.actor, &to, &message, None, self.now)?;
        }
        Ok(())
    }

    fn message(&self, place: Place, news: &News, reached: &HashMap<EnrolmentId, Reached>) -> Message {
        let meeting = self.meeting.clone();
        match news.clone() {
            News::Confirmed { goes_ahead } => Message::Confirmed { meeting, place, goes_ahead },
            News::Waiting(rank) => Message::Waiting { meeting, place, rank },
            News::Promoted { goes_ahead } => Message::Promoted { meeting, place, goes_ahead },
            News::Offered(until) => Message::Offer { meeting, place, until },
            News::NoPlace { state, reason } => Message::NoPlace { meeting, place, state, reason },
            News::Cancelled { reason, had_seat } => {
                Message::EnrolmentCancelled { meeting, place, reason, passed_to: None, had_seat }
            }
            News::PassedOn { to } => {
                let passed_to = reached.get(&to).map(Reached::full_name);
                Message::EnrolmentCancelled { meeting, place, reason: None, passed_to, had_seat: true }
            }
            News::SessionCancelled { reason, had_seat } => {
                Message::SessionCancelled { meeting, place, reason, had_seat }
            }
            News::Moved { reason, state, former } => {
                Message::SessionMoved { meeting, place, reason, state, former }
            }
            News::Joining => Message::Joining { meeting, place },
            News::Reminder { days } => Message::Reminder { meeting, place, days },
            News::SigningLink => Message::SigningLink { meeting, place },
            News::SignatureWanted { slot, until } => Message::SignatureWanted { meeting, place, slot, until },
            News::Unsigned { slots } => Message::UnsignedPresence { meeting, place, slots },
        }
    }

    fn link(&self, conn: &mut Conn, id: EnrolmentId) -> Done<String> {
        let token = Token::new().map_err(|e| Error::Fault(e.to_string()))?;
        store::links::add(conn, &token.digest(), Purpose::Place(id), self.link_until)?;
        Ok(format!("{}/place/{}", self.house.sender.public_url, token.as_str()))
    }

    /// To whoever asked for several places: what became of each, in one letter.
    pub fn summary(
        &self,
        conn: &mut Conn,
        to: AccountId,
        company: Option<OrganisationId>,
        results: &[(EnrolmentId, Option<Rank>)],
    ) -> Done<()> {
        let ids: Vec<_> = results.iter().map(|(id, _)| *id).collect();
        let told: Vec<Told> = store::enrolments::reached(conn, &ids)?
            .into_iter()
            .map(|r| Told {
                person: r.full_name(),
                state: r.state,
                rank: results.iter().find(|(id, _)| *id == r.enrolment).and_then(|(_, rank)| *rank),
            })
            .collect();
        let to = store::accounts::addressee(conn, to)?;
        let link = format!("{}/catalogue/{}", self.house.sender.public_url, self.meeting.session);
        let message =
            Message::RequestReceived { meeting: self.meeting.clone(), company, results: told, link };
        letters::post(conn, self.house, &self.actor, &to, &message, None, self.now)
    }

    /// To the employer's contact: somebody of its staff asks for a place.
    pub fn approval_wanted(&self, conn: &mut Conn, id: EnrolmentId, until: Instant) -> Done<()> {
        for who in store::enrolments::reached(conn, &[id])? {
            let Some(company) = who.employer else { continue };
            let Some(to) = store::accounts::contact_of(conn, company, self.now.day(Zone::PARIS))? else {
                continue;
            };
            let place = Place {
                enrolment: id,
                company: Some(company),
                person: who.full_name(),
                to_themselves: false,
                calendar_uid: who.calendar_uid.clone(),
                link: String::new(),
            };
            let link = format!("{}/inscriptions/{id}", self.house.sender.public_url);
            let message = Message::ApprovalWanted { meeting: self.meeting.clone(), place, link, until };
            letters::post(conn, self.house, &self.actor, &to, &message, None, self.now)?;
        }
        Ok(())
    }
}

/// Whom letters about somebody's place go to; each company's contact is looked up once.
#[derive(Default)]
pub(crate) struct Contacts(HashMap<OrganisationId, Option<Addressee>>);

impl Contacts {
    /// The person, when they have an address; else the employer's contact.
    pub(crate) fn addressee(
        &mut self,
        conn: &mut Conn,
        who: &Reached,
        now: Instant,
    ) -> Done<Option<(Addressee, bool)>> {
        if let Some(email) = &who.email {
            let language = who.language.unwrap_or(Language::Fr);
            return Ok(Some((Addressee { email: email.clone(), name: who.full_name(), language }, true)));
        }
        let Some(company) = who.employer else { return Ok(None) };
        Ok(self.of(conn, company, now)?.map(|contact| (contact, false)))
    }

    pub(crate) fn of(
        &mut self,
        conn: &mut Conn,
        company: OrganisationId,
        now: Instant,
    ) -> Done<Option<Addressee>> {
        if let Some(known) = self.0.get(&company) {
            return Ok(known.clone());
        }
        let found = store::accounts::contact_of(conn, company, now.day(Zone::PARIS))?;
        self.0.insert(company, found.clone());
        Ok(found)
    }
}

/// Ends every live place of a session that is being cancelled and what is set aside there, and tells
/// everyone.
///
/// The caller holds the row of the session, and has raised its sequence.
pub fn cancel_all(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    session: &Session,
    reason: &str,
    now: Instant,
) -> Done<()> {
    use EnrolmentState::{Confirmed, Offered, Requested, Waiting};
    let live: Vec<Enrolment> =
        store::enrolments::of_session(conn, session.id, &[Requested, Waiting, Offered, Confirmed])?;
    let before = store::enrolments::seats(conn, session.id)?;
    let mut seats = before.clone();
    for aside in &before.reservations {
        seats.unreserve(aside.id);
    }
    let mut telling = Telling::new(conn, house, actor, session, now)?;
    for one in &live {
        step(conn, actor, one, EnrolmentStep::Cancel, None, Some(reason), now)?;
        if one.state.holds_seat() {
            seats.release();
        }
        telling.session_cancelled(one.id, reason, one.state.has_place());
    }
    store::enrolments::keep_seats(conn, session.id, &before, &seats)?;
    telling.send(conn)
}
