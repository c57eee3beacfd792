CREATE TABLE media_types (name TEXT PRIMARY KEY NOT NULL);

-- Somebody on their way to a certification.
CREATE TABLE candidacies (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    certification_id BIGINT NOT NULL REFERENCES certifications (id),
    -- The version of the record that it was begun under.
    version_id BIGINT NOT NULL REFERENCES certification_versions (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'eligible', 'not_eligible', 'admitted', 'convened', 'assessed', 'decided', 'withdrawn')),
    route TEXT NOT NULL REFERENCES access_routes (name),
    -- What the candidate tells of themselves.
    level INTEGER CHECK (level BETWEEN 2 AND 8),
    motivation TEXT NOT NULL,
    -- What is to be arranged for them, sealed; never why.
    accommodation TEXT,
    submitted_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    CHECK (state = 'draft' OR state = 'withdrawn' OR submitted_at IS NOT NULL)
);
-- A person is a candidate for a certification at most once; what ended stays as history.
CREATE UNIQUE INDEX candidacies_once ON candidacies (certification_id, person_id)
    WHERE state NOT IN ('not_eligible', 'withdrawn');
CREATE INDEX candidacies_by_person ON candidacies (person_id, id);
CREATE INDEX candidacies_by_certification ON candidacies (certification_id, state, id);

-- A document of a candidacy, sealed under the master key: nobody reads it in the database or in a backup.
CREATE TABLE pieces (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    candidacy_id BIGINT NOT NULL REFERENCES candidacies (id),
    -- What the record asks for, in its words.
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'accepted', 'refused')),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL REFERENCES media_types (name),
    bytes BIGINT NOT NULL CHECK (bytes > 0),
    sealed TEXT NOT NULL,
    reason TEXT,
    sent_at TIMESTAMP NOT NULL,
    judged_at TIMESTAMP,
    CHECK ((state = 'sent') = (judged_at IS NULL))
);
CREATE INDEX pieces_by_candidacy ON pieces (candidacy_id, id);
