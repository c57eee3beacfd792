CREATE TABLE rejection_reasons (name TEXT PRIMARY KEY NOT NULL);

-- Under which numbers a certifier declares to the State.
CREATE TABLE declarants (
    organisation_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisations (id),
    client TEXT NOT NULL,
    contract TEXT NOT NULL,
    -- Another client when somebody is mandated to deposit.
    sender TEXT NOT NULL,
    says_action BOOLEAN NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

-- A file for the State, from the day on which its passages were chosen.
CREATE TABLE declaration_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    certifier_id BIGINT NOT NULL REFERENCES organisations (id),
    flow TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('batched', 'exported', 'deposited', 'given_up')),
    made_at TIMESTAMP NOT NULL,
    -- As the certifier's numbers were on that day.
    client TEXT NOT NULL,
    contract TEXT NOT NULL,
    sender TEXT NOT NULL,
    says_action BOOLEAN NOT NULL,
    passages INTEGER NOT NULL,
    -- Of the bytes, once it was written.
    digest TEXT,
    deposited_on DATE
);
CREATE UNIQUE INDEX declaration_files_by_flow ON declaration_files (flow);
CREATE INDEX declaration_files_by_certifier ON declaration_files (certifier_id, id);

-- One holder of a whole certification, to be told to the State.
CREATE TABLE declarations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    technical_id TEXT NOT NULL,
    certifier_id BIGINT NOT NULL REFERENCES organisations (id),
    candidacy_id BIGINT NOT NULL REFERENCES candidacies (id),
    -- The one that stands now: another may have been issued in its place.
    certificate_id BIGINT NOT NULL REFERENCES certificates (id),
    code TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('incomplete', 'ready', 'batched', 'exported', 'deposited', 'accepted', 'rejected')),
    due_on DATE NOT NULL,
    -- The file that it is in now; one that was put right waits for another.
    file_id BIGINT REFERENCES declaration_files (id),
    reason_kind TEXT REFERENCES rejection_reasons (name),
    reason TEXT,
    changed_at TIMESTAMP NOT NULL,
    CHECK ((state = 'rejected') = (reason_kind IS NOT NULL))
);
CREATE UNIQUE INDEX declarations_by_technical_id ON declarations (technical_id);
CREATE UNIQUE INDEX declarations_by_certificate ON declarations (certificate_id);
CREATE INDEX declarations_by_candidacy ON declarations (candidacy_id, id);
CREATE INDEX declarations_by_certifier ON declarations (certifier_id, state, id);
CREATE INDEX declarations_by_deadline ON declarations (certifier_id, state, due_on, id);
CREATE INDEX declarations_by_file ON declarations (file_id, state);

-- What a file tells of one holder, sealed. It stays as it is whatever becomes of the declaration, until the file is given up.
CREATE TABLE declaration_passages (
    file_id BIGINT NOT NULL REFERENCES declaration_files (id),
    declaration_id BIGINT NOT NULL REFERENCES declarations (id),
    code TEXT NOT NULL,
    passage TEXT NOT NULL,
    PRIMARY KEY (file_id, declaration_id)
);
CREATE INDEX declaration_passages_in_order ON declaration_passages (file_id, code, declaration_id);

-- What the State answered to a file, sealed, as it came.
CREATE TABLE declaration_reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    file_id BIGINT NOT NULL REFERENCES declaration_files (id),
    digest TEXT NOT NULL,
    report TEXT NOT NULL,
    taken_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX declaration_reports_once ON declaration_reports (file_id, digest);
