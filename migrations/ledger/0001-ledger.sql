-- Why: the ledger begins. Blocks hold the entries of one commit; all else is worked out from them
-- (entry_latest) or says something about them (checkpoint, signing_key).
-- Cost on a large ledger: none, the file is new.

-- The chain of this file. One row.
CREATE TABLE chain (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL
) STRICT;

-- Entries `first` to `first + entries - 1`. What is small and asked for alone comes first, since
-- SQLite walks a long row from its beginning.
CREATE TABLE block (
  first INTEGER PRIMARY KEY CHECK (first >= 0),
  -- documents: one payload for each entry. accesses, tallies: kinds to come, chained like it.
  kind TEXT NOT NULL CHECK (kind IN ('documents', 'accesses', 'tallies')),
  entries INTEGER NOT NULL CHECK (entries > 0),
  -- receivedAt of the first entry and of the last.
  received_from INTEGER NOT NULL,
  received_to INTEGER NOT NULL,
  -- SHA-256 over every other column as stored: finds what no entry's hash can (a byte that
  -- unpacks to the same, a number beside the entries).
  checksum BLOB NOT NULL,
  -- For each entry 32 bytes, SHA-256(previous hash, header, commitment). The last 32 bytes of the
  -- last block are the head.
  hashes BLOB NOT NULL,
  -- For each entry 32 bytes, SHA-256(salt, payload).
  commitments BLOB NOT NULL,
  -- For each entry 16 random bytes; zeros where the payload is erased.
  salts BLOB NOT NULL,
  -- For each entry the length of its payload in bytes, 32 bits little-endian; all ones: erased.
  lengths BLOB NOT NULL,
  -- Zstandard of the headers, each a line of canonical JSON.
  headers BLOB NOT NULL,
  -- Zstandard of the payloads that are not erased, one behind the other.
  payloads BLOB NOT NULL
) STRICT;

-- Receipt times grow along the chain, so this finds where a time begins.
CREATE INDEX block_by_receipt ON block (received_to);

-- For each entry key the latest copy on this chain, and the first entry after that which retracts it.
CREATE TABLE entry_latest (
  key BLOB PRIMARY KEY,
  copy INTEGER NOT NULL,
  retracted_by INTEGER
) STRICT, WITHOUT ROWID;

-- Public keys (SPKI, DER) of every key that signed here, by the fingerprint that checkpoints name.
CREATE TABLE signing_key (
  id TEXT PRIMARY KEY,
  public_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  entry INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  hash BLOB NOT NULL,
  signed_at INTEGER NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (entry, key_id)
) STRICT, WITHOUT ROWID;
