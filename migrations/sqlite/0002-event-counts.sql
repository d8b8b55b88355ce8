-- Why: what no translator knows is counted by name, and so is what was tallied and not kept; and a
-- late correction stands before what it corrects.
-- Cost on a large graph: none, new tables are empty and the column has one value everywhere.

-- Events of one name of a source: of entries in effect, `unknown` or from tallies.
CREATE TABLE event_name (
  id INTEGER PRIMARY KEY,
  -- 1: tallied as irrelevant. 0: unknown.
  tallied INTEGER NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  events INTEGER NOT NULL DEFAULT 0,
  UNIQUE (tallied, source, name)
);
CREATE INDEX event_name_most ON event_name (tallied, events DESC, source, name);

-- Which entry in effect counts for how many of them, and when the last was.
CREATE TABLE counted_event (
  entry INTEGER NOT NULL,
  name INTEGER NOT NULL,
  events INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (entry, name)
) WITHOUT ROWID;
CREATE INDEX counted_event_last ON counted_event (name, at);

ALTER TABLE entry ADD COLUMN corrects INTEGER NOT NULL DEFAULT 0;
