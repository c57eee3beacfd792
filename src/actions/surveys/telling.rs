//! The letters that bring a survey: at the closing, some weeks after, and once more to who is silent.

use crate::enrolments::Contacts;
use crate::{Act, Done, Error, House};
use addresses::Page;
use credentials::Token;
use domain::access::{Action, Actor};
use domain::calendar::Instant;
use domain::enrolments::EnrolmentState;
use domain::ids::{OrganisationId, SessionId, SurveyId};
use domain::letters::{Meeting, Message, Place, PlaceNews, SessionNews, survey_occasion};
use domain::sessions::Session;
use domain::surveys::{Inquiry, Moment};
use std::collections::{BTreeMap, BTreeSet};
use store::enrolments::Reached;
use store::links::Purpose;
use store::surveys::{Respondent, Silent};
use store::{self, Conn};

/// Days after its end during which the link of a survey says that it is over.
const SAYS_OVER_DAYS: i64 = 180;
/// Sessions, and silent people, that one round takes in hand.
const SESSIONS_A_ROUND: i64 = 50;
const SILENT_A_ROUND: i64 = 200;

/// Only those who came, wholly or in part, are asked.
const CAME: [EnrolmentState; 2] = [EnrolmentState::Attended, EnrolmentState::PartlyAttended];

/// What all letters of one session share.
struct Desk {
    meeting: Meeting,
    contacts: Contacts,
}

impl Desk {
    fn open(act: &mut Act<'_>, session: &Session) -> Done<Self> {
        let meeting = store::sessions::meeting(act.conn, session, act.now)?;
        Ok(Self { meeting, contacts: Contacts::default() })
    }

    /// A personal link of its own for each letter: of each only the digest is kept, and each opens until the end.
    fn link(act: &mut Act<'_>, survey: SurveyId, until: Instant) -> Done<String> {
        let token = Token::new().map_err(|e| Error::Fault(e.to_string()))?;
        let opens_until = until.plus_days(SAYS_OVER_DAYS);
        store::links::add(act.conn, &token.digest(), Purpose::Survey(survey), opens_until)?;
        Ok(act.house.sender.link(&Page::Survey(token.as_str())))
    }

    fn place(who: &Reached, to_themselves: bool, link: String) -> Place {
        Place {
            enrolment: who.enrolment,
            company: who.employer,
            person: who.name.full(),
            to_themselves,
            calendar_uid: who.calendar_uid.clone(),
            link,
        }
    }

    fn about_place(&self, place: Place, news: PlaceNews) -> Message {
        Message::Place { meeting: self.meeting.clone(), place, news }
    }

    fn to_employer(&self, company: OrganisationId, link: String, news: SessionNews) -> Message {
        Message::Session { meeting: self.meeting.clone(), company: Some(company), link, news }
    }
}

/// Thanks those who came to a session that is being closed, with the hours that they followed and the
/// link to their hot survey. The caller holds the session.
pub fn thank(act: &mut Act<'_>, session: &Session) -> Done<()> {
    let course = course_of(act.conn, session)?;
    let asks = !store::surveys::live(act.conn, course, Inquiry::HOT)?.is_empty();
    let window = Moment::Hot.window(session.ends_at, act.now).filter(|_| asks);
    let followed = store::enrolments::followed(act.conn, session.id)?;
    let mut desk = Desk::open(act, session)?;
    for who in store::enrolments::of_session_letters(act.conn, session.id, &CAME)? {
        let to = desk.contacts.addressee(act, &who)?;
        let sent_at = to.is_some().then_some(act.now);
        let respondent = Respondent::Trainee(who.enrolment);
        let survey = window
            .map(|window| {
                store::surveys::add(act.conn, session.id, Inquiry::HOT, respondent, window, sent_at)
            })
            .transpose()?;
        let Some((to, to_themselves)) = to else { continue };
        let until = window.map(|window| window.until);
        let (link, occasion) = match survey.zip(until) {
            Some((id, until)) => (Desk::link(act, id, until)?, Some(survey_occasion(id, false))),
            None => (String::new(), None),
        };
        let minutes = followed.get(&who.enrolment).copied().unwrap_or(0).into();
        let place = Desk::place(&who, to_themselves, link);
        let message = desk.about_place(place, PlaceNews::ThankYou { minutes, until });
        act.post_once(&to, &message, occasion)?;
    }
    Ok(())
}

fn course_of(conn: &mut Conn, session: &Session) -> Done<domain::ids::CourseId> {
    let reach = Actor::HOUSE.may(Action::RunRounds)?;
    Ok(store::courses::of_version(conn, &reach, session.plan.version)?.id)
}

/// Asks, some weeks after, those who came and those who sent them. Answers how many letters it wrote.
pub fn ask(house: &House) -> Done<usize> {
    let now = house.clock.now();
    let due = house.store.read(|conn| store::surveys::sessions_to_ask(conn, now, SESSIONS_A_ROUND))?;
    each(due, |id| {
        house.act_holding(&Actor::HOUSE, Action::RunRounds, &[id], |act| {
            // Another server may have been here since.
            if store::surveys::was_asked(act.conn, id, Moment::Cold)? {
                return Ok(0);
            }
            let session = store::sessions::get(act.conn, &act.reach, id)?;
            ask_of(act, &session)
        })
    })
}

