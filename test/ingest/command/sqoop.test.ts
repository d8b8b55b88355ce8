import { describe, expect, it } from 'vitest'
import { summary } from './moved.ts'

const lines: readonly (readonly [
  command: string | readonly string[],
  ...moved: readonly string[],
])[] = [
  [
    'sqoop import --connect jdbc:oracle:thin:@//ehr.hospital.internal:1521/EHRPRD --username etl --password-file s3://config/sqoop.pwd --table CLIN.PATIENTS --target-dir s3://hospital-lake/landing/patients/dt=2026-03-02 --as-parquetfile -m 4',
    'sqoop import: oracle://ehr.hospital.internal:1521 EHRPRD.CLIN.PATIENTS -> s3://hospital-lake landing/patients/dt=2026-03-02 =*',
  ],
  [
    'sqoop import --connect jdbc:oracle:thin:@ehr:1521:ORCL --username etl --table PATIENTS --target-dir /landing/patients --columns "MRN,SSN"',
    'sqoop import: oracle://ehr:1521 ORCL.ETL.PATIENTS -> hdfs:/landing/patients =MRN,SSN',
  ],
  [
    'sqoop import --connect jdbc:oracle:thin:@ehr:1521/ORCL --username etl --table clin.patients --columns MRN,SSN,DOB -m 1',
    'sqoop import: oracle://ehr:1521 ORCL.CLIN.PATIENTS -> hdfs:/user/hadoop/clin.patients =MRN,SSN,DOB',
  ],
  [
    'sqoop import --connect "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=ehr.hospital.internal)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=EHRPRD)))" --username ETL --table LABS --target-dir /labs',
    'sqoop import: oracle://ehr.hospital.internal:2484 EHRPRD.ETL.LABS -> hdfs:/labs =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --password [scrubbed:password] --table visits',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/user/hadoop/visits =*',
  ],
  [
    'sqoop import --connect=jdbc:mysql://db.internal/clinic --username=etl --table=visits --warehouse-dir=/warehouse/raw/',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/warehouse/raw/visits =*',
  ],
  [
    'sqoop import -connect jdbc:mysql://db.internal/clinic -username etl -table visits -target-dir s3n://lake/visits -m4',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> s3n://lake visits =*',
  ],
  [
    'sqoop import -D mapreduce.job.queuename=etl -Dhadoop.security.credential.provider.path=jceks://hdfs/etl.jceks --connect jdbc:mysql://db.internal/clinic --username etl --password-alias db.alias --table visits --target-dir /v --direct --compress --compression-codec org.apache.hadoop.io.compress.SnappyCodec -- --default-character-set=latin1',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import -fs s3://lake -Dx=y --connect jdbc:mysql://db.internal/clinic --table visits --target-dir /raw/visits',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> s3://lake raw/visits =*',
  ],
  [
    'sqoop import --connect jdbc:postgresql://pg.internal:5432/app --username app --table visits --target-dir /v --split-by id -- --schema clin',
    'sqoop import: postgres://pg.internal:5432 app.clin.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:postgresql://pg.internal:5432/app --username app --table Visits --target-dir /v',
    'sqoop import: postgres://pg.internal:5432 app.public.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect "jdbc:sqlserver://ms.internal:1433;databaseName=Clinic;user=u;password=[scrubbed:password]" --table Visit --target-dir /v --split-by ID -- --schema lab --table-hints NOLOCK',
    'sqoop import: mssql://ms.internal:1433 Clinic.lab.Visit -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect "jdbc:jtds:sqlserver://ms.internal:1433/Clinic" --driver net.sourceforge.jtds.jdbc.Driver --table Visit --target-dir /v',
    'sqoop import: mssql://ms.internal:1433 Clinic.dbo.Visit -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:db2://db2.internal:50000/CLAIMS:currentSchema=FIN; --username db2inst1 --table claim --target-dir /c',
    'sqoop import: ?REFUSED sqoop import',
    'shell: ?TOOL a command',
  ],
  [
    `sqoop import --connect 'jdbc:db2://db2.internal:50000/CLAIMS' --username db2inst1 --table CLAIM --target-dir /c`,
    'sqoop import: db2://db2.internal:50000 CLAIMS.DB2INST1.CLAIM -> hdfs:/c =*',
  ],
  [
    'sqoop import --connect jdbc:teradata://td.internal/DATABASE=edw --connection-manager org.apache.sqoop.teradata.TeradataConnManager --username u --table fact_visit --target-dir /t --num-mappers 8',
    'sqoop import: teradata://td.internal:1025 edw.fact_visit -> hdfs:/t =*',
  ],
  [
    'sqoop import --connect jdbc:netezza://nz.internal:5480/EDW --username u --table FACT --target-dir /n',
    'sqoop import: netezza://nz.internal:5480/EDW FACT -> hdfs:/n =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v --delete-target-dir',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v !hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v/dt=2026-03-02 --delete-target-dir',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v/dt=2026-03-02 =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v/$(date +%F)/x --delete-target-dir',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v --append',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v --incremental append --check-column id --last-value 1000',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v --incremental lastmodified --check-column updated_at --last-value "2026-03-01 00:00:00" --merge-key id',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hive-import',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:default/visits =*',
  ],
  [
    String.raw`sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hive-import --hive-table raw.visits --create-hive-table --hive-drop-import-delims --null-string '\\N' --null-non-string '\\N'`,
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:raw/visits =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hive-import --hive-database raw --hive-table VISITS --hive-overwrite --target-dir /tmp/stage/visits',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:raw/visits !glue:raw/visits =* ~hdfs:/tmp/stage/visits',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hive-import --hive-overwrite --hive-table raw.visits --hive-partition-key dt --hive-partition-value 2026-03-02',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:raw/visits =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hive-import --hive-table raw.visits --external-table-dir s3://lake/ext/visits',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:raw/visits, s3://lake ext/visits =*',
  ],
  [
    `sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hcatalog-database raw --hcatalog-table visits --hcatalog-storage-stanza 'stored as orcfile' --hcatalog-partition-keys dt --hcatalog-partition-values 2026-03-02`,
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:raw/visits =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hcatalog-table visits --drop-and-create-hcatalog-table',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:default/visits !glue:default/visits =*',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hbase-table clin:visits --column-family cf --hbase-row-key id --hbase-create-table',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hbase://j-2AXXXXXXGAPLF clin:visits',
  ],
  [
    'sqoop import -Dhbase.zookeeper.quorum=zk1,zk2 --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hbase-table visits --column-family cf',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hbase://zk1 default:visits',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --accumulo-table visits --accumulo-column-family cf --accumulo-instance inst --accumulo-zookeepers zk1 --accumulo-user root',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> accumulo://inst visits',
  ],
  [
    `sqoop import --connect jdbc:mysql://db.internal:3306/clinic --username etl --query 'SELECT id, dob FROM patient WHERE $CONDITIONS' --split-by id --target-dir s3://lake/raw/patient --as-parquetfile`,
    'sqoop import: mysql://db.internal:3306 clinic.patient -> s3://lake raw/patient {dob,id}',
  ],
  [
    String.raw`sqoop import --connect jdbc:mysql://db.internal:3306/clinic --username etl -e "SELECT * FROM lab.result WHERE \$CONDITIONS" -m 1 --target-dir /r`,
    'sqoop import: mysql://db.internal:3306 lab.result -> hdfs:/r =*',
  ],
  [
    String.raw`sqoop import --connect jdbc:mysql://db.internal:3306/clinic --username etl --query "SELECT id FROM patient WHERE \$CONDITIONS" --hive-import --hive-table raw.patient --target-dir /tmp/p -m 1`,
    'sqoop import: mysql://db.internal:3306 clinic.patient -> glue:raw/patient {id} ~hdfs:/tmp/p',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal:3306/clinic --username etl --query "$QUERY" --target-dir /r -m 1',
    'sqoop import: -> hdfs:/r ?VALUE --query',
  ],
  [
    `sqoop import --connect jdbc:oracle:thin:@//ehr:1521/EHRPRD --username etl --query 'SELECT MRN, SSN FROM PATIENTS WHERE $CONDITIONS' --split-by MRN --target-dir /p`,
    'sqoop import: oracle://ehr:1521 EHRPRD.ETL.PATIENTS -> hdfs:/p {MRN,SSN}',
  ],
  [
    'sqoop import --connect $CONNECT --username etl --table visits --target-dir /v',
    'sqoop import: -> hdfs:/v ?VALUE the source',
  ],
  [
    'sqoop import --connect jdbc:mysql://$HOST/clinic --username etl --table visits --target-dir /v',
    'sqoop import: -> hdfs:/v ?VALUE the source',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table $TABLE --target-dir /v',
    'sqoop import: -> hdfs:/v ?VALUE the source',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir $DIR/visits',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> ?VALUE the target',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic $OPTS --table visits --target-dir /v',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =* ?VALUE options',
  ],
  [
    'sqoop import --options-file /home/hadoop/conn.txt --table visits --target-dir /v',
    'sqoop import: -> hdfs:/v ?VALUE the source ?OPTIONS_FILE --options-file',
  ],
  ['sqoop --options-file /home/hadoop/import.txt', 'sqoop: ?OPTIONS_FILE --options-file'],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --table visits --no-such-option --target-dir /v',
    'sqoop import: ?REFUSED sqoop import',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --table visits --target-dir',
    'sqoop import: ?REFUSED sqoop import',
  ],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --table visits --target-dir /v -Dx=y',
    'sqoop import: ?REFUSED sqoop import',
  ],
  ['sqoop import --table visits --target-dir /v', 'sqoop import: ?REFUSED sqoop import'],
  [
    'sqoop import --connect jdbc:mysql://db.internal/clinic --target-dir /v',
    'sqoop import: ?REFUSED sqoop import',
  ],
  [
    `sqoop import --connect jdbc:mysql://db.internal/clinic --query 'select 1' --target-dir /v -m 1`,
    'sqoop import: ?REFUSED sqoop import',
  ],
  [
    `sqoop import --connect jdbc:mysql://db.internal/clinic --query 'select a from t where $CONDITIONS' --target-dir /v`,
    'sqoop import: ?REFUSED sqoop import',
  ],
  ['sqoop import --help'],
  [
    'sqoop-import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v',
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*',
  ],
  [
    'sqoop import-all-tables --connect jdbc:mysql://db.internal/clinic --username etl --warehouse-dir s3://lake/raw --exclude-tables audit,tmp',
    'sqoop import-all-tables: mysql://db.internal:3306 clinic.* -> s3://lake raw/*',
  ],
  [
    'sqoop import-all-tables --connect jdbc:oracle:thin:@//ehr:1521/EHRPRD --username etl --hive-import --hive-database raw',
    'sqoop import-all-tables: oracle://ehr:1521 EHRPRD.ETL.* -> glue:raw/*',
  ],
  [
    'sqoop import-all-tables --connect jdbc:postgresql://pg/app --username etl --autoreset-to-one-mapper',
    'sqoop import-all-tables: postgres://pg:5432 app.public.* -> hdfs:/user/hadoop/*',
  ],
  [
    'sqoop import-mainframe --connect z390.hospital.internal --dataset HOSP.BILLING.PDS --username u --target-dir /billing',
    'sqoop import-mainframe: ftp://z390.hospital.internal /HOSP.BILLING.PDS -> hdfs:/billing =*',
  ],
  [
    'sqoop import-mainframe --connect z390.hospital.internal --dataset "HOSP.BILLING.GDG" --datasettype g --username u --hive-import --hive-table raw.billing',
    'sqoop import-mainframe: ftp://z390.hospital.internal /HOSP.BILLING.GDG -> glue:raw/billing =*',
  ],
  [
    String.raw`sqoop export --connect jdbc:mysql://db.internal/mart --username etl --table daily --export-dir s3://lake/mart/daily/dt=2026-03-02 --input-fields-terminated-by '\001' --columns day,visits`,
    'sqoop export: s3://lake mart/daily/dt=2026-03-02 -> mysql://db.internal:3306 mart.daily =day,visits',
  ],
  [
    'sqoop export --connect jdbc:oracle:thin:@//dwh:1521/DWH --username loader --table STATS --hcatalog-database mart --hcatalog-table stats --update-key ID --update-mode allowinsert',
    'sqoop export: glue:mart/stats -> oracle://dwh:1521 DWH.LOADER.STATS =*',
  ],
  [
    'sqoop export --connect jdbc:mysql://db.internal/mart --username etl --table daily --export-dir /mart/daily --staging-table daily_stage --clear-staging-table --batch',
    'sqoop export: hdfs:/mart/daily -> mysql://db.internal:3306 mart.daily =* ~mysql://db.internal:3306 mart.daily_stage',
  ],
  [
    'sqoop export --connect jdbc:mysql://db.internal/mart --username etl --call load_daily --export-dir /mart/daily',
    'sqoop export: hdfs:/mart/daily -> ?PROCEDURE --call',
  ],
  [
    'sqoop export --connect jdbc:postgresql://pg/app --username etl --table daily --export-dir /mart/daily -- --schema mart',
    'sqoop export: hdfs:/mart/daily -> postgres://pg:5432 app.mart.daily =*',
  ],
  [
    'sqoop export --connect jdbc:mysql://db.internal/mart --table daily',
    'sqoop export: ?REFUSED sqoop export',
  ],
  [
    'sqoop merge --new-data /v/new --onto /v/old --target-dir /v/merged --jar-file v.jar --class-name V --merge-key id',
    'sqoop merge: hdfs:/v/new, hdfs:/v/old -> hdfs:/v/merged =*',
  ],
  [
    'sqoop eval --connect jdbc:mysql://db.internal/clinic --username etl --query "SELECT id FROM visits"',
    'sqoop eval: mysql://db.internal:3306 clinic.visits ->',
  ],
  [
    'sqoop eval --connect jdbc:mysql://db.internal/clinic --username etl -e "INSERT INTO audit SELECT id FROM visits"',
    'sqoop eval: mysql://db.internal:3306 clinic.visits -> mysql://db.internal:3306 clinic.audit {id}',
  ],
  [
    'sqoop codegen --connect jdbc:mysql://db.internal/clinic --username etl --table visits',
    'sqoop codegen: ~mysql://db.internal:3306 clinic.visits',
  ],
  [
    'sqoop create-hive-table --connect jdbc:mysql://db.internal/clinic --username etl --table visits --hive-table raw.visits',
    'sqoop create-hive-table: ~mysql://db.internal:3306 clinic.visits ~glue:raw/visits',
  ],
  ['sqoop list-tables --connect jdbc:mysql://db.internal/clinic --username etl'],
  ['sqoop list-databases --connect jdbc:mysql://db.internal/'],
  ['sqoop version'],
  ['sqoop frobnicate --table x', 'sqoop: ?REFUSED sqoop'],
  [
    'sqoop job --create nightly -- import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --target-dir /v --incremental append --check-column id',
    'sqoop job: saves nightly [sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =*]',
  ],
  [
    'sqoop job -Dx=y --meta-connect jdbc:hsqldb:hsql://meta:16000/sqoop --create nightly -- import --connect jdbc:postgresql://pg/app --username etl --table visits --target-dir /v -- --schema clin',
    'sqoop job: saves nightly in //meta:16000/sqoop [sqoop import: postgres://pg:5432 app.clin.visits -> hdfs:/v =*]',
  ],
  [
    'sqoop job --meta-connect "jdbc:mysql://etl:secret@Meta:3306/sqoop?user=etl" --exec nightly',
    'sqoop job: uses nightly in //meta:3306/sqoop',
  ],
  [
    'sqoop job --meta-connect jdbc:hsqldb:hsql://localhost:16000/sqoop --exec nightly',
    'sqoop job: uses nightly',
  ],
  [
    'sqoop job --meta-connect jdbc:hsqldb:file:/home/hadoop/.sqoop/metastore --exec nightly',
    'sqoop job: uses nightly',
  ],
  ['sqoop job --meta-connect "$STORE" --exec nightly', 'sqoop job: ?VALUE --meta-connect'],
  ['sqoop job --exec nightly', 'sqoop job: uses nightly'],
  ['sqoop job --exec nightly -- --last-value 2026-03-02 -m 8', 'sqoop job: uses nightly'],
  ['sqoop job --exec nightly -- --target-dir /other', 'sqoop job: uses nightly ?OVERRIDES --exec'],
  ['sqoop job --delete nightly'],
  ['sqoop job --list'],
  [
    'sqoop job --create nightly -- import --table visits',
    'sqoop job: saves nightly [sqoop import: ?REFUSED sqoop import]',
  ],
  [
    `sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --where "day > '2026-03-01'" --target-dir /v`,
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v =* {|day}',
  ],
  [
    `sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --table visits --where "day > '2026-03-01'" --columns id,day --hive-import --hive-table raw.visits`,
    'sqoop import: mysql://db.internal:3306 clinic.visits -> glue:raw/visits =id,day {|day}',
  ],
  [
    String.raw`sqoop import --connect jdbc:mysql://db.internal/clinic --username etl --query "SELECT id FROM visits WHERE day > 1 AND \$CONDITIONS" --split-by id --target-dir /v`,
    'sqoop import: mysql://db.internal:3306 clinic.visits -> hdfs:/v {id|day}',
  ],
]

describe('command lines of Sqoop', () => {
  it.each(lines)('are read: %j', (command, ...moved) => {
    expect(summary(command)).toEqual(moved)
  })
})
