CREATE TABLE link_purposes (name TEXT PRIMARY KEY NOT NULL);

-- People who were asked for together.
CREATE TABLE groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    company_id BIGINT REFERENCES organisations (id),
    policy TEXT NOT NULL CHECK (policy IN ('all_or_none', 'as_many_as_fit')),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX groups_by_session ON groups (session_id);

CREATE TABLE enrolments (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- The employer that it was made under; it stays when the person moves on.
    employer_id BIGINT REFERENCES organisations (id),
    group_id BIGINT REFERENCES groups (id),
    state TEXT NOT NULL CHECK (state IN ('requested', 'waiting', 'offered', 'confirmed', 'refused', 'expired', 'declined', 'cancelled', 'transferred', 'attended', 'partly_attended', 'absent')),
    -- When the request was complete: its place in the queue.
    ranked_at TIMESTAMP,
    offered_until TIMESTAMP,
    -- Minutes really followed, worked out when the session closes.
    minutes INTEGER CHECK (minutes >= 0),
    asked_by BIGINT REFERENCES accounts (id),
    -- Names its calendar entries, for ever.
    calendar_uid TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    CHECK (state <> 'waiting' OR ranked_at IS NOT NULL),
    CHECK (state <> 'offered' OR offered_until IS NOT NULL)
);
-- A person is in a session at most once; ended rows stay as history.
CREATE UNIQUE INDEX enrolments_once ON enrolments (session_id, person_id)
    WHERE state IN ('requested', 'waiting', 'offered', 'confirmed', 'attended', 'partly_attended', 'absent');
CREATE INDEX enrolments_by_session ON enrolments (session_id, state, ranked_at, id);
-- Who waits or asks, among all that are settled.
CREATE INDEX enrolments_by_state ON enrolments (state, session_id);
CREATE INDEX enrolments_by_person ON enrolments (person_id, id);
CREATE INDEX enrolments_by_employer ON enrolments (employer_id, session_id, state);
-- Offers that lapse.
CREATE INDEX enrolments_offered ON enrolments (offered_until) WHERE state = 'offered';

-- Seats set aside until a date, and not yet named.
CREATE TABLE reservations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    company_id BIGINT REFERENCES organisations (id),
    group_id BIGINT REFERENCES groups (id),
    seats INTEGER NOT NULL CHECK (seats >= 0),
    until TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    CHECK ((company_id IS NULL) <> (group_id IS NULL))
);
CREATE INDEX reservations_by_session ON reservations (session_id);
CREATE INDEX reservations_by_date ON reservations (until);

CREATE TABLE marks (
    enrolment_id BIGINT NOT NULL REFERENCES enrolments (id),
    slot_id BIGINT NOT NULL REFERENCES slots (id),
    mark TEXT NOT NULL CHECK (mark IN ('expected', 'present', 'late', 'left_early', 'absent_excused', 'absent_unexcused')),
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    marked_at TIMESTAMP NOT NULL,
    marked_by BIGINT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (enrolment_id, slot_id)
);

-- Who is asked what they think of a session: one trainee, or one company.
CREATE TABLE surveys (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    moment TEXT NOT NULL REFERENCES survey_moments (name),
    audience TEXT NOT NULL REFERENCES survey_audiences (name),
    enrolment_id BIGINT REFERENCES enrolments (id),
    company_id BIGINT REFERENCES organisations (id),
    -- None: no letter reaches them.
    sent_at TIMESTAMP,
    remind_at TIMESTAMP NOT NULL,
    reminded_at TIMESTAMP,
    until TIMESTAMP NOT NULL,
    -- The day only: an answer is not to be found again by its hour.
    answered_on DATE,
    CHECK ((enrolment_id IS NULL) <> (company_id IS NULL))
);
CREATE INDEX surveys_by_session ON surveys (session_id, moment, audience);
-- Each is asked once.
CREATE UNIQUE INDEX surveys_of_trainee ON surveys (enrolment_id, moment) WHERE enrolment_id IS NOT NULL;
CREATE UNIQUE INDEX surveys_of_employer ON surveys (company_id, session_id, moment) WHERE company_id IS NOT NULL;
-- The rounds look for who has not answered yet.
CREATE INDEX surveys_to_remind ON surveys (remind_at) WHERE sent_at IS NOT NULL AND reminded_at IS NULL AND answered_on IS NULL;

-- What was said to one question. Nothing leads back to who said it: no survey, no date, and a number drawn at
-- random. Neither rating nor text: the question was left blank.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    rating INTEGER CHECK (rating BETWEEN 0 AND 5),
    said TEXT
);
CREATE INDEX answers_by_session ON answers (session_id, question_id);

-- Personal links: what they open is one account's password, one enrolment or one survey.
CREATE TABLE links (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL REFERENCES link_purposes (name),
    account_id BIGINT REFERENCES accounts (id),
    enrolment_id BIGINT REFERENCES enrolments (id),
    survey_id BIGINT REFERENCES surveys (id),
    -- Who the account turns out to be, once the invitation is answered: until then an address is only a contact.
    person_id BIGINT REFERENCES people (id),
    until TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    CHECK ((account_id IS NOT NULL AND enrolment_id IS NULL AND survey_id IS NULL)
        OR (account_id IS NULL AND (enrolment_id IS NULL) <> (survey_id IS NULL)))
);
CREATE INDEX links_by_account ON links (account_id);
CREATE INDEX links_by_enrolment ON links (enrolment_id);
CREATE INDEX links_by_person ON links (person_id) WHERE person_id IS NOT NULL;

-- Links that somebody without a log-in asked to be sent: the same row whoever they are. Whether there is anybody to send
-- one to is looked at afterwards, so that no answer tells it.
CREATE TABLE link_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    email TEXT NOT NULL,
    -- The code of a room, whose half-day is to be signed; none for a new password.
    room_code TEXT,
    asked_at TIMESTAMP NOT NULL
);
