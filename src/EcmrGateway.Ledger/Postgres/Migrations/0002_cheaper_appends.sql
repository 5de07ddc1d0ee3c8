-- Appends cost less. The history of a subject is found by its first two columns: the others need not be in the index,
-- nor be looked up as unique. A payload stays in its row where that fits into a page, instead of a table of its own
-- with an index of its own.

CREATE INDEX subjects_by_time ON ledger.subjects (subject, event_ms);
ALTER TABLE ledger.subjects DROP CONSTRAINT subjects_pkey;

ALTER TABLE ledger.entries SET (toast_tuple_target = 8160);
