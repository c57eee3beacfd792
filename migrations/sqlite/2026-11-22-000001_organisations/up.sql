-- The parties of a programme. What an organisation is stands in `capacities`: it may be several things.
CREATE TABLE organisations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL,
    search_key TEXT NOT NULL,
    siret TEXT,
    naf_code TEXT,
    naf_nomenclature TEXT CHECK (naf_nomenclature IN ('NAF_REV2', 'NAF_2025')),
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
    capacity TEXT NOT NULL CHECK (capacity IN ('company', 'training_body', 'certifier', 'funder', 'operator')),
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
    PRIMARY KEY (programme_id, organisation_id)
);
CREATE INDEX partners_by_organisation ON partners (organisation_id, programme_id);

CREATE TABLE targets (
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    kind TEXT NOT NULL CHECK (kind IN ('employees', 'civil_servants', 'people_aware', 'posts_concerned', 'experts_to_recruit', 'experts_to_train')),
    people BIGINT NOT NULL CHECK (people >= 0),
    by_year INTEGER,
    PRIMARY KEY (programme_id, kind)
);
