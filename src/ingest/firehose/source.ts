import type { JobName, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { isJsonObject } from '../../model/index.ts'
import { textAt, textsAt, valueAt } from '../aws/members.ts'
import { streamOfArn } from '../kinesis/stream.ts'

/** What a delivery stream reads; `hidden` is the member that should say it and does not. */
export type Source = Readonly<{ inputs: readonly Spelling[]; hidden?: string }>

type Reader = (source: Json) => readonly Spelling[]

const readers: Readonly<Record<string, Reader>> = {
  kinesisStreamSourceConfiguration(source) {
    const stream = streamOfArn(textAt(source, 'kinesisStreamARN') ?? '')
    return stream === undefined ? [] : [stream]
  },
  mSKSourceConfiguration(source) {
    const arn = textAt(source, 'mSKClusterARN') ?? ''
    const [, namespace, cluster] =
      /^(arn:aws[a-z-]*:kafka:[^:]*:[^:]*):cluster\/(.+)$/.exec(arn) ?? []
    const topic = textAt(source, 'topicName')
    return namespace === undefined || topic === undefined
      ? []
      : [{ namespace, name: `topic/${cluster}/${topic}` }]
  },
  databaseSourceConfiguration(source) {
    const scheme = schemes[textAt(source, 'type')?.toLowerCase() ?? '']
    const endpoint = textAt(source, 'endpoint')
    if (scheme === undefined || endpoint === undefined) return []
    const namespace = `${scheme}://${endpoint}:${portOf(source) ?? defaultPorts[scheme]}`
    return textsAt(source, 'tables', 'include').map((name) => ({ namespace, name }))
  },
}

const schemes: Readonly<Record<string, 'mysql' | 'postgres'>> = {
  mysql: 'mysql',
  postgresql: 'postgres',
}
const defaultPorts = { mysql: 3306, postgres: 5432 } as const

function portOf(source: Json): number | undefined {
  const port = valueAt(source, 'port')
  return typeof port === 'number' ? port : undefined
}

/** The source of a stream; what is put into it directly is a stream of its own, named as the job is. */
export function sourceOf({ request }: CloudTrailEvent, job: JobName): Source {
  for (const [member, read] of Object.entries(readers)) {
    const source = valueAt(request, member) ?? null
    if (source === null) continue
    const inputs = isJsonObject(source) ? read(source) : []
    return inputs.length === 0 ? { inputs, hidden: member } : { inputs }
  }
  const type = textAt(request, 'deliveryStreamType') ?? 'DirectPut'
  return type === 'DirectPut' ? { inputs: [job] } : { inputs: [], hidden: 'deliveryStreamType' }
}
