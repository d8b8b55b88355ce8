import type { Row } from './canary-rows.ts'
import * as put from './aws-events.ts'
import { glue, sql, trail } from './canary-rows.ts'

const role = "iam_role 'arn:aws:iam::123456789012:role/r'"
const encodedView = Buffer.from(
  JSON.stringify({ originalSql: "select * from p where n = 'Roe'", catalog: 'awsdatacatalog' }),
).toString('base64')
const view = (viewOriginalText: string) => glue('CreateTable', { tableInput: { viewOriginalText } })

/** A statement of which nothing goes. */
const whole = (place: string, query: string) => sql(place, query, query)

/** Literals of statements: every one of these must be gone from what is stored. */
export const statementMustGo: readonly Row[] = [
  sql('a comparison', 'Roe-101', "select id from p where last_name = 'Roe-101'"),
  sql('an insertion', 'Roe-102', "insert into p (id, name) values (7, 'Roe-102')"),
  sql('a number in a row', '71961350', "insert into p (born, name) values (71961350, 'x')"),
  sql('a number compared', '48192103', 'select name from p where id = 48192103'),
  sql('a list', 'Roe-104', "delete from p where name in ('a', 'Roe-104')"),
  sql('a range', '1961-04-05', "select 1 from p where d between '1960-01-01' and '1961-04-05'"),
  sql('a range of numbers', '48192999', 'select 1 from p where id between 48192103 and 48192999'),
  sql('a pattern', 'Roe-106', "select 1 from p where name ilike '%Roe-106%'"),
  sql('an update', 'Roe-107', "update p set name = 'Roe-107' where id = 3"),
  sql('a case', 'Roe-108', "select case when a = 1 then 'Roe-108' else 'x' end from p"),
  sql('an argument', 'Roe-109', "call add_patient('Roe-109')"),
  sql('what begins as a statement does', 'Call Me 109', "select 1 from p where n = 'Call Me 109'"),
  sql(
    'UNLOAD',
    'Roe-110',
    `unload ('select * from p where n = ''Roe-110''') to 's3://l/x/' ${role}`,
  ),
  sql(
    'UNLOAD in dollars',
    'Roe-111',
    "unload ($$select 1 from p where n = 'Roe-111'$$) to 's3://l/x'",
  ),
  sql('a cut statement', 'Roe-112', "select * from p where n = 'Roe-112 and so o"),
  sql('a cast', '1961-04-06', "select 1 from p where born = '1961-04-06'::date"),
  sql('a prepared one', 'Roe-114', "prepare q as select * from p where n = 'Roe-114'"),
  sql('a password', 'sql-pw-115', "create user u password 'sql-pw-115'"),
  sql(
    'keys of COPY',
    'sql-sk-116',
    "copy t from 's3://l/x' access_key_id 'i' secret_access_key 'sql-sk-116'",
  ),
  sql('a comment', 'roe.117@x.example', 'select 1 -- ask roe.117@x.example'),
  sql('a record number', 'MR00081118', 'select 1 /* for MR00081118 */'),
  trail('a literal of IoT', 'device-119', put.rule("SELECT * FROM 'v' WHERE id = 'device-119'")),
  trail(
    'a key of a lookup',
    'pat-120',
    put.rule("SELECT get_dynamodb('t', 'id', 'pat-120', 'arn:aws:iam::1:role/r').x FROM 'v'"),
  ),
  trail(
    'Athena',
    'Roe-121',
    put.call('athena', 'StartQueryExecution', {
      queryString: "select 1 from p where n = 'Roe-121'",
    }),
  ),
  trail(
    'some statements',
    'Roe-122',
    put.call('redshift-data', 'BatchExecuteStatement', {
      sqls: ['begin', "delete from p where n = 'Roe-122'"],
    }),
  ),
  trail('a view', 'Roe-123', view("select * from p where n = 'Roe-123'")),
  trail('a view of Presto', encodedView, view(`/* Presto View: ${encodedView} */`)),
  trail(
    'a filter of rows',
    'Roe-125',
    put.call('lakeformation', 'CreateDataCellsFilter', {
      tableData: { rowFilter: { filterExpression: "name = 'Roe-125'" } },
    }),
  ),
  trail(
    'custom SQL',
    'Roe-126',
    put.call('quicksight', 'CreateDataSet', {
      customSql: { sqlQuery: "select 1 from p where n = 'Roe-126'" },
    }),
  ),
]

