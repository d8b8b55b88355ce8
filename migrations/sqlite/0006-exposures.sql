-- Why: what leaked in events is told by the job that leaked it, and by detector.
-- Cost on a large graph: none; entries that are there already have it once the graph is made anew.
CREATE TABLE exposure (
  entry INTEGER NOT NULL,
  detector TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- The key of the run, job or dataset in whose event it stood; empty: nobody says.
  mover TEXT NOT NULL,
  PRIMARY KEY (entry, detector, mover)
) WITHOUT ROWID;
CREATE INDEX exposure_mover ON exposure (detector, mover, at);
