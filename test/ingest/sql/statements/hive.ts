import type { Case } from './case.ts'

/** Statements of hive, and what each is read as. */
export const hiveStatements: readonly Case[] = [
  [
    "from src insert overwrite table a select x, y where z > 1 insert into table b partition (dt = '2020-01-01') select x",
    [
      'INSERT OVERWRITE default.src > default.a',
      '* = filter?(default.src.z)',
      'copy default.src > default.a by position from x,y',
      'OVERWRITE default.a, whole',
      'INSERT default.src > default.b',
      'copy default.src > default.b by position from x',
    ],
  ],
  [
    'from (select a, b from t) q insert overwrite table u select q.a where q.b > 0',
    [
      'INSERT OVERWRITE default.t > default.u',
      '* = filter?(default.t.b)',
      'copy default.t > default.u by position from a',
      'OVERWRITE default.u, whole',
    ],
  ],
  [
    'insert overwrite table db.t partition (dt) select a, b, dt from s',
    [
      'INSERT OVERWRITE default.s > db.t',
      'copy default.s > db.t by position from a,b,dt',
      'OVERWRITE db.t',
    ],
  ],
  [
    `insert into table t partition (dt = '\${day}') select * from s where dt = '\${hiveconf:day}' and k = \${hiveconf:k}`,
    [
      'INSERT default.s > default.t',
      '* = filter?(default.s.dt) filter?(default.s.k)',
      'copy default.s > default.t by position',
    ],
  ],
  [
    "insert overwrite directory 's3://o/k' row format delimited select a, b as c from s",
    [
      'INSERT OVERWRITE DIRECTORY default.s > s3://o/k',
      'a = default.s.a',
      'c = default.s.b',
      'OVERWRITE s3://o/k, whole',
    ],
  ],
  [
    "insert overwrite local directory '/tmp/x' select * from s",
    [
      'INSERT OVERWRITE DIRECTORY default.s > file:///tmp/x',
      'copy default.s > file:///tmp/x by name',
      'OVERWRITE file:///tmp/x, whole',
    ],
  ],
  [
    "load data inpath '/user/etl/in' overwrite into table t",
    ['LOAD DATA /user/etl/in > default.t', 'OVERWRITE default.t, whole'],
  ],
  [
    "load data local inpath 'file.csv' into table t partition (dt = 'x')",
    ['LOAD DATA > default.t', 'unresolved: A local file is named from a folder that is not known'],
  ],
  [
    'create table t stored as parquet as select `a b`, "text", count(*) from `db`.`s` group by `a b`',
    [
      'CREATE TABLE AS db.s > default.t',
      '_c1 =',
      '_c2 =',
      'a b = db.s.a b',
      '* = group_by?(db.s.a b)',
      'CREATE default.t',
      'schema default.t: a b, _c1, _c2',
    ],
  ],
  [
    'create external table if not exists ext.t (a string comment "x, y", b map<string, array<int>>, c struct<d: int, e: string>) partitioned by (dt string) row format serde "x" stored as orc location "s3://b/k"',
    [
      'CREATE EXTERNAL TABLE',
      'CREATE ext.t',
      'schema ext.t: a string, b map<string, array<int>>, c struct<d: int, e: string>, dt string',
      'location ext.t: s3://b/k',
    ],
  ],
  ['create table t like s', ['CREATE TABLE', 'CREATE default.t']],
  [
    'use Foo; select * from T; insert into bar.u select * from v',
    ['USE', 'SELECT foo.t', 'INSERT foo.v > bar.u', 'copy foo.v > bar.u by position'],
  ],
  [
    'with q as (select a from s) insert into table t select a from q',
    ['INSERT default.s > default.t', 'copy default.s > default.t by position from a'],
  ],
  ['select a, x.c from t lateral view outer explode(b) x as c where d', ['SELECT default.t']],
  [
    'create table t as select a, x.c, m.k, m.v from s lateral view explode(b) x as c lateral view explode(props) m as k, v',
    [
      'CREATE TABLE AS default.s > default.t',
      'a = default.s.a',
      'c = f(default.s.b)',
      'k = f(default.s.props)',
      'v = f(default.s.props)',
      'CREATE default.t',
      'schema default.t: a, c, k, v',
    ],
  ],
  [
    'create table t as select a from s1 left semi join s2 on s1.k = s2.k',
    [
      'CREATE TABLE AS default.s1, default.s2 > default.t',
      'a = default.s1.a',
      '* = join?(default.s1.k) join?(default.s2.k)',
      'CREATE default.t',
      'schema default.t: a',
    ],
  ],
  [
    'create table t as select if(x, a, b) as y, collect_set(c) as d, percentile_approx(e, 0.5) as f, mask(ssn) as g from s cluster by a',
    [
      'CREATE TABLE AS default.s > default.t',
      'd = collect_set(default.s.c)',
      'f = percentile_approx(default.s.e)',
      'g = mask!(default.s.ssn)',
      'y = f(default.s.a) f(default.s.b) conditional?(default.s.x)',
      '* = sort?(default.s.a)',
      'CREATE default.t',
      'schema default.t: y, d, f, g',
    ],
  ],
  [
    'create view v (a, b) as select x, y from t',
    [
      'CREATE VIEW default.t > default.v',
      'a = default.t.x',
      'b = default.t.y',
      'CREATE default.v',
      'schema default.v: a, b',
    ],
  ],
  [
    'insert into table ${db}.t select * from s',
    ['INSERT default.s', 'unresolved: A name is put in when it runs, or was taken out'],
  ],
  [
    'insert into t_${env} select a from s_${env}.x',
    ['INSERT', 'unresolved: A name is put in when it runs, or was taken out'],
  ],
  [
    "export table db.t partition (dt = 'x') to '/backup/t'",
    ['EXPORT db.t > /backup/t', 'copy db.t > /backup/t by name'],
  ],
  [
    "import table t from '/backup/t'",
    ['IMPORT /backup/t > default.t', 'copy /backup/t > default.t by name'],
  ],
  ['alter table t rename to db2.u', ['ALTER TABLE RENAME', 'rename default.t > db2.u']],
  [
    "alter table t set location 's3://b/y'",
    ['ALTER TABLE', 'ALTER default.t', 'location default.t: s3://b/y'],
  ],
  [
    "alter table t add if not exists partition (dt = 'x') location 's3://b/x'",
    ['ALTER TABLE', 'ALTER default.t'],
  ],
  ["truncate table t partition (dt = 'x')", ['TRUNCATE > default.t', 'TRUNCATE default.t']],
  ['drop table if exists t purge', ['DROP', 'DROP default.t, whole']],
  ['set hive.exec.dynamic.partition = true', ['SET']],
  ['msck repair table t', ['MSCK']],
  [
    'create temporary table tmp as select a from s; insert overwrite table t select a from tmp',
    [
      'CREATE TABLE AS default.s',
      'INSERT OVERWRITE default.s > default.t',
      'copy default.s > default.t by position from a',
      'OVERWRITE default.t, whole',
    ],
  ],
  [
    'merge into t using s on t.id = s.id when matched and s.gone then delete when matched then update set v = s.v when not matched then insert values (s.id, s.v)',
    ['MERGE default.s > default.t'],
  ],
  ["select transform (a, b) using 'script.py' as (c, d) from t", ['SELECT default.t']],
  [
    `select 'it\\'s; fine', "a \\"b\\"; c" from t; select 1 from u`,
    ['SELECT default.t', 'SELECT default.u'],
  ],
  [
    "create table t as select cast(a as decimal(10, 2)), case a when 1 then c else d end, stack(2, 'x', g, 'y', h) as (k, v) from s",
    [
      'CREATE TABLE AS default.s > default.t',
      '_c0 = f(default.s.a)',
      '_c1 = conditional?(default.s.a) f(default.s.c) f(default.s.d)',
      'k = f(default.s.g) f(default.s.h)',
      'v = f(default.s.g) f(default.s.h)',
      'CREATE default.t',
      'schema default.t: _c0, _c1, k, v',
    ],
  ],
  [
    "create table t as select date_add(d, 1) as next, datediff(day, date) as days, date_format(month, 'y') as m, trunc(day, 'MM') as n from s",
    [
      'CREATE TABLE AS default.s > default.t',
      'days = f(default.s.date) f(default.s.day)',
      'm = f(default.s.month)',
      'n = f(default.s.day)',
      'next = f(default.s.d)',
      'CREATE default.t',
      'schema default.t: next, days, m, n',
    ],
  ],
  [
    "alter table t exchange partition (dt = 'x') with table s",
    ['ALTER TABLE EXCHANGE default.s > default.t', 'copy default.s > default.t by name'],
  ],
  [
    'from a join b on a.k = b.k insert overwrite table x select a.v insert overwrite table y select b.v group by b.v',
    [
      'INSERT OVERWRITE default.a, default.b > default.x',
      '* = join?(default.a.k) join?(default.b.k)',
      'copy default.a > default.x by position from v',
      'OVERWRITE default.x, whole',
      'INSERT OVERWRITE default.a, default.b > default.y',
      '* = join?(default.a.k) join?(default.b.k) group_by?(default.b.v)',
      'copy default.b > default.y by position from v',
      'OVERWRITE default.y, whole',
    ],
  ],
  [
    'source /etl/load.hql',
    ['UNKNOWN', 'unresolved: The statement does not parse; its tables are told by their places'],
  ],
]
