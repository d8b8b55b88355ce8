import type { Json } from '../../../src/model/index.ts'
import * as put from './places.ts'

/** What it is, the text itself, and an event that holds it. */
type Canary = readonly [what: string, text: string, event: Json]

// Put together here, so that no scanner takes this file for a leak.
const githubToken = ['gh', 'p_', 'Zx81Qm'.repeat(6)].join('')
const slackToken = ['xo', 'xb', '-2718281828-', 'k3J9'.repeat(4)].join('')
const googleKey = ['AI', 'za', 'Sy1-'.repeat(8), 'Qw7'].join('')
const stripeKey = ['sk', '_live_', '4eC39HqLyjWDarjt'].join('')
const databricksToken = ['da', 'pi', '0f1e2d3c'.repeat(4)].join('')
const gitlabToken = ['gl', 'pat', '-', 'hT5s'.repeat(5)].join('')
const accessKeyId = ['AK', 'IA', 'Q3EGUZ7ML0PXBVNT'].join('')
const temporaryKeyId = ['AS', 'IA', 'V7KDP2WQ9LMXTRBC'].join('')
const secretAccessKey = 'kJ8/xQ2mN5pR7tVwYzA1bC3dE4fG6hI9jK0lM+nO'
const otherSecretKey = 'Zq9wXe8rCt7yVu6iBo5pNa4sMd3fLg2hKj1k/P+Q'
const sessionToken = ['IQoJ', 'b3JpZ2lu', 'X2VjE7b4'.repeat(8)].join('')
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJjYW5hcnkifQ', 'c2lnbmF0dXJlLWNhbmFyeQ'].join('.')
const privateKey = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw'
const pem = (kind: string) =>
  [
    '-----BEGIN ',
    kind,
    'PRIVATE KEY-----\n',
    privateKey,
    '\n-----END ',
    kind,
    'PRIVATE KEY-----',
  ].join('')
const basic = Buffer.from('etl:Orchid-77-basic').toString('base64')

