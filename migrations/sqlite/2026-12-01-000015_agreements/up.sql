-- What an organisation that has people of its own was asked: whether it takes part in a programme.
CREATE TABLE agreements (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    programme_id BIGINT NOT NULL REFERENCES programmes (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'declined', 'withdrawn')),
    asked_at TIMESTAMP NOT NULL,
    -- When it was answered or taken back; none while it waits.
    answered_at TIMESTAMP
);
-- Asked twice is asked once.
CREATE UNIQUE INDEX agreements_once ON agreements (organisation_id, programme_id);
CREATE INDEX agreements_by_programme ON agreements (programme_id, id);
