-- Why: runs share saved jobs and transactions, which are told by entries that do not speak of them.
-- Cost on a large graph: none, no run has had such a thing before.

-- What is evidence of a run's flows besides its own entries: the definition of the saved job that it
-- executed, the beginning and the end of its transaction.
CREATE TABLE relied (
  run INTEGER NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (run, entry)
) WITHOUT ROWID;

-- Runs that were rolled back.
CREATE TABLE undone (run INTEGER PRIMARY KEY);
