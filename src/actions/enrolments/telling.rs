//! Who is told what of a place: the person, or the employer's contact for who has no address.

use super::{Act, Done, step};
use crate::Error;
use addresses::Page;
use credentials::Token;
use domain::calendar::{Day, Instant};
use domain::enrolments::{Enrolment, EnrolmentState, EnrolmentStep, Rank};
use domain::ids::{AccountId, EnrolmentId, OrganisationId};
use domain::letters::{
    Addressee, Former, Meeting, Message, Outcome, Place, PlaceNews, SessionNews, reminder_occasion,
};
use domain::sessions::{Session, SessionState, Slot};
use domain::text::Language;
use std::collections::{BTreeMap, HashMap};
use store::enrolments::Reached;
use store::links::Purpose;

/// Days after a session during which the personal page of a place still opens.
const LINK_DAYS: i64 = 180;

/// Whether the employer plans by it; what answers its own request has a letter of its own.
const fn concerns_employer(news: &PlaceNews) -> bool {
    matches!(
        news,
        PlaceNews::Promoted { .. }
            | PlaceNews::Offer { .. }
            | PlaceNews::NoPlace { .. }
            | PlaceNews::EnrolmentCancelled { .. }
            | PlaceNews::SessionCancelled { .. }
            | PlaceNews::SessionMoved { .. }
    )
}

/// Gathers the news of one session, then writes all its letters in the same transaction.
pub struct Telling {
    meeting: Meeting,
    /// Who gets a seat in a session that goes ahead already has missed its joining letters.
    going_ahead: bool,
    first_day: Day,
    link_until: Instant,
    news: Vec<(EnrolmentId, PlaceNews)>,
}

impl Telling {
    pub fn new(act: &mut Act<'_>, session: &Session) -> Done<Self> {
        Ok(Self {
            meeting: store::sessions::meeting(act.conn, session, act.now)?,
            going_ahead: session.state == SessionState::Confirmed,
            first_day: session.first_day(),
            link_until: session.ends_at.plus_days(LINK_DAYS),
            news: Vec::new(),
        })
    }

    pub fn confirmed(&mut self, id: EnrolmentId) {
        self.news.push((id, PlaceNews::Confirmed { goes_ahead: self.going_ahead }));
    }

    pub fn waiting(&mut self, id: EnrolmentId, rank: Rank) {
        self.news.push((id, PlaceNews::Waiting { rank }));
    }

    /// Somebody left the queue for a seat: theirs, or held until they answer.
    pub fn promoted(&mut self, id: EnrolmentId, state: EnrolmentState, until: Option<Instant>) {
        match until {
            Some(until) if state == EnrolmentState::Offered => {
                self.news.push((id, PlaceNews::Offer { until }));
            }
            _ => self.news.push((id, PlaceNews::Promoted { goes_ahead: self.going_ahead })),
        }
    }

    pub fn no_place(&mut self, id: EnrolmentId, state: EnrolmentState, reason: Option<&str>) {
        self.news.push((id, PlaceNews::NoPlace { state, reason: reason.map(str::to_owned) }));
    }

    pub fn cancelled(&mut self, id: EnrolmentId, reason: Option<&str>, had_seat: bool) {
        let reason = reason.map(str::to_owned);
        self.news.push((id, PlaceNews::EnrolmentCancelled { reason, passed_to: None, had_seat }));
    }

    /// The employer gave the seat to a colleague, who has a place of their own now.
    pub fn passed_on(&mut self, act: &mut Act<'_>, id: EnrolmentId, to: EnrolmentId) -> Done<()> {
        let passed_to = store::enrolments::reached(act.conn, &[to])?.first().map(|r| r.name.full());
        self.news.push((id, PlaceNews::EnrolmentCancelled { reason: None, passed_to, had_seat: true }));
        Ok(())
    }

    pub fn session_cancelled(&mut self, id: EnrolmentId, reason: &str, had_seat: bool) {
        self.news.push((id, PlaceNews::SessionCancelled { reason: reason.to_owned(), had_seat }));
    }

