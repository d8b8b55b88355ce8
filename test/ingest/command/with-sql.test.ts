import { describe, expect, it } from 'vitest'
import { readCommand } from '../../../src/ingest/command/index.ts'
import { readSql } from '../../../src/ingest/sql/index.ts'
import { emr, lineOf } from './moved.ts'

const lines: readonly (readonly [command: string, ...moved: readonly string[]])[] = [
  [
    `sqoop import --connect jdbc:mysql://db.internal:3306/clinic --username etl --query 'SELECT p.id, v.day AS visit_day, upper(p.name) n FROM patient p JOIN visits v ON p.id = v.pid WHERE $CONDITIONS AND v.day > 1' --split-by p.id --target-dir s3://lake/raw/patient`,
    'sqoop import: mysql://db.internal:3306 clinic.patient, mysql://db.internal:3306 clinic.visits -> s3://lake raw/patient {id,n,visit_day|id,day,pid}',
  ],
  [
    `sqoop import --connect jdbc:oracle:thin:@//ehr:1521/EHRPRD --username etl --query 'SELECT MRN, SSN FROM clin.patients WHERE $CONDITIONS' --split-by MRN --target-dir /p`,
    'sqoop import: oracle://ehr:1521 EHRPRD.CLIN.PATIENTS -> hdfs:/p {MRN,SSN}',
  ],
  [
    `sqoop import --connect jdbc:oracle:thin:@//ehr:1521/EHRPRD --username etl --query 'SELECT * FROM patients WHERE $CONDITIONS' --split-by MRN --target-dir /p`,
    'sqoop import: oracle://ehr:1521 EHRPRD.ETL.PATIENTS -> hdfs:/p =*',
  ],
  [
    `sqoop import --connect 'jdbc:sqlserver://ms:1433;databaseName=C' --username etl --query 'SELECT a.x FROM dbo.[A b] a WHERE $CONDITIONS' -m 1 --target-dir /p`,
    'sqoop import: mssql://ms:1433 C.dbo.A b -> hdfs:/p {x}',
  ],
  [
    `sqoop import --connect jdbc:postgresql://pg/app --username etl --query "SELECT a, b FROM clin.visits WHERE dt = '$(date +%F)' AND \\$CONDITIONS" -m 1 --target-dir /p/$(date +%F)`,
    'sqoop import: postgres://pg:5432 app.clin.visits -> hdfs:/p {a,b|dt}',
  ],
  [
    `sqoop import --connect jdbc:oracle:thin:@//ehr:1521/EHRPRD --username etl --table CLIN.LABS --where "RESULT_DATE > SYSDATE - 1" --target-dir /labs`,
    'sqoop import: oracle://ehr:1521 EHRPRD.CLIN.LABS -> hdfs:/labs =* {|RESULT_DATE}',
  ],
  [
    `hive -e "INSERT OVERWRITE DIRECTORY 's3://lake/out/x' SELECT * FROM raw.visits"`,
    'hive: glue:raw/visits -> s3://lake out/x !s3://lake out/x =*',
  ],
  [
    `hive -e "LOAD DATA INPATH '/staging/x' INTO TABLE raw.x; CREATE TABLE curated.y AS SELECT a FROM raw.x; SHOW TABLES; USE raw; INSERT INTO t SELECT b FROM s"`,
    'hive: hdfs:/staging/x -> glue:raw/x',
    'hive: glue:raw/x -> glue:curated/y {a}',
    'hive: glue:raw/s -> glue:raw/t #b',
  ],
  [
    `hive -e 'insert into curated.u select a from \${nope}.t'`,
    'hive: -> glue:curated/u ?VALUE a name in a statement',
  ],
  [
    `sqoop eval --connect jdbc:mysql://h/d --query "SELECT count(*) FROM visits"`,
    'sqoop eval: mysql://h:3306 d.visits ->',
  ],
  [
    `psql -h dwh.abc123.us-east-1.redshift.amazonaws.com -d dev -c "copy mart.patients (mrn, ssn) from 's3://hospital-lake/curated/patients/' iam_role default format as parquet"`,
    'psql: s3://hospital-lake curated/patients/ -> redshift://dwh.us-east-1:5439 dev.mart.patients #mrn,ssn',
  ],
]

describe('statements in command lines', () => {
  it.each(lines)('are read: %s', (command, ...moved) => {
    const movements = readCommand(command, { defaults: emr, sql: readSql })
    expect(movements.map(lineOf)).toEqual(moved)
  })
})
