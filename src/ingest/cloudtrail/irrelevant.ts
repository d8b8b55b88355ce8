import type { Json } from '../../model/index.ts'
import { memberOf, textIn } from '../members.ts'
import { callOf, isDataEvent, isRefused, serviceOf } from './record.ts'

/** Looking at how things are set up, in every service of the list. */
const looking = /^(?:Describe|List|Get|Lookup|Search|BatchGet|BatchDescribe|Check|Estimate|View)/
const describing = /^(?:Describe|List)/

/**
 * Calls that only look, of services where looking shows how something is set up and never what data
 * says: nothing moved, nothing was touched, and the answer is in no record. Where looking can show
 * data or a schema (Glue's tables, Athena's results, secrets, logs, keys at work, Lake Formation),
 * nothing is in this table.
 */
const table: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
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
  ].map((service) => [service, looking] as const),
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
  ].map((service) => [service, describing] as const),
  ['ec2', /^(?:Describe|List|Search|Get(?!PasswordData|ConsoleOutput|ConsoleScreenshot))/],
  ['kms', /^(?:Describe|List|GetKeyPolicy|GetKeyRotationStatus)/],
  ['lambda', /^(?:List|GetAccountSettings|GetFunction|GetPolicy)/],
  ['s3', /^(?:GetBucket|GetAccountPublicAccessBlock|ListBuckets|ListAccessPoints|HeadBucket)/],
  [
    'glue',
    /^(?:List|GetJob|GetCrawler|GetTrigger|GetTags|GetSecurityConfiguration|GetDevEndpoint)/,
  ],
  ['athena', /^(?:List|GetWorkGroup)/],
  ['sns', /^(?:List|Get(?:Topic|Subscription)Attributes)/],
  ['sqs', /^(?:List|GetQueueAttributes|GetQueueUrl)/],
  ['sts', /^(?:GetCallerIdentity|DecodeAuthorizationMessage)/],
])

/**
 * Whether a record is known to say nothing of where data went or how it was protected. A call that was
 * refused may be an attempt at something, so it never is.
 */
export function isIrrelevantRecord(value: Json): boolean {
  if (memberOf(value, 'readOnly') !== true || isDataEvent(value) || isRefused(value)) return false
  const category = textIn(value, 'eventCategory') ?? 'Management'
  const calls = table.get(serviceOf(value) ?? '')
  return category === 'Management' && calls?.test(callOf(value) ?? '') === true
}
