CREATE TABLE sitting_modes (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE juror_capacities (name TEXT PRIMARY KEY NOT NULL);

-- An examination board, from its planning to its minutes.
CREATE TABLE juries (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    certification_id BIGINT NOT NULL REFERENCES certifications (id),
    state TEXT NOT NULL CHECK (state IN ('composing', 'convened', 'sitting', 'closed', 'cancelled')),
    starts_at TIMESTAMP NOT NULL,
    zone TEXT NOT NULL,
    mode TEXT NOT NULL REFERENCES sitting_modes (name),
    place TEXT NOT NULL,
    -- Of this version the rules of the board.
    version_id BIGINT NOT NULL REFERENCES certification_versions (id),
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX juries_to_come ON juries (starts_at) WHERE state = 'convened';
CREATE INDEX juries_by_certification ON juries (certification_id, id);

CREATE TABLE jurors (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    jury_id BIGINT NOT NULL REFERENCES juries (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    capacity TEXT NOT NULL REFERENCES juror_capacities (name),
    is_chair BOOLEAN NOT NULL,
    -- What they state of their interests: when, and which; none when they have none.
    stated_at TIMESTAMP,
    interest TEXT,
    is_present BOOLEAN NOT NULL,
    CHECK (interest IS NULL OR stated_at IS NOT NULL)
);
CREATE UNIQUE INDEX jurors_once ON jurors (jury_id, account_id);
CREATE UNIQUE INDEX jurors_one_chair ON jurors (jury_id) WHERE is_chair;
CREATE INDEX jurors_by_account ON jurors (account_id, jury_id);

-- A candidate before a jury: one attempt.
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    jury_id BIGINT NOT NULL REFERENCES juries (id),
    candidacy_id BIGINT NOT NULL REFERENCES candidacies (id),
    -- What the jury found, while it sits; nobody else reads it before the decision.
    appearance TEXT CHECK (appearance IN ('present', 'absent', 'excluded')),
    remarks TEXT NOT NULL,
    -- Written when the jury closes, and not before.
    decision TEXT CHECK (decision IN ('awarded', 'partial', 'failed', 'absent', 'excluded')),
    created_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    CHECK ((decision IS NULL) = (decided_at IS NULL)),
    CHECK (decision IS NULL OR appearance IS NOT NULL)
);
-- A candidate waits for one jury at a time.
CREATE UNIQUE INDEX attempts_once ON attempts (candidacy_id) WHERE decision IS NULL;
CREATE INDEX attempts_by_jury ON attempts (jury_id, id);
CREATE INDEX attempts_by_candidacy ON attempts (candidacy_id, id);

-- What became of a block in an attempt.
CREATE TABLE findings (
    attempt_id BIGINT NOT NULL REFERENCES attempts (id),
    block TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('acquired', 'not_acquired', 'exempted', 'equivalent')),
    reason TEXT NOT NULL,
    -- Points in the order of the assessments, a dash for one that was not taken: «12 - 8».
    points TEXT NOT NULL,
    PRIMARY KEY (attempt_id, block)
);

-- The minutes in versions: the text as it was sealed.
CREATE TABLE minutes (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    jury_id BIGINT NOT NULL REFERENCES juries (id),
    number INTEGER NOT NULL CHECK (number > 0),
    body TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by BIGINT NOT NULL REFERENCES accounts (id),
    UNIQUE (jury_id, number)
);

CREATE TABLE minutes_signatures (
    minutes_id BIGINT NOT NULL REFERENCES minutes (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    signed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (minutes_id, account_id)
);
CREATE INDEX minutes_signatures_by_account ON minutes_signatures (account_id, minutes_id);

-- A candidate contests a result.
CREATE TABLE appeals (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    attempt_id BIGINT NOT NULL REFERENCES attempts (id),
    grounds TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    answer TEXT,
    is_upheld BOOLEAN,
    answered_at TIMESTAMP,
    CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (is_upheld IS NULL))
);
CREATE UNIQUE INDEX appeals_once ON appeals (attempt_id);