    pub fn moved(&mut self, id: EnrolmentId, state: EnrolmentState, reason: Option<&str>, former: &Former) {
        let (reason, former) = (reason.map(str::to_owned), former.clone());
        self.news.push((id, PlaceNews::SessionMoved { reason, state, former }));
    }

    /// The joining letter (convocation).
    pub fn joining(&mut self, id: EnrolmentId) {
        self.news.push((id, PlaceNews::Joining));
    }

    pub fn reminder(&mut self, id: EnrolmentId, days: i64) {
        self.news.push((id, PlaceNews::Reminder { days }));
    }

    /// The way to sign in the room.
    pub fn signing_link(&mut self, id: EnrolmentId) {
        self.news.push((id, PlaceNews::SigningLink));
    }

    /// A half-day to sign afterwards.
    pub fn signature_wanted(&mut self, id: EnrolmentId, slot: Slot, until: Instant) {
        self.news.push((id, PlaceNews::SignatureWanted { slot, until }));
    }

    /// Half-days that count without the person's signature, and why.
    pub fn unsigned(&mut self, id: EnrolmentId, slots: Vec<(Slot, String)>) {
        self.news.push((id, PlaceNews::UnsignedPresence { slots }));
    }

    /// Writes one letter for each piece of news, each with a personal link of its own.
    pub fn send(self, act: &mut Act<'_>) -> Done<()> {
        if self.news.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = self.news.iter().map(|(id, _)| *id).collect();
        let reached: HashMap<_, _> =
            store::enrolments::reached(act.conn, &ids)?.into_iter().map(|r| (r.enrolment, r)).collect();
        // For whom the change was made: nobody is told of their own deeds.
        let acting = act.actor.organisation();
        let mut contacts = Contacts::default();
        let mut for_employers: BTreeMap<OrganisationId, Vec<Outcome>> = BTreeMap::new();
        for (id, news) in &self.news {
            let Some(who) = reached.get(id) else { continue };
            let Some((to, to_themselves)) = contacts.addressee(act, who)? else { continue };
            let employer = who.employer.filter(|e| to_themselves && Some(*e) != acting);
            if let Some(employer) = employer.filter(|_| concerns_employer(news)) {
                let told = Outcome { person: who.name.full(), state: who.state, rank: None };
                for_employers.entry(employer).or_default().push(told);
            }
            let place = Place {
                enrolment: who.enrolment,
                company: who.employer,
                person: who.name.full(),
                to_themselves,
                calendar_uid: who.calendar_uid.clone(),
                link: self.link(act, who.enrolment)?,
            };
            let occasion = match news {
                PlaceNews::Reminder { days } => Some(reminder_occasion(*days, *id, self.first_day)),
                _ => None,
            };
            let message = Message::Place { meeting: self.meeting.clone(), place, news: news.clone() };
            act.post_once(&to, &message, occasion)?;
        }
        for (company, results) in for_employers {
            let Some(to) = contacts.of(act, company)? else { continue };
            let link = act.house.sender.link(&Page::Offer(self.meeting.session));
            let former = self.news.iter().find_map(|(_, news)| match news {
                PlaceNews::SessionMoved { former, .. } => Some(former.clone()),
                _ => None,
            });
            let news = SessionNews::StaffNews { results, former };
            let message = self.about_session(Some(company), link, news);
            act.post(&to, &message)?;
        }
        Ok(())
    }

    fn about_session(&self, company: Option<OrganisationId>, link: String, news: SessionNews) -> Message {
        Message::Session { meeting: self.meeting.clone(), company, link, news }
    }

    fn link(&self, act: &mut Act<'_>, id: EnrolmentId) -> Done<String> {
        let token = Token::new().map_err(|e| Error::Fault(e.to_string()))?;
        store::links::add(act.conn, &token.digest(), Purpose::Place(id), self.link_until)?;
        Ok(act.house.sender.link(&Page::Place(token.as_str())))
    }

