CREATE TABLE job_groups (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE languages (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE roles (name TEXT PRIMARY KEY NOT NULL);

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    -- Family name first: lists go by it.
    search_key TEXT NOT NULL,
    email TEXT,
    created_at TIMESTAMP NOT NULL
);
-- An address is a contact: several people may share it.
CREATE INDEX people_by_email ON people (email);

-- When somebody worked for whom. The key of the name stands here again, so that a company's list
-- is read in order from one index.
CREATE TABLE employments (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    company_id BIGINT NOT NULL REFERENCES organisations (id),
    search_key TEXT NOT NULL,
    staff_number TEXT,
    job_group TEXT REFERENCES job_groups (name),
    starts_on DATE NOT NULL,
    ends_on DATE,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX employments_listed ON employments (company_id, search_key, id);
CREATE INDEX employments_by_person ON employments (person_id, company_id);
-- Somebody is on the list of a company once at a time, and so is a staff number.
CREATE UNIQUE INDEX employments_once ON employments (company_id, person_id) WHERE ends_on IS NULL;
CREATE UNIQUE INDEX employments_staff_number ON employments (company_id, staff_number)
    WHERE ends_on IS NULL AND staff_number IS NOT NULL;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    search_key TEXT NOT NULL,
    -- None until the invitation is answered.
    password TEXT,
    person_id BIGINT REFERENCES people (id),
    language TEXT NOT NULL REFERENCES languages (name),
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX accounts_email ON accounts (email);
-- The administrator's list goes by name, a page at a time.
CREATE INDEX accounts_listed ON accounts (search_key, id);
CREATE UNIQUE INDEX accounts_person ON accounts (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE memberships (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    organisation_id BIGINT REFERENCES organisations (id),
    role TEXT NOT NULL REFERENCES roles (name),
    starts_on DATE NOT NULL,
    -- The last day on which it holds.
    ends_on DATE,
    CHECK (organisation_id IS NOT NULL OR role = 'administrator'),
    -- An auditor's mandate has an end.
    CHECK (role <> 'auditor' OR ends_on IS NOT NULL)
);
CREATE INDEX memberships_by_account ON memberships (account_id);
CREATE INDEX memberships_by_organisation ON memberships (organisation_id, role);

-- Server-side log-ins. The cookie holds a secret, this its digest; `membership_id` is the part chosen.
CREATE TABLE logins (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    membership_id BIGINT REFERENCES memberships (id),
    as_trainee BOOLEAN NOT NULL,
    agent TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX logins_by_account ON logins (account_id, seen_at);

-- Failed log-ins, counted by account and by address on all servers.
CREATE TABLE failures (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    subject TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX failures_by_subject ON failures (subject, at);
CREATE INDEX failures_by_time ON failures (at);
