-- Who a candidate is by birth, sealed under a key of its own purpose: nobody reads it in the database or in a backup.
CREATE TABLE civil_identities (
    candidacy_id BIGINT NOT NULL PRIMARY KEY REFERENCES candidacies (id),
    sealed TEXT NOT NULL,
    -- When it was told first.
    told_at TIMESTAMP NOT NULL,
    -- When the candidate last told it and said that it is that of their civil status.
    confirmed_at TIMESTAMP NOT NULL
);