    /// To whoever asked for several places: what became of each, in one letter.
    pub fn summary(
        &self,
        act: &mut Act<'_>,
        to: AccountId,
        company: Option<OrganisationId>,
        results: &[(EnrolmentId, Option<Rank>)],
    ) -> Done<()> {
        let ids: Vec<_> = results.iter().map(|(id, _)| *id).collect();
        let results = store::enrolments::reached(act.conn, &ids)?
            .into_iter()
            .map(|r| Outcome {
                person: r.name.full(),
                state: r.state,
                rank: results.iter().find(|(id, _)| *id == r.enrolment).and_then(|(_, rank)| *rank),
            })
            .collect();
        let to = store::accounts::addressee(act.conn, to)?;
        let link = act.house.sender.link(&Page::Offer(self.meeting.session));
        let message = self.about_session(company, link, SessionNews::RequestReceived { results });
        act.post(&to, &message)
    }

    /// To the employer's contact: somebody of its staff asks for a place.
    pub fn approval_wanted(&self, act: &mut Act<'_>, id: EnrolmentId, until: Instant) -> Done<()> {
        for who in store::enrolments::reached(act.conn, &[id])? {
            let Some(company) = who.employer else { continue };
            let Some(to) = store::accounts::contact_of(act.conn, company, act.today())? else {
                continue;
            };
            let place = Place {
                enrolment: id,
                company: Some(company),
                person: who.name.full(),
                to_themselves: false,
                calendar_uid: who.calendar_uid.clone(),
                link: act.house.sender.link(&Page::Enrolment(id)),
            };
            let news = PlaceNews::ApprovalWanted { until };
            let message = Message::Place { meeting: self.meeting.clone(), place, news };
            act.post(&to, &message)?;
        }
        Ok(())
    }
}

/// Whom letters about somebody's place go to; each company's contact is looked up once.
#[derive(Default)]
pub(crate) struct Contacts(HashMap<OrganisationId, Option<Addressee>>);

impl Contacts {
    /// The person, when they have an address; else the employer's contact.
    pub(crate) fn addressee(&mut self, act: &mut Act<'_>, who: &Reached) -> Done<Option<(Addressee, bool)>> {
        if let Some(email) = &who.email {
            let language = who.language.unwrap_or(Language::Fr);
            return Ok(Some((Addressee { email: email.clone(), name: who.name.full(), language }, true)));
        }
        let Some(company) = who.employer else { return Ok(None) };
        Ok(self.of(act, company)?.map(|contact| (contact, false)))
    }

    pub(crate) fn of(&mut self, act: &mut Act<'_>, company: OrganisationId) -> Done<Option<Addressee>> {
        if let Some(known) = self.0.get(&company) {
            return Ok(known.clone());
        }
        let found = store::accounts::contact_of(act.conn, company, act.today())?;
        self.0.insert(company, found.clone());
        Ok(found)
    }
}

/// Ends every live place of a session that is being cancelled and what is set aside there, and tells
/// everyone.
///
/// The caller holds the row of the session, and has raised its sequence.
pub fn cancel_all(act: &mut Act<'_>, session: &Session, reason: &str) -> Done<()> {
    use EnrolmentState::{Confirmed, Offered, Requested, Waiting};
    let live: Vec<Enrolment> =
        store::enrolments::of_session(act.conn, session.id, &[Requested, Waiting, Offered, Confirmed])?;
    let before = store::enrolments::seats(act.conn, session.id)?;
    let mut seats = before.clone();
    for aside in &before.reservations {
        seats.unreserve(aside.id);
    }
    let mut telling = Telling::new(act, session)?;
    for one in &live {
        step(act, one, EnrolmentStep::Cancel, None, Some(reason))?;
        if one.state.holds_seat() {
            seats.release();
        }
        telling.session_cancelled(one.id, reason, one.state.has_place());
    }
    store::enrolments::keep_seats(act.conn, session.id, &before, &seats)?;
    telling.send(act)
}
