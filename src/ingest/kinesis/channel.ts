import type { Fact, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { bucketOfArn, namespaceIn, spellingOfArn } from '../aws/arn.ts'
import { amendedFacts, declaredFacts } from '../aws/declared.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { folderOfTemplate } from '../aws/template.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { streamOfArn } from './stream.ts'

/**
 * Kinesis CreateChannel and UpdateChannel: a job that delivers streams to S3 or to tables of S3 Tables.
 * Reads `requestParameters.{channelName, streamConfigurationList[].streamARN,
 * s3DestinationConfiguration.storageConfiguration.{bucketARN, outputKeyTemplate},
 * s3TablesDestinationConfiguration.s3TablesConfigurationList[]}`. An update leaves what it does not name.
 *
 * @see aws-events.md section 7.2
 */
export function kinesisChannel(isUpdate: boolean): (event: CloudTrailEvent) => readonly Fact[] {
  return (event) => {
    const { at, request } = event
    const name = textAt(request, 'channelName')
    if (name === undefined) return []
    const job = { namespace: namespaceIn(event, 'kinesis'), name: `channel/${name}` }
    const set = { at, job, type: 'DELIVERY_STREAM' }
    const parts = [
      { slot: 'source', told: listAt(request, 'streamConfigurationList').map(streamIn) },
      { slot: 'main', told: listAt(request, 's3DestinationConfiguration').map(folderIn) },
      {
        slot: 'tables',
        told: listAt(request, 's3TablesDestinationConfiguration', 's3TablesConfigurationList').map(
          tableIn,
        ),
      },
    ].filter(({ told }) => told.length > 0)
    return [
      ...(isUpdate
        ? [{ kind: 'job', ...set } as const]
        : declaredFacts({ ...set, inputs: [], outputs: [] })),
      ...parts.flatMap(({ slot, told }) => {
        const known = told.filter((one) => one !== undefined)
        const side = slot === 'source' ? { inputs: known } : { outputs: known }
        return known.length === 0 ? [] : amendedFacts({ at, job }, slot, side)
      }),
      ...parts
        .filter(({ told }) => told.includes(undefined))
        .map(({ slot }) =>
          unresolvedFact(event, {
            code: 'DECLARATION_UNRESOLVED',
            path: '/requestParameters',
            reason: `${job.name}: not all of its ${slot === 'source' ? 'streams' : 'sinks'} can be told`,
            of: { job },
          }),
        ),
    ]
  }
}

function streamIn(part: Json): Spelling | undefined {
  return streamOfArn(textAt(part, 'streamARN') ?? '')
}

function folderIn(part: Json): Spelling | undefined {
  const storage = valueAt(part, 'storageConfiguration')
  const bucket = bucketOfArn(textAt(storage, 'bucketARN') ?? '')
  if (bucket === undefined) return undefined
  const name = folderOfTemplate(textAt(storage, 'outputKeyTemplate') ?? '')
  return { namespace: `s3://${bucket}`, name }
}

function tableIn(part: Json): Spelling | undefined {
  const bucket = spellingOfArn(textAt(part, 'tableBucketARN') ?? '')
  const space = textAt(part, 'namespace')
  const table = textAt(part, 'tableName')
  if (bucket === undefined || space === undefined || table === undefined) return undefined
  return { namespace: bucket.namespace, name: `${bucket.name}/${space}/${table}` }
}
