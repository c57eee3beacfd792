DROP TABLE installation;
DROP TABLE imports;
DROP TABLE outbox;
DROP TABLE chains;
DROP TABLE journal_reasons;
DROP TABLE journal;
