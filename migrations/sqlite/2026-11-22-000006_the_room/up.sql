CREATE TABLE signature_ways (name TEXT PRIMARY KEY NOT NULL);

-- A half-day whose code was shown: the codes follow from the secret and the time.
CREATE TABLE rooms (
    slot_id BIGINT NOT NULL PRIMARY KEY REFERENCES slots (id),
    secret TEXT NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    opened_by BIGINT NOT NULL REFERENCES accounts (id)
);
-- Whose code is it that somebody types?
CREATE INDEX rooms_by_opening ON rooms (opened_at);

-- Who signed which half-day, and how. A withdrawn signature stays, and may be followed by another.
CREATE TABLE signatures (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    enrolment_id BIGINT NOT NULL REFERENCES enrolments (id),
    slot_id BIGINT NOT NULL REFERENCES slots (id),
    way TEXT NOT NULL REFERENCES signature_ways (name),
    -- By the clock of the device, when it came later than it was made.
    signed_at TIMESTAMP NOT NULL,
    received_at TIMESTAMP NOT NULL,
    -- What the hand left: a typed name, or the path of a drawing.
    typed TEXT,
    drawn TEXT,
    -- Digest of the sheet as it stood before.
    sheet_digest TEXT NOT NULL,
    -- How it reached us; forgotten after a time, while the digest of it stays. The journal has the digest of all this.
    connection_digest TEXT NOT NULL,
    connection_salt TEXT,
    address TEXT,
    agent TEXT,
    device TEXT,
    withdrawn_at TIMESTAMP,
    CHECK ((typed IS NULL) <> (drawn IS NULL))
);
CREATE UNIQUE INDEX signatures_once ON signatures (slot_id, enrolment_id) WHERE withdrawn_at IS NULL;
CREATE INDEX signatures_by_enrolment ON signatures (enrolment_id, slot_id);
CREATE INDEX signatures_to_forget ON signatures (received_at) WHERE connection_salt IS NOT NULL;

-- The word of a trainer, or of the training body, for a half-day, on the sheet as it stood; it holds while the sheet stands so.
CREATE TABLE countersignatures (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    slot_id BIGINT NOT NULL REFERENCES slots (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- In whose name: their own as the trainer, or that of the training body.
    role TEXT NOT NULL REFERENCES roles (name),
    signed_at TIMESTAMP NOT NULL,
    sheet TEXT NOT NULL
);
CREATE INDEX countersignatures_by_slot ON countersignatures (slot_id, id);

-- A proof that is done without, and why: somebody's signature, or the trainer's when nobody is named.
CREATE TABLE waivers (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    slot_id BIGINT NOT NULL REFERENCES slots (id),
    enrolment_id BIGINT REFERENCES enrolments (id),
    reason TEXT NOT NULL,
    waived_at TIMESTAMP NOT NULL,
    waived_by BIGINT NOT NULL REFERENCES accounts (id)
);
CREATE UNIQUE INDEX waivers_of_people ON waivers (slot_id, enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE UNIQUE INDEX waivers_of_trainers ON waivers (slot_id) WHERE enrolment_id IS NULL;

-- Who was asked to sign after the half-day, until when.
CREATE TABLE late_signings (
    enrolment_id BIGINT NOT NULL REFERENCES enrolments (id),
    slot_id BIGINT NOT NULL REFERENCES slots (id),
    asked_at TIMESTAMP NOT NULL,
    asked_by BIGINT NOT NULL REFERENCES accounts (id),
    until TIMESTAMP NOT NULL,
    PRIMARY KEY (enrolment_id, slot_id)
);

-- What a device kept while it had no network, under the name it gave: the same one twice is done once.
CREATE TABLE arrivals (
    name TEXT NOT NULL PRIMARY KEY,
    slot_id BIGINT NOT NULL REFERENCES slots (id),
    -- The presence that it left.
    presence TEXT NOT NULL,
    arrived_at TIMESTAMP NOT NULL
);
CREATE INDEX arrivals_by_slot ON arrivals (slot_id);