/// One session that fails keeps none of the others waiting; the first failure is answered at the end.
fn each<T>(due: impl IntoIterator<Item = T>, work: impl Fn(T) -> Done<usize>) -> Done<usize> {
    let (mut written, mut first_failure) = (0, None);
    for one in due {
        match work(one) {
            Ok(letters) => written += letters,
            Err(error) => {
                tracing::warn!("the rounds left the surveys of a session as they were: {error}");
                first_failure.get_or_insert(error);
            }
        }
    }
    first_failure.map_or(Ok(written), Err)
}

fn ask_of(act: &mut Act<'_>, session: &Session) -> Done<usize> {
    let Some(window) = Moment::Cold.window(session.ends_at, act.now) else { return Ok(0) };
    let course = course_of(act.conn, session)?;
    let asks = |conn: &mut Conn, inquiry| {
        store::surveys::live(conn, course, inquiry).map(|questions| !questions.is_empty())
    };
    let (asks_trainees, asks_employers) =
        (asks(act.conn, Inquiry::COLD)?, asks(act.conn, Inquiry::EMPLOYER)?);
    let mut desk = Desk::open(act, session)?;
    let people = store::enrolments::of_session_letters(act.conn, session.id, &CAME)?;
    let mut written = 0;
    for who in people.iter().filter(|_| asks_trainees) {
        let to = desk.contacts.addressee(act, who)?;
        let (sent_at, respondent) = (to.is_some().then_some(act.now), Respondent::Trainee(who.enrolment));
        let id = store::surveys::add(act.conn, session.id, Inquiry::COLD, respondent, window, sent_at)?;
        let Some((to, to_themselves)) = to else { continue };
        let link = Desk::link(act, id, window.until)?;
        let place = Desk::place(who, to_themselves, link);
        let message = desk.about_place(place, PlaceNews::ColdSurvey { until: window.until });
        act.post_once(&to, &message, Some(survey_occasion(id, false)))?;
        written += 1;
    }
    let employers: BTreeSet<OrganisationId> = people.iter().filter_map(|who| who.employer).collect();
    for company in employers.into_iter().filter(|_| asks_employers) {
        let to = desk.contacts.of(act, company)?;
        let (sent_at, respondent) = (to.is_some().then_some(act.now), Respondent::Employer(company));
        let id = store::surveys::add(act.conn, session.id, Inquiry::EMPLOYER, respondent, window, sent_at)?;
        let Some(to) = to else { continue };
        let link = Desk::link(act, id, window.until)?;
        let message = desk.to_employer(company, link, SessionNews::EmployerSurvey { until: window.until });
        act.post_once(&to, &message, Some(survey_occasion(id, false)))?;
        written += 1;
    }
    Ok(written)
}

/// Reminds those who have not answered, each once. Answers how many letters it wrote.
pub fn recall(house: &House) -> Done<usize> {
    let now = house.clock.now();
    let silent = house.store.read(|conn| store::surveys::to_remind(conn, now, SILENT_A_ROUND))?;
    let mut by_session: BTreeMap<SessionId, Vec<Silent>> = BTreeMap::new();
    for one in silent {
        by_session.entry(one.session).or_default().push(one);
    }
    each(by_session, |(id, silent)| {
        house.act_holding(&Actor::HOUSE, Action::RunRounds, &[id], |act| {
            let session = store::sessions::get(act.conn, &act.reach, id)?;
            let mut desk = Desk::open(act, &session)?;
            let mut letters = 0;
            for one in &silent {
                letters += usize::from(desk.recall(act, one)?);
            }
            Ok(letters)
        })
    })
}

impl Desk {
    /// Writes one reminder, unless the answer came meanwhile or no letter reaches them any more.
    fn recall(&mut self, act: &mut Act<'_>, one: &Silent) -> Done<bool> {
        if !store::surveys::remind(act.conn, one.id, act.now)? {
            return Ok(false);
        }
        let until = one.until;
        let (to, message) = if let Some(enrolment) = one.enrolment {
            let who =
                store::enrolments::reached(act.conn, &[enrolment])?.pop().ok_or(store::Error::Missing)?;
            let Some((to, to_themselves)) = self.contacts.addressee(act, &who)? else {
                return Ok(false);
            };
            let place = Self::place(&who, to_themselves, Self::link(act, one.id, until)?);
            (to, self.about_place(place, PlaceNews::SurveyReminder { moment: one.moment, until }))
        } else {
            let company = one.company.ok_or(store::Error::Missing)?;
            let Some(to) = self.contacts.of(act, company)? else { return Ok(false) };
            let link = Self::link(act, one.id, until)?;
            (to, self.to_employer(company, link, SessionNews::EmployerReminder { until }))
        };
        act.post_once(&to, &message, Some(survey_occasion(one.id, true)))?;
        Ok(true)
    }
}