/** Every one of these must be gone from what is stored. */
export const mustGo: readonly Canary[] = [
  // Names that say that their value is a secret.
  ['a property of a connector', 'postgres-7Xk', put.inConfigs('database.password=postgres-7Xk')],
  ['one with a space and a semicolon', 'two words; 9', put.inConfigs('a.passwd=two words; 9')],
  ['a snake-case key', 'hunter2-a', put.inFacet({ db_password: 'hunter2-a' })],
  ['a camel-case key', 'hunter2-b', put.inFacet({ masterUserPassword: 'hunter2-b' })],
  ['a kebab-case key', 'hunter2-c', put.inFacet({ 'client-secret': 'hunter2-c' })],
  ['a dotted key', 'hunter2-d', put.inProperties({ 'fs.s3a.secret.key': 'hunter2-d' })],
  ['a key with spaces', 'hunter2-e', put.inFacet({ 'API Key': 'hunter2-e' })],
  ['an upper-case key', 'hunter2-f', put.inFacet({ PGPASSWORD: 'hunter2-f' })],
  ['a key without separators', 'hunter2-g', put.inFacet({ dbpasswd: 'hunter2-g' })],
  ['a numbered key', 'hunter2-h', put.inFacet({ token2: 'hunter2-h' })],
  ['pwd', 'hunter2-i', put.inFacet({ pwd: 'hunter2-i' })],
  ['a passphrase', 'hunter2-j', put.inFacet({ keyPassphrase: 'hunter2-j' })],
  ['a number', '48151623', put.inFacet({ adminPassword: 48151623 })],
  [
    'all that lies under a name',
    'deep-91',
    put.inFacet({ credentials: { a: [{ b: 'deep-91' }] } }),
  ],
  ['a list', 'listed-92', put.inFacet({ apiKeys: ['listed-92'] })],
  [
    'ConnectionPassword',
    'hive-41',
    put.inProperties({ 'javax.jdo.option.ConnectionPassword': 'hive-41' }),
  ],
  [
    'the key of an Azure account',
    'QWJjRGVm',
    put.inProperties({ 'fs.azure.account.key.clinic.dfs.core.windows.net': 'QWJjRGVm' }),
  ],
  ['an environment variable', 'env-51', put.inEnvironment('AIRFLOW_DB_PASSWORD', 'env-51')],
  ['another', 'env-52', put.inEnvironment('GITHUB_TOKEN', 'env-52')],
  ['a parameter', 'param-53', put.inParameter('private-key', 'param-53')],
  [
    'a tag',
    'tag-54',
    put.eventWith({ job: { tags: { tags: [{ key: 'api_token', value: 'tag-54' }] } } }),
  ],
  [
    'a pair in AWS spelling',
    'pair-55',
    put.inFacet({ p: [{ Key: 'DbPassword', Value: 'pair-55' }] }),
  ],
  ['a facet named so', 'facet-56', put.eventWith({ run: { vault_token: { value: 'facet-56' } } })],

  // Commands and settings in text.
  ['an option', 'opt-61', put.inFacet({ command: 'sqoop import --password opt-61 --table t' })],
  ['an option with =', 'opt-62', put.inFacet({ command: 'sqoop import --hs2-password=opt-62' })],
  ['a quoted option', 'opt 63', put.inFacet({ command: "run --token 'opt 63' --x" })],
  ['an argument of a list', 'opt-64', put.inFacet({ args: ['sqoop', '--password', 'opt-64'] })],
  ['a Java property', 'opt-65', put.inFacet({ args: ['-Dfs.s3a.secret.key=opt-65'] })],
  ['a printed list', 'opt-66', put.inError("ran ['sqoop', '--password', 'opt-66', '-m', '1']")],
  ['a variable of a shell', 'sh-67', put.inCode('bash', 'export DB_PASSWORD=sh-67\n./run.sh')],
  ['curl -u', 'curl-68', put.inCode('bash', 'curl -s -u etl:curl-68 https://example.org')],
  [
    'a Python literal',
    'py-69',
    put.inCode('python', 'password = "py-69"\nconnect(password=password)'),
  ],
  ['a typed one', 'py-70', put.inCode('python', "api_key: str = 'py-70'")],
  [
    'an option of a reader',
    'py-71',
    put.inCode('scala', 'read.option("password", "py-71").load()'),
  ],
  ['a Python dict', 'dict-72', put.inError("kwargs {'user': 'etl', 'password': 'dict-72'}")],
  ['JSON in a string', 'json-73', put.inFacet({ conf: '{"db":{"password":"json-73"}}' })],
  [
    'a pair of JSON in a string',
    'json-74',
    put.inFacet({ c: '[{"name":"TOKEN","value":"json-74"}]' }),
  ],
  ['JSON twice in a string', 'json-75', put.inError('body "{\\"password\\": \\"json-75\\"}"')],
  ['a YAML line', 'yaml-76', put.inDescription('user: etl\npassword: yaml-76\n')],
  ['a connection string', 'conn-77', put.inFacet({ conn: 'Server=db;Uid=sa;Pwd=conn-77;' })],
  ['libpq', 'conn-78', put.inError('could not connect: host=db password=conn-78 user=etl')],
  ['XML', 'xml-79', put.inDescription('<db><password>xml-79</password></db>')],
  [
    'a Hadoop setting',
    'xml-80',
    put.inDescription('<property><name>a.secret.key</name><value>xml-80</value></property>'),
  ],
  ['a sentence', 'tr0ub4dor', put.inDescription('the password is tr0ub4dor, do not tell')],

  ['a word that ends like the name', 'topsecret-not', put.inError('secret=topsecret-not')],
  ['the same, plain', 'veryownsecret', put.inError('secret=veryownsecret')],
  ['a poor password', 'db.password=password', put.inError('with db.password=password')],
  ['a poor one in a URL', '?password=password', put.inUri('jdbc:mysql://db/c?password=password')],

  // URLs.
  [
    'an option in a job of a command',
    'opt-78',
    put.jobNamed('sqoop import --password opt-78 -m 4'),
  ],
  ['one with an equals sign', 'opt-79', put.jobNamed('dump --db-password="opt-79" clinic')],
  ['an event type that is none', 'word-80', put.withEventType('password=word-80')],
  ['a time that is none', 'time-80', put.withEventTime('token: time-80-0123456789')],
  ['a list where a name should be', 'list-80', put.withEventType(['password=list-80'])],
  [
    'userinfo in a namespace',
    'uri-81',
    put.inInput('postgres://etl:uri-81@db:5432', 'clinic.public.t'),
  ],
  ['userinfo in a source', 'uri-82', put.inUri('mysql://etl:uri-82@db:3306/clinic')],
  ['userinfo in text', 'uri-83', put.inError('cannot reach redis://:uri-83@cache:6379/0')],
  ['a slash in a password', 'uri/84', put.inError('postgresql://etl:uri/84@db/clinic refused')],
  ['an @ in a password', 'uri@85', put.inError('amqp://etl:uri@85@queue/vhost refused')],
  ['keys of a bucket', 'uri-86', put.inInput('s3a://AK:uri-86@lake', 'raw')],
  ['each of some brokers', 'uri-87', put.inInput('kafka://a:uri-87@k1:9092,b:uri-87@k2:9092', 't')],
  [
    'a parameter of JDBC',
    'jdbc-88',
    put.inUri('jdbc:sqlserver://db:1433;user=etl;password=jdbc-88;x=1'),
  ],
  ['another', 'jdbc-89', put.inUri('jdbc:mysql://db/clinic?user=etl&password=jdbc-89')],
  ['Oracle', 'tiger-90', put.inUri('jdbc:oracle:thin:scott/tiger-90@//db:1521/svc')],
  [
    'a presigned URL',
    'f0e1d2c3b4a5',
    put.inError('GET https://lake.s3.amazonaws.com/x?X-Amz-Signature=f0e1d2c3b4a5&X=1 403'),
  ],
  ['a SAS', 'sas%2B91', put.inUri('https://a.blob.core.windows.net/c?sv=2020&sig=sas%2B91')],

  // Secrets that show what they are.
  ['an AWS key id', accessKeyId, put.inDescription(`the key ${accessKeyId} is used`)],
  ['a temporary one', temporaryKeyId, put.inFacet({ who: temporaryKeyId })],
  ['its secret', secretAccessKey, put.inError(`${accessKeyId}:${secretAccessKey}`)],
  ['the secret alone', otherSecretKey, put.inError(`aws secret was ${otherSecretKey}`)],
  ['a session token', sessionToken, put.inFacet({ session: sessionToken })],
  ['a private key', privateKey, put.inFacet({ note: pem('') })],
  [
    'one cut off',
    'MIIBOgIBAAJBAKj34',
    put.inError('-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34'),
  ],
  [
    'one on one line',
    'MHcCAQEEIOz9',
    put.inError(pem('EC ').replace(privateKey, '\\nMHcCAQEEIOz9\\n')),
  ],
  ['a JWT', 'c2lnbmF0dXJlLWNhbmFyeQ', put.inError(`rejected ${jwt}`)],
  ['a bearer token', 'mF_9.B5f-4.1JqM-94', put.inError('Authorization: Bearer mF_9.B5f-4.1JqM-94')],
  ['a header', 'header-token', put.inFacet({ headers: { Authorization: 'Bearer header-token' } })],
  ['basic authentication', basic, put.inFacet({ header: `Basic ${basic}` })],
  ['GitHub', githubToken, put.inFacet({ note: `cloned with ${githubToken}` })],
  ['GitLab', gitlabToken, put.inFacet({ note: gitlabToken })],
  ['Slack', slackToken, put.inFacet({ channel: slackToken })],
  ['Google', googleKey, put.inError(`https://maps.example.org/?key=${googleKey}`)],
  ['Stripe', stripeKey, put.inFacet({ note: stripeKey })],
  ['Databricks', databricksToken, put.inFacet({ note: databricksToken })],

  // SQL.
  ['a literal', '219-09-9998', put.inSql("select * from p where n = '219-09-9998'")],
  ['a name beside it', 'Jane Roe', put.inSql("select * from p where n = 'Jane Roe 219-09-9997'")],
  ['a number', '219099996', put.inSql('select * from p where ssn = 219099996')],
  ['a row', '219099995', put.inSql("insert into p (id, ssn) values (7, '219099995')")],
  ['a list', '219099994', put.inSql('delete from p where ssn in (457555461, 219099994)')],
  ['an address', 'sql.one@example.org', put.inSql("update p set e = 'sql.one@example.org'")],
  ['a doubled quote', 'sql.two@example.org', put.inSql("select 'it''s sql.two@example.org'")],
  [
    'an escape string',
    'sql.three@example.org',
    put.inSql("select E'it\\'s sql.three@example.org'"),
  ],
  ['a backslash', 'sql.four@example.org', put.inSql("select 'it\\'s sql.four@example.org' from t")],
  ['a dollar quote', 'sql.five@example.org', put.inSql("do $b$ select 'sql.five@example.org' $b$")],
  ['a comment', 'sql.six@example.org', put.inSql('select 1 -- ask sql.six@example.org')],
  ['a block comment', 'sql-pw-1', put.inSql('/* password: sql-pw-1 */ select 1')],
  [
    'a cut statement',
    'sql.seven@example.org',
    put.inSql("select 'a from t where e = sql.seven@example.org"),
  ],
  ['a card', '4111111111111111', put.inSql('select * from pay where n = 4111111111111111')],
  ['a telephone', '(217) 555-0143', put.inSql("select * from p where t like '%(217) 555-0143%'")],
  ['its password', 'sql-pw-0', put.inSql("update u set password = 'sql-pw-0', a = 'b")],
  ['a user', 'sql-pw-2', put.inSql("create user u with password 'sql-pw-2'")],
  ['a user of MySQL', 'sql-pw-3', put.inSql("create user u identified by 'sql-pw-3'")],
  ['a user of Oracle', 'sqlpw4', put.inSql('alter user u identified by sqlpw4')],
  ['a comparison', 'sql-pw-5', put.inSql("select * from u where u.password = 'sql-pw-5'")],
  [
    'a row of users',
    'sql-pw-6',
    put.inSql("insert into u (n, password) values ('a', 'x'), ('b', 'sql-pw-6')"),
  ],
  [
    'COPY',
    secretAccessKey,
    put.inSql(
      `copy t from 's3://lake/x' credentials 'aws_access_key_id=${accessKeyId};aws_secret_access_key=${secretAccessKey}'`,
    ),
  ],
  [
    'COPY by name',
    'sql-key-7',
    put.inSql("copy t from 's3://lake/x' access_key_id 'sql-key-7' secret_access_key 's'"),
  ],
  [
    'its secret',
    'sql-key-8',
    put.inSql(
      "unload ('select 1') to 's3://lake/x' access_key_id 'i' secret_access_key 'sql-key-8'",
    ),
  ],
  [
    'a stage',
    'sql-key-9',
    put.inSql("create stage s credentials=(aws_key_id='i' aws_secret_key='sql-key-9')"),
  ],
  [
    'a table of Flink',
    'sql-pw-10',
    put.inSql("create table t (a int) with ('connector'='jdbc', 'password'='sql-pw-10')"),
  ],
  [
    'a statement in a literal',
    '219-09-9993',
    put.inSql("unload ('select * from p where n = ''219-09-9993''') to 's3://lake/x'"),
  ],
  [
    'its password',
    'sql-pw-11',
    put.inSql("unload ('select * from u where password = ''sql-pw-11''') to 's3://lake/x'"),
  ],
  ['a setting', 'sql-pw-12', put.inSql('set fs.s3a.secret.key=sql-pw-12;\nselect 1')],
  [
    'an own facet',
    'sql.eight@example.org',
    put.inFacet({ query: "select 'sql.eight@example.org'" }),
  ],
  ['another', 'sql-pw-13', put.inFacet({ hiveQuery: "create user u identified by 'sql-pw-13'" })],
  ['source code', 'sql.nine@example.org', put.inCode('SQL', "select 'sql.nine@example.org'")],

  // Identifiers in text.
  ['an SSN in an error', '457-55-5462', put.inError('duplicate key (457-55-5462)')],
  ['with spaces', '457 55 5463', put.inStackTrace('at Row(457 55 5463)')],
  ['without separators', '457555464', put.inError('invalid SSN: 457555464')],
  ['of PostgreSQL', '457555465', put.inError('Key (ssn)=(457555465) already exists.')],
  ['of Spark', '457555466', put.inFacet({ plan: 'Filter (ssn#12 = 457555466)' })],
  ['under a key', '457555467', put.inFacet({ patientSsn: '457555467' })],
  ['a number under a key', '457555468', put.inFacet({ ssn: 457555468 })],
  ['never issued, but named', '900-12-3457', put.inError('SSN 900-12-3457 is not valid')],
  ['in a path', '457-55-5469', put.inError('no such file /in/457-55-5469.pdf')],
  [
    'an address in an error',
    "o'brien@clinic.example",
    put.inError("no user o'brien@clinic.example."),
  ],
  [
    'with an encoded sign',
    'jane.roe%40clinic.example',
    put.inError('GET /p?e=jane.roe%40clinic.example'),
  ],
  [
    'of a key',
    'key.one@clinic.example',
    put.inFacet({ notify: { 'key.one@clinic.example': 'daily' } }),
  ],
  [
    'of a facet',
    'key.two@clinic.example',
    put.eventWith({ run: { 'key.two@clinic.example': {} } }),
  ],
  ['beyond ASCII', 'zoë@clinic.example', put.inDescription('ask zoë@clinic.example')],
  ['a telephone', '217-555-0144', put.inDescription('call 217-555-0144 at night')],
  ['in brackets', '(555) 123-4567', put.inDescription('or (555) 123-4567')],
  ['with points', '217.555.0145', put.inDescription('or 217.555.0145')],
  ['with a country', '+1 217 555 0146', put.inDescription('or +1 217 555 0146')],
  ['abroad', '+44 20 7946 0958', put.inDescription('or +44 20 7946 0958')],
  ['abroad, plain', '+442079460959', put.inDescription('or +442079460959')],
  ['under a key', '2175550147', put.inFacet({ homePhone: '2175550147' })],
  ['after a word', '2175550148', put.inDescription('phone 2175550148')],
  ['a card', '5555 5555 5555 4444', put.inError('declined 5555 5555 5555 4444')],
  ['American Express', '378282246310005', put.inError('declined 378282246310005')],
  ['with hyphens', '6011-1111-1111-1117', put.inError('declined 6011-1111-1111-1117')],
  ['of nineteen digits', '6205500000000000004', put.inError('card 6205500000000000004')],

  // Values of data.
  [
    'a literal of a condition',
    'cond.one@example.org',
    put.inCondition('email', 'cond.one@example.org'),
  ],
  ['one that its field explains', '457555470', put.inCondition('ssn', '457555470')],
  ['a secret', 'cond-pw', put.inCondition('password', 'cond-pw')],
  ['a least value', 'least@example.org', put.inMetrics('email', 'least@example.org')],
  ['one of a column', '457555471', put.inMetrics('ssn', 457555471)],
  ['a result', '457555472', put.inAssertion('ssn', '457555472')],
  ['a failed row', 'row@example.org', put.inTest('row: 7, row@example.org')],
]

