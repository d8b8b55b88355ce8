import type { Unread } from '../translator.ts'
import { accessCalls } from '../s3/access-calls.ts'

const setUp = 'tells how a resource is set up or protected, and moves nothing'
const capacity = 'changes how much a resource can take, and moves nothing'

/**
 * Calls that no translator reads, of systems that are read: kept whole for a later one. Whoever reads
 * one moves it to a table of translators.
 */
export const keptCalls: readonly Unread[] = [
  {
    source: 'elasticmapreduce',
    names: ['Create*', 'Put*', 'Set*', 'Add*', 'Modify*', 'Delete*', 'Remove*', 'Update*'],
    but: ['AddJobFlowSteps'],
    why: setUp,
  },
  {
    source: 'elasticmapreduce',
    names: ['Start*', 'Stop*'],
    why: 'runs a notebook, whose code is in no event',
  },
  {
    source: 'emr-containers',
    names: ['*'],
    why: 'runs programs on clusters of containers, which are not read yet',
  },
  {
    source: 'firehose',
    names: ['StartDeliveryStreamEncryption', 'StopDeliveryStreamEncryption', 'Tag*', 'Untag*'],
    why: setUp,
  },
  {
    source: 'firehose',
    names: ['PutRecord', 'PutRecordBatch'],
    why: 'is an access, and the records are in no event',
  },
  {
    source: 'glue',
    names: ['CreateConnection', 'UpdateConnection', 'DeleteConnection'],
    why: 'leaves out the address that a connection is to',
  },
  {
    source: 'glue',
    names: ['Put*', 'CreateSecurityConfiguration', 'DeleteSecurityConfiguration'],
    why: setUp,
  },
  {
    source: 'glue',
    names: ['GetTable*', 'GetPartition*', 'GetDatabase*', 'SearchTables', 'BatchGet*'],
    why: 'looks at the catalog: a hint at an access, not one',
  },
  {
    source: 'glue',
    names: ['*CrawlerSchedule', 'StopCrawler', 'BatchStopJobRun', '*Trigger', 'DeleteWorkflow'],
    but: ['CreateTrigger', 'StartTrigger', 'GetTrigger'],
    why: 'asks for a beginning or an end; what came of it another event tells',
  },
  {
    source: 'glue',
    names: ['CreateTrigger', 'CreateWorkflow', 'StartTrigger', 'StartWorkflowRun'],
    why: 'starts jobs, which tell of themselves',
  },
  {
    source: 'glue',
    names: ['CreateSession', 'RunStatement', 'CreateDevEndpoint'],
    why: 'runs code that is in no event',
  },
  {
    source: 'greengrass',
    names: ['*'],
    why: 'is about devices at the edge; what they publish is in no event',
  },
  {
    source: 'iot',
    names: ['CreateOTAUpdate', 'CreateStream', 'CreateJob'],
    why: 'sends programs to devices, and no data of anybody',
  },
  {
    source: 'iot',
    names: ['CreateTopicRuleDestination', 'ConfirmTopicRuleDestination'],
    why: 'allows an address to a rule, which names it itself',
  },
  {
    source: 'iot',
    names: ['Update*', 'Set*', 'CreatePolicy', 'CreateDomainConfiguration', 'Attach*', 'Detach*'],
    why: setUp,
  },
  { source: 'iotanalytics', names: ['*'], why: 'is a pipeline of a system that is not read yet' },
  { source: 'iotevents', names: ['*'], why: 'is about alarms; what they forward is in no event' },
  { source: 'iotsitewise', names: ['*'], why: 'is a model of machines that is not read yet' },
  {
    source: 'kinesis',
    names: ['PutRecord', 'PutRecords', 'GetRecords', 'GetShardIterator', 'SubscribeToShard'],
    why: 'is an access, and the records are in no event',
  },
  {
    source: 'kinesis',
    names: ['RegisterStreamConsumer', 'DeregisterStreamConsumer'],
    why: 'tells that somebody may read the stream, and not who or into what',
  },
  {
    source: 'kinesis',
    names: ['SplitShard', 'MergeShards', 'UpdateShardCount', 'UpdateStreamMode'],
    why: capacity,
  },
  {
    source: 'kinesis',
    names: ['Start*', 'Stop*', 'Increase*', 'Decrease*', 'Put*', 'Add*', 'Remove*'],
    but: ['PutRecord', 'PutRecords'],
    why: setUp,
  },
  {
    source: 'kinesisvideo',
    names: ['*'],
    why: 'carries pictures between devices, by a system that is not read yet',
  },
  {
    source: 'redshift',
    names: ['*'],
    why: 'is about clusters; what statements move is in their activity log',
  },
  {
    source: 'redshift-data',
    names: ['*'],
    but: ['ExecuteStatement', 'BatchExecuteStatement'],
    why: 'asks about statements, or ends one: its state change tells what came of it',
  },
  {
    source: 'redshift-serverless',
    names: ['*'],
    why: 'is about workgroups; what statements move is in their activity log',
  },
  {
    source: 's3',
    names: [
      'PutBucket*',
      'DeleteBucketPolicy',
      'DeleteBucketEncryption',
      'DeleteBucketPublicAccessBlock',
      'PutAccount*',
      'CreateAccessPoint*',
      'PutAccessPoint*',
    ],
    but: ['PutBucketReplication'],
    why: setUp,
  },
  {
    source: 's3',
    names: ['JobCreated', 'JobStatusChanged', 'CreateJob'],
    why: 'names no bucket; the objects that a batch touches are told one by one',
  },
  {
    source: 's3',
    names: ['GetObject*', 'PutObject*', 'DeleteObject*', 'RestoreObject'],
    but: [...accessCalls.keys()].filter((name) => name !== 'DeleteObjects'),
    why: 'tells of settings of objects, or names none: each that is deleted has a record of its own',
  },
  {
    source: 's3express',
    names: ['*'],
    but: [...accessCalls.keys()],
    why: 'tells how a directory bucket is set up; objects are accesses as those of S3 are',
  },
  {
    source: 's3-outposts',
    names: ['*'],
    why: 'is an access to objects on hardware elsewhere, which is not read yet',
  },
  { source: 's3tables', names: ['TablesMaintenanceEvent'], why: 'names no table' },
  {
    source: 'sqlworkbench',
    names: ['*'],
    why: 'hides all that it is about; the statement is in the activity log of the cluster',
  },
]
