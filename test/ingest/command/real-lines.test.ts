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
    'sqoop job: saves visits_inc in //meta:16000/sqoop [sqoop import: mysql://db:3306 clinic.visits -> hdfs:/raw/visits =*]',
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
  [
    String.raw`sqoop import-all-tables --connect jdbc:mysql://ip-10-1-1-204.ap-south-1.compute.internal:3306/retail --username retail --password [scrubbed:password] --compression-codec=snappy --as-avrodatafile --warehouse-dir=/user/retail/hive/warehouse --driver com.mysql.jdbc.Driver --m 1
hadoop fs -put /home/retail/departments.avsc`,
    'sqoop import-all-tables: mysql://ip-10-1-1-204.ap-south-1.compute.internal:3306 retail.* -> hdfs:/user/retail/hive/warehouse/*',
    'hadoop fs -put: file /home/retail/departments.avsc -> hdfs:/user/hadoop/departments.avsc =*',
  ],
  [
    String.raw`sqoop import --connect jdbc:mysql://localhost:3306/retail_db \
             --username root \
             --password cloudera \
             --query 'SELECT normcities.id, \
                      countries.country from normcities join countries using (country_id) where $CONDITIONS' \
             --split-by id --target-dir /etl/cities1`,
    String.raw`sqoop import: mysql://localhost:3306 retail_db.normcities -> hdfs:/etl/cities1 {\
                      countries.country,normcities.id}`,
  ],
  [
    '#!/bin/bash\nhadoop fs -test -e /data/LOG\nif [ $? -eq 0 ]\nthen\n\thadoop fs -rm -r /data/LOG\nfi\nsqoop import --connect jdbc:mysql://${ip}:3306/${db} --username ${user} --password ${pw} --query "SELECT * FROM ${table} where \\$CONDITIONS and t BETWEEN \'${d} 00:00:00\' AND \'${d} 23:59:59\'" --split-by id -m ${map} --hive-drop-import-delims --fields-terminated-by "${delimiter}" --target-dir /data/LOG;',
    'hadoop fs -rm: ~hdfs:/data/LOG',
    'sqoop import: -> hdfs:/data/LOG ?VALUE a name in a statement',
  ],
  [
    'if ! command -v sqoop &> /dev/null; then\n    echo "[ERR] Sqoop command not found."\n    exit 1\nfi\nsqoop import \\\n    --connect "jdbc:mysql://${MYSQL_HOST:-db.internal}:${MYSQL_PORT:-3306}/${MYSQL_DATABASE:-clinic}" \\\n    --username "${MYSQL_USER}" \\\n    --table movie_summary \\\n    --hive-import \\\n    --hive-database movie_recommender \\\n    --hive-table movie_summary_imported \\\n    --hive-overwrite \\\n    --fields-terminated-by \'\\t\' \\\n    --num-mappers 1 \\\n    --null-string \'\' \\\n    --null-non-string \'\'',
    'sqoop import: mysql://db.internal:3306 clinic.movie_summary -> glue:movie_recommender/movie_summary_imported !glue:movie_recommender/movie_summary_imported =*',
  ],
  [
    String.raw`db1="mysql"
while IFS== read -r key val
do
case $db1 in
  "$key")
echo "### $val ###"
sqoop job --create $val -- import --connect jdbc:mysql://h/musicbrainz --username root --password-file file:///pw --table $val --m 1 --target-dir /user/input/mysql/$val/
    ;;
esac
done < "$file"`,
    'sqoop job: ?VALUE the saved job',
  ],
  [
    String.raw`sqoop job --create myjob --import \
--connect jdbc:mysql://h:3306/dbname \
--table employees --target-dir /user/hadoop/employees`,
    'sqoop job: ?REFUSED sqoop job',
  ],
  [
    String.raw`sqoop job --create cust5 -- import \
--connect jdbc:mysql://Jshu1:3306/sales_source?dontTrackOpenResources=true\&defaultFetchSize=1000\&useCursorFetch=true \
--driver com.mysql.jdbc.Driver \
--table customer \
--delete-target-dir \
--target-dir /ods/ods_customer \
--fields-terminated-by '\001' \
##
sqoop job --exec cust5`,
    'sqoop job: saves cust5 [sqoop import: mysql://jshu1:3306 sales_source.customer -> hdfs:/ods/ods_customer !hdfs:/ods/ods_customer =*]',
    'sqoop job: uses cust5',
  ],
  [
    'function import_small_table() {\n  args=(${1//|/ })\n  table=${args[0]}\n  split_by=${args[1]}\n  if [[ ${split_by} != \'\' ]] ; then\n    split_by="--split-by ${split_by}"\n  fi\n  sqoop import \\\n    -Dorg.apache.sqoop.splitter.allow_text_splitter=true \\\n    --connect $jdbcConn \\\n    --table ${table} \\\n    --hcatalog-database $database \\\n    --hcatalog-table ${table}_ --create-hcatalog-table \\\n    --hcatalog-storage-stanza \'stored as orc\' \\\n    -m4 ${split_by} \\\n    || error_exit "failed ${table}_"\n}\njdbcConn=jdbc:mysql://h/ex; database=ods\nimport_small_table "orders|id"',
    'sqoop import: mysql://h:3306 ex.orders -> glue:ods/orders_ =* ?VALUE options',
    'error_exit: ?TOOL error_exit',
  ],
  [
    String.raw`sqoop export --connect jdbc:mysql://db.internal/report --username hive --table stats_event --export-dir /hive/bigdater.db/stats_event/* --input-fields-terminated-by "\\01" --update-mode allowinsert --update-key a,b`,
    'sqoop export: hdfs:/hive/bigdater.db/stats_event/* -> mysql://db.internal:3306 report.stats_event =*',
  ],
  [
    'sqoop import "-Dorg.apache.sqoop.splitter.allow_text_splitter=true" --connect jdbc:mysql://h/d --table iqiyi --columns "id,url" --hbase-table iqiyi --hbase-create-table --column-family o --hbase-row-key id',
    'sqoop import: mysql://h:3306 d.iqiyi -> hbase://j-2AXXXXXXGAPLF default:iqiyi',
  ],
  [
    String.raw`psql -h dwh.abc123.us-east-1.redshift.amazonaws.com -p 5439 -U loader -d dev <<SQL
insert into mart.visits select id from stage.visits;
SQL`,
    'psql: redshift://dwh.us-east-1:5439 dev.stage.visits -> redshift://dwh.us-east-1:5439 dev.mart.visits {id}',
  ],
]

describe('command lines as people write them', () => {
  it.each(lines)('are read: %j', (command, ...moved) => {
    expect(summary(command)).toEqual(moved)
  })
})
