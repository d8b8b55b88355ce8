import { describe, expect, it } from 'vitest'
import { summary } from './moved.ts'

const lines: readonly (readonly [
  command: string | readonly string[],
  ...moved: readonly string[],
])[] = [
  [
    's3-dist-cp --src s3://lake/raw/visits/ --dest hdfs:///staging/visits',
    's3-dist-cp: s3://lake raw/visits/ -> hdfs:/staging/visits =*',
  ],
  [
    String.raw`s3-dist-cp --src=s3://lake/logs/ --dest=/staging/logs --srcPattern='.*\.gz' --groupBy='.*(2026-\d\d).*' --targetSize=128 --s3Endpoint=s3.amazonaws.com --deleteOnSuccess --s3ServerSideEncryption`,
    's3-dist-cp: s3://lake logs/ -> hdfs:/staging/logs =*',
  ],
  [
    [
      's3-dist-cp',
      '--s3Endpoint=s3.eu-west-1.amazonaws.com',
      '--src=s3a://a/x',
      '--dest=s3n://b/y',
      '--outputCodec=gz',
      '--disableMultipartUpload',
    ],
    's3-dist-cp: s3a://a x -> s3n://b y =*',
  ],
  [
    'hadoop jar /usr/share/aws/emr/s3-dist-cp/lib/s3-dist-cp.jar --src /out --dest s3://lake/out',
    's3-dist-cp: hdfs:/out -> s3://lake out =*',
  ],
  [
    's3-dist-cp --src hdfs:///out/$RUN_ID/part --dest s3://lake/out',
    's3-dist-cp: hdfs:/out/ -> s3://lake out =*',
  ],
  ['s3-dist-cp --dest s3://lake/out', 's3-dist-cp: ?REFUSED s3-dist-cp'],
  [
    'hadoop distcp hdfs://nn1:8020/a hdfs://nn1:8020/b s3a://lake/all',
    'distcp: hdfs://nn1:8020 /a, hdfs://nn1:8020 /b -> s3a://lake all =*',
  ],
  [
    'hadoop distcp -Dmapreduce.job.queuename=etl -update -delete -m 20 -strategy dynamic /data/x s3a://lake/x',
    'distcp: hdfs:/data/x -> s3a://lake x !s3a://lake x =*',
  ],
  ['hadoop distcp -overwrite -p /data/x s3a://lake/x', 'distcp: hdfs:/data/x -> s3a://lake x =*'],
  ['hadoop distcp -f s3://cfg/list.txt s3a://lake/x', 'distcp: -> s3a://lake x ?OPTIONS_FILE -f'],
  [
    'hadoop distcp -update -diff s1 s2 /data/x hdfs://dr:8020/data/x',
    'distcp: hdfs:/data/x -> hdfs://dr:8020 /data/x =*',
  ],
  ['hadoop distcp /only', 'distcp: ?REFUSED distcp'],
  ['hdfs dfs -cp /a/x /a/y /b/', 'hadoop fs -cp: hdfs:/a/x, hdfs:/a/y -> hdfs:/b =*'],
  [
    'hdfs dfs -put -f /mnt/data/x.csv /landing/x.csv',
    'hadoop fs -put: file /mnt/data/x.csv -> hdfs:/landing/x.csv =*',
  ],
  [
    'hadoop fs -D fs.s3a.access.key=[scrubbed:access-key] -copyFromLocal /mnt/a /mnt/b s3://lake/in/',
    'hadoop fs -copyFromLocal: file /mnt/a, file /mnt/b -> s3://lake in/ =*',
  ],
  [
    'hadoop fs -get s3://lake/in/x.csv /mnt/x.csv',
    'hadoop fs -get: s3://lake in/x.csv -> file /mnt/x.csv =*',
  ],
  [
    'hadoop fs -getmerge /out/parts /mnt/out.csv',
    'hadoop fs -getmerge: hdfs:/out/parts -> file /mnt/out.csv =*',
  ],
  [
    'hadoop fs -fs hdfs://other:8020 -mv raw/x done/x',
    'hadoop fs -mv: hdfs://other:8020 /user/hadoop/raw/x -> hdfs://other:8020 /user/hadoop/done/x =*',
  ],
  [
    'hdfs dfs -appendToFile /mnt/a.log /logs/a.log',
    'hadoop fs -appendToFile: file /mnt/a.log -> hdfs:/logs/a.log =*',
  ],
  ['hdfs dfs -rm -r -skipTrash /staging/x', 'hadoop fs -rm: ~hdfs:/staging/x'],
  ['hdfs dfs -mkdir -p /staging/x'],
  ['hdfs dfs -ls /staging'],
  ['hadoop fs -distcp /a s3://lake/a', 'distcp: hdfs:/a -> s3://lake a =*'],
  ['hdfs dfs -cat /a/x', 'hadoop fs -cat: hdfs:/a/x ->'],
  ['hdfs dfs -put relative.csv /landing/', 'hadoop fs -put: -> hdfs:/landing ?VALUE source'],
  [
    'cd /mnt/data && hdfs dfs -put relative.csv /landing/',
    'hadoop fs -put: file /mnt/data/relative.csv -> hdfs:/landing =*',
  ],
  [
    'aws s3 cp s3://lake/raw/x.csv s3://lake/copy/x.csv --sse aws:kms --sse-kms-key-id alias/k',
    'aws s3 cp: s3://lake raw/x.csv -> s3://lake copy/x.csv =*',
  ],
  [
    'aws s3 cp s3://lake/raw/x.csv s3://lake/copy/',
    'aws s3 cp: s3://lake raw/x.csv -> s3://lake copy/x.csv =*',
  ],
  [
    'aws --region us-east-1 --profile etl s3 cp s3://lake/raw/ s3://backup/raw/ --recursive --exclude "*" --include "*.csv"',
    'aws s3 cp: s3://lake raw/ -> s3://backup raw/ =*',
  ],
  [
    'aws s3 mv /mnt/out/ s3://lake/out --recursive --acl bucket-owner-full-control',
    'aws s3 mv: file /mnt/out -> s3://lake out =*',
  ],
  [
    'aws s3 sync s3://lake/raw s3://mirror/raw --delete',
    'aws s3 sync: s3://lake raw -> s3://mirror raw !s3://mirror raw =*',
  ],
  [
    `aws s3 sync s3://lake/raw s3://mirror/raw --delete --exclude '*.tmp'`,
    'aws s3 sync: s3://lake raw -> s3://mirror raw =*',
  ],
  ['aws s3 sync . s3://lake/here', 'aws s3 sync: -> s3://lake here ?VALUE source'],
  ['aws s3 rm s3://lake/tmp --recursive', 'aws s3 rm: ~s3://lake tmp'],
  ['aws s3 ls s3://lake/'],
  [
    'aws s3 cp s3://arn:aws:s3:us-east-1:123456789012:accesspoint/ap/in/x /mnt/x',
    'aws s3 cp: arn:aws:s3:us-east-1:123456789012 accesspoint/ap/in/x -> file /mnt/x =*',
  ],
  [
    'aws s3 cp s3://lake/[scrubbed:ssn]/x.csv /mnt/x.csv',
    'aws s3 cp: s3://lake / -> file /mnt/x.csv =*',
  ],
  [
    'aws s3api copy-object --copy-source lake/raw/a%20b.csv --bucket mirror --key raw/a.csv',
    'aws s3api copy-object: s3://lake raw/a b.csv -> s3://mirror raw/a.csv =*',
  ],
  [
    'aws s3api put-object --bucket lake --key in/x.csv --body /mnt/x.csv --server-side-encryption aws:kms',
    'aws s3api put-object: file /mnt/x.csv -> s3://lake in/x.csv =*',
  ],
  [
    'aws s3api get-object --bucket lake --key in/x.csv /mnt/x.csv',
    'aws s3api get-object: s3://lake in/x.csv -> file /mnt/x.csv =*',
  ],
  ['aws s3api head-object --bucket lake --key in/x.csv'],
  ['aws emr terminate-clusters --cluster-ids j-1'],
  [
    'hive -e "INSERT OVERWRITE TABLE curated.visits SELECT id, dob FROM raw.visits"',
    'hive: glue:raw/visits -> glue:curated/visits !glue:curated/visits {dob,id}',
  ],
  ['hive --database raw -e "insert into t select * from s"', 'hive: glue:raw/s -> glue:raw/t =*'],
  ['hive -f s3://code/q.hql --hivevar day=2026-03-02', 'hive: ?SCRIPT s3://code/q.hql'],
  [
    "hive --hivevar db=raw -e 'insert into curated.t select * from ${hivevar:db}.t'",
    'hive: glue:raw/t -> glue:curated/t =*',
  ],
  [
    "hive -e 'insert into curated.t select * from ${db}.t'",
    'hive: -> glue:curated/t ?VALUE a name in a statement',
  ],
  [
    String.raw`hive <<EOF
insert into curated.t select * from raw.t;
EOF`,
    'hive: glue:raw/t -> glue:curated/t =*',
  ],
  [
    'beeline -u "jdbc:hive2://hs2:10000/raw;ssl=true" -n etl -p [scrubbed:password] -e "insert into t select * from s"',
    'beeline: glue:raw/s -> glue:raw/t =*',
  ],
  ['beeline -u jdbc:hive2://hs2:10000/ -f /mnt/q.sql', 'beeline: ?SCRIPT /mnt/q.sql'],
  [
    'spark-sql --master yarn --conf spark.x=y -e "create table curated.t as select a, b from raw.t"',
    'spark-sql: glue:raw/t -> glue:curated/t {a,b}',
  ],
  [
    'echo "insert into curated.t select * from raw.t" | hive',
    'hive: glue:raw/t -> glue:curated/t =*',
  ],
  ['cat /mnt/q.sql | sed s/x/y/ | hive', 'sed: file /mnt/q.sql ->', 'hive: ?SCRIPT standard input'],
  [
    'trino --server trino.internal:8080 --catalog hive --schema raw --execute "insert into curated.t select * from s"',
    'trino: glue:raw/s -> glue:curated/t =*',
  ],
  [
    'presto-cli --server http://p.internal:8889 --catalog mysql --schema app --execute "insert into hive.raw.t select * from visits"',
    'presto-cli: trino://p.internal:8889 mysql.app.visits -> glue:raw/t =*',
  ],
  [
    'impala-shell -i h:21000 -d raw -q "insert into curated.t select * from s"',
    'impala-shell: glue:raw/s -> glue:curated/t =*',
  ],
  ['hive --service metastore'],
  [
    [
      'hive-script',
      '--run-hive-script',
      '--args',
      '-f',
      's3://code/q.hql',
      '-d',
      'INPUT=s3://lake/in',
    ],
    'hive: ?SCRIPT s3://code/q.hql',
  ],
  [
    ['pig-script', '--run-pig-script', '--args', '-f', 's3://code/q.pig', '-p', 'IN=s3://lake/in'],
    'pig: ?SCRIPT s3://code/q.pig',
  ],
  [
    `pig -p IN=/raw/v -e "a = LOAD '$IN' USING PigStorage(','); STORE a INTO '/out/v';"`,
    'pig: -> hdfs:/out/v ?VALUE LOAD',
  ],
  [
    [
      'pig',
      '-p',
      'IN=/raw/v',
      '-e',
      `a = LOAD '$IN' USING PigStorage(','); STORE a INTO '/out/v';`,
    ],
    'pig: hdfs:/raw/v -> hdfs:/out/v',
  ],
  [
    'spark-submit --deploy-mode cluster --conf spark.sql.catalog.x=y --jars s3://code/a.jar --class org.x.Main s3://code/app.jar s3://lake/in --out=s3a://lake/out/dt=2026-03-02 2026-03-02',
    'spark-submit: ~s3://lake in ~s3a://lake out/dt=2026-03-02 ?PROGRAM s3://code/app.jar',
  ],
  ['spark-submit $APP', 'spark-submit: ?PROGRAM ?'],
  [['spark-example', 'SparkPi', '10']],
  ['spark-shell -i x.scala', 'spark-shell: ?PROGRAM spark-shell'],
  [
    'hadoop jar s3://code/etl.jar com.hospital.Etl s3://lake/in s3://lake/out',
    'hadoop jar: ~s3://lake in ~s3://lake out ?PROGRAM s3://code/etl.jar',
  ],
  [
    'hadoop jar s3://code/sqoop-1.4.7.jar org.apache.sqoop.Sqoop export --connect jdbc:mysql://h/d --table t --export-dir /e',
    'sqoop export: hdfs:/e -> mysql://h:3306 d.t =*',
  ],
  [
    [
      'hadoop',
      'jar',
      'command-runner.jar',
      'sqoop',
      'import',
      '--connect',
      'jdbc:mysql://h/d',
      '--table',
      't',
      '--target-dir',
      '/t',
    ],
    'sqoop import: mysql://h:3306 d.t -> hdfs:/t =*',
  ],
  [
    [
      'hadoop',
      'jar',
      'command-runner.jar',
      'bash',
      '-c',
      'sqoop import --connect jdbc:mysql://h/d --table t --target-dir /t && hdfs dfs -rm -r /old',
    ],
    'sqoop import: mysql://h:3306 d.t -> hdfs:/t =*',
    'hadoop fs -rm: ~hdfs:/old',
  ],
  [
    ['hadoop', 'jar', 'command-runner.jar', 's3://code/run.sh', '2026-03-02'],
    'bash: ?SCRIPT s3://code/run.sh',
  ],
  [
    [
      'hadoop',
      'jar',
      's3://us-east-1.elasticmapreduce/libs/script-runner/script-runner.jar',
      's3://code/run.sh',
    ],
    'bash: ?SCRIPT s3://code/run.sh',
  ],
  [['command-runner.jar'], 'command-runner.jar: ?VALUE the command'],
  [['state-pusher-script']],
  [
    'hadoop-streaming -files s3://code/m.py -mapper m.py -reducer r.py -input s3://lake/a -input /b,/c -output s3://lake/out',
    'hadoop-streaming: s3://lake a, hdfs:/b, hdfs:/c -> s3://lake out',
  ],
  [
    'python3 /home/hadoop/etl.py --input s3://lake/in --output s3://lake/out',
    'python3: ~s3://lake in ~s3://lake out ?PROGRAM /home/hadoop/etl.py',
  ],
  ['sh /home/hadoop/run.sh 2026-03-02', 'sh: ?SCRIPT /home/hadoop/run.sh'],
  ['./run.sh', 'sh: ?SCRIPT ./run.sh'],
  ['some-vendor-tool --in /a --out /b', 'some-vendor-tool: ?TOOL some-vendor-tool'],
  [
    'sudo -E -u hdfs hdfs dfs -put /mnt/x incoming',
    'hadoop fs -put: file /mnt/x -> hdfs:/user/hdfs/incoming =*',
  ],
  [
    'env HADOOP_USER_NAME=etl hdfs dfs -put /mnt/x incoming',
    'hadoop fs -put: file /mnt/x -> hdfs:/user/etl/incoming =*',
  ],
  [
    'HADOOP_USER_NAME=etl hdfs dfs -put /mnt/x incoming',
    'hadoop fs -put: file /mnt/x -> hdfs:/user/etl/incoming =*',
  ],
  [
    'nohup nice -n 10 timeout -k 5 2h hdfs dfs -cp /a /b > /var/log/x.log 2>&1 &',
    'hadoop fs -cp: hdfs:/a -> hdfs:/b =*',
  ],
  [
    `su - etl -c 'hdfs dfs -put /mnt/x incoming'`,
    'hadoop fs -put: file /mnt/x -> hdfs:/user/etl/incoming =*',
  ],
  [`hdfs dfs -ls /a | awk '{print $8}' | xargs -n1 -I{} hdfs dfs -cp {} /b`, 'xargs: ?VALUE hdfs'],
  ['cp /mnt/a.csv /mnt/b.csv', 'cp: file /mnt/a.csv -> file /mnt/b.csv =*'],
  [
    'hdfs dfs -cat /raw/x.gz | gunzip | sort | hdfs dfs -put - /raw/x',
    'hadoop fs -put: hdfs:/raw/x.gz -> hdfs:/raw/x',
  ],
  ['hdfs dfs -text /raw/x.gz > /mnt/x.csv', 'hadoop fs -text: hdfs:/raw/x.gz -> file /mnt/x.csv'],
  ['hdfs dfs -put - /raw/x < /mnt/x.csv', 'hadoop fs -put: file /mnt/x.csv -> hdfs:/raw/x'],
  [
    'aws s3 cp s3://lake/x - | python3 clean.py | aws s3 cp - s3://lake/clean/x',
    'python3: s3://lake x -> ?PROGRAM clean.py',
    'aws s3 cp: s3://lake x -> s3://lake clean/x',
  ],
  ['date +%F; echo done; sleep 5; true'],
  [
    'hive -e "select id, dob from raw.visits" > /mnt/visits.tsv',
    'hive: glue:raw/visits -> file /mnt/visits.tsv',
  ],
  [
    'hive -e "select id from raw.visits" | aws s3 cp - s3://lake/out/visits.tsv',
    'aws s3 cp: glue:raw/visits -> s3://lake out/visits.tsv',
  ],
  [
    'psql -h dwh.abc123.us-east-1.redshift.amazonaws.com -p 5439 -U loader -d dev -c "insert into mart.visits select id from stage.visits"',
    'psql: redshift://dwh.us-east-1:5439 dev.stage.visits -> redshift://dwh.us-east-1:5439 dev.mart.visits {id}',
  ],
  [
    'psql "postgresql://u:[scrubbed:password]@pg.internal:5432/app" -c "insert into audit select id from clin.visits"',
    'psql: postgres://pg.internal:5432 app.clin.visits -> postgres://pg.internal:5432 app.public.audit {id}',
  ],
  [
    'psql "host=pg.internal dbname=app user=u" -f /home/etl/load.sql',
    'psql: ?SCRIPT /home/etl/load.sql',
  ],
  [
    'mysql -h db.internal -u etl -p[scrubbed:password] clinic -e "insert into audit select id from visits"',
    'mysql: mysql://db.internal:3306 clinic.visits -> mysql://db.internal:3306 clinic.audit {id}',
  ],
  [
    'mysql --host=db.internal --database=clinic -N -B -e "select id from visits" > /mnt/ids.txt',
    'mysql: mysql://db.internal:3306 clinic.visits -> file /mnt/ids.txt',
  ],
  [
    'hdfs dfs -cat /raw/x.sql | hive',
    'hadoop fs -cat: hdfs:/raw/x.sql ->',
    'hive: ?SCRIPT standard input',
  ],
  [
    'psql -d app -c "insert into audit select id from clin.visits"',
    'psql: ?VALUE a name in a statement',
  ],
  [`python3 -c 'import x; x.run("secret")'`, 'python3: ?PROGRAM python3'],
  [
    'sqoop import --password a;hunter2! b',
    'sqoop import: ?REFUSED sqoop import',
    'shell: ?TOOL a command',
  ],
  [`bash -x 'rm -rf x; y'`, 'bash: ?SCRIPT a text'],
]

describe('command lines of other tools', () => {
  it.each(lines)('are read: %j', (command, ...moved) => {
    expect(summary(command)).toEqual(moved)
  })
})
