-- Lists of sessions are read in their order, from what is live and from what is done: neither waits for the other.
CREATE INDEX sessions_live ON sessions (starts_at, id) WHERE state IN ('published', 'confirmed', 'running');
CREATE INDEX sessions_live_of_body ON sessions (training_body_id, starts_at, id) WHERE state IN ('published', 'confirmed', 'running');
CREATE INDEX sessions_done ON sessions (starts_at, id) WHERE state IN ('closed', 'cancelled');
CREATE INDEX sessions_done_of_body ON sessions (training_body_id, starts_at, id) WHERE state IN ('closed', 'cancelled');
CREATE INDEX sessions_drafts ON sessions (starts_at, id) WHERE state = 'draft';
CREATE INDEX sessions_drafts_of_body ON sessions (training_body_id, starts_at, id) WHERE state = 'draft';
-- Whom to ask two months after.
CREATE INDEX sessions_done_by_end ON sessions (ends_at, id) WHERE state IN ('closed', 'cancelled');
-- By state first, no list of several states has an order.
DROP INDEX sessions_by_state;
-- Places by the date of their session, and the calendar of all sessions.
CREATE INDEX sessions_by_start ON sessions (starts_at, id);

-- The title and the training body of a session, by which the catalogue finds it.
ALTER TABLE sessions ADD COLUMN search_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE sessions SET search_key =
    (SELECT v.search_key || ' ' || o.search_key FROM course_versions v, organisations o
     WHERE v.id = sessions.version_id AND o.id = sessions.training_body_id);

-- When a presence of the half-day was noted last, and when a trainer gave their word for it last: what was corrected
-- since that word is found without reading every mark.
ALTER TABLE slots ADD COLUMN noted_at TIMESTAMP;
ALTER TABLE slots ADD COLUMN confirmed_at TIMESTAMP;
UPDATE slots SET confirmed_at = (SELECT max(c.signed_at) FROM countersignatures c WHERE c.slot_id = slots.id);
UPDATE slots SET noted_at = n.at FROM (SELECT slot_id, max(marked_at) AS at FROM marks GROUP BY slot_id) n
    WHERE n.slot_id = slots.id;
CREATE INDEX slots_unconfirmed ON slots (session_id) WHERE confirmed_at < noted_at;

-- Whose session a letter is about: its list is read in order.
ALTER TABLE outbox ADD COLUMN training_body_id BIGINT REFERENCES organisations (id);
UPDATE outbox SET training_body_id = (SELECT s.training_body_id FROM sessions s WHERE s.id = outbox.session_id)
    WHERE session_id IS NOT NULL;
CREATE INDEX outbox_by_body ON outbox (training_body_id, id);
-- Few are given up, and they are asked for on every home.
CREATE INDEX outbox_given_up ON outbox (id) WHERE given_up_at IS NOT NULL;
CREATE INDEX outbox_given_up_of_body ON outbox (training_body_id, id) WHERE given_up_at IS NOT NULL;
CREATE INDEX outbox_given_up_of_company ON outbox (company_id, id) WHERE given_up_at IS NOT NULL;

-- Those who left are few among those who are there.
CREATE INDEX employments_ended ON employments (company_id, search_key, id) WHERE ends_on IS NOT NULL;

-- Organisations of a département: communes begin with its code.
CREATE INDEX organisations_by_commune ON organisations (commune) WHERE commune IS NOT NULL;

-- The sessions of a course, and what somebody caused that is about no session.
CREATE INDEX sessions_by_version ON sessions (version_id, id);
CREATE INDEX outbox_by_cause_alone ON outbox (caused_by, id) WHERE session_id IS NULL;

-- What holds a letter back: an older one to the same reader about the same place. Those that left are not looked at.
CREATE INDEX outbox_unsent ON outbox (enrolment_id, to_email, id) WHERE sent_at IS NULL AND given_up_at IS NULL;
