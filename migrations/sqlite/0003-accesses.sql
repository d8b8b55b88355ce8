-- Why: who read and wrote what, in counts that are sizes of sets of ids.
-- Cost on a large graph: none, the table is new and the column has one value everywhere; what stands in
-- the ledger already is read again.

-- One row for each thing that an entry in effect says was done.
CREATE TABLE access (
  -- The name, a subject.
  dataset INTEGER NOT NULL,
  -- Whole hours since 1970.
  hour INTEGER NOT NULL,
  -- A subject.
  principal INTEGER NOT NULL,
  -- Of the table `value`; `via` is 0 where it was done by nothing else.
  action INTEGER NOT NULL,
  via INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- A subject; 0 where none is told.
  session INTEGER NOT NULL,
  -- The action that this is one record of, where there can be several: 16 bytes of a digest.
  shared BLOB,
  -- 1: of several records of one action this is not the one that tells who it was.
  weak INTEGER NOT NULL,
  PRIMARY KEY (dataset, hour, principal, action, via, entry)
) WITHOUT ROWID;
CREATE INDEX access_shared ON access (shared) WHERE shared IS NOT NULL;

-- 1: the entry left nothing in the subject's cells. A folder has a million accesses, and what else is
-- said of it is made anew without reading these.
ALTER TABLE posting ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
