CREATE TABLE course_stages (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE survey_moments (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE survey_audiences (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE question_kinds (name TEXT PRIMARY KEY NOT NULL);

CREATE TABLE courses (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    training_body_id BIGINT NOT NULL REFERENCES organisations (id),
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    stage TEXT NOT NULL REFERENCES course_stages (name),
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX courses_by_training_body ON courses (training_body_id, id);

-- A sheet is never changed: a session keeps the version that it was announced with.
CREATE TABLE course_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    course_id BIGINT NOT NULL REFERENCES courses (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    search_key TEXT NOT NULL,
    aims TEXT NOT NULL,
    prerequisites TEXT NOT NULL,
    audience TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    made_at TIMESTAMP NOT NULL,
    UNIQUE (course_id, number)
);

-- What the surveys of a course ask. A question is never changed: another one takes its place.
CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    course_id BIGINT NOT NULL REFERENCES courses (id),
    moment TEXT NOT NULL REFERENCES survey_moments (name),
    audience TEXT NOT NULL REFERENCES survey_audiences (name),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL REFERENCES question_kinds (name),
    text_fr TEXT NOT NULL,
    text_en TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);
CREATE INDEX questions_by_course ON questions (course_id, moment, audience, position);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    version_id BIGINT NOT NULL REFERENCES course_versions (id),
    training_body_id BIGINT NOT NULL REFERENCES organisations (id),
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'confirmed', 'running', 'closed', 'cancelled')),
    zone TEXT NOT NULL,
    commune TEXT,
    place TEXT NOT NULL,
    video_link TEXT NOT NULL,
    capacity INTEGER NOT NULL CHECK (capacity > 0),
    -- Seats above the capacity, each granted by name and reason in the journal.
    over INTEGER NOT NULL CHECK (over >= 0),
    -- Confirmed and offered seats, and those whose person came or was missed.
    held INTEGER NOT NULL CHECK (held >= 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    minimum INTEGER NOT NULL CHECK (minimum >= 0),
    enrol_by TIMESTAMP NOT NULL,
    queue_closes_hours INTEGER NOT NULL CHECK (queue_closes_hours >= 0),
    -- None: a seat that comes free is confirmed at once.
    offer_hours INTEGER CHECK (offer_hours > 0),
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    -- From here on nobody is promoted; worked out when the plan is written.
    queue_closes_at TIMESTAMP NOT NULL,
    sequence INTEGER NOT NULL,
    -- Rises with every change of the plan.
    edition INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CHECK (held <= capacity + over)
);
CREATE INDEX sessions_by_training_body ON sessions (training_body_id, starts_at, id);
CREATE INDEX sessions_by_programme ON sessions (programme_id, starts_at, id);
-- The catalogue and the rounds look by state, then by date.
CREATE INDEX sessions_by_state ON sessions (state, starts_at, id);

CREATE TABLE slots (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    day DATE NOT NULL,
    half_day TEXT NOT NULL CHECK (half_day IN ('morning', 'afternoon', 'evening')),
    -- Minutes after midnight, on the clock of the session's zone.
    starts_minute INTEGER NOT NULL CHECK (starts_minute BETWEEN 0 AND 1439),
    ends_minute INTEGER NOT NULL CHECK (ends_minute BETWEEN 0 AND 1439),
    zone TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    CHECK (ends_at > starts_at)
);
CREATE INDEX slots_by_session ON slots (session_id, starts_at);

CREATE TABLE session_trainers (
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX session_trainers_by_account ON session_trainers (account_id, session_id);
