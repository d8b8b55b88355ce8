-- Why: a producer's token may be limited to AWS accounts and say what its words for namespaces mean
-- here, and any token may have a rate of its own.
-- Cost on a large installation: none, rows that are there are not rewritten.
-- A JSON array; NULL: not limited.
ALTER TABLE token ADD COLUMN accounts TEXT;
-- A JSON object of texts; NULL: its words mean what everybody's do.
ALTER TABLE token ADD COLUMN mapping TEXT;
-- NULL: as for every token.
ALTER TABLE token ADD COLUMN requests_per_minute INTEGER;
