CREATE TABLE secret_names (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE letter_kinds (name TEXT PRIMARY KEY NOT NULL);

-- Who did what to what, when. Append-only; one chain of hashes for each subject.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    chain TEXT NOT NULL,
    number BIGINT NOT NULL,
    at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    -- Which row it is about: «enrolment:12».
    reference TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    role TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    -- Digests of the reason and of the evidence with their salts; these stand in `journal_secrets`, which may be erased.
    reason_digest TEXT,
    evidence_digest TEXT,
    hash TEXT NOT NULL,
    UNIQUE (chain, number)
);
CREATE INDEX journal_by_reference ON journal (reference, id);

CREATE TABLE journal_secrets (
    journal_id BIGINT NOT NULL REFERENCES journal (id),
    name TEXT NOT NULL REFERENCES secret_names (name),
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (journal_id, name)
);

CREATE TABLE chains (
    chain TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- Keys that sign. The private part is sealed under the master key, which is no part of the database.
CREATE TABLE signing_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    purpose TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed_private TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- It signs no more; what it signed is still checked with it.
    retired_at TIMESTAMP
);
CREATE UNIQUE INDEX signing_keys_active ON signing_keys (purpose) WHERE retired_at IS NULL;

-- The heads that moved since the checkpoint before, under one signed root.
CREATE TABLE checkpoints (
    number BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    root TEXT NOT NULL,
    previous_root TEXT NOT NULL,
    key_id BIGINT NOT NULL REFERENCES signing_keys (id),
    signature TEXT NOT NULL,
    -- The journal up to this row had been looked through.
    seen_id BIGINT NOT NULL
);

CREATE TABLE checkpoint_heads (
    checkpoint BIGINT NOT NULL REFERENCES checkpoints (number),
    chain TEXT NOT NULL,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, number)
);
CREATE INDEX checkpoint_heads_by_checkpoint ON checkpoint_heads (checkpoint, chain);

-- Sessions that were closed, and the checkpoint whose seal their training body was sent.
CREATE TABLE seals (
    session_id BIGINT NOT NULL PRIMARY KEY REFERENCES sessions (id),
    -- The last row of the session's chain when it closed.
    number BIGINT NOT NULL,
    checkpoint BIGINT REFERENCES checkpoints (number)
);
CREATE INDEX seals_due ON seals (session_id) WHERE checkpoint IS NULL;

-- Finished letters on their way; a row is written with the fact that causes it.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    kind TEXT NOT NULL REFERENCES letter_kinds (name),
    to_email TEXT NOT NULL,
    to_name TEXT NOT NULL,
    reply_to TEXT,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    -- Calendar files, a JSON array of texts; with more than one each is attached.
    calendars TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    -- Whether the body opens something: it is blanked once sent, or some days after it was given up.
    secret BOOLEAN NOT NULL,
    session_id BIGINT REFERENCES sessions (id),
    enrolment_id BIGINT REFERENCES enrolments (id),
    company_id BIGINT REFERENCES organisations (id),
    -- Whose act it follows from; none when nobody logged in did it.
    caused_by BIGINT REFERENCES accounts (id),
    -- Names what must be said only once: a second one is not written.
    occasion TEXT UNIQUE,
    created_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    sent_at TIMESTAMP,
    given_up_at TIMESTAMP,
    last_error TEXT
);
-- The courier looks for what is due; nothing that was sent stands in its way.
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_by_session ON outbox (session_id, id);
CREATE INDEX outbox_by_company ON outbox (company_id, id);
CREATE INDEX outbox_by_enrolment ON outbox (enrolment_id, id);
CREATE INDEX outbox_by_recipient ON outbox (to_email, id);
CREATE INDEX outbox_by_cause ON outbox (caused_by, id);

-- What an import was shown to do, until it is done or given up.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    company_id BIGINT NOT NULL REFERENCES organisations (id),
    account_id BIGINT REFERENCES accounts (id),
    -- What was sent, as it was sent, and what its columns are taken for.
    sheet_json TEXT NOT NULL,
    layout_json TEXT NOT NULL,
    rows_json TEXT NOT NULL,
    session_id BIGINT REFERENCES sessions (id),
    created_at TIMESTAMP NOT NULL,
    done_at TIMESTAMP
);
CREATE INDEX imports_by_company ON imports (company_id, id);

-- One row that says what this database is for.
CREATE TABLE installation (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    purpose TEXT NOT NULL CHECK (purpose IN ('demonstration', 'made_up')),
    created_at TIMESTAMP NOT NULL
);
