import type { Json, JsonObject } from '../../model/index.ts'
import type { Context } from '../format.ts'
import type { Item } from './unwrap.ts'
import { isList, memberOf, objectIn, objectsIn, textIn } from '../members.ts'
import { openData } from './packed-data.ts'
import { withContext } from './with-context.ts'

/** Redshift names its log groups after the cluster, and serverless after the workgroup. */
const clusterGroup = /^\/aws\/redshift\/cluster\/([^/]{1,63})\//
const workgroupGroup = /^\/aws\/redshift\/(?!cluster\/)([^/]{1,64})\//

/**
 * A subscription of CloudWatch Logs: packed as Lambda is given it, or as it is in a stream. Each
 * message is a text of its own, and the name of the group says which cluster wrote it.
 *
 * @see aws-events.md sections 2.4 and 7.14
 */
export function openLogs({
  value,
  context,
}: Readonly<{ value: JsonObject; context: Context }>): readonly Item[] | undefined {
  const packed = textIn(objectIn(value, 'awslogs'), 'data')
  if (packed !== undefined) {
    const inner = openData(packed)
    return inner === undefined ? undefined : [{ value: inner, context }]
  }
  if (!isOfLogs(value) || textIn(value, 'messageType') !== 'DATA_MESSAGE') return undefined
  const group = textIn(value, 'logGroup')
  const about = withContext(context, {
    account: textIn(value, 'owner'),
    logGroup: group,
    logStream: textIn(value, 'logStream'),
    cluster: clusterGroup.exec(group ?? '')?.[1],
    workgroup: workgroupGroup.exec(group ?? '')?.[1],
  })
  return objectsIn(value, 'logEvents').map((event) => ({
    text: textIn(event, 'message') ?? '',
    context: about,
  }))
}

/** What a subscription sends, unpacked: messages, or a word about the subscription itself. */
export function isOfLogs(value: Json): boolean {
  return textIn(value, 'messageType') !== undefined && isList(memberOf(value, 'logEvents'))
}
