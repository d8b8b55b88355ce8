import type { Json } from '../../src/model/index.ts'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isJsonObject, parseJson } from '../../src/model/index.ts'

/** Where the developers' sample events lie, beside the clone; they are no part of it. */
const samples = join(import.meta.dirname, '../../../shared/samples')
const folder = join(samples, 'openlineage')
export const awsFolder: string = join(samples, 'aws')

export const samplesAreThere: boolean = existsSync(folder)
export const awsSamplesAreThere: boolean = existsSync(awsFolder)

export type SampleFile = Readonly<{ folder: string; events: readonly Json[] }>

/** Every sample file: its folder, as `spark` or `from-expectations/spark`, and its events. */
export function sampleFiles(): readonly SampleFile[] {
  return globSync('**/*.{json,ndjson}', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((file) => {
      const body = readFileSync(join(folder, file), 'utf8')
      const texts = file.endsWith('.ndjson') ? body.trimEnd().split('\n') : [body]
      return { folder: file.slice(0, file.lastIndexOf('/')), events: texts.map(parseJson) }
    })
}

/** A file of AWS as it was published: an event, some in a list or in `Records`, or an envelope. */
export type AwsFile = Readonly<{ file: string; text: string }>

/** Every sample file of AWS by its path, as `iot/CreateTopicRule__x.json`, in the order of names. */
export function awsFiles(): readonly AwsFile[] {
  return globSync('**/*.json', { cwd: awsFolder })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(awsFolder, file), 'utf8') }))
}

/** Every sample of AWS by its file: an event, or some in a list or in `Records`. */
export function awsSamples(): readonly Readonly<{ file: string; event: Json }>[] {
  return awsFiles().flatMap(({ file, text }) =>
    eventsIn(parseJson(text)).map((event) => ({ file, event })),
  )
}

function eventsIn(value: Json): readonly Json[] {
  if (isList(value)) return value.flatMap(eventsIn)
  const object: unknown = value
  const records = isJsonObject(object) ? object['Records'] : undefined
  return records !== undefined && isList(records) ? records.flatMap(eventsIn) : [value]
}

const isList: (value: Json) => value is readonly Json[] = Array.isArray
