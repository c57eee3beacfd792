-- Forms that were sent and did what they ask for: sent again, they do nothing more. Kept for some days.
CREATE TABLE sent_forms (
    -- Random, made with the page that shows the form.
    number TEXT PRIMARY KEY NOT NULL,
    -- The address of what it made; none where it made nothing that has a page.
    made TEXT,
    sent_at TIMESTAMP NOT NULL
);
CREATE INDEX sent_forms_by_time ON sent_forms (sent_at);
