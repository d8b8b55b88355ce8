-- Entries that are evidence of a run's flows and do not speak of the run itself: the definition of the
-- saved job that it executed, the commit of its transaction. Runs that have neither have no row here,
-- and no run had any before; so this costs nothing.

CREATE TABLE relied (
  run INTEGER NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (run, entry)
) WITHOUT ROWID;
