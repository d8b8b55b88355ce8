import { describe, expect, test } from 'vitest'
import { canonicalName, canonicalNames } from '../../src/model/index.ts'

/** A rule, the reported namespace and name, and the canonical ones. */
type Row = readonly [rule: string, from: readonly [string, string], to: readonly [string, string]]

const glue = 'arn:aws:glue:us-east-1:123456789012'
const redshift = 'redshift://dwh.us-east-1:5439'
const athena = 'awsathena://athena.us-east-1.amazonaws.com'
const snowflake = 'snowflake://org-account'

const sections: Readonly<Record<string, readonly Row[]>> = {
  'object stores': [
    ['a key is as it is', ['s3://lake', 'raw/patients'], ['s3://lake', 'raw/patients']],
    ['s3a is s3', ['s3a://lake', 'raw'], ['s3://lake', 'raw']],
    ['s3n is s3', ['s3n://lake', 'raw'], ['s3://lake', 'raw']],
    ['the scheme has no case', ['S3A://lake', 'raw'], ['s3://lake', 'raw']],
    ['a bucket keeps its case', ['s3://Lake', 'raw'], ['s3://Lake', 'raw']],
    ['a key keeps its case', ['s3://lake', 'Raw/X'], ['s3://lake', 'Raw/X']],
    ['no slash in front', ['s3://lake', '/raw/x'], ['s3://lake', 'raw/x']],
    ['no slash at the end', ['s3://lake', 'raw/x//'], ['s3://lake', 'raw/x']],
    ['no empty folders', ['s3://lake', 'raw///x'], ['s3://lake', 'raw/x']],
    ['the whole bucket is a slash', ['s3://lake', ''], ['s3://lake', '/']],
    ['the whole bucket, still', ['s3://lake', '//'], ['s3://lake', '/']],
    ['no slash behind the bucket', ['s3://lake/', 'raw'], ['s3://lake', 'raw']],
    ['spaces are characters', ['s3://lake', 'my data '], ['s3://lake', 'my data ']],
    ['gcs is gs', ['gcs://lake', '/raw/'], ['gs://lake', 'raw']],
    [
      'abfs is abfss, and its container is no user',
      ['abfs://Raw@Account.dfs.core.windows.net', '/x.parquet'],
      ['abfss://Raw@account.dfs.core.windows.net', 'x.parquet'],
    ],
    [
      'wasb is wasbs',
      ['wasb://raw@account.blob.core.windows.net', 'x'],
      ['wasbs://raw@account.blob.core.windows.net', 'x'],
    ],
    ['dbfs alone is a namespace', ['dbfs', '/user/x'], ['dbfs', 'user/x']],
    ['dbfs of a workspace', ['dbfs://adb-1.azure.net', '/x'], ['dbfs://adb-1.azure.net', 'x']],
    [
      'the S3 endpoint over HTTPS is the bucket',
      ['https://lake.s3.us-east-1.amazonaws.com', '/raw/x'],
      ['s3://lake', 'raw/x'],
    ],
    ['the ARN of a bucket is the bucket', ['arn:aws:s3:::lake', 'raw/x'], ['s3://lake', 'raw/x']],
  ],
  warehouses: [
    [
      'an S3 namespace with a path holds tables',
      ['s3://lake/warehouse', 'db.t'],
      ['s3://lake/warehouse', 'db.t'],
    ],
    [
      'spelled like any location',
      ['s3a://lake//warehouse/', 'db.t'],
      ['s3://lake/warehouse', 'db.t'],
    ],
    ['in a file system', ['file:/tmp/warehouse', 'db.t'], ['file:/tmp/warehouse', 'db.t']],
    ['with more slashes', ['file:///tmp/warehouse/', 'db.t'], ['file:/tmp/warehouse', 'db.t']],
    ['with this host', ['file://localhost/tmp/w', 'db.t'], ['file:/tmp/w', 'db.t']],
    ['on HDFS', ['hdfs://NN:8020/warehouse', 'db.t'], ['hdfs://nn:8020/warehouse', 'db.t']],
    ['names keep their case', ['s3://lake/wh', 'Db.T'], ['s3://lake/wh', 'Db.T']],
    ['a table without a name is the folder', ['s3://lake/wh/x', ''], ['s3://lake', 'wh/x']],
    ['also in a file system', ['file:/tmp/wh', '/'], ['file', '/tmp/wh']],
  ],
  'file systems': [
    ['an absolute path', ['file', '/tmp/x'], ['file', '/tmp/x']],
    ['no slash at the end', ['file', '/tmp/x/'], ['file', '/tmp/x']],
    ['always a slash in front', ['file', 'tmp/x'], ['file', '/tmp/x']],
    ['the root', ['file', ''], ['file', '/']],
    ['file.localhost', ['file.localhost', '/tmp/x'], ['file', '/tmp/x']],
    ['file:', ['file:', '/tmp/x'], ['file', '/tmp/x']],
    ['file://', ['file://', '/tmp/x'], ['file', '/tmp/x']],
    ['file:///', ['file:///', '/tmp/x'], ['file', '/tmp/x']],
    ['file://localhost', ['file://localhost', '/tmp/x'], ['file', '/tmp/x']],
    ['another host', ['file://Host7', '/tmp/x'], ['file://host7', '/tmp/x']],
    ['HDFS keeps its slash', ['hdfs://nn:9820', '/user/x'], ['hdfs://nn:9820', '/user/x']],
    ['HDFS by the name of a service', ['hdfs://Cluster', '/x/'], ['hdfs://cluster', '/x']],
    ['HDFS of an EMR cluster keeps its case', ['hdfs://j-2AX7', '/x'], ['hdfs://j-2AX7', '/x']],
    [
      'a relative path of HDFS lies at home',
      ['hdfs://nn:9820', 'patients'],
      ['hdfs://nn:9820', '/user/hadoop/patients'],
    ],
    ['NFS', ['nfs://Filer', 'export/x'], ['nfs://filer', '/export/x']],
    ['SMB under its other name', ['cifs://filer', '/share/x'], ['smb://filer', '/share/x']],
    [
      'EFS',
      ['arn:aws:elasticfilesystem:us-east-1:123456789012', 'file-system/fs-1//data/'],
      ['arn:aws:elasticfilesystem:us-east-1:123456789012', 'file-system/fs-1/data'],
    ],
  ],
  'a whole locator as name': [
    ['under file', ['file', 'file:/tmp/x'], ['file', '/tmp/x']],
    ['with three slashes', ['file', 'file:///tmp/x'], ['file', '/tmp/x']],
    ['with this host', ['file', 'file://localhost/tmp/x'], ['file', '/tmp/x']],
    ['with another host', ['file', 'file://h7/tmp/x'], ['file://h7', '/tmp/x']],
    ['of another store under file', ['file', 's3a://lake/raw/x'], ['s3://lake', 'raw/x']],
    ['under a mere word', ['default', 's3a://lake/raw/dt=1'], ['s3://lake', 'raw']],
    ['of the same store', ['s3a://lake', 's3a://lake/raw/x'], ['s3://lake', 'raw/x']],
    ['it beats the namespace', ['s3://lake', 's3://other/x'], ['s3://other', 'x']],
    [
      'without its host it has that of the namespace',
      ['hdfs://nn', 'hdfs:/x'],
      ['hdfs://nn', '/x'],
    ],
    ['its user is dropped', ['file', 's3a://AKIA:se/cr%2Fet@lake/raw'], ['s3://lake', 'raw']],
    ['so is one with a slash', ['file', 'hdfs://u:p/w@nn:8020/x'], ['hdfs://nn:8020', '/x']],
    ['an @ in its path is kept', ['file', 'hdfs://nn:8020/a@b/x'], ['hdfs://nn:8020', '/a@b/x']],
    [
      'its container is kept',
      ['file', 'abfss://raw@a.dfs.core.windows.net/x'],
      ['abfss://raw@a.dfs.core.windows.net', 'x'],
    ],
    ['an ARN', ['default', `${glue}:table/db/T`], [glue, 'table/db/t']],
    ['an ARN of S3', ['default', 'arn:aws:s3:::lake/raw/x'], ['s3://lake', 'raw/x']],
    ['not under another store', ['s3://lake', 'file:/tmp/x'], ['s3://lake', 'file:/tmp/x']],
    ['not under a server', ['kafka://h:9092', 's3://a/b'], ['kafka://h:9092', 's3://a/b']],
  ],
  'percent codes': [
    ['a space', ['s3://lake', 'my%20data'], ['s3://lake', 'my data']],
    ['beyond ASCII', ['s3://lake', 'r%C3%A9sum%C3%A9'], ['s3://lake', 'résumé']],
    ['each folder by itself', ['s3://lake', 'a b/c%20d'], ['s3://lake', 'a b/c d']],
    ['in a partition', ['s3://lake', 'obs/ts=10%3A00'], ['s3://lake', 'obs']],
    ['no code', ['s3://lake', '100%/x'], ['s3://lake', '100%/x']],
    ['beside what would be encoded', ['s3://lake', 'a b%20c'], ['s3://lake', 'a b%20c']],
    ['not UTF-8', ['s3://lake', 'a%FF'], ['s3://lake', 'a%FF']],
    ['a slash stays in its folder', ['s3://lake', 'a%2Fb%20c'], ['s3://lake', 'a%2Fb%20c']],
    ['encoded twice', ['s3://lake', 'a%2520b'], ['s3://lake', 'a%2520b']],
    ['a star is no glob', ['s3://lake', 'a%2Ab'], ['s3://lake', 'a%2Ab']],
    ['a comma between braces', ['s3://lake', '{a/b%2Cc/d}'], ['s3://lake', '{a/b%2Cc/d}']],
    ['a line feed', ['s3://lake', 'a%0Ab'], ['s3://lake', 'a%0Ab']],
    ['only in paths', ['postgres://h:5432', 'db.s.a%20b'], ['postgres://h:5432', 'db.s.a%20b']],
  ],
  partitions: [
    ['key=value', ['s3://lake', 'obs/dt=2026-03-01'], ['s3://lake', 'obs']],
    ['several', ['s3://lake', 'obs/year=2026/month=03'], ['s3://lake', 'obs']],
    ['without a value', ['s3://lake', 'obs/dt='], ['s3://lake', 'obs']],
    ['with a glob', ['s3://lake', 'obs/dt=*'], ['s3://lake', 'obs']],
    ['a day', ['s3://lake', 'obs/2026-03-01'], ['s3://lake', 'obs']],
    ['a day without marks', ['s3://lake', 'obs/20260301'], ['s3://lake', 'obs']],
    ['day first', ['s3://lake', 'obs/01.03.2026'], ['s3://lake', 'obs']],
    ['a time', ['s3://lake', 'obs/2026-03-01T10:00:00Z'], ['s3://lake', 'obs']],
    ['a time without marks', ['s3://lake', 'obs/20260301T101500Z'], ['s3://lake', 'obs']],
    ['all digits', ['s3://lake', 'obs/20260301101500123'], ['s3://lake', 'obs']],
    ['an hour behind a day', ['s3://lake', 'obs/2026-03-01-10'], ['s3://lake', 'obs']],
    ['a month', ['s3://lake', 'obs/2026-03'], ['s3://lake', 'obs']],
    ['a month without marks', ['s3://lake', 'obs/202603'], ['s3://lake', 'obs']],
    ['folders of a month', ['s3://lake', 'obs/2026/03'], ['s3://lake', 'obs']],
    ['folders of a day', ['s3://lake', 'obs/2026/03/01'], ['s3://lake', 'obs']],
    [
      'folders of an hour, as Firehose has',
      ['s3://lake', 'obs/2026/03/01/10'],
      ['s3://lake', 'obs'],
    ],
    ['again and again', ['s3://lake', 'obs/site=7/2026/03/01/v=2'], ['s3://lake', 'obs']],
    ['at the top of a bucket', ['s3://lake', '2026/03/01'], ['s3://lake', '/']],
    ['on HDFS', ['hdfs://nn', '/obs/dt=1'], ['hdfs://nn', '/obs']],
    ['in a file', ['file', '/tmp/obs/2026-03-01'], ['file', '/tmp/obs']],
    ['no day that exists', ['s3://lake', 'obs/2026-02-30'], ['s3://lake', 'obs/2026-02-30']],
    ['no month that exists', ['s3://lake', 'obs/202613'], ['s3://lake', 'obs/202613']],
    ['no hour that exists', ['s3://lake', 'obs/2026/03/01/77'], ['s3://lake', 'obs/2026/03/01/77']],
    ['a year that no data is from', ['s3://lake', 'obs/17201015'], ['s3://lake', 'obs/17201015']],
    ['a mere year', ['s3://lake', 'obs/2026'], ['s3://lake', 'obs/2026']],
    ['a number', ['s3://lake', 'obs/1729097570970'], ['s3://lake', 'obs/1729097570970']],
    ['a version', ['s3://lake', 'obs/v2'], ['s3://lake', 'obs/v2']],
    ['two equals signs', ['s3://lake', 'obs/a=b=c'], ['s3://lake', 'obs/a=b=c']],
    ['no key', ['s3://lake', 'obs/=b'], ['s3://lake', 'obs/=b']],
    ['only at the end', ['s3://lake', 'dt=1/obs'], ['s3://lake', 'dt=1/obs']],
    ['not in tables', ['hive://meta:9083', 'db.dt=1'], ['hive://meta:9083', 'db.dt=1']],
  ],
  'part files': [
    ['of Spark', ['s3://lake', 'obs/part-00000-1a2b.snappy.parquet'], ['s3://lake', 'obs']],
    ['of MapReduce', ['s3://lake', 'obs/part-m-00000'], ['s3://lake', 'obs']],
    ['of Flink', ['s3://lake', 'obs/part-0-12'], ['s3://lake', 'obs']],
    [
      'of Flink by task',
      ['s3://lake', 'obs/part-1b4c6f7e-0c1d-4a5b-9e8f-001122334455-0'],
      ['s3://lake', 'obs'],
    ],
    ['in a partition', ['s3://lake', 'obs/dt=1/part-00000.gz'], ['s3://lake', 'obs']],
    ['_SUCCESS', ['s3://lake', 'obs/_SUCCESS'], ['s3://lake', 'obs']],
    ['_committed_', ['s3://lake', 'obs/_committed_7193'], ['s3://lake', 'obs']],
    ['a checksum', ['file', '/obs/.part-00000.parquet.crc'], ['file', '/obs']],
    [
      'a writer\u2019s scratch',
      ['s3://lake', 'obs/_temporary/0/task_1/part-00000'],
      ['s3://lake', 'obs'],
    ],
    [
      'Hive\u2019s scratch',
      ['hdfs://nn', '/obs/.hive-staging_hive_1/-ext-1'],
      ['hdfs://nn', '/obs'],
    ],
    [
      'a single file is a dataset',
      ['s3://lake', 'obs/patients.csv'],
      ['s3://lake', 'obs/patients.csv'],
    ],
    ['a folder of that name', ['s3://lake', 'part-time/staff'], ['s3://lake', 'part-time/staff']],
    ['a word like it', ['s3://lake', 'obs/part-time'], ['s3://lake', 'obs/part-time']],
  ],
  'AWS Glue': [
    ['folds case', [glue, 'table/DB/Obs'], [glue, 'table/db/obs']],
    ['also of databases', [glue, 'database/DB'], [glue, 'database/db']],
    ['no slash at the end', [`${glue}/`, 'table/db/obs/'], [glue, 'table/db/obs']],
    ['the form before 1.18', ['aws:glue:us-east-1:123456789012', 'DB.Obs'], [glue, 'table/db/obs']],
    ['dotted under the ARN', [glue, 'db.obs'], [glue, 'table/db/obs']],
    [
      'the old form in another partition',
      ['aws:glue:cn-north-1:123456789012', 'db.t'],
      ['arn:aws-cn:glue:cn-north-1:123456789012', 'table/db/t'],
    ],
    [
      'the old form of the government\u2019s regions',
      ['aws:glue:us-gov-west-1:123456789012', 'db.t'],
      ['arn:aws-us-gov:glue:us-gov-west-1:123456789012', 'table/db/t'],
    ],
  ],
  'other services of AWS': [
    [
      'the stream of a DynamoDB table is the table',
      ['arn:aws:dynamodb:us-east-1:123456789012', 'table/Obs/stream/2026-03-01T00:00:00.000'],
      ['arn:aws:dynamodb:us-east-1:123456789012', 'table/Obs'],
    ],
    [
      'and so is its index',
      ['arn:aws:dynamodb:us-east-1:123456789012', 'table/Obs/index/by-day'],
      ['arn:aws:dynamodb:us-east-1:123456789012', 'table/Obs'],
    ],
    [
      'a topic is as it is',
      ['arn:aws:iot:us-east-1:123456789012', 'topic/ward/+/Vitals/'],
      ['arn:aws:iot:us-east-1:123456789012', 'topic/ward/+/Vitals/'],
    ],
    [
      'a stream is as it is',
      ['arn:aws:kinesis:us-east-1:123456789012', 'stream/Vitals'],
      ['arn:aws:kinesis:us-east-1:123456789012', 'stream/Vitals'],
    ],
  ],
  Redshift: [
    ['folds case', [redshift, 'DEV.Mart.T'], [redshift, 'dev.mart.t']],
    [
      'its endpoint is cluster and region',
      ['redshift://DWH.abc123xyz.us-east-1.redshift.amazonaws.com:5439', 'dev.mart.t'],
      [redshift, 'dev.mart.t'],
    ],
    [
      'also without the hash',
      ['redshift://dwh.us-east-1.redshift.amazonaws.com:5439', 'dev.mart.t'],
      [redshift, 'dev.mart.t'],
    ],
    ['the default port', ['redshift://dwh.us-east-1', 'dev.mart.t'], [redshift, 'dev.mart.t']],
    [
      'serverless',
      ['redshift://wg.123456789012.us-east-1.redshift-serverless.amazonaws.com', 'dev.mart.t'],
      ['redshift://wg.123456789012.us-east-1:5439', 'dev.mart.t'],
    ],
    [
      'JDBC by IAM has the region for a port',
      ['jdbc:redshift:iam://dwh:us-east-1/dev', 'mart.t'],
      [redshift, 'dev.mart.t'],
    ],
    ['any other host', ['redshift://Host:1111', 'a.b.c'], ['redshift://host:1111', 'a.b.c']],
    ['quotes', [redshift, '"dev"."Mart"."T"'], [redshift, 'dev.mart.t']],
    [
      'the ARN that DataZone has for a table',
      ['arn:aws:redshift:us-east-1:123456789012', 'table/dwh/dev/mart/T'],
      [redshift, 'dev.mart.t'],
    ],
    [
      'and for one of a workgroup',
      ['arn:aws:redshift-serverless:us-east-1:123456789012', 'table/wg/dev/mart/t'],
      ['redshift://wg.123456789012.us-east-1:5439', 'dev.mart.t'],
    ],
  ],
  Athena: [
    ['the catalog has no case', [athena, 'AwsDataCatalog.DW.T'], [athena, 'awsdatacatalog.dw.t']],
    ['the catalog is missing', [athena, 'dw.t'], [athena, 'awsdatacatalog.dw.t']],
    ['the database is doubled', [athena, 'dw.dw.t'], [athena, 'awsdatacatalog.dw.t']],
    ['another catalog', [athena, 'ehr.dw.t'], [athena, 'ehr.dw.t']],
    ['the port goes without saying', [`${athena}:443`, 'a.b.c'], [athena, 'a.b.c']],
    [
      'JDBC',
      ['jdbc:awsathena://AwsRegion=us-east-1;S3OutputLocation=s3://x', 'a.b.c'],
      [athena, 'a.b.c'],
    ],
  ],
  Snowflake: [
    ['its domain', [`${snowflake}.snowflakecomputing.com:443`, 'A.B.C'], [snowflake, 'A.B.C']],
    [
      'private link',
      ['snowflake://L.eu.privatelink.snowflakecomputing.com', 'A.B.C'],
      ['snowflake://l.eu', 'A.B.C'],
    ],
    ['folds case', [snowflake, 'reporting.test.orders'], [snowflake, 'REPORTING.TEST.ORDERS']],
    ['quotes', [snowflake, '"REPORTING"."TEST"."orders"'], [snowflake, 'REPORTING.TEST.ORDERS']],
    [
      'quotes around all of it',
      [snowflake, '"REPORTING.TEST.ORDERS"'],
      [snowflake, 'REPORTING.TEST.ORDERS'],
    ],
    ['a dot in quotes', [snowflake, 'A.B."C.D"'], [snowflake, 'A.B."C.D"']],
    ['database and schema of the URL', [`${snowflake}/db/s`, 't'], [snowflake, 'DB.S.T']],
  ],
  databases: [
    [
      'postgresql is postgres',
      ['postgresql://ehr:5432', 'a.b.c'],
      ['postgres://ehr:5432', 'a.b.c'],
    ],
    ['the default port', ['postgres://ehr', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['None for a port', ['postgres://ehr:None', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['no port behind the colon', ['postgres://ehr:', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['one slash', ['postgres:/ehr:5433', 'a.b.c'], ['postgres://ehr:5433', 'a.b.c']],
    ['a slash at the end', ['postgres://ehr:5432/', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    [
      'the host has no case',
      ['postgres://EHR.Local', 'a.b.c'],
      ['postgres://ehr.local:5432', 'a.b.c'],
    ],
    ['nor have names', ['postgres://ehr:5432', 'a.B.c'], ['postgres://ehr:5432', 'a.b.c']],
    [
      'a dot in front',
      ['postgres://ehr:5432', '.public.foo'],
      ['postgres://ehr:5432', 'public.foo'],
    ],
    ['quotes', ['postgres://ehr:5432', 'a."B".c'], ['postgres://ehr:5432', 'a.b.c']],
    ['IPv6', ['postgres://[::1]', 'a.b.c'], ['postgres://[::1]:5432', 'a.b.c']],
    ['jdbc:', ['jdbc:postgresql://ehr/db', 'public.t'], ['postgres://ehr:5432', 'db.public.t']],
    [
      'a database that the name has too',
      ['postgres://ehr/db', 'db.public.t'],
      ['postgres://ehr:5432', 'db.public.t'],
    ],
    [
      'a database that the name cannot take',
      ['postgres://ehr/db', 't'],
      ['postgres://ehr:5432/db', 't'],
    ],
    [
      'a driver around it',
      ['jdbc:aws-wrapper:postgresql://ehr/db', 's.t'],
      ['postgres://ehr:5432', 'db.s.t'],
    ],
    ['several hosts are the least', ['postgres://b:1,a:1', 'a.b.c'], ['postgres://a:1', 'a.b.c']],
    ['MySQL', ['mysql://EHR', 'db.t'], ['mysql://ehr:3306', 'db.t']],
    ['MySQL of JDBC', ['jdbc:mysql:loadbalance://ehr/db?a=b', 't'], ['mysql://ehr:3306', 'db.t']],
    ['Trino', ['trino://h', 'C.S.T'], ['trino://h:443', 'c.s.t']],
    ['ClickHouse', ['clickhouse://h', 'db.t'], ['clickhouse://h:8123', 'db.t']],
    ['Hive folds case', ['hive://Meta:9083', 'DB.T'], ['hive://meta:9083', 'db.t']],
    ['Hive of an EMR cluster', ['hive://j-2AX7', 'db.t'], ['hive://j-2AX7', 'db.t']],
    ['Hive of JDBC', ['jdbc:hive2://h:10000/db;ssl=true', 't'], ['hive://h:10000', 'db.t']],
    ['HBase', ['hbase://j-2AX7', 'Ns:T'], ['hbase://j-2AX7', 'Ns:T']],
    ['BigQuery', ['bigquery', 'p.d.T'], ['bigquery', 'p.d.T']],
    ['BigQuery with slashes', ['bigquery://', 'p.d.`t`'], ['bigquery', 'p.d.t']],
    ['a partition of BigQuery', ['bigquery', 'p.d.t$20260301'], ['bigquery', 'p.d.t']],
    [
      'Databricks has a Unity Catalog',
      ['databricks://H:443', 'C.S.T'],
      ['unitycatalog://h', 'c.s.t'],
    ],
    [
      'the path of DuckDB is its name',
      ['duckdb:///db/Jaffle.duckdb', 'main.t'],
      ['duckdb:///db/Jaffle.duckdb', 'main.t'],
    ],
  ],
  Oracle: [
    ['service and port', ['oracle://Ehr.local', 'PRD.C.P'], ['oracle://ehr.local:1521', 'PRD.C.P']],
    [
      'thin, by service',
      ['jdbc:oracle:thin:@//ehr:1521/PRD', 'C.P'],
      ['oracle://ehr:1521', 'PRD.C.P'],
    ],
    ['thin, by SID', ['jdbc:oracle:thin:@ehr:1521:PRD', 'C.P'], ['oracle://ehr:1521', 'PRD.C.P']],
    [
      'thin, with a user',
      ['jdbc:oracle:thin:scott/ti:g/er@ehr/PRD', 'C.P'],
      ['oracle://ehr:1521', 'PRD.C.P'],
    ],
    [
      'the kind of server',
      ['oracle://ehr:1521/PRD:dedicated', 'C.P'],
      ['oracle://ehr:1521', 'PRD.C.P'],
    ],
    ['several hosts', ['oracle://b:1521,a:1521', 'PRD.C.P'], ['oracle://a:1521', 'PRD.C.P']],
    [
      'a connect descriptor',
      [
        'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=ehr)(PORT=1522))(CONNECT_DATA=(SERVICE_NAME=PRD)))',
        'C.P',
      ],
      ['oracle://ehr:1522', 'PRD.C.P'],
    ],
  ],
  'SQL Server': [
    ['sqlserver is mssql', ['sqlserver://h:1433', 'db.dbo.t'], ['mssql://h:1433', 'db.dbo.t']],
    ['the default port', ['mssql://H', 'db.dbo.t'], ['mssql://h:1433', 'db.dbo.t']],
    [
      'an instance at a port',
      ['sqlserver://h:1433/INST', 'db.dbo.t'],
      ['mssql://h:1433', 'db.dbo.t'],
    ],
    [
      'an instance without one',
      ['sqlserver://h/INST', 'db.dbo.t'],
      ['mssql://h\\inst', 'db.dbo.t'],
    ],
    [
      'an instance of JDBC',
      ['jdbc:sqlserver://h\\INST', 'db.dbo.t'],
      ['mssql://h\\inst', 'db.dbo.t'],
    ],
    [
      'parameters of JDBC',
      ['jdbc:sqlserver://h:1433;databaseName=db;user=sa;password=p@ss', 'dbo.t'],
      ['mssql://h:1433', 'db.dbo.t'],
    ],
    ['brackets', ['mssql://h:1433', '[db].[dbo].[t]'], ['mssql://h:1433', 'db.dbo.t']],
    [
      'Synapse stays sqlserver',
      ['sqlserver://w.sql.azuresynapse.net', 'dbo.t'],
      ['sqlserver://w.sql.azuresynapse.net:1433', 'dbo.t'],
    ],
  ],
  streams: [
    ['the default port of Kafka', ['kafka://H', 'topicA'], ['kafka://h:9092', 'topicA']],
    ['of several brokers the least', ['kafka://h2:9092,h1:9092', 't'], ['kafka://h1:9092', 't']],
    ['a topic is as it is', ['kafka://h:9092', '.A."b"'], ['kafka://h:9092', '.A."b"']],
    [
      'Kinesis of Spark',
      ['kinesis://Kinesis.us-east-1.amazonaws.com:443', 's'],
      ['kinesis://kinesis.us-east-1.amazonaws.com', 's'],
    ],
  ],
  'HTTP endpoints': [
    [
      'no query',
      ['https://Api.example.com:443', '/v1/x/?token=abc'],
      ['https://api.example.com', 'v1/x'],
    ],
    ['no fragment', ['http://api.example.com:80', 'v1#x'], ['http://api.example.com', 'v1']],
    ['the root', ['https://api.example.com', ''], ['https://api.example.com', '/']],
    [
      'a whole URL',
      ['default', 'https://u:p@api.example.com/x?y=z'],
      ['https://api.example.com', 'x'],
    ],
    ['a table of a REST catalog', ['http://iceberg:8181', 'db.t'], ['http://iceberg:8181', 'db.t']],
  ],
  'secrets never stay in a namespace': [
    ['user and password', ['postgres://u:p@ehr:5432', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['a user alone', ['postgres://u@ehr:5432', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    [
      'an @ in the password',
      ['postgres://u:p@ss@ehr:5432', 'a.b.c'],
      ['postgres://ehr:5432', 'a.b.c'],
    ],
    ['a slash in it', ['postgres://u:p/w@ehr:5432', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['both', ['postgres://u:p@s/w@ehr:5432', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['a hash', ['postgres://u:p#w@ehr:5432', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    ['a question mark', ['postgres://u:p?w@ehr:5432', 'a.b.c'], ['postgres://ehr:5432', 'a.b.c']],
    [
      'in the query',
      ['postgres://ehr/db?user=u@x&password=p', 'a.b.c'],
      ['postgres://ehr:5432', 'a.b.c'],
    ],
    ['of a bucket', ['s3a://AKIA:se/cret@lake', 'x'], ['s3://lake', 'x']],
    ['of an unknown scheme', ['foo://u:p@Host/Path/?a=b', 'x'], ['foo://host/Path', 'x']],
    ['of no scheme', ['scott:tiger@db7', 'x'], ['db7', 'x']],
    ['parameters of no scheme', ['db7;password=p', 'x'], ['db7', 'x']],
    [
      'beside a container',
      ['abfss://c:secret@a.dfs.core.windows.net', 'x'],
      ['abfss://c@a.dfs.core.windows.net', 'x'],
    ],
  ],
  'anything else is as it is': [
    ['a word', ['food_delivery', 'public.Orders'], ['food_delivery', 'public.Orders']],
    ['a word keeps its case', ['N1', 'inputTable'], ['N1', 'inputTable']],
    ['hive alone is a word', ['hive', '/home/t'], ['hive', '/home/t']],
    [
      'an unknown scheme',
      ['test://Example.com:443/myDir', 'D1'],
      ['test://example.com:443/myDir', 'D1'],
    ],
    ['inmemory', ['inmemory://', 'Dataset3.Load task'], ['inmemory://', 'Dataset3.Load task']],
    ['nothing', ['', ''], ['', '']],
    ['a prototype', ['__proto__', 'constructor'], ['__proto__', 'constructor']],
    ['a scheme of that name', ['constructor://h', '__proto__'], ['constructor://h', '__proto__']],
    ['right-to-left marks', ['a\u202eb', 'c\u202ed'], ['a\u202eb', 'c\u202ed']],
    ['é in two forms', ['s3://lake', 'e\u0301'], ['s3://lake', 'e\u0301']],
    ['SQL', ['mysql://h:3306', "b.'; DROP TABLE x"], ['mysql://h:3306', "b.'; DROP TABLE x"]],
  ],
}

describe.each(Object.entries(sections))('%s', (_section, rows) => {
  test.each(rows)('%s', (_rule, [namespace, name], [canonicalNamespace, canonical]) => {
    const [first, ...others] = canonicalNames(namespace, name)
    expect(first?.name).toEqual({ namespace: canonicalNamespace, name: canonical })
    expect(others).toEqual([])
    expect(canonicalNames(canonicalNamespace, canonical)[0]?.name).toEqual(first?.name)
  })
})

/** The pairs of the shared vectors 10 and 30, which anyone who posts events may rely on. */
describe('two spellings', () => {
  const key = ([namespace, name]: readonly [string, string]) => {
    const canonical = canonicalName(namespace, name)
    return JSON.stringify([canonical.namespace, canonical.name])
  }

  test.each<readonly [readonly [string, string], readonly [string, string]]>([
    [
      ['s3a://lake', 'curated/obs/dt=2026-03-01'],
      ['s3://lake', 'curated/obs'],
    ],
    [
      ['s3://lake', 'curated/obs/2026-03-02'],
      ['s3://lake', 'curated/obs/'],
    ],
    [
      ['s3n://lake', '/curated/obs/part-00000-1a2b.snappy.parquet'],
      ['s3://lake', 'curated/obs'],
    ],
    [
      ['s3://lake', 'curated//obs/2026/03/01/'],
      ['s3://lake', 'curated/obs'],
    ],
    [
      ['s3a://lake', 'curated/obs/year=2026/month=03'],
      ['s3://lake', 'curated/obs'],
    ],
    [
      ['aws:glue:us-east-1:123456789012', 'db.obs'],
      [glue, 'table/DB/Obs'],
    ],
    [
      ['redshift://dwh.a1.us-east-1.redshift.amazonaws.com:5439', 'dev.Mart.T'],
      [redshift, 'dev.mart.t'],
    ],
    [
      ['postgresql://ehr:5432', 'ehr.public.a'],
      ['postgres://ehr', 'ehr.public.a'],
    ],
    [
      ['sqlserver://h:1433', 'db.dbo.t'],
      ['mssql://h:1433', 'db.dbo.t'],
    ],
  ])('%j and %j are one dataset', (one, other) => {
    expect(key(one)).toBe(key(other))
  })

  test.each<readonly [readonly [string, string], readonly [string, string]]>([
    [
      ['s3://lake', 'Curated/obs'],
      ['s3://lake', 'curated/obs'],
    ],
    [
      ['s3://lake', 'curated/obs/patients.csv'],
      ['s3://lake', 'curated/obs'],
    ],
    [
      ['s3://lake', 'raw'],
      ['s3://lake', 'raw/patients'],
    ],
    [
      ['s3://lake', 'warehouse'],
      ['s3://lake/warehouse', 'db.t'],
    ],
    [
      [glue, 'table/db/t1'],
      [glue, 'table/db/t2'],
    ],
    [
      ['postgres://a:5432', 'x.y.z'],
      ['postgres://a:5433', 'x.y.z'],
    ],
    [
      ['mysql://a', 'x.y'],
      ['mariadb://a', 'x.y'],
    ],
  ])('%j and %j are two', (one, other) => {
    expect(key(one)).not.toBe(key(other))
  })
})

describe('a brace list', () => {
  const namesOf = (namespace: string, name: string) =>
    canonicalNames(namespace, name).map((canonical) => canonical.name.name)

  test.each<[string, string, readonly string[]]>([
    ['is several names', 'raw/{a,b}/x', ['raw/a/x', 'raw/b/x']],
    ['is each of its combinations', '{a,b}/{c,d}', ['a/c', 'a/d', 'b/c', 'b/d']],
    ['may lie in another', 'raw/{a,b{1,2}}', ['raw/a', 'raw/b1', 'raw/b2']],
    ['may hold slashes', 'raw/{a/x,b}', ['raw/a/x', 'raw/b']],
    ['may have an empty item', 'raw/x{,.bak}', ['raw/x', 'raw/x.bak']],
    ['gives no name twice', 'raw/x/dt={1,2,3}', ['raw/x']],
    ['has a comma, else braces are characters', 'raw/{a}/${b}', ['raw/{a}/${b}']],
    ['is closed, else a brace is a character', 'raw/{a,b', ['raw/{a,b']],
    ['opens, else a brace is a character', 'raw/a,b}', ['raw/a,b}']],
  ])('%s', (_what, name, expected) => {
    expect(namesOf('s3://lake', name)).toEqual(expected)
  })

  test('of up to 64 names is names, of more a pattern', () => {
    const list = (count: number) => `raw/{${Array.from({ length: count }, (_, i) => i).join(',')}}`
    expect(namesOf('s3://lake', list(64))).toHaveLength(64)
    expect(canonicalNames('s3a://lake', `/${list(65)}`)).toEqual([
      { name: { namespace: 's3://lake', name: list(65) }, partition: undefined, pattern: true },
    ])
  })

  test('that would be 2^40 names costs nothing', () => {
    expect(namesOf('s3://lake', '{a,b}'.repeat(40))).toEqual(['{a,b}'.repeat(40)])
  })

  test('may lie 32 deep, and deeper is a pattern', () => {
    const nested = (depth: number) => '{a,'.repeat(depth) + 'b' + '}'.repeat(depth)
    expect(namesOf('s3://lake', nested(32))).toEqual(['a', 'b'])
    expect(namesOf('s3://lake', nested(33))).toEqual([nested(33)])
    expect(namesOf('s3://lake', nested(30_000))).toEqual([nested(30_000)])
  })

  test('means nothing in tables', () => {
    expect(namesOf('postgres://h:5432', 'a.b.{c,d}')).toEqual(['a.b.{c,d}'])
  })
})

describe('beside the name', () => {
  test.each<[string, string, string | undefined]>([
    [
      's3://lake',
      'obs/year=2026/month=03/part-00000.parquet',
      'year=2026/month=03/part-00000.parquet',
    ],
    ['s3://lake', '/obs/2026/03/01/', '2026/03/01'],
    ['s3://lake', 'obs/patients.csv', undefined],
    ['s3a://lake', 's3a://lake/obs/dt=1', 'dt=1'],
    ['bigquery', 'p.d.t$20260301', '20260301'],
  ])('%s %s has the partition %s', (namespace, name, partition) => {
    expect(canonicalNames(namespace, name)[0]?.partition).toBe(partition)
  })

  test.each<[string, string, boolean]>([
    ['s3://lake', 'raw/*.csv', true],
    ['s3://lake', 'raw/a?', true],
    ['s3://lake', 'raw/[ab]', true],
    ['s3://lake', 'raw/dt=*', false],
    ['s3://lake', 'raw/a[b', false],
    ['arn:aws:iot:us-east-1:123456789012', 'topic/ward/+/vitals', true],
    ['arn:aws:iot:us-east-1:123456789012', 'topic/ward/#', true],
    ['arn:aws:iot:us-east-1:123456789012', 'topic/ward/a+b', false],
    ['bigquery', 'p.d.events_*', true],
    ['postgres://h:5432', 'a.b.c?', false],
  ])('%s %s is a pattern: %s', (namespace, name, pattern) => {
    expect(canonicalNames(namespace, name)[0]?.pattern).toBe(pattern)
  })
})
