-- How a certifier signs what it issues. Its name and its host stand in every certificate, and never change.
CREATE TABLE issuers (
    organisation_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisations (id),
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    -- Who answers for what is issued from now on.
    signatory TEXT NOT NULL,
    quality TEXT NOT NULL,
    settled_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX issuers_by_name ON issuers (name);

-- The numbers of a record in a year («RNCP99999-2026»), up to the last that was given.
CREATE TABLE certificate_series (
    name TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL CHECK (last BETWEEN 1 AND 999999)
);

-- What an issuer publishes of its revocations, as it was last signed.
CREATE TABLE status_lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    issuer_id BIGINT NOT NULL REFERENCES issuers (organisation_id),
    number INTEGER NOT NULL CHECK (number > 0),
    -- Counts what changed in it, and what of that the published copy tells.
    changes INTEGER NOT NULL,
    published INTEGER NOT NULL CHECK (published <= changes),
    document TEXT NOT NULL,
    token TEXT NOT NULL,
    valid_until TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX status_lists_by_number ON status_lists (issuer_id, number);
CREATE INDEX status_lists_due ON status_lists (valid_until);

CREATE TABLE certificates (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- What its badge is called; it cannot be guessed.
    uuid TEXT NOT NULL,
    number TEXT NOT NULL,
    -- Of the code that its paper prints.
    code_digest TEXT NOT NULL,
    issuer_id BIGINT NOT NULL REFERENCES issuers (organisation_id),
    candidacy_id BIGINT NOT NULL REFERENCES candidacies (id),
    attempt_id BIGINT NOT NULL REFERENCES attempts (id),
    -- Empty for the whole certification.
    block TEXT NOT NULL,
    -- Everything that it says, sealed: it tells of a birth.
    claims TEXT NOT NULL,
    -- Keyed digests of its number with the surnames of its holder, by birth and in use: whoever asks by number says one of them.
    birth_name_digest TEXT NOT NULL,
    usual_name_digest TEXT,
    state TEXT NOT NULL CHECK (state IN ('valid', 'superseded', 'revoked')),
    state_on DATE NOT NULL,
    reason TEXT,
    issued_at TIMESTAMP NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    -- When its holder was told that it ends.
    warned_at TIMESTAMP,
    replaces_id BIGINT REFERENCES certificates (id),
    list_id BIGINT NOT NULL REFERENCES status_lists (id),
    entry INTEGER NOT NULL CHECK (entry BETWEEN 0 AND 131071),
    CHECK ((state = 'valid') = (reason IS NULL))
);
CREATE UNIQUE INDEX certificates_by_uuid ON certificates (uuid);
CREATE UNIQUE INDEX certificates_by_number ON certificates (number);
CREATE UNIQUE INDEX certificates_by_code ON certificates (code_digest);
CREATE UNIQUE INDEX certificates_in_lists ON certificates (list_id, entry);
CREATE UNIQUE INDEX certificates_replaced_once ON certificates (replaces_id) WHERE replaces_id IS NOT NULL;
-- Nobody holds the same thing twice; a renewal is another period of it.
CREATE UNIQUE INDEX certificates_once ON certificates (attempt_id, block, valid_from) WHERE state = 'valid';
CREATE INDEX certificates_by_attempt ON certificates (attempt_id, block);
CREATE INDEX certificates_by_candidacy ON certificates (candidacy_id, id);
CREATE INDEX certificates_by_issuer ON certificates (issuer_id, id);
CREATE INDEX certificates_by_end ON certificates (valid_until) WHERE state = 'valid' AND warned_at IS NULL;
CREATE INDEX certificates_ending ON certificates (issuer_id, valid_until) WHERE state = 'valid';

-- What was handed out, to the byte.
CREATE TABLE issued_files (
    certificate_id BIGINT NOT NULL PRIMARY KEY REFERENCES certificates (id),
    document TEXT NOT NULL,
    token TEXT NOT NULL,
    -- Sealed, like the claims that it prints.
    paper TEXT NOT NULL,
    paper_digest TEXT NOT NULL
);
CREATE UNIQUE INDEX issued_files_by_digest ON issued_files (paper_digest);
