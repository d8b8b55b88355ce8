-- Why: what people must look at is told once when it appears and once when it is gone, also after a
-- restart; what is told waits here until the other side has it.
-- Cost on a large installation: none, no row is there yet.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  since INTEGER NOT NULL,
  -- NULL while it is there.
  gone INTEGER
) WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL
);
CREATE INDEX outbox_due ON outbox (next_at);
