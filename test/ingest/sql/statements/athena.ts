import type { Case } from './case.ts'

/** Statements of athena, and what each is read as. */
export const athenaStatements: readonly Case[] = [
  [
    `create table db.t with (external_location = 's3://b/t/', format = 'parquet') as select a, count_if(b) as n from "AwsDataCatalog"."db"."s" group by 1`,
    [
      'CREATE TABLE AS awsdatacatalog.db.s > db.t',
      'a = awsdatacatalog.db.s.a',
      'n = count_if(awsdatacatalog.db.s.b)',
      '* = group_by?(awsdatacatalog.db.s.a)',
      'CREATE db.t',
      'schema db.t: a, n',
      'location db.t: s3://b/t/',
    ],
  ],
  [
    'insert into t select a, b from s',
    ['INSERT default.s > default.t', 'copy default.s > default.t by position from a,b'],
  ],
  [
    "unload (select a, b as c from s where d = 1) to 's3://out/u/' with (format = 'parquet')",
    [
      'UNLOAD default.s > s3://out/u/',
      'a = default.s.a',
      'c = default.s.b',
      '* = filter?(default.s.d)',
    ],
  ],
  [
    'create or replace view v as select a, u.x from s cross join unnest(arr) as u (x)',
    [
      'CREATE VIEW default.s > default.v',
      'a = default.s.a',
      'x = f(default.s.arr)',
      'CREATE default.v',
      'schema default.v: a, x',
    ],
  ],
  ['select * from "db"."t$partitions"', ['SELECT db.t$partitions']],
  [
    "select try(a), arbitrary(b), max_by(c, d), approx_distinct(e) from t for timestamp as of timestamp '2020-01-01 00:00:00 UTC'",
    ['SELECT default.t'],
  ],
  [
    `create external table \`db\`.\`t\` (\`a\` string, \`b\` int) partitioned by (\`dt\` string) stored as parquet location 's3://b/x/' tblproperties ('k' = 'v')`,
    [
      'CREATE EXTERNAL TABLE',
      'CREATE db.t',
      'schema db.t: a string, b int, dt string',
      'location db.t: s3://b/x/',
    ],
  ],
  [
    'merge into t using s on t.id = s.id when matched then update set v = s.v when not matched then insert (id, v) values (s.id, s.v)',
    [
      'MERGE default.s > default.t',
      'id = default.s.id',
      'v = default.s.v',
      '* = join?(default.s.id)',
    ],
  ],
  ['delete from t where a = ?', ['DELETE > default.t']],
  [
    'create table t as select a from s1 union all (select b from s2 except select c from s3)',
    [
      'CREATE TABLE AS default.s1, default.s2, default.s3 > default.t',
      'a = default.s1.a default.s2.b',
      '* = filter?(default.s3.c)',
      'CREATE default.t',
      'schema default.t: a',
    ],
  ],
  [
    'create table t as select reduce(arr, 0, (x, y) -> x + y, x -> x) as total, filter(arr, v -> v > lim) as f from s',
    [
      'CREATE TABLE AS default.s > default.t',
      'f = f(default.s.arr) f(default.s.lim)',
      'total = f(default.s.arr)',
      'CREATE default.t',
      'schema default.t: total, f',
    ],
  ],
  [
    "create table t as values (1, 'a')",
    [
      'CREATE TABLE AS > default.t',
      'col1 =',
      'col2 =',
      'CREATE default.t',
      'schema default.t: col1, col2',
    ],
  ],
  [
    'create table t as select * from (values (1, 2)) as v (p, q)',
    ['CREATE TABLE AS > default.t', 'p =', 'q =', 'CREATE default.t', 'schema default.t: p, q'],
  ],
  ['msck repair table t', ['MSCK']],
]
