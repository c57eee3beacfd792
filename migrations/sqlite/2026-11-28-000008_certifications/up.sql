CREATE TABLE access_routes (name TEXT PRIMARY KEY NOT NULL);
CREATE TABLE assessment_kinds (name TEXT PRIMARY KEY NOT NULL);

-- A professional certification that a certifier holds, within the programme that it serves.
CREATE TABLE certifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    certifier_id BIGINT NOT NULL REFERENCES organisations (id),
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    -- Its number in the national register.
    code TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- Several bodies may hold one record; each keeps it once.
    UNIQUE (certifier_id, code)
);
CREATE INDEX certifications_by_programme ON certifications (programme_id, id);

-- What the record says is never changed: candidates keep the version that they applied under.
CREATE TABLE certification_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    certification_id BIGINT NOT NULL REFERENCES certifications (id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    level INTEGER CHECK (level BETWEEN 2 AND 8),
    decided_on DATE,
    effective_on DATE NOT NULL,
    registered_until DATE NOT NULL,
    last_issue_on DATE,
    -- None: a certificate is valid for always.
    validity_months INTEGER CHECK (validity_months > 0),
    is_partial BOOLEAN NOT NULL,
    jury_members INTEGER NOT NULL CHECK (jury_members > 0),
    jury_outside_percent INTEGER NOT NULL CHECK (jury_outside_percent BETWEEN 0 AND 100),
    jury_quorum INTEGER NOT NULL CHECK (jury_quorum BETWEEN 1 AND jury_members),
    jury_outside_chair BOOLEAN NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (certification_id, number),
    CHECK (registered_until >= effective_on)
);

CREATE TABLE certification_routes (
    version_id BIGINT NOT NULL REFERENCES certification_versions (id),
    route TEXT NOT NULL REFERENCES access_routes (name),
    PRIMARY KEY (version_id, route)
);

-- Blocks of competencies, and what is assessed for each.
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    version_id BIGINT NOT NULL REFERENCES certification_versions (id),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    acquisition TEXT NOT NULL CHECK (acquisition IN ('each', 'together')),
    UNIQUE (version_id, code)
);

CREATE TABLE assessments (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    block_id BIGINT NOT NULL REFERENCES blocks (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES assessment_kinds (name),
    most_points INTEGER NOT NULL CHECK (most_points > 0),
    pass_points INTEGER NOT NULL CHECK (pass_points BETWEEN 0 AND most_points),
    UNIQUE (block_id, position)
);

-- What must be shown before somebody is a candidate: one of the three, by its kind.
CREATE TABLE requirements (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    version_id BIGINT NOT NULL REFERENCES certification_versions (id),
    position INTEGER NOT NULL,
    stage TEXT REFERENCES course_stages (name),
    level INTEGER CHECK (level BETWEEN 2 AND 8),
    piece TEXT,
    UNIQUE (version_id, position),
    CHECK ((stage IS NOT NULL) + (level IS NOT NULL) + (piece IS NOT NULL) = 1)
);
