-- Why: what a run did and nobody told counts for every answer that its job, or another job on the same
-- thing, takes part in.
-- Cost on a large graph: none, no problem has been told of a run before.

-- By the group of the run's job. `member` tells the problems of one entry apart.
CREATE TABLE unresolved (
  run INTEGER NOT NULL,
  job_group TEXT NOT NULL,
  entry TEXT NOT NULL,
  at INTEGER NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (run, entry, at, member)
) WITHOUT ROWID;
CREATE INDEX unresolved_group ON unresolved (job_group, at);
