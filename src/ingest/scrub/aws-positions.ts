import type { Json } from '../../model/index.ts'
import type { Treatment } from './detectors.ts'
import type { Place } from './positions.ts'
import { textIn } from '../members.ts'

/** A member by its name in lower case, wherever it stands: services nest alike things in many ways. */
type Members = Readonly<Record<string, Place>>

const nothing: ReadonlyMap<string, Place> = new Map()

function treated(treatment: Treatment): Place {
  const place: { -readonly [Key in keyof Place]: Place[Key] } = {
    reading: 'text',
    fields: nothing,
    treatment,
  }
  place.items = place
  place.others = place
  return place
}

const name: Place = { reading: 'name', fields: nothing }
const actor: Place = { reading: 'actor', fields: nothing }
const sql: Place = { reading: 'sql', fields: nothing }
const plain: Place = { reading: 'text', fields: nothing }
const gone = treated('gone')
const key = treated('key')
const token = treated('token')

function all(place: Place, ...names: readonly string[]): Members {
  return Object.fromEntries(names.map((one) => [one, place]))
}

/** What members are called in events of AWS, and how each is read; all others are text. */
const everywhere: Members = {
  // Names of things and ids of events: they are what an event is about, whatever they look like.
  ...all(
    name,
    ...(
      'eventversion eventid eventname eventsource eventtime eventtype eventcategory awsregion region ' +
      'account accountid recipientaccountid awsaccountid requestid sharedeventid apiversion id ' +
      'detail-type source version time bucketname bucketarn streamname streamarn kinesisstreamarn ' +
      'deliverystreamname deliverystreamarn tablename tablearn databasename dbname schemaname columnname ' +
      'columnnames datatablename datatablecolumns dataset catalogid functionname functionarn rulename ' +
      'clusteridentifier workgroupname workgroup namespacename topicname topicarn targetarn queueurl ' +
      'queuename rolearn role jobflowrole servicerole executionrolearn sourceipaddress vpcendpointid ' +
      'keyid kmskeyid kmskeyarn awskmskeyarn etag versionid sequencer sequencenumber eventsourcearn ' +
      'shardid messageid partitionkeys hashkey rangekey hashkeyfield rangekeyfield jobflowid clusterid ' +
      'stepid stepids jobname jobrunid crawlername digests3bucket previousdigests3bucket hashvalue ' +
      'previousdigesthashvalue previousdigestsignature digestpublickeyfingerprint s3bucket s3object ' +
      'digests3object previousdigests3object ' +
      'securityconfiguration securitygroupid vpcid subnetid'
    ).split(' '),
  ),
  bucket: {
    reading: 'name',
    fields: new Map([
      ['name', name],
      ['arn', name],
    ]),
  },
  // Who did it is part of the answer, also where that is an address.
  ...all(
    actor,
    ...(
      'principalid username rolesessionname sourceidentity requester createdby dbuser ' +
      'lakeformationprincipal lakeformationrolesessionname principal invokedby'
    ).split(' '),
  ),
  // The only join of a chain of roles; who has the id alone has nothing.
  accesskeyid: token,
  // Words that only end like a secret.
  ...all(name, 'clienttoken', 'clientrequesttoken', 'idempotencytoken', 'getsignintoken'),
  credentials: plain,
  accesskey: plain,
  // Statements.
  ...all(
    sql,
    'sql',
    'sqls',
    'querystring',
    'statement',
    'statements',
    'sqlquery',
    'vieworiginaltext',
  ),
  // Objects: their folders are data sets, the rest may be somebody's name.
  s3key: key,
  'x-amz-copy-source': treated('copy-source'),
  ...all(treated('arn'), 'arn', 'aws:s3:arn'),
  // Data, or settings that hold it.
  ...all(
    gone,
    'userdata',
    'zipfile',
    'keymaterial',
    'clientcontext',
    'plaintext',
    'ciphertextblob',
  ),
}

/** What the same words mean to one service. */
const byService: Readonly<Record<string, Members>> = {
  dynamodb: {
    ...all(
      gone,
      'key',
      'keys',
      'expressionattributevalues',
      'keyconditions',
      'oldimage',
      'newimage',
      'hashkeyvalue',
      'rangekeyvalue',
      'attributevaluelist',
      'expected',
    ),
    // CloudTrail leaves the values out and lists the names of attributes.
    item: { ...gone, items: name },
  },
  kinesis: all(gone, 'data', 'partitionkey', 'explicithashkey'),
  firehose: all(gone, 'data'),
  kafka: all(gone, 'value', 'key', 'headers'),
  lambda: all(gone, 'payload', 'environment'),
  states: all(gone, 'input', 'output', 'cause', 'error', 'taskinput', 'executioninput'),
  sns: all(gone, 'message', 'subject', 'messageattributes', 'endpoint', 'phonenumber'),
  sqs: all(gone, 'messagebody', 'messageattributes'),
  ses: all(gone, 'destination', 'content', 'subject', 'body', 'rawmessage'),
  ssm: all(gone, 'value', 'parameters'),
  secretsmanager: all(gone, 'secretstring', 'secretbinary'),
  s3: { key, prefix: treated('folders') },
  iot: all(gone, 'payload'),
}

/** A statement of the activity log, and the columns of the others, which are names of people and hosts. */
const log = placeWith({}, { fields: { query: treated('logged') }, others: actor })

const places = new Map<string, Place>()

/** The place of an event of AWS, by the service that it is of; one for each service. */
export function placeOfAws(event: Json): Place {
  const service = serviceIn(event)
  const known = places.get(service)
  if (known !== undefined) return known
  const more = Object.hasOwn(byService, service) ? byService[service] : undefined
  const place = placeWith({ ...everywhere, ...more }, {})
  if (more !== undefined || places.size === 0) places.set(more === undefined ? '' : service, place)
  return place
}

export const placeOfLog: Place = log

/** The object of a notification is written as forms write it. */
export const placeOfNotification: Place = placeWith({ ...everywhere, key: treated('form-key') }, {})

function serviceIn(event: Json): string {
  const source = textIn(event, 'eventSource') ?? textIn(event, 'source') ?? ''
  const service = source.replace(/^aws[.:]/, '').replace(/\.amazonaws\.com.*$/, '')
  return Object.hasOwn(byService, service) ? service : ''
}

/** A place whose members are read alike however deep they lie. */
function placeWith(
  members: Members,
  { fields = {}, others }: Readonly<{ fields?: Members; others?: Place }>,
): Place {
  const byName = new Map(Object.entries({ ...members, ...fields }))
  const place: { -readonly [Key in keyof Place]: Place[Key] } = {
    reading: 'text',
    fields: byName,
    isFolded: true,
  }
  place.others = others ?? place
  place.items = place
  // A list or an object where a name should be has members like any other.
  for (const [member, of] of byName) {
    if (of.treatment !== undefined || of.fields.size > 0) continue
    byName.set(member, {
      ...of,
      fields: byName,
      isFolded: true,
      others: place,
      items: itemsOf(of, place),
    })
  }
  return place
}

/** The items of a list are what it is a list of: names, statements, people. */
function itemsOf(of: Place, place: Place): Place {
  return { ...of, fields: place.fields, isFolded: true, others: place }
}