/** What a statement reads, writes and does: every one of these must still be there. */
export const statementMustStay: readonly Row[] = [
  whole(
    'COPY',
    `copy visits (id, born) from 's3://lake/raw/visits/' ${role} format as csv delimiter '|' ignoreheader 1 dateformat 'auto' region 'us-east-1'`,
  ),
  whole(
    'UNLOAD',
    `unload ('select id from visits') to 's3://lake/out/' ${role} format parquet partition by (dt)`,
  ),
  whole('DynamoDB', `copy t from 'dynamodb://visits' ${role} readratio 50`),
  whole(
    'a schema elsewhere',
    `create external schema s from data catalog database 'clinic' region 'us-east-1' ${role}`,
  ),
  whole(
    'a schema of PostgreSQL',
    `create external schema s from postgres database 'c' schema 'p' uri 'h' port 5432 ${role} secret_arn 'arn:aws:secretsmanager:us-east-1:1:secret:s'`,
  ),
  whole(
    'a table elsewhere',
    "create external table s.t (id int) partitioned by (dt date) stored as parquet location 's3://lake/t/'",
  ),
  whole(
    'a partition',
    "alter table s.t add partition (dt='2026-03-02') location 's3://lake/t/dt=2026-03-02/'",
  ),
  whole('a share', "create database d from datashare s of account '123456789012' namespace 'n'"),
  whole(
    'a model',
    "create model m from (select a from t) target b function f iam_role default settings (s3_bucket 'b')",
  ),
  whole(
    'properties',
    "create table t with (format = 'parquet', external_location = 's3://lake/x/') as select 1",
  ),
  whole('columns compared', 'insert into a select b.x, c.y from b join c on b.id = c.id'),
  sql(
    'a date that is cut',
    "date_trunc('month', born)",
    "select date_trunc('month', born) from p where n = 'Roe'",
  ),
  sql(
    'a path in JSON',
    "json_extract_path_text(doc, 'patient', 'id')",
    "select json_extract_path_text(doc, 'patient', 'id') from p",
  ),
  sql(
    'names in quotes',
    'select "Last Name" from "p"."q"',
    'select "Last Name" from "p"."q" where n = 7',
  ),
  sql('a type', 'decimal(10,2)', 'create table t as select cast(a as decimal(10,2)) a from p'),
  sql('a limit', 'limit 100', "select * from p where n = 'Roe' limit 100"),
  sql(
    'what stands around',
    "from p where n = '[scrubbed:literal]' and m in ('[scrubbed:literal]')",
    "select 1 from p where n = 'Roe' and m in ('Doe')",
  ),
  trail(
    'a topic',
    "FROM 'ward/+/vitals'",
    put.rule("SELECT deviceId, topic(2) AS ward FROM 'ward/+/vitals' WHERE hr > 0"),
  ),
  trail(
    'a function of a topic',
    'topic(2) AS ward',
    put.rule("SELECT topic(2) AS ward FROM 'ward/+/vitals' WHERE hr > 90"),
  ),
  trail(
    'a lookup',
    "get_dynamodb('patients', 'id', deviceId, 'arn:aws:iam::1:role/r')",
    put.rule(
      "SELECT get_dynamodb('patients', 'id', deviceId, 'arn:aws:iam::1:role/r') AS p FROM 'v'",
    ),
  ),
  trail('a coding', "encode(*, 'base64')", put.rule("SELECT encode(*, 'base64') AS data FROM 'v'")),
  trail(
    'a redacted literal',
    "b = '***(Redacted)'",
    put.call('dynamodb', 'ExecuteStatement', {
      statement: `UPDATE "t" SET b = '***(Redacted)' WHERE a = 'x1'`,
    }),
  ),
  trail(
    'a redacted statement',
    '***OMITTED***',
    put.call('athena', 'StartQueryExecution', { queryString: '***OMITTED***' }),
  ),
]