const uuid = '4111f111-1111-4111-8111-111111111111'
const sha1 = '219099998aaf4c61ddcc5e8a2dabede0f3b482cd'
const sha256 = '4111111111111111b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee'

/** Every one of these must still be there: names, references, ids and what only looks alike. */
export const mustStay: readonly Canary[] = [
  // Names.
  ['a dataset', 'clinic.public.ssn', put.inInput('postgres://db:5432', 'clinic.public.ssn')],
  ['a bucket like a telephone', 's3://217-555-0199', put.inInput('s3://217-555-0199', 'raw')],
  ['a folder like an SSN', 'in/219-09-9998', put.inInput('s3://lake', 'in/219-09-9998')],
  ['a topic like an address', 'a.b@c.example', put.inInput('kafka://k:9092', 'a.b@c.example')],
  ['a job with options', 'run --token-file a --key b', put.jobNamed('run --token-file a --key b')],
  ['a job after a secret', 'rotate-password -v', put.jobNamed('rotate-password -v')],
  ['a time', '2026-02-03T10:00:00.123456Z', put.inError('fine')],
  ['a column', 'api_token', put.inColumns('api_token')],
  ['another', 'password', put.inColumns('password')],
  [
    'an owner',
    'jane.owner@example.org',
    put.eventWith({ job: { ownership: { owners: [{ name: 'jane.owner@example.org' }] } } }),
  ],
  ['the host behind userinfo', 'postgres://db:5432', put.inInput('postgres://u:p@db:5432', 't')],
  [
    'the second of two brokers',
    'kafka://k1:9092,k2:9092',
    put.inInput('kafka://u:p@k1:9092,u:p@k2:9092', 't'),
  ],
  [
    'the container of Azure',
    'abfss://raw@clinic.dfs.core.windows.net',
    put.inInput('abfss://raw@clinic.dfs.core.windows.net', 'x'),
  ],
  [
    'the same in text',
    'wasbs://raw@clinic.blob.core.windows.net/x',
    put.inFacet({ m: 'wasbs://raw@clinic.blob.core.windows.net/x' }),
  ],
  [
    'other parameters of JDBC',
    'databaseName=clinic',
    put.inUri('jdbc:sqlserver://db;password=x;databaseName=clinic'),
  ],
  ['git', 'git@github.com:clinic/etl.git', put.inFacet({ repo: 'git@github.com:clinic/etl.git' })],
  [
    'a Kerberos service',
    'hive/node1@CLINIC.EXAMPLE',
    put.inProperties({ principal: 'hive/node1@CLINIC.EXAMPLE' }),
  ],

  // Keys that are no secrets.
  ...[
    ['partitionKey', 'k-01'],
    ['hashKey', 'k-02'],
    ['sortKey', 'k-03'],
    ['keyId', 'k-04'],
    ['primaryKey', 'k-05'],
    ['foreign_key', 'k-06'],
    ['key', 'k-07'],
    ['secretArn', 'k-08'],
    ['secretName', 'k-09'],
    ['nextToken', 'k-10'],
    ['continuation-token', 'k-11'],
    ['tokenUsage', 'k-12'],
    ['tokenizer', 'k-13'],
    ['password_file', 'k-14'],
    ['credentials.provider', 'k-15'],
    ['compass', 'k-16'],
    ['monkey', 'k-17'],
    ['passwordPolicy', 'k-18'],
  ].map(([key = '', value = '']): Canary => [key, value, put.inFacet({ [key]: value })]),
  [
    'an ARN of a secret',
    'secret:etl-AbCdEf',
    put.inFacet({ secret: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:etl-AbCdEf' }),
  ],
  ['a template', '${DB_PASSWORD}', put.inFacet({ password: '${DB_PASSWORD}' })],
  [
    'a masked value',
    '*********(redacted)',
    put.inProperties({ 'a.password': '*********(redacted)' }),
  ],
  ['a truth', '"requirePassword":true', put.inFacet({ requirePassword: true })],
  ['a count of tokens', '4096', put.inFacet({ maxTokens: 4096 })],
  ['the working directory', '/opt/airflow', put.inEnvironment('PWD', '/opt/airflow')],
  [
    'a file of passwords',
    's3://cfg/sqoop.pwd',
    put.inFacet({ args: ['--password-file', 's3://cfg/sqoop.pwd'] }),
  ],
  [
    'what a parser says',
    "token 'FROMAGE'",
    put.inError("syntax error: unexpected token 'FROMAGE'"),
  ],
  [
    'prose',
    'password: must contain a digit',
    put.inError('Invalid password: must contain a digit'),
  ],
  [
    'a variable handed on',
    'password=password',
    put.inCode('python', 'connect(user=user, password=password)'),
  ],

  ['one in a stack trace', 'self.token = token', put.inStackTrace('line 7\n  self.token = token')],
  ['a call', 'token = get_token()', put.inStackTrace('line 8\n  token = get_token()')],
  ['columns in an error', 'a.token = b.token', put.inError('near "on a.token = b.token"')],

  // Ids and numbers.
  ['a UUID', uuid, put.inFacet({ id: uuid })],
  ['a hash', sha1, put.inFacet({ commit: sha1 })],
  ['a longer one', sha256, put.inError(`aws checksum ${sha256}`)],
  [
    'a time',
    '2026-02-03T10:00:00.123456789Z',
    put.inFacet({ at: '2026-02-03T10:00:00.123456789Z' }),
  ],
  ['milliseconds', '1729097570970', put.inFacet({ path: '/tmp/outputs/1729097570970' })],
  ['microseconds', '1729097570970123', put.inFacet({ at: '1729097570970123' })],
  ['nanoseconds', '4111111111111111116', put.inFacet({ snapshot: '4111111111111111116' })],
  ['a number', '4111111111111111', put.inFacet({ bytes: 4111111111111111 })],
  [
    'an account',
    '123456789012',
    put.inError('arn:aws:iam::123456789012:role/etl is not authorized'),
  ],
  ['nine digits', '219099991', put.inError('read 219099991 rows')],
  ['ten digits', '2175550191', put.inError('read 2175550191 bytes')],
  ['an exchange of no telephone', '555-123-4567', put.inError('part 555-123-4567 is missing')],
  ['a name with digits', 'clinic-217-555-0143', put.inError('no bucket clinic-217-555-0143')],
  ['an area of no SSN', '666-12-3456', put.inError('part 666-12-3456 is missing')],
  ['another', '900-12-3456', put.inError('part 900-12-3456 is missing')],
  ['no Luhn digit', '4111111111111112', put.inError('offset 4111111111111112')],
  ['a version', '3.5.1-amzn-1', put.inFacet({ spark: '3.5.1-amzn-1' })],
  ['an address of a host', '10.217.555.0', put.inError('10.217.555.0 refused')],
  [
    'a host',
    'ip-10-0-0-12.ec2.internal:8088',
    put.inError('http://ip-10-0-0-12.ec2.internal:8088/proxy'),
  ],
  ['an id of a plan', 'id#219099998L', put.inFacet({ plan: 'Project [id#219099998L]' })],
  [
    'an application',
    'application_1729097245443_0002',
    put.inFacet({ id: 'application_1729097245443_0002' }),
  ],
  [
    'a part of a file',
    'part-00000-4111f111-1111',
    put.inFacet({ f: 'part-00000-4111f111-1111.parquet' }),
  ],
  ['a fraction', '0.4111111111111111', put.inError('ratio 0.4111111111111111')],
  ['a zone', '+02:00', put.inFacet({ at: '2026-02-03 10:00:00+02:00' })],
  ['a retina image', 'logo@2x.png', put.inDescription('see logo@2x.png')],
  ['a service', '311-555-0100', put.inDescription('or 311-555-0100')],
  ['a role', 'AROAQ3EGUZ7ML0PXBVNT', put.inError('AROAQ3EGUZ7ML0PXBVNT:etl')],
  [
    'a certificate',
    'BEGIN CERTIFICATE',
    put.inError('-----BEGIN CERTIFICATE-----\nMIIB\n-----END'),
  ],

  // SQL.
  [
    'columns compared',
    'a.token = b.token',
    put.inSql("select 'x@example.org' from a join b on a.token = b.token"),
  ],
  [
    'a path',
    "'s3://lake/raw/x.csv'",
    put.inSql(
      "copy t from 's3://lake/raw/x.csv' credentials 'aws_iam_role=arn:aws:iam::123456789012:role/r'",
    ),
  ],
  [
    'a role',
    'aws_iam_role=arn:aws:iam::123456789012:role/r',
    put.inSql("copy t from 's3://l/x' credentials 'aws_iam_role=arn:aws:iam::123456789012:role/r'"),
  ],
  [
    'a table in a literal',
    'select * from patients',
    put.inSql("unload ('select * from patients where n = ''219-09-9998''') to 's3://l/x'"),
  ],
  [
    'a table over a link',
    'emp@hr.us.example.com',
    put.inSql("insert into t select * from emp@hr.us.example.com where p = '219-09-9998'"),
  ],
  ['a pattern', '%@example.org', put.inSql("select * from t where e like '%@example.org'")],
  ['an id', '219099992', put.inSql('select * from orders where order_id = 219099992')],
  [
    'the statement around a find',
    "select id from p where n = '[scrubbed:ssn]' and zone = 'north'",
    put.inSql("select id from p where n = '219-09-9998' and zone = 'north'"),
  ],
  ['an alias', '"Token Name"', put.inSql('select token "Token Name", \'219-09-9998\' from t')],
  ['a name in backticks', '`p.217-555-0143`', put.inSql("select 'a@b.de' from `p.217-555-0143`")],
  ['a date', "'2026-02-03'", put.inSql("select * from p where phone is null and d = '2026-02-03'")],
]
