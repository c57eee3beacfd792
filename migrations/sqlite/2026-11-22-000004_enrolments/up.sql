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

-- Personal links: what they open is one account's password or one enrolment.
CREATE TABLE links (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset', 'place')),
    account_id BIGINT REFERENCES accounts (id),
    enrolment_id BIGINT REFERENCES enrolments (id),
    -- Who the account turns out to be, once the invitation is answered: until then an address is only a contact.
    person_id BIGINT REFERENCES people (id),
    until TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    CHECK ((account_id IS NULL) <> (enrolment_id IS NULL))
);
CREATE INDEX links_by_account ON links (account_id);
CREATE INDEX links_by_enrolment ON links (enrolment_id);
CREATE INDEX links_by_person ON links (person_id) WHERE person_id IS NOT NULL;
