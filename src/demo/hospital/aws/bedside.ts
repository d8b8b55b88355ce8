import type { JsonObject } from '../event.ts'
import type { Day } from '../time.ts'
import type { Told } from './told.ts'
import { calendar } from '../calendar.ts'
import { tables } from '../tables.ts'
import { spanOn } from '../time.ts'
import { arnOf, roleArn, sessionOf } from './account.ts'
import { recordOf } from './record.ts'

const stream = 'bedside-vitals'
const rule = 'bedside_vitals'
const bucket = 'larkmere-raw'

/**
 * How monitors at the beds reach the lake: a rule on their topics sends readings to a stream, and a
 * delivery stream writes what is in that to files. Later the rule is replaced by one that also sends
 * the respiratory rate on, and an old rule is deleted.
 */
export function bedsideDay(day: Day): readonly Told[] {
  const built = day.index === calendar.bedsideBuilt
  return [
    ...(built ? build(day) : []),
    ...(day.index === calendar.ruleReplaced ? [replaceRule(day)] : []),
    ...(day.index === calendar.oldRuleDeleted ? [deleteOldRule(day)] : []),
  ]
}

const deploying = (day: Day) =>
  sessionOf('larkmere-deploy', { session: 'pipeline', since: spanOn(day, 'deploy', 479, 1).at })

function called(
  day: Day,
  minutes: number,
  call: `${string}:${string}`,
  request: JsonObject,
  response: JsonObject | null = null,
): Told {
  const { at } = spanOn(day, call, minutes, 1)
  return { way: 'bus', at, record: recordOf({ at, call, by: deploying(day), request, response }) }
}

function build(day: Day): readonly Told[] {
  return [
    called(day, 480, 'kinesis:CreateStream', { streamName: stream, shardCount: 2 }),
    called(day, 484, 'iot:CreateTopicRule', {
      ruleName: 'bedside_test',
      topicRulePayload: {
        sql: "SELECT * FROM 'test/bedside/#'",
        awsIotSqlVersion: '2016-03-23',
        ruleDisabled: false,
        actions: [
          {
            s3: { roleArn: roleArn('larkmere-iot'), bucketName: bucket, key: 'test/${newuuid()}' },
          },
        ],
      },
    }),
    called(day, 486, 'iot:CreateTopicRule', rulePayload([])),
    called(
      day,
      490,
      'firehose:CreateDeliveryStream',
      {
        deliveryStreamName: 'bedside-to-lake',
        deliveryStreamType: 'KinesisStreamAsSource',
        kinesisStreamSourceConfiguration: {
          kinesisStreamARN: arnOf('kinesis', `stream/${stream}`),
          roleARN: roleArn('larkmere-firehose'),
        },
        extendedS3DestinationConfiguration: {
          roleARN: roleArn('larkmere-firehose'),
          bucketARN: `arn:aws:s3:::${bucket}`,
          prefix: `${tables.rawBedside.name}/!{timestamp:yyyy/MM/dd}/`,
          errorOutputPrefix: 'telemetry/errors/',
          bufferingHints: { sizeInMBs: 64, intervalInSeconds: 300 },
          compressionFormat: 'UNCOMPRESSED',
          encryptionConfiguration: {
            kMSEncryptionConfig: { aWSKMSKeyARN: arnOf('kms', 'key/larkmere-lake') },
          },
        },
      },
      { deliveryStreamARN: arnOf('firehose', 'deliverystream/bedside-to-lake') },
    ),
  ]
}

function rulePayload(added: readonly string[]): JsonObject {
  const columns = [
    'deviceId AS device_id',
    'topic(2) AS ward',
    'topic(4) AS bed',
    'patient.mrn AS patient_mrn',
    'hr AS heart_rate',
    'spo2',
    ...added,
    'takenAt AS taken_at',
  ]
  return {
    ruleName: rule,
    topicRulePayload: {
      sql: `SELECT ${columns.join(', ')} FROM '${tables.bedsideTopic.name.slice('topic/'.length)}' WHERE hr > 0`,
      awsIotSqlVersion: '2016-03-23',
      ruleDisabled: false,
      description: 'Readings of the monitors at the beds',
      actions: [
        {
          kinesis: {
            roleArn: roleArn('larkmere-iot'),
            streamName: stream,
            partitionKey: '${deviceId}',
          },
        },
      ],
      errorAction: {
        s3: {
          roleArn: roleArn('larkmere-iot'),
          bucketName: bucket,
          key: 'telemetry/refused/${newuuid()}',
        },
      },
    },
  }
}

const replaceRule = (day: Day) =>
  called(day, 500, 'iot:ReplaceTopicRule', rulePayload(['rr AS respiratory_rate']))

const deleteOldRule = (day: Day) =>
  called(day, 505, 'iot:DeleteTopicRule', { ruleName: 'bedside_test' })
