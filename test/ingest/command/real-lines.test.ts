import { describe, expect, it } from 'vitest'
import { summary } from './moved.ts'

const lines: readonly (readonly [
  command: string | readonly string[],
  ...moved: readonly string[],
])[] = [
  [
    'sqoop import --connect jdbc:oracle:thin:@EHRPRD --username etl --table PATIENTS --target-dir /p',
    'sqoop import: oracle://ehrprd:1521 ETL.PATIENTS -> hdfs:/p =*',
  ],
  [
    String.raw`sqoop import \
  -Dmapreduce.job.name="nightly import" \
  -Dorg.apache.sqoop.splitter.allow_text_splitter=true \
  --connect "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS_LIST=(LOAD_BALANCE=ON)(ADDRESS=(PROTOCOL=TCP)(HOST=ehr1)(PORT=1521))(ADDRESS=(PROTOCOL=TCP)(HOST=ehr2)(PORT=1521)))(CONNECT_DATA=(SERVER=DEDICATED)(SERVICE_NAME=EHRPRD)))" \
  --username "ETL_USER" --password-file hdfs:///user/etl/.pwd \
  --table "CLIN.LAB_RESULTS" \
  --columns "MRN, TEST_CODE, RESULT_VALUE" \
  --where "RESULT_DATE >= TO_DATE('2026-03-01','YYYY-MM-DD')" \
  --target-dir "s3://hospital-lake/landing/lab_results/dt=$(date -d yesterday +%Y-%m-%d)" \
  --delete-target-dir --as-avrodatafile --compression-codec snappy --num-mappers 8 --split-by MRN`,
    'sqoop import: oracle://ehr1:1521 EHRPRD.CLIN.LAB_RESULTS -> s3://hospital-lake landing/lab_results/ =MRN,TEST_CODE,RESULT_VALUE {|RESULT_DATE}',
  ],
  [
    String.raw`sqoop import --connect jdbc:mysql://10.0.0.5:3306/billing?zeroDateTimeBehavior=convertToNull --username root -P --table invoices --hive-import --create-hive-table --hive-table billing.invoices --fields-terminated-by '\t' -m1`,
    'sqoop import: mysql://10.0.0.5:3306 billing.invoices -> glue:billing/invoices =*',
  ],
  [
    [
      'sqoop',
      'import',
      '--connect',
      'jdbc:mysql://db.internal:3306/clinic?useSSL=true',
      '--username',
      'etl',
      '--password-file',
      's3://cfg/sqoop.pwd',
      '--query',
      'SELECT id, dob FROM patient WHERE $CONDITIONS AND active = 1',
      '--split-by',
      'id',
      '--target-dir',
      's3://lake/raw/patient',
      '--as-parquetfile',
    ],
    'sqoop import: mysql://db.internal:3306 clinic.patient -> s3://lake raw/patient {dob,id}',
  ],
  [
    String.raw`sqoop import --connect jdbc:sqlserver://10.1.1.1\\SQL2019:1433;databaseName=EMR`,
    'sqoop import: ?REFUSED sqoop import',
  ],
  [
    'sqoop import --connect "jdbc:sqlserver://10.1.1.1:1433;databaseName=EMR;integratedSecurity=true" --connection-manager org.apache.sqoop.manager.SQLServerManager --table Encounter --hcatalog-database emr --hcatalog-table encounter --create-hcatalog-table --hcatalog-storage-stanza "stored as parquet" -m 1 -- --schema dbo',
    'sqoop import: mssql://10.1.1.1:1433 EMR.dbo.Encounter -> glue:emr/encounter =*',
  ],
  [
    'sqoop job --create visits_inc --meta-connect jdbc:hsqldb:hsql://meta:16000/sqoop -- import --connect jdbc:mysql://db/clinic --username etl --table visits --incremental append --check-column id --last-value 0 --target-dir /raw/visits',
    'sqoop job: saves visits_inc [sqoop import: mysql://db:3306 clinic.visits -> hdfs:/raw/visits =*]',
  ],
  [
    'hadoop jar /var/lib/aws/emr/step-runner/hadoop-jars/command-runner.jar sqoop import --connect jdbc:mysql://db/clinic --username etl --table visits --target-dir /raw/visits',
    'sqoop import: mysql://db:3306 clinic.visits -> hdfs:/raw/visits =*',
  ],
  [
    [
      'bash',
      '-c',
      'for t in patients visits; do sqoop import --connect jdbc:mysql://db/clinic --username etl --password-file s3://cfg/p --table $t --target-dir s3://lake/raw/$t/dt=$(date +%F) -m 1 || exit 1; done && s3-dist-cp --src hdfs:///tmp/x --dest s3://lake/x',
    ],
    'sqoop import: mysql://db:3306 clinic.patients -> s3://lake raw/patients/ =*',
    'sqoop import: mysql://db:3306 clinic.visits -> s3://lake raw/visits/ =*',
    's3-dist-cp: hdfs:/tmp/x -> s3://lake x =*',
  ],
  [
    'sqoop import-all-tables -m 1 --connect jdbc:mysql://quickstart:3306/retail_db --username=retail_dba --password=[scrubbed:password] --compression-codec=snappy --as-parquetfile --warehouse-dir=/user/hive/warehouse --hive-import',
    'sqoop import-all-tables: mysql://quickstart:3306 retail_db.* -> glue:default/*',
  ],
  [
    'sqoop import --connect jdbc:db2://h:50000/D --username u --table "S.T" --target-dir /x --hive-import --hive-table "db.t" --map-column-hive a=string,b=int',
    'sqoop import: db2://h:50000 D.S.T -> glue:db/t =* ~hdfs:/x',
  ],
  [
    'sqoop export --connect "jdbc:redshift://dwh.abc.us-east-1.redshift.amazonaws.com:5439/dev" --driver com.amazon.redshift.jdbc.Driver --table stats --export-dir /stats -- --schema mart',
    'sqoop export: hdfs:/stats -> redshift://dwh.us-east-1:5439 dev.mart.stats =*',
  ],
]

describe('command lines as people write them', () => {
  it.each(lines)('are read: %j', (command, ...moved) => {
    expect(summary(command)).toEqual(moved)
  })
})
