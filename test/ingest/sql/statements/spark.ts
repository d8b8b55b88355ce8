import type { Case } from './case.ts'

/** Statements of spark, and what each is read as. */
export const sparkStatements: readonly Case[] = [
  ['select * from parquet.`s3://b/k/part`', ['SELECT s3://b/k/part']],
  [
    'create or replace temp view q as select id, name from db.s; insert into db.t select id from q',
    ['CREATE VIEW db.s', 'INSERT db.s > db.t', 'copy db.s > db.t by position from id'],
  ],
  [
    "create table t using parquet location 's3://b/t' as select a, b from s",
    [
      'CREATE TABLE AS default.s > default.t',
      'a = default.s.a',
      'b = default.s.b',
      'CREATE default.t',
      'schema default.t: a, b',
      'location default.t: s3://b/t',
    ],
  ],
  [
    'create table cat.db.t using iceberg partitioned by (days(ts)) as select * from spark_catalog.db.s',
    ['CREATE TABLE AS db.s > cat.db.t', 'copy db.s > cat.db.t by name', 'CREATE cat.db.t'],
  ],
  [
    'insert overwrite table t select /*+ broadcast(u) */ s.a, u.b from s join u on s.k = u.k',
    [
      'INSERT OVERWRITE default.s, default.u > default.t',
      '* = join?(default.s.k) join?(default.u.k)',
      'copy default.s > default.t by position from a',
      'copy default.u > default.t by position from b skip 1',
      'OVERWRITE default.t, whole',
    ],
  ],
  [
    'insert into t by name select a, b as c from s',
    ['INSERT default.s > default.t', 'a = default.s.a', 'c = default.s.b'],
  ],
  [
    'merge into t using s on t.id = s.id when matched then update set * when not matched then insert *',
    [
      'MERGE default.s > default.t',
      '* = join?(default.s.id)',
      'copy default.s > default.t by name',
    ],
  ],
  [
    "create table t as select a as x, x || 'y' as z, transform(arr, e -> e + k) as m from s",
    [
      'CREATE TABLE AS default.s > default.t',
      'm = f(default.s.arr) f(default.s.k)',
      'x = default.s.a',
      'z = f(default.s.a)',
      'CREATE default.t',
      'schema default.t: x, z, m',
    ],
  ],
  [
    'create table t as select * except (ssn) from s',
    ['CREATE TABLE AS default.s > default.t', 'CREATE default.t'],
  ],
  [
    'insert into delta.`s3://b/delta/t` select a from s',
    ['INSERT default.s > s3://b/delta/t', 'copy default.s > s3://b/delta/t by position from a'],
  ],
  ['select * from t version as of 3', ['SELECT default.t']],
  [
    "create table t as select * from s pivot (sum(a) for b in ('x', 'y'))",
    ['CREATE TABLE AS default.s > default.t', 'CREATE default.t'],
  ],
  [
    "create table t as select named_struct('k', a).k as k, c.d.e, inline(f) from s",
    ['CREATE TABLE AS default.s > default.t', 'CREATE default.t'],
  ],
  ['cache table q as select a from t', ['CACHE TABLE default.t']],
  [
    "insert overwrite directory 's3://o/k' using parquet select a from s",
    [
      'INSERT OVERWRITE DIRECTORY default.s > s3://o/k',
      'a = default.s.a',
      'OVERWRITE s3://o/k, whole',
    ],
  ],
  [
    "create table t (a int, b string) using csv options (path 's3://b/csv')",
    [
      'CREATE TABLE',
      'CREATE default.t',
      'schema default.t: a int, b string',
      'location default.t: s3://b/csv',
    ],
  ],
  [
    'create table t deep clone s',
    [
      'CREATE TABLE AS default.s > default.t',
      'copy default.s > default.t by name',
      'CREATE default.t',
    ],
  ],
  [
    'replace table t using delta as select * from s',
    [
      'CREATE TABLE AS default.s > default.t',
      'copy default.s > default.t by name',
      'CREATE default.t',
    ],
  ],
  [
    "copy into t from 's3://b/x' fileformat = csv",
    ['COPY s3://b/x > default.t', 'copy s3://b/x > default.t by position'],
  ],
]
