-- Why: tokens of callers, kept as SHA-256 of 256 random bits. A revoked one stays in the list.
-- Cost on a large installation: none, the file is new.
CREATE TABLE token (
  hash BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  person TEXT,
  -- JSON arrays; NULL: not limited.
  namespaces TEXT,
  formats TEXT,
  -- Microseconds since 1970.
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Of all tokens of a name, one at a time is in force.
CREATE UNIQUE INDEX token_in_force ON token (name) WHERE revoked_at IS NULL;
