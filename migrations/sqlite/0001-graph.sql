-- The graph of the embedded store: reduced state (cells), its evidence (postings), what is derived
-- from it, and the marks of what has to be derived again. An empty file costs nothing; everything
-- here can be made anew from the ledger (`lineward rebuild`).

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The index of the first entry of each chain that is not reduced yet.
CREATE TABLE watermark (chain TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;

-- Entries by key, with the receipts that decide whether they are in effect.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  event_key TEXT,
  digest TEXT,
  kind TEXT,
  at INTEGER,
  source INTEGER,
  received_first INTEGER,
  copied_last INTEGER,
  retracted_last INTEGER,
  in_effect INTEGER NOT NULL DEFAULT 0,
  subjects TEXT NOT NULL DEFAULT '[]'
);
-- Only events whose own id is not their content can conflict.
CREATE INDEX entry_event ON entry (event_key) WHERE event_key IS NOT NULL;

-- `events` is how many events in effect it has.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  events INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entry_source ON entry (source, at) WHERE in_effect = 1 AND kind = 'event';

-- Whatever cells are about: names of datasets, jobs, runs. `known` while an entry in effect says so.
CREATE TABLE subject (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  namespace TEXT,
  name TEXT NOT NULL,
  known INTEGER NOT NULL DEFAULT 0
);
-- Runs have no namespace and stay out of it; a statement has to say that, else it is not used.
CREATE INDEX subject_name ON subject (kind, namespace, name)
WHERE known = 1 AND namespace IS NOT NULL;

CREATE TABLE value (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, body TEXT NOT NULL);

CREATE TABLE cell (
  subject INTEGER NOT NULL,
  property INTEGER NOT NULL,
  member TEXT NOT NULL,
  version TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  at INTEGER NOT NULL,
  entry TEXT NOT NULL,
  value INTEGER,
  PRIMARY KEY (subject, property, member, version)
) WITHOUT ROWID;

-- Which entries in effect a subject's cells came from. `touch` is 2 where data or metadata was
-- touched, 1 where it was only mentioned, 0 where a person decided something.
CREATE TABLE posting (
  subject INTEGER NOT NULL,
  at INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  touch INTEGER NOT NULL,
  PRIMARY KEY (subject, at, entry)
) WITHOUT ROWID;

-- The sources that spoke of a dataset or job: an answer says of which nobody knows what they see.
CREATE TABLE subject_source (
  subject INTEGER NOT NULL,
  source INTEGER NOT NULL,
  PRIMARY KEY (subject, source)
) WITHOUT ROWID;

CREATE TABLE mark (
  derivation TEXT NOT NULL,
  subject INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (derivation, subject)
) WITHOUT ROWID;

CREATE TABLE run (
  subject INTEGER PRIMARY KEY,
  -- The subject's key, by which runs of one moment are listed.
  id TEXT NOT NULL,
  job INTEGER,
  state TEXT NOT NULL,
  started INTEGER,
  ended INTEGER,
  parent INTEGER
);
-- Newest start first; runs of which no start is known come last.
CREATE INDEX run_job ON run (job, coalesce(started, -9007199254740991) DESC, id);

-- Boundaries of epochs: the whole content was replaced.
CREATE TABLE replaced (
  dataset INTEGER NOT NULL,
  at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (dataset, at, run)
) WITHOUT ROWID;
CREATE INDEX replaced_run ON replaced (run);

CREATE TABLE flow (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  job INTEGER,
  kind TEXT NOT NULL,
  inputs TEXT NOT NULL,
  outputs TEXT NOT NULL,
  -- What a walk needs to know, kept from the members' indexes and loaded into memory at start.
  passing INTEGER NOT NULL DEFAULT 0,
  first_start INTEGER,
  last_end INTEGER,
  first_seen INTEGER,
  last_seen INTEGER,
  declared_end INTEGER
);

CREATE TABLE map (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value INTEGER NOT NULL);
-- The maps of one member: a list of [output, map].
CREATE TABLE mapset (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, maps TEXT NOT NULL);

CREATE TABLE member (
  mover INTEGER NOT NULL,
  number INTEGER NOT NULL,
  flow INTEGER NOT NULL,
  mapset INTEGER NOT NULL,
  basis TEXT NOT NULL,
  shown_from INTEGER NOT NULL,
  shown_until INTEGER,
  started INTEGER NOT NULL,
  ended INTEGER,
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (mover, number)
) WITHOUT ROWID;
CREATE INDEX member_shown ON member (flow, mapset, shown_until, shown_from);
CREATE INDEX member_from ON member (flow, shown_from);
CREATE INDEX member_started ON member (flow, started, ended);
CREATE INDEX member_ended ON member (flow, basis, ended);
CREATE INDEX member_seen ON member (flow, last_seen);

-- The sets of maps with which a flow is shown until now, and since when.
CREATE TABLE flow_shown (
  flow INTEGER NOT NULL,
  mapset INTEGER NOT NULL,
  shown_from INTEGER NOT NULL,
  coarse INTEGER NOT NULL,
  PRIMARY KEY (flow, mapset)
) WITHOUT ROWID;

-- Names that are not alone in their class, by the class's least name.
CREATE TABLE class (name INTEGER PRIMARY KEY, leader INTEGER NOT NULL);
CREATE INDEX class_leader ON class (leader);

CREATE TABLE footprint (
  leader INTEGER NOT NULL,
  number INTEGER NOT NULL,
  location INTEGER NOT NULL,
  since INTEGER,
  until INTEGER,
  entry TEXT NOT NULL,
  PRIMARY KEY (leader, number)
) WITHOUT ROWID;

-- One row per dataset, for lists and filters.
CREATE TABLE catalog (
  leader INTEGER PRIMARY KEY,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  owners TEXT NOT NULL,
  tags TEXT NOT NULL,
  -- Null while it exists; else since when it does not.
  retired INTEGER,
  -- Intervals [from, until], where anything is known of its life; else empty.
  existence TEXT NOT NULL,
  -- What of it can be searched: compared before the search index is written.
  content TEXT NOT NULL
);
CREATE INDEX catalog_name ON catalog (namespace, name);

-- Search: a document per dataset, column and job.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  subject INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL
);
CREATE INDEX document_subject ON document (subject);
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, prefix = '2 3');

CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  entry TEXT NOT NULL,
  number INTEGER NOT NULL,
  received INTEGER NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  path TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX dead_letter_entry ON dead_letter (entry);
CREATE INDEX dead_letter_received ON dead_letter (received DESC, id);
