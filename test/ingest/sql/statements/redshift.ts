import type { Case } from './case.ts'

/** Statements of redshift, and what each is read as. */
export const redshiftStatements: readonly Case[] = [
  [
    "copy mart.patients (patient_mrn, patient_ssn) from 's3://hospital-lake/curated/patients/' iam_role 'arn:aws:iam::1:role/redshift' format as parquet",
    [
      'COPY s3://hospital-lake/curated/patients/ > dev.mart.patients',
      'copy s3://hospital-lake/curated/patients/ > dev.mart.patients by position to patient_mrn,patient_ssn',
    ],
  ],
  [
    "COPY events FROM 's3://b/k/part' CREDENTIALS '[scrubbed:credential]' DELIMITER '|' GZIP REGION 'us-east-1' MAXERROR 10",
    [
      'COPY s3://b/k/part > dev.public.events',
      'copy s3://b/k/part > dev.public.events by position',
    ],
  ],
  [
    "copy t from 's3://b/k/' iam_role default json 'auto ignorecase'",
    ['COPY s3://b/k/ > dev.public.t', 'copy s3://b/k/ > dev.public.t by name'],
  ],
  [
    "copy t (a, b) from 's3://b/k/' iam_role default format json as 's3://b/paths.json'",
    ['COPY s3://b/k/ > dev.public.t'],
  ],
  [
    "copy t from 's3://b/k/' iam_role default avro 'auto'",
    ['COPY s3://b/k/ > dev.public.t', 'copy s3://b/k/ > dev.public.t by name'],
  ],
  [
    "copy t from 's3://b/lists/x.manifest' iam_role default manifest csv",
    ['COPY s3://b/lists/ > dev.public.t', 'unresolved: The files to copy are named in a manifest'],
  ],
  [
    "copy orders (id) from 'dynamodb://Orders' iam_role default readratio 50",
    [
      'COPY dynamodb://Orders > dev.public.orders',
      'copy dynamodb://Orders > dev.public.orders by name only id',
    ],
  ],
  [
    "copy sales from 'emr://j-2AX/out/part-*' iam_role default fixedwidth 'a:3,b:4'",
    ['COPY emr://j-2AX/out/part-* > dev.public.sales'],
  ],
  [
    "copy t from '[scrubbed:uri-signature]' iam_role default",
    [
      'COPY > dev.public.t',
      'unresolved: Where it copies from was taken out or is put in when it runs',
    ],
  ],
  [
    "unload ('select mrn, upper(name) as n from mart.patients where dob > ''2020-01-01''') to 's3://out/x_' iam_role 'r' parquet partition by (n)",
    [
      'UNLOAD dev.mart.patients > s3://out/x_',
      'mrn = dev.mart.patients.mrn',
      'n = f(dev.mart.patients.name)',
      '* = filter?(dev.mart.patients.dob)',
    ],
  ],
  [
    "unload ($$select * from t where a = 'x'$$) to 's3://out/t/' iam_role default allowoverwrite",
    [
      'UNLOAD dev.public.t > s3://out/t/',
      '* = filter?(dev.public.t.a)',
      'copy dev.public.t > s3://out/t/ by name',
    ],
  ],
  [
    "unload ('select a, count(*) as n from t group by a order by 2 desc') to 's3://out/n/' credentials '[scrubbed:credential]'",
    [
      'UNLOAD dev.public.t > s3://out/n/',
      'a = dev.public.t.a',
      'n =',
      '* = group_by?(dev.public.t.a)',
    ],
  ],
  [
    "unload ('select from where') to 's3://out/n/'",
    [
      'UNLOAD > s3://out/n/',
      'unresolved: The statement does not parse; its tables are told by their places',
    ],
  ],
  [
    `create table SumoProdbackUp.organization as
 (select * from SumoProd.simpleuser)`,
    [
      'CREATE TABLE AS dev.sumoprod.simpleuser > dev.sumoprodbackup.organization',
      'copy dev.sumoprod.simpleuser > dev.sumoprodbackup.organization by name',
      'CREATE dev.sumoprodbackup.organization',
    ],
  ],
  [
    'create table if not exists "Mart"."Daily" distkey(a) sortkey(b) as select a, max(b) as "Last B", 1 as one from s.t group by a',
    [
      'CREATE TABLE AS dev.s.t > dev.mart.daily',
      'a = dev.s.t.a',
      'last b = max(dev.s.t.b)',
      'one =',
      '* = group_by?(dev.s.t.a)',
      'CREATE dev.mart.daily',
      'schema dev.mart.daily: a, last b, one',
    ],
  ],
  [
    'create table t (x, y) as select a, b from s',
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      'x = dev.public.s.a',
      'y = dev.public.s.b',
      'CREATE dev.public.t',
      'schema dev.public.t: x, y',
    ],
  ],
  [
    'create table t as select a, b.* , now() as loaded from a join b on a.id = b.id',
    [
      'CREATE TABLE AS dev.public.a, dev.public.b > dev.public.t',
      'a = dev.public.a.a dev.public.b.a',
      'loaded =',
      '* = join?(dev.public.a.id) join?(dev.public.b.id)',
      'copy dev.public.b > dev.public.t by name',
      'CREATE dev.public.t',
    ],
  ],
  [
    'insert into a.t (x, y) select p, sum(q) from b.s group by p',
    ['INSERT dev.b.s > dev.a.t', 'x = dev.b.s.p', 'y = sum(dev.b.s.q)', '* = group_by?(dev.b.s.p)'],
  ],
  [
    'insert into t select a, b, c from s',
    [
      'INSERT dev.public.s > dev.public.t',
      'copy dev.public.s > dev.public.t by position from a,b,c',
    ],
  ],
  [
    'insert into t select * from s where z = 1',
    [
      'INSERT dev.public.s > dev.public.t',
      '* = filter?(dev.public.s.z)',
      'copy dev.public.s > dev.public.t by position',
    ],
  ],
  [
    'insert into t (a, b, c) select x, s.* from s',
    [
      'INSERT dev.public.s > dev.public.t',
      'a = dev.public.s.x',
      'copy dev.public.s > dev.public.t by position to b,c',
    ],
  ],
  ['insert into t select upper(a), b from s', ['INSERT dev.public.s > dev.public.t']],
  ["insert into t (a, b) values (1, 'x'), (2, 'y')", ['INSERT > dev.public.t', 'a =', 'b =']],
  [
    'insert into t (select a from s)',
    ['INSERT dev.public.s > dev.public.t', 'copy dev.public.s > dev.public.t by position from a'],
  ],
  [
    'insert into t (a) with q as (select id from s where k > 1) select id from q',
    ['INSERT dev.public.s > dev.public.t', 'a = dev.public.s.id', '* = filter?(dev.public.s.k)'],
  ],
  [
    'insert into t (a, b) select a, b from s union all select c, d from u',
    [
      'INSERT dev.public.s, dev.public.u > dev.public.t',
      'a = dev.public.s.a dev.public.u.c',
      'b = dev.public.s.b dev.public.u.d',
    ],
  ],
  [
    'insert into t select * from s union select * from u',
    [
      'INSERT dev.public.s, dev.public.u > dev.public.t',
      'copy dev.public.s > dev.public.t by position',
      'copy dev.public.u > dev.public.t by position',
    ],
  ],
  [
    'insert into t (a) select a from s intersect select b from u',
    [
      'INSERT dev.public.s, dev.public.u > dev.public.t',
      'a = dev.public.s.a',
      '* = filter?(dev.public.u.b)',
    ],
  ],
  ['insert into t default values', ['INSERT > dev.public.t']],
  [
    'update t set a = s.b, c = upper(s.d) from s where s.id = t.id',
    [
      'UPDATE dev.public.s > dev.public.t',
      'a = dev.public.s.b',
      'c = f(dev.public.s.d)',
      '* = filter?(dev.public.s.id)',
    ],
  ],
  [
    "update s.t as x set a = a + 1 where b = '[scrubbed:literal]'",
    ['UPDATE dev.s.t > dev.s.t', 'a = f(dev.s.t.a)', '* = filter?(dev.s.t.b)'],
  ],
  [
    'update t set a = (select max(u.v) from u where u.id = t.id)',
    ['UPDATE dev.public.u > dev.public.t', 'a = filter?(dev.public.u.id) max(dev.public.u.v)'],
  ],
  ['update t set (a, b) = (select x, y from u)', ['UPDATE dev.public.u > dev.public.t']],
  ['delete from SumoProd.employee where id = 38', ['DELETE > dev.sumoprod.employee']],
  [
    'delete from t using u join v on u.k = v.k where t.id = u.id',
    [
      'DELETE dev.public.u, dev.public.v > dev.public.t',
      '* = filter?(dev.public.u.id) join?(dev.public.u.k) join?(dev.public.v.k)',
    ],
  ],
  ['delete t', ['DELETE > dev.public.t', 'TRUNCATE dev.public.t, whole']],
  [
    'merge into tgt using src s on tgt.id = s.id when matched then update set name = s.name, n = tgt.n + 1 when not matched then insert (id, name) values (s.id, s.name)',
    [
      'MERGE dev.public.tgt, dev.public.src > dev.public.tgt',
      'id = dev.public.src.id',
      'n = f(dev.public.tgt.n)',
      'name = dev.public.src.name',
      '* = join?(dev.public.src.id) join?(dev.public.tgt.id)',
    ],
  ],
  [
    'merge into tgt using (select id, sha2(ssn, 256) as h from src) q on tgt.id = q.id when matched then delete when not matched then insert (id, h) values (q.id, q.h)',
    [
      'MERGE dev.public.src > dev.public.tgt',
      'h = sha2!(dev.public.src.ssn)',
      'id = dev.public.src.id',
      '* = join?(dev.public.src.id)',
    ],
  ],
  [
    'merge into tgt using src on tgt.id = src.id remove duplicates',
    [
      'MERGE dev.public.src > dev.public.tgt',
      '* = join?(dev.public.src.id)',
      'copy dev.public.src > dev.public.tgt by name',
    ],
  ],
  [
    'merge into tgt using s on tgt.a = s.a when not matched then insert values (s.a, s.b)',
    ['MERGE dev.public.s > dev.public.tgt'],
  ],
  ['truncate table s.t', ['TRUNCATE > dev.s.t', 'TRUNCATE dev.s.t, whole']],
  ['truncate s.t', ['TRUNCATE > dev.s.t', 'TRUNCATE dev.s.t, whole']],
  [
    'drop table if exists a, s.b cascade',
    ['DROP', 'DROP dev.public.a, whole', 'DROP dev.s.b, whole'],
  ],
  ['drop materialized view mv', ['DROP', 'DROP dev.public.mv, whole']],
  ['drop user testuser3', ['DROP']],
  ['alter table a.t rename to u', ['ALTER TABLE RENAME', 'rename dev.a.t > dev.a.u']],
  ['alter table a.t rename column x to y', ['ALTER TABLE', 'ALTER dev.a.t']],
  ['alter table a.t add column z varchar(10)', ['ALTER TABLE', 'ALTER dev.a.t']],
  [
    'alter table s.a append from s.b ignoreextra',
    [
      'ALTER TABLE APPEND dev.s.b > dev.s.a',
      'copy dev.s.b > dev.s.a by name',
      'TRUNCATE dev.s.b, whole',
    ],
  ],
  [
    "alter table spectrum.t set location 's3://b/new/'",
    ['ALTER TABLE', 'ALTER dev.spectrum.t', 'location dev.spectrum.t: s3://b/new/'],
  ],
  [
    "alter table spectrum.t add partition (dt = '2020-01-01') location 's3://b/dt=2020-01-01/'",
    ['ALTER TABLE', 'ALTER dev.spectrum.t'],
  ],
  [
    'create view v as select a, b from t join u using (id)',
    [
      'CREATE VIEW dev.public.t, dev.public.u > dev.public.v',
      'a = dev.public.t.a dev.public.u.a',
      'b = dev.public.t.b dev.public.u.b',
      '* = join?(dev.public.t.id) join?(dev.public.u.id)',
      'CREATE dev.public.v',
      'schema dev.public.v: a, b',
    ],
  ],
  [
    'create or replace view v (x, y) as select a, coalesce(b, c) from t with no schema binding',
    [
      'CREATE VIEW dev.public.t > dev.public.v',
      'x = dev.public.t.a',
      'y = f(dev.public.t.b) f(dev.public.t.c)',
      'CREATE dev.public.v',
      'schema dev.public.v: x, y',
    ],
  ],
  [
    "create materialized view mv auto refresh yes as select ward, count(distinct mrn) as patients from stage.visits where born < '[scrubbed:literal]' group by ward",
    [
      'CREATE MATERIALIZED VIEW dev.stage.visits > dev.public.mv',
      'patients = count!(dev.stage.visits.mrn)',
      'ward = dev.stage.visits.ward',
      '* = filter?(dev.stage.visits.born) group_by?(dev.stage.visits.ward)',
      'CREATE dev.public.mv',
      'schema dev.public.mv: ward, patients',
    ],
  ],
  ['refresh materialized view s.mv', ['REFRESH MATERIALIZED VIEW > dev.s.mv']],
  [
    'select a, b into s.copy_of from t where c is not null',
    [
      'SELECT INTO dev.public.t > dev.s.copy_of',
      'a = dev.public.t.a',
      'b = dev.public.t.b',
      '* = filter?(dev.public.t.c)',
      'CREATE dev.s.copy_of',
      'schema dev.s.copy_of: a, b',
    ],
  ],
  [
    "create external schema if not exists spectrum from data catalog database 'curated' region 'us-east-1' iam_role 'r' create external database if not exists",
    [
      'CREATE EXTERNAL SCHEMA',
      '{"schema":["dev","spectrum"],"kind":"glue","database":"curated","region":"us-east-1"}',
    ],
  ],
  [
    "create external schema pg from postgres database 'ehr' schema 'clin' uri 'ehr.internal' port 5432 iam_role 'r' secret_arn '[scrubbed:secret]'",
    [
      'CREATE EXTERNAL SCHEMA',
      '{"schema":["dev","pg"],"kind":"postgres","database":"ehr","schemaThere":"clin","uri":"ehr.internal","port":"5432"}',
    ],
  ],
  [
    'create external schema k from kinesis iam_role default',
    ['CREATE EXTERNAL SCHEMA', '{"schema":["dev","k"],"kind":"kinesis"}'],
  ],
  [
    "create external table spectrum.visits (id bigint, ward varchar(20), tags map<varchar(5), int>) partitioned by (day date) row format delimited fields terminated by ',' stored as textfile location 's3://hospital-lake/visits/'",
    [
      'CREATE EXTERNAL TABLE',
      'CREATE dev.spectrum.visits',
      'schema dev.spectrum.visits: id bigint, ward varchar(20), tags map<varchar(5), int>, day date',
      'location dev.spectrum.visits: s3://hospital-lake/visits/',
    ],
  ],
  [
    "create external table spectrum.out stored as parquet location 's3://b/out/' as select a, b from t",
    [
      'CREATE TABLE AS dev.public.t > dev.spectrum.out',
      'a = dev.public.t.a',
      'b = dev.public.t.b',
      'CREATE dev.spectrum.out',
      'schema dev.spectrum.out: a, b',
      'location dev.spectrum.out: s3://b/out/',
    ],
  ],
  [
    'create table t (a int not null encode zstd, b decimal(10, 2) default 0, c varchar(10) unique, primary key (a), foreign key (b) references u (b)) diststyle key distkey (a)',
    [
      'CREATE TABLE',
      'CREATE dev.public.t',
      'schema dev.public.t: a int, b decimal(10, 2), c varchar(10)',
    ],
  ],
  ['create table t (like s including defaults)', ['CREATE TABLE', 'CREATE dev.public.t']],
  [
    'create temp table tmp as select mrn, ssn from ehr.p where x = 1; insert into mart.m (a, b) select mrn, sha2(ssn, 256) from tmp; drop table tmp',
    [
      'CREATE TABLE AS dev.ehr.p',
      'INSERT dev.ehr.p > dev.mart.m',
      'a = dev.ehr.p.mrn',
      'b = sha2!(dev.ehr.p.ssn)',
      '* = filter?(dev.ehr.p.x)',
      'DROP',
    ],
  ],
  [
    'select a, b into #x from t; insert into y select a from #x',
    [
      'SELECT INTO dev.public.t',
      'INSERT dev.public.t > dev.public.y',
      'copy dev.public.t > dev.public.y by position from a',
    ],
  ],
  [
    "create temporary table stage (like s.t); copy stage from 's3://b/k/' iam_role default; insert into s.t select * from stage",
    [
      'CREATE TABLE',
      'COPY s3://b/k/',
      'INSERT s3://b/k/ > dev.s.t',
      'copy s3://b/k/ > dev.s.t by position',
    ],
  ],
  [
    'create temp table k (x int, y int); insert into k select a, b from s; insert into k select c, d from u; create table r as select x, y from k',
    [
      'CREATE TABLE',
      'INSERT dev.public.s',
      'INSERT dev.public.u',
      'CREATE TABLE AS dev.public.s, dev.public.u > dev.public.r',
      'x = dev.public.s.a dev.public.u.c',
      'y = dev.public.s.b dev.public.u.d',
      'CREATE dev.public.r',
      'schema dev.public.r: x, y',
    ],
  ],
  [
    'create temp table q as select * from s.t; insert into r (a) select a from q',
    ['CREATE TABLE AS dev.s.t', 'INSERT dev.s.t > dev.public.r', 'a = dev.s.t.a'],
  ],
  ["set search_path to '$user', stage, public; select * from t", ['SET', 'SELECT dev.stage.t']],
  [
    'set search_path = other; insert into t select * from db2.s.u',
    ['SET', 'INSERT db2.s.u > dev.other.t', 'copy db2.s.u > dev.other.t by position'],
  ],
  [
    'begin; commit; end; rollback; abort; start transaction read write; begin read only',
    [
      'BEGIN',
      'transaction: BEGIN',
      'COMMIT',
      'transaction: COMMIT',
      'COMMIT',
      'transaction: COMMIT',
      'ROLLBACK',
      'transaction: ROLLBACK',
      'ROLLBACK',
      'transaction: ROLLBACK',
      'BEGIN',
      'transaction: BEGIN',
      'BEGIN',
      'transaction: BEGIN',
    ],
  ],
  [
    'Undoing 1 transactions on table 108211 with current xid 9001 : 9001',
    ['ROLLBACK', 'transaction: ROLLBACK'],
  ],
  [
    'select t.a from t, (select b from u where c = 1) q where t.k = q.b limit 10',
    ['SELECT dev.public.t, dev.public.u'],
  ],
  ['select relname from pg_catalog.pg_class join information_schema.tables using (a)', ['SELECT']],
  ['select query, elapsed from stl_query where userid > 1', ['SELECT']],
  [
    'with recursive r (id, n) as (select id, name from emp where boss is null union all select e.id, e.name from emp e join r on e.boss = r.id) select * from r',
    ['SELECT dev.public.emp'],
  ],
  ['declare c cursor for select a from s.t', ['DECLARE dev.s.t']],
  ['fetch forward 100 from c', ['FETCH']],
  ['prepare p as select * from t where a = $1', ['PREPARE']],
  [
    "execute p ('[scrubbed:literal]')",
    ['EXECUTE', 'unresolved: A prepared statement is named, and not said'],
  ],
  [
    'call load_all(current_date)',
    ['CALL', 'unresolved: What a procedure does is not in the statement that calls it'],
  ],
  ['grant select on table t to group analysts', ['GRANT']],
  ['analyze compression t', ['ANALYZE']],
  ['vacuum full t', ['VACUUM']],
  ['explain select * from t', ['EXPLAIN']],
  [
    `/* daily load */ insert -- into other
  into t /* the ; target */ (a) select 'from x; drop' || b from s; -- done`,
    ['INSERT dev.public.s > dev.public.t', 'a = f(dev.public.s.b)'],
  ],
  [
    'frobnicate the widgets from a join b.c, d',
    [
      'UNKNOWN dev.public.a, dev.b.c, dev.public.d',
      'unresolved: The statement does not parse; its tables are told by their places',
    ],
  ],
  [
    'insert into mart.daily select from from stage.visits join stage.wards w',
    [
      'INSERT dev.stage.visits, dev.stage.wards > dev.mart.daily',
      'unresolved: The statement does not parse; its tables are told by their places',
    ],
  ],
  [
    'insert into t (a) select b from [scrubbed:mrn]',
    ['INSERT > dev.public.t', 'unresolved: A name is put in when it runs, or was taken out'],
  ],
  [
    "create table t as select case when ssn is null then mrn else ssn end as k, decode(sex, 'f', name, alias) as who, nvl2(a, b, c) as d from p",
    [
      'CREATE TABLE AS dev.public.p > dev.public.t',
      'd = conditional?(dev.public.p.a) f(dev.public.p.b) f(dev.public.p.c)',
      'k = f(dev.public.p.mrn) f(dev.public.p.ssn)+conditional?(dev.public.p.ssn)',
      'who = f(dev.public.p.alias) f(dev.public.p.name) conditional?(dev.public.p.sex)',
      'CREATE dev.public.t',
      'schema dev.public.t: k, who, d',
    ],
  ],
  [
    'create table t as select row_number() over (partition by mrn order by seen desc) as r, sum(x) over (order by y rows unbounded preceding) as running, lag(z) over (order by y) as before from v',
    [
      'CREATE TABLE AS dev.public.v > dev.public.t',
      'before = window?(dev.public.v.y) f(dev.public.v.z)',
      'r = window?(dev.public.v.mrn) window?(dev.public.v.seen)',
      'running = sum(dev.public.v.x) window?(dev.public.v.y)',
      'CREATE dev.public.t',
      'schema dev.public.t: r, running, before',
    ],
  ],
  [
    "create table t as select listagg(name, ',') within group (order by born) as names, percentile_cont(0.5) within group (order by age) as middle, approximate count(distinct mrn) as n from p",
    [
      'CREATE TABLE AS dev.public.p > dev.public.t',
      'middle = percentile_cont(dev.public.p.age)',
      'n = approx_distinct(dev.public.p.mrn)',
      'names = sort?(dev.public.p.born) listagg(dev.public.p.name)',
      'CREATE dev.public.t',
      'schema dev.public.t: names, middle, n',
    ],
  ],
  [
    'create table t as select max(dob) as d, min(a), avg(b), stddev(c), any_value(e), bool_or(f) from p having sum(g) > 3',
    [
      'CREATE TABLE AS dev.public.p > dev.public.t',
      'any_value = any_value(dev.public.p.e)',
      'avg = avg(dev.public.p.b)',
      'bool_or = bool_or(dev.public.p.f)',
      'd = max(dev.public.p.dob)',
      'min = min(dev.public.p.a)',
      'stddev = stddev(dev.public.p.c)',
      '* = filter?(dev.public.p.g)',
      'CREATE dev.public.t',
      'schema dev.public.t: d, min, avg, stddev, any_value, bool_or',
    ],
  ],
  [
    'create table t as select md5(ssn) as h, func_sha1(mrn) as s, fnv_hash(email) as f, crc32(phone) as c, left(zip, 3) as z, cast(null as varchar(10)) as nothing from p',
    [
      'CREATE TABLE AS dev.public.p > dev.public.t',
      'c = crc32!(dev.public.p.phone)',
      'f = fnv_hash!(dev.public.p.email)',
      'h = md5!(dev.public.p.ssn)',
      'nothing =',
      's = func_sha1!(dev.public.p.mrn)',
      'z = f(dev.public.p.zip)',
      'CREATE dev.public.t',
      'schema dev.public.t: h, s, f, c, z, nothing',
    ],
  ],
  [
    'create table t as select a as x, x + 1 as y, (select max(v) from u where u.id = s.id) as m, exists (select 1 from w where w.k = s.k) as e from s',
    [
      'CREATE TABLE AS dev.public.s, dev.public.u, dev.public.w > dev.public.t',
      'e = conditional?(dev.public.s.k) conditional?(dev.public.w.k)',
      'm = filter?(dev.public.s.id) filter?(dev.public.u.id) max(dev.public.u.v)',
      'x = dev.public.s.a',
      'y = f(dev.public.s.a)',
      'CREATE dev.public.t',
      'schema dev.public.t: x, y, m, e',
    ],
  ],
  [
    'create table t as select s.pay.load.id, s.items[0].sku, i.qty from s, s.items as i',
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      'id = dev.public.s.pay.load.id',
      'qty = f(dev.public.s.items)',
      'sku = f(dev.public.s.items)',
      'CREATE dev.public.t',
      'schema dev.public.t: id, sku, qty',
    ],
  ],
  [
    "create table t as select datediff(day, a, b) as days, date_trunc('month', c) as m, extract(year from d) as y, dateadd(hour, 3, e) as later, sysdate as now from s",
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      'days = f(dev.public.s.a) f(dev.public.s.b)',
      'later = f(dev.public.s.e)',
      'm = f(dev.public.s.c)',
      'now =',
      'y = f(dev.public.s.d)',
      'CREATE dev.public.t',
      'schema dev.public.t: days, m, y, later, now',
    ],
  ],
  [
    'create table t as select s1.a, x.b from s s1 left join (select k, max(b) b from u where z group by k) x on s1.k = x.k and s1.j > 1 where s1.live qualify row_number() over (partition by s1.a order by s1.c) = 1',
    [
      'CREATE TABLE AS dev.public.s, dev.public.u > dev.public.t',
      'a = dev.public.s.a',
      'b = max(dev.public.u.b)',
      '* = filter?(dev.public.s.a) filter?(dev.public.s.c) join?(dev.public.s.j) join?(dev.public.s.k) group_by?(dev.public.u.k)+join?(dev.public.u.k)',
      'CREATE dev.public.t',
      'schema dev.public.t: a, b',
    ],
  ],
  [
    'create table t as select * from a natural join b',
    [
      'CREATE TABLE AS dev.public.a, dev.public.b > dev.public.t',
      'copy dev.public.a > dev.public.t by name',
      'copy dev.public.b > dev.public.t by name',
      'CREATE dev.public.t',
    ],
  ],
  [
    'create table t as select distinct top 5 a from s order by b',
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      'a = dev.public.s.a',
      '* = sort?(dev.public.s.b)',
      'CREATE dev.public.t',
      'schema dev.public.t: a',
    ],
  ],
  [
    'insert into t (a) select q.a from (select * from s1 join s2 on s1.i = s2.i) q',
    [
      'INSERT dev.public.s1, dev.public.s2 > dev.public.t',
      'a = dev.public.s1.a dev.public.s2.a',
      '* = join?(dev.public.s1.i) join?(dev.public.s2.i)',
    ],
  ],
  [
    "create model m from (select a, b from t) target b function f iam_role 'r' settings (s3_bucket 'x')",
    ['CREATE', 'unresolved: What a model or a datashare is made of is not read'],
  ],
  [
    "create table t as select datediff(day, day, d) as a, date_trunc('month', d) as b, date_part(year, year) as c, convert(integer, i) as e, dateadd(day, 1, date) as f from s",
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      'a = f(dev.public.s.d) f(dev.public.s.day)',
      'b = f(dev.public.s.d)',
      'c = f(dev.public.s.year)',
      'e = f(dev.public.s.i)',
      'f = f(dev.public.s.date)',
      'CREATE dev.public.t',
      'schema dev.public.t: a, b, c, e, f',
    ],
  ],
  [
    'create table t as select a + b, (a), c || d, trim(e), a between 1 and 2, sum(f) filter (where g), x.y::int from s group by a, b, c, d, e',
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      '?column? = f(dev.public.s.a) f(dev.public.s.b) f(dev.public.s.c) f(dev.public.s.d)',
      'a = dev.public.s.a',
      'sum = sum(dev.public.s.f) filter?(dev.public.s.g)',
      'trim = f(dev.public.s.e)',
      'y = f(dev.public.s.x.y)',
      '* = group_by?(dev.public.s.a) group_by?(dev.public.s.b) group_by?(dev.public.s.c) group_by?(dev.public.s.d) group_by?(dev.public.s.e)',
      'CREATE dev.public.t',
    ],
  ],
  [
    'insert into t select a from s1 union all select b from s2',
    [
      'INSERT dev.public.s1, dev.public.s2 > dev.public.t',
      'copy dev.public.s1 > dev.public.t by position from a',
      'copy dev.public.s2 > dev.public.t by position from b',
    ],
  ],
  [
    'create table t as select k, q, v from s unpivot (v for q in (a, b))',
    [
      'CREATE TABLE AS dev.public.s > dev.public.t',
      'k = f(dev.public.s.a) f(dev.public.s.b) dev.public.s.k',
      'q = f(dev.public.s.a) f(dev.public.s.b) dev.public.s.q',
      'v = f(dev.public.s.a) f(dev.public.s.b) dev.public.s.v',
      'CREATE dev.public.t',
      'schema dev.public.t: k, q, v',
    ],
  ],
  [
    'create table t as select * from s1 a join (s2 b join s3 c on b.k = c.k) on a.k = b.k',
    [
      'CREATE TABLE AS dev.public.s1, dev.public.s2, dev.public.s3 > dev.public.t',
      '* = join?(dev.public.s1.k) join?(dev.public.s2.k) join?(dev.public.s3.k)',
      'copy dev.public.s1 > dev.public.t by name',
      'copy dev.public.s2 > dev.public.t by name',
      'copy dev.public.s3 > dev.public.t by name',
      'CREATE dev.public.t',
    ],
  ],
  [
    'create table t as select s.a from s join u using (k) cross join w',
    [
      'CREATE TABLE AS dev.public.s, dev.public.u, dev.public.w > dev.public.t',
      'a = dev.public.s.a',
      '* = join?(dev.public.s.k) join?(dev.public.u.k)',
      'CREATE dev.public.t',
      'schema dev.public.t: a',
    ],
  ],
  [
    `unload ('select a from t where d = \\'2020\\'') to 's3://x/y' iam_role 'z'`,
    ['UNLOAD dev.public.t > s3://x/y', 'a = dev.public.t.a', '* = filter?(dev.public.t.d)'],
  ],
  [
    `insert into t (a) select b from s where c = 'it\\'s; from x'`,
    ['INSERT dev.public.s > dev.public.t', 'a = dev.public.s.b', '* = filter?(dev.public.s.c)'],
  ],
  [
    'alter schema a rename to b',
    ['ALTER', 'unresolved: A schema gets another name, and with it all of its tables'],
  ],
  [
    'create table "My Table" as select "a b" as "c d", "x"."y z" from "s s"."q q" as "x"',
    [
      'CREATE TABLE AS dev.s s.q q > dev.public.my table',
      'c d = dev.s s.q q.a b',
      'y z = dev.s s.q q.y z',
      'CREATE dev.public.my table',
      'schema dev.public.my table: c d, y z',
    ],
  ],
  [
    'insert into t (a, b) values ((select max(x) from s), 2)',
    ['INSERT dev.public.s > dev.public.t', 'a = max(dev.public.s.x)', 'b ='],
  ],
  [
    'create or replace procedure p() as $$ begin insert into t select * from s; end; $$ language plpgsql',
    ['CREATE'],
  ],
]
