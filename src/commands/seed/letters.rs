//! The letters about one session that have left: rendered like any other, then blanked as after their sending. Only
//! sessions around today have theirs; older ones would fill the disk and nothing else.

use super::dice::{Dice, Of};
use super::places::{Place, Places};
use super::sessions::Tale;
use actions::invitations;
use domain::calendar::Instant;
use domain::enrolments::{EnrolmentState, Rank};
use domain::ids::AccountId;
use domain::letters::{
    self, Addressee, Meeting, Message, Outcome, PlaceNews, REMINDER_DAYS, SessionNews, reminder_occasion,
};
use domain::reference::CommuneCode;
use domain::sessions::SessionState;
use domain::text::Language;

/// Days around today in which sessions have their letters.
const BEHIND: i64 = 45;
const AHEAD: i64 = 75;

/// The letters of one session.
pub struct Post {
    /// None for a session that has no letters.
    meeting: Option<Meeting>,
    dice: Dice,
}

/// What a letter carries beside its message.
#[derive(Default)]
struct Marks {
    caused_by: Option<AccountId>,
    occasion: Option<String>,
}

impl Post {
    pub fn of(tale: &Tale<'_>) -> Self {
        let days = tale.session.starts_at.seconds_since(tale.now()) / 86_400;
        let plan = &tale.session.plan;
        let meeting = (-BEHIND..=AHEAD).contains(&days).then(|| Meeting {
            session: tale.session.id,
            title: tale.course.title.to_owned(),
            organiser: tale.body.name.clone(),
            organiser_email: Some(tale.body.manager_email.clone()),
            zone: plan.zone,
            slots: plan.slots.clone(),
            commune: plan.venue.commune.as_ref().and_then(CommuneCode::known).map(|c| c.name.to_owned()),
            place: plan.venue.place.clone(),
            video_link: plan.venue.video_link.clone(),
            sequence: 0,
            capacity: plan.capacity,
        });
        Self { meeting, dice: tale.stage.region.dice(Of::Letter, tale.number) }
    }

    pub fn confirmed(&mut self, tale: &mut Tale<'_>, place: &Place, at: Instant) -> anyhow::Result<()> {
        let goes_ahead = tale.session.state == SessionState::Confirmed;
        let news = PlaceNews::Confirmed { goes_ahead };
        self.about(tale, place, at, news, Marks { caused_by: place.row.asked_by, ..Marks::default() })
    }

    pub fn waiting(
        &mut self,
        tale: &mut Tale<'_>,
        place: &Place,
        at: Instant,
        rank: Rank,
    ) -> anyhow::Result<()> {
        let news = PlaceNews::Waiting { rank };
        self.about(tale, place, at, news, Marks { caused_by: place.row.asked_by, ..Marks::default() })
    }

    pub fn offer(
        &mut self,
        tale: &mut Tale<'_>,
        place: &Place,
        at: Instant,
        until: Instant,
    ) -> anyhow::Result<()> {
        let news = PlaceNews::Offer { until };
        self.about(tale, place, at, news, Marks::default())
    }

    pub fn promoted(&mut self, tale: &mut Tale<'_>, place: &Place, at: Instant) -> anyhow::Result<()> {
        let goes_ahead = tale.session.state == SessionState::Confirmed;
        let news = PlaceNews::Promoted { goes_ahead };
        self.about(tale, place, at, news, Marks::default())
    }

    pub fn no_place(&mut self, tale: &mut Tale<'_>, place: &Place, at: Instant) -> anyhow::Result<()> {
        let state = place.row.state;
        let news = PlaceNews::NoPlace { state, reason: None };
        self.about(tale, place, at, news, Marks::default())
    }

    pub fn cancelled(
        &mut self,
        tale: &mut Tale<'_>,
        place: &Place,
        at: Instant,
        reason: &str,
        had_seat: bool,
    ) -> anyhow::Result<()> {
        let reason = Some(reason.to_owned());
        let news = PlaceNews::EnrolmentCancelled { reason, passed_to: None, had_seat };
        self.about(tale, place, at, news, Marks::default())
    }

    pub fn called_off(
        &mut self,
        tale: &mut Tale<'_>,
        place: &Place,
        at: Instant,
        reason: &str,
        had_seat: bool,
    ) -> anyhow::Result<()> {
        let reason = reason.to_owned();
        let news = PlaceNews::SessionCancelled { reason, had_seat };
        self.about(tale, place, at, news, by_manager(tale))
    }

    pub fn joining(&mut self, tale: &mut Tale<'_>, place: &Place, at: Instant) -> anyhow::Result<()> {
        let marks = by_manager(tale);
        self.about(tale, place, at, PlaceNews::Joining, marks)
    }

    /// At the closing, to who came.
    pub fn thanks(
        &mut self,
        tale: &mut Tale<'_>,
        place: &Place,
        at: Instant,
        minutes: i64,
    ) -> anyhow::Result<()> {
        let news = PlaceNews::ThankYou { minutes, until: None };
        self.about(tale, place, at, news, by_manager(tale))
    }

