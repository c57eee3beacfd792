-- The migrations that made this database, each as it was when it ran: others may not go on from here.
CREATE TABLE migration_digests (
    version TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL
);

-- Vocabularies: the names that may stand in a column, where more of them may come. The program has the names, and writes
-- those that are missing whenever it migrates.
CREATE TABLE organisation_capacities (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE nomenclatures (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE target_kinds (name TEXT PRIMARY KEY NOT NULL);

-- The parties of a programme. What an organisation is stands in `capacities`: it may be several things.
CREATE TABLE organisations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    search_key TEXT NOT NULL,
    siret TEXT,
    naf_code TEXT,
    naf_nomenclature TEXT REFERENCES nomenclatures (name),
    commune TEXT,
    headcount INTEGER CHECK (headcount >= 0),
    idcc TEXT,
    opco TEXT,
    nda TEXT,
    approves_requests BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX organisations_siret ON organisations (siret) WHERE siret IS NOT NULL;
-- Several establishments of one training body share it.
CREATE INDEX organisations_nda ON organisations (nda) WHERE nda IS NOT NULL;
-- Lists go by name, a page at a time.
CREATE INDEX organisations_listed ON organisations (search_key, id);

CREATE TABLE capacities (
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    capacity TEXT NOT NULL REFERENCES organisation_capacities (name),
    PRIMARY KEY (organisation_id, capacity)
);
CREATE INDEX capacities_by_capacity ON capacities (capacity, organisation_id);

CREATE TABLE programmes (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    short_name TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    operator_id BIGINT NOT NULL REFERENCES organisations (id),
    starts_on DATE NOT NULL,
    ends_on DATE
);
CREATE INDEX programmes_by_operator ON programmes (operator_id);

-- Who takes part in which programme; the operator's reach goes through here.
CREATE TABLE partners (
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    -- Whether the organisation came in by this programme: its operator invites the first of its people.
    is_first BOOLEAN NOT NULL,
    PRIMARY KEY (programme_id, organisation_id)
);
CREATE UNIQUE INDEX partners_first ON partners (organisation_id) WHERE is_first;
CREATE INDEX partners_by_organisation ON partners (organisation_id, programme_id);

CREATE TABLE targets (
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    kind TEXT NOT NULL REFERENCES target_kinds (name),
    people BIGINT NOT NULL CHECK (people >= 0),
    by_year INTEGER,
    PRIMARY KEY (programme_id, kind)
);
