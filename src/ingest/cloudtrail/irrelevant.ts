import type { Json } from '../../model/index.ts'
import type { Unread } from '../translator.ts'
import { memberOf, textIn } from '../members.ts'
import { callOf, isDataEvent, isRefused, serviceOf } from './record.ts'
import { matcherOf } from '../translator.ts'

const looking = [
  'Describe*',
  'List*',
  'Get*',
  'Lookup*',
  'Search*',
  'BatchGet*',
  'BatchDescribe*',
  'Check*',
  'Estimate*',
  'View*',
]
const describing = ['Describe*', 'List*']

const showsSettings = 'shows how something is set up, and no answer is in the record'

/**
 * Calls that only look, of services where looking shows how something is set up and never what data
 * says: nothing moved, nothing was touched, and the answer is in no record. Where looking can show
 * data or a schema (Glue's tables, Athena's results, secrets, logs, keys at work, Lake Formation),
 * nothing is in this table. It counts for management events that are read-only and succeeded.
 */
export const irrelevantCalls: readonly Unread[] = [
  ...[
    'access-analyzer',
    'account',
    'acm',
    'application-autoscaling',
    'autoscaling',
    'backup',
    'billing',
    'budgets',
    'ce',
    'cloudformation',
    'cloudfront',
    'cloudtrail',
    'compute-optimizer',
    'config',
    'cost-optimization-hub',
    'elasticloadbalancing',
    'ecr',
    'ecs',
    'eks',
    'guardduty',
    'health',
    'iam',
    'inspector2',
    'monitoring',
    'notifications',
    'organizations',
    'ram',
    'resource-explorer-2',
    'resource-groups',
    'route53',
    'securityhub',
    'servicecatalog',
    'servicequotas',
    'sso',
    'support',
    'tagging',
    'trustedadvisor',
    'waf',
    'wafv2',
  ].map((source) => ({ source, names: looking, why: showsSettings })),
  ...[
    'batch',
    'datasync',
    'dms',
    'dynamodb',
    'elasticache',
    'elasticfilesystem',
    'elasticmapreduce',
    'emr-serverless',
    'events',
    'firehose',
    'iot',
    'kafka',
    'kinesis',
    'kinesisanalytics',
    'logs',
    'quicksight',
    'rds',
    'redshift',
    'redshift-serverless',
    'sagemaker',
    'secretsmanager',
    'snowball',
    'ssm',
    'states',
    'transfer',
  ].map((source) => ({ source, names: describing, why: showsSettings })),
  {
    source: 'ec2',
    names: ['Describe*', 'List*', 'Search*', 'Get*'],
    but: ['GetPasswordData*', 'GetConsoleOutput*', 'GetConsoleScreenshot*'],
    why: `${showsSettings}; passwords and consoles can show more`,
  },
  {
    source: 'kms',
    names: [...describing, 'GetKeyPolicy*', 'GetKeyRotationStatus*'],
    why: `${showsSettings}; keys at work are kept`,
  },
  {
    source: 'lambda',
    names: ['List*', 'GetAccountSettings*', 'GetFunction*', 'GetPolicy*'],
    why: showsSettings,
  },
  {
    source: 's3',
    names: [
      'GetBucket*',
      'GetAccountPublicAccessBlock*',
      'ListBuckets*',
      'ListAccessPoints*',
      'HeadBucket*',
    ],
    why: `${showsSettings}; objects are data`,
  },
  {
    source: 'glue',
    names: [
      'List*',
      'GetJob*',
      'GetCrawler*',
      'GetTrigger*',
      'GetTags*',
      'GetSecurityConfiguration*',
      'GetDevEndpoint*',
    ],
    why: `${showsSettings}; looking at a table shows its schema`,
  },
  {
    source: 'athena',
    names: ['List*', 'GetWorkGroup*'],
    why: `${showsSettings}; results of queries are data`,
  },
  {
    source: 'sns',
    names: ['List*', 'GetTopicAttributes*', 'GetSubscriptionAttributes*'],
    why: showsSettings,
  },
  { source: 'sqs', names: ['List*', 'GetQueueAttributes*', 'GetQueueUrl*'], why: showsSettings },
  {
    source: 'sts',
    names: ['GetCallerIdentity*', 'DecodeAuthorizationMessage*'],
    why: 'tells the caller who it is, or why it was refused',
  },
]

const matchers: ReadonlyMap<string, (call: string) => boolean> = new Map(
  irrelevantCalls.map((row) => [row.source, remembering(matcherOf(row))]),
)

/** A service has some hundred calls; a record may name any. */
const callsMax = 1000

function remembering(matches: (call: string) => boolean): (call: string) => boolean {
  const known = new Map<string, boolean>()
  return (call) => {
    const before = known.get(call)
    if (before !== undefined) return before
    if (known.size >= callsMax) known.clear()
    const isMatch = matches(call)
    known.set(call, isMatch)
    return isMatch
  }
}

/**
 * Whether a record is known to say nothing of where data went or how it was protected. A call that was
 * refused may be an attempt at something, so it never is.
 */
export function isIrrelevantRecord(value: Json): boolean {
  if (memberOf(value, 'readOnly') !== true || isDataEvent(value) || isRefused(value)) return false
  const category = textIn(value, 'eventCategory') ?? 'Management'
  const isIrrelevant = matchers.get(serviceOf(value) ?? '')
  return category === 'Management' && isIrrelevant?.(callOf(value) ?? '') === true
}
