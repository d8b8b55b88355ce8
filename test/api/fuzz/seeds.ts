import type { Json } from '../../../src/model/index.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  activityLine,
  connectionLine,
  digestFile,
  kinesisRecord,
  logs,
  looking,
  native,
  record,
  s3Notification,
  sns,
  snsRecord,
  sqs,
  userLine,
  viaEventBridge,
} from '../../ingest/aws-events.ts'

const golden = join(import.meta.dirname, '../../golden')

/** Events of every folder of goldens, as they are written. */
export const goldenTexts: readonly string[] = globSync('*/*/*.event.json', { cwd: golden })
  .toSorted()
  .map((path) => readFileSync(join(golden, path), 'utf8'))

const ofAws: readonly Json[] = [
  record(),
  looking(),
  viaEventBridge(record()),
  native(),
  { Records: [record(), looking(), record()] },
  { Records: [sqs(sns(record())), kinesisRecord('x'), s3Notification(), snsRecord(native())] },
  [sqs(sns(viaEventBridge(record()))), sns(record())],
  logs('/aws/redshift/cluster/dwh/useractivitylog', [activityLine, connectionLine, userLine]),
  digestFile(),
]

/** A good body of every format and of every wrapping. The goldens alone would be mostly one format. */
export const seedTexts: readonly string[] = [
  ...goldenTexts,
  ...Array.from({ length: 6 }, () => ofAws.map((value) => JSON.stringify(value))).flat(),
  ...[activityLine, connectionLine, userLine].map((line) => `${line}\n${line}\n`),
]
