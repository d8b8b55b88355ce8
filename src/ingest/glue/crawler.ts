import type { Fact, JobName, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { isJsonObject } from '../../model/index.ts'
import { declaredFacts, endedFacts, mentionFact } from '../aws/declared.ts'
import { namespaceIn } from '../aws/arn.ts'
import { placeOfUri } from '../aws/location.ts'
import { listAt, textAt, textsAt, valueAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { catalogIn, databaseNamed, glueJob, tableNamed } from './name.ts'

const type = 'GLUE_CRAWLER'

/**
 * Glue CreateCrawler and UpdateCrawler: a job that looks at data and describes it in the catalog. Reads
 * `requestParameters.{name, databaseName, targets}`; an update without targets leaves them as they are.
 * It moves no data: the tables that it makes say themselves where they lie, by its own CreateTable
 * calls, and a flow into the database would lead to all tables in there. So its targets are what it
 * reads, and the database is spoken of.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html
 */
export function glueCrawler(event: CloudTrailEvent): readonly Fact[] {
  const { at, request } = event
  const job = glueJob(event, 'crawler', textAt(request, 'name'))
  if (job === undefined) return []
  const database = databaseNamed(catalogIn(event, undefined), textAt(request, 'databaseName'))
  const targets = valueAt(request, 'targets')
  const described = database === undefined ? [] : [mentionFact(at, database)]
  if (!isJsonObject(targets)) return [{ kind: 'job', at, job, type }, ...described]
  const found = Object.entries(readers).flatMap(([member, read]) =>
    listAt(targets, member).map((target) => ({ member, inputs: read(target, event) })),
  )
  const inputs = found.flatMap((one) => one.inputs)
  return [
    ...declaredFacts({ at, job, type, inputs, outputs: [] }),
    ...described,
    ...found
      .filter((one) => one.inputs.length === 0)
      .map(({ member }) => hiddenTarget(event, job, member)),
  ]
}

/** Glue DeleteCrawler. Reads `requestParameters.name`. */
export function deleteGlueCrawler(event: CloudTrailEvent): readonly Fact[] {
  const job = glueJob(event, 'crawler', textAt(event.request, 'name'))
  return job === undefined ? [] : endedFacts(event.at, job)
}

/** Glue StartCrawler: it is asked to run; of its runs no event tells an id. */
export function startGlueCrawler(event: CloudTrailEvent): readonly Fact[] {
  const job = glueJob(event, 'crawler', textAt(event.request, 'name'))
  return job === undefined ? [] : [{ kind: 'job', at: event.at, job, type }]
}

type Reader = (target: Json, event: CloudTrailEvent) => readonly Spelling[]

/** What each kind of target is. One with a connection has its address in there, which no event tells. */
const readers: Readonly<Record<string, Reader>> = {
  s3Targets: placeAt('path'),
  deltaTargets: placesAt('deltaTables'),
  icebergTargets: placesAt('paths'),
  hudiTargets: placesAt('paths'),
  dynamoDBTargets(target, event) {
    const path = textAt(target, 'path')
    if (path === undefined) return []
    if (path.startsWith('arn:')) return placeOfText(path)
    return [{ namespace: namespaceIn(event, 'dynamodb'), name: `table/${path}` }]
  },
  catalogTargets(target, event) {
    const database = textAt(target, 'databaseName')
    return textsAt(target, 'tables').flatMap(
      (table) => tableNamed(catalogIn(event, undefined), database, table) ?? [],
    )
  },
  jdbcTargets: () => [],
  mongoDBTargets: () => [],
}

function placeAt(member: string): Reader {
  return (target) => placeOfText(textAt(target, member))
}

function placesAt(member: string): Reader {
  return (target) => textsAt(target, member).flatMap(placeOfText)
}

function placeOfText(text: string | undefined): readonly Spelling[] {
  const place = text === undefined ? undefined : placeOfUri(text)
  return place === undefined ? [] : [place]
}

function hiddenTarget(event: CloudTrailEvent, job: JobName, member: string): Fact {
  return unresolvedFact(event, {
    code: 'DECLARATION_UNRESOLVED',
    path: `/requestParameters/targets/${member}`,
    reason: `${job.name}: what it looks at (${member}) cannot be told`,
    of: { job },
  })
}