    /// To whoever asked: what became of each.
    pub fn received(
        &mut self,
        tale: &mut Tale<'_>,
        places: &Places,
        company: usize,
        whose: &[usize],
        at: Instant,
    ) -> anyhow::Result<()> {
        let (Some(meeting), Some(to)) = (self.meeting.clone(), tale.stage.region.addressee(company)) else {
            return Ok(());
        };
        let mut results = Vec::new();
        for place in whose.iter().filter_map(|who| places.rows().get(*who)) {
            let person = tale.stage.region.person(place.row.person_id)?.full_name();
            results.push(Outcome { person, state: place.row.state, rank: None });
        }
        let link = format!("{}/catalogue/{}", tale.stage.sender.public_url, meeting.session);
        let id = tale.stage.region.company(company)?.id;
        let news = SessionNews::RequestReceived { results };
        let message = Message::Session { meeting, company: Some(id), link, news };
        let caused_by = tale.stage.region.contact(company);
        self.send(tale, &to, &message, at, Marks { caused_by, occasion: None })
    }

    /// Everybody with a place is reminded of a session that is near: the rounds find it done.
    pub fn reminders(&mut self, tale: &mut Tale<'_>, places: &mut Places) -> anyhow::Result<()> {
        if self.meeting.is_none() || !tale.session.state.is_public() {
            return Ok(());
        }
        let (first, today) = (tale.session.first_day(), tale.stage.region.today);
        for days in REMINDER_DAYS.iter().copied().filter(|days| first.days_since(today) <= *days) {
            let at = tale.session.starts_at.plus_days(-days).min(tale.now().plus_minutes(-5));
            for who in places.confirmed() {
                let place = places.place(who)?;
                let occasion = Some(reminder_occasion(days, place.row.id, first));
                let news = PlaceNews::Reminder { days };
                self.about(tale, place, at, news, Marks { caused_by: None, occasion })?;
            }
        }
        Ok(())
    }

    /// A letter about a place, to the person or to their employer's contact for who has no address.
    fn about(
        &mut self,
        tale: &mut Tale<'_>,
        place: &Place,
        at: Instant,
        news: PlaceNews,
        marks: Marks,
    ) -> anyhow::Result<()> {
        let Some(meeting) = self.meeting.clone() else { return Ok(()) };
        let region = tale.stage.region;
        let person = region.person(place.row.person_id)?;
        let name = person.full_name();
        let to_themselves = person.email.is_some();
        let to = match person.email {
            Some(email) => {
                Some(Addressee { email: email.to_string(), name: name.clone(), language: Language::Fr })
            }
            None => region.addressee(place.company),
        };
        let Some(to) = to else { return Ok(()) };
        let place = letters::Place {
            enrolment: place.row.id,
            company: Some(place.row.employer_id),
            person: name,
            to_themselves,
            calendar_uid: place.row.calendar_uid.clone(),
            link: format!("{}/place/{}", tale.stage.sender.public_url, self.dice.digits()),
        };
        self.send(tale, &to, &Message::Place { meeting, place, news }, at, marks)
    }

    fn send(
        &mut self,
        tale: &mut Tale<'_>,
        to: &Addressee,
        message: &Message,
        at: Instant,
        marks: Marks,
    ) -> anyhow::Result<()> {
        let sender = tale.stage.sender;
        let calendars = invitations::calendars(sender, to, message, at);
        let letter = sender.letter(to, message, &calendars, marks.occasion, at)?;
        // What opens something is blanked once it is sent.
        let kept = |body: String| if letter.secret { String::new() } else { body };
        let sent_at = at.plus_seconds(self.dice.between(1, 50)).min(tale.now());
        tale.out.letters.push(store::seed::Sent {
            kind: letter.kind,
            to_email: letter.to_email,
            to_name: letter.to_name,
            reply_to: letter.reply_to,
            subject: letter.subject,
            text_body: kept(letter.text_body),
            html_body: kept(letter.html_body),
            calendars: letter.calendars,
            message_id: format!("<{}@{}>", self.dice.uuid(), sender.domain),
            secret: letter.secret,
            session_id: letter.session_id,
            enrolment_id: letter.enrolment_id,
            company_id: letter.company_id,
            caused_by: marks.caused_by,
            occasion: letter.occasion,
            created_at: at,
            due_at: at,
            attempts: 1,
            sent_at,
            training_body_id: letter.session_id.map(|_| tale.body.id),
        });
        Ok(())
    }
}

fn by_manager(tale: &Tale<'_>) -> Marks {
    Marks { caused_by: Some(tale.body.manager), occasion: None }
}

/// Whether a place was followed, at least in part.
pub fn came(state: EnrolmentState) -> bool {
    matches!(state, EnrolmentState::Attended | EnrolmentState::PartlyAttended)
}
