import type { Json } from '../../../src/model/index.ts'
import type { ScrubFormat } from './canary-rows.ts'
import { describe, expect, test } from 'vitest'
import { createScrub } from '../../../src/ingest/scrub/index.ts'
import { isJsonObject } from '../../../src/model/index.ts'
import { awsSamples, awsSamplesAreThere } from '../shared-samples.ts'

const scrub = createScrub({ tokenKey: Buffer.alloc(32, 3), mrn: [/MR\d{8}/] })

/** Members by which lineage, access and posture are told; as they are written, in lower case. */
const structural = new Set(
  (
    'eventname eventsource eventid eventtime eventtype eventversion awsregion requestid errorcode ' +
    'recipientaccountid accountid type bucketname streamname databasename tablename functionname ' +
    'rolename rolearn policyarn streamarn tablearn clusterarn functionarn eventsourcearn bucketarn ' +
    'clusteridentifier jobname crawlername keyid kmskeyid encrypted storageencrypted sourcearn ' +
    'targetarn topicarn queueurl username groupid cidrip vpcid subnetid detail-type source region ' +
    'account time id state'
  ).split(' '),
)

/** What is found in them, each looked at by hand: the kind, and the last member of the place. */
const reviewed = [
  'aws-access-key-id principalId',
  'email email',
  'email value',
  'literal statement',
  ...(
    'Artist B BOOL BS L M N NS NULL S SS SongTitle body data headerKey key messageAttributes output ' +
    'value'
  )
    .split(' ')
    .map((member) => `payload ${member}`),
  'token outputToken',
  'token resultToken',
  'token sessionToken',
]

describe.skipIf(!awsSamplesAreThere)('in the shared samples of AWS (../shared)', () => {
  const samples = awsSamplesAreThere ? awsSamples() : []

  test('no value by which lineage is told changes', () => {
    const changes = samples.flatMap(({ file, event }) =>
      changed(event, scrub.event(event, formatOf(event)).value).map((key) => `${file} ${key}`),
    )
    expect(changes).toEqual([])
    expect(samples.length).toBeGreaterThan(400)
  })

  test('scrubbing again changes nothing', () => {
    for (const { event } of samples) {
      const { value } = scrub.event(event, formatOf(event))
      expect(scrub.event(value, formatOf(event))).toEqual({ value, finds: [] })
    }
  })

  test('nothing is found but what was looked at by hand', () => {
    const finds = samples.flatMap(({ event }) =>
      scrub
        .event(event, formatOf(event))
        .finds.map(({ detector, path }) => `${detector} ${path.slice(path.lastIndexOf('/') + 1)}`),
    )
    expect([...new Set(finds)].toSorted()).toEqual(reviewed)
  })
})

/** As the events say themselves; what says nothing is read as a shape that nobody knows. */
function formatOf(event: unknown): ScrubFormat {
  if (!isJsonObject(event)) return 'json'
  const source = String(event['eventSource'])
  if (event['detail'] !== undefined) return 'eventbridge'
  if (source === 'aws:s3') return 's3-notification'
  if (source.startsWith('aws:')) return 'aws-record'
  if (event['eventName'] !== undefined) return 'cloudtrail'
  return event['digestS3Bucket'] === undefined ? 'json' : 'cloudtrail-digest'
}

/** The structural members with a text that is another one afterwards. */
function changed(before: unknown, after: unknown, key = ''): readonly string[] {
  if (typeof before === 'string') {
    return structural.has(key.toLowerCase()) && before !== after ? [`${key} ${before}`] : []
  }
  if (Array.isArray(before)) {
    const items: readonly Json[] = Array.isArray(after) ? after : []
    return before.flatMap((item, index) => changed(item, items[index], key))
  }
  if (!isJsonObject(before) || !isJsonObject(after)) return []
  return Object.entries(before).flatMap(([member, value]) => changed(value, after[member], member))
}
