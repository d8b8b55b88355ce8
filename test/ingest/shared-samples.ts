import type { Json } from '../../src/model/index.ts'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../../src/model/index.ts'

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

/** A file of an event, or of envelopes with events, as AWS published it: `iot/CreateTopicRule__x.json`. */
export type AwsSample = Readonly<{ file: string; text: string }>

/** Every sample file of AWS, in the order of names. */
export function awsSamples(): readonly AwsSample[] {
  return globSync('**/*.json', { cwd: awsFolder })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(awsFolder, file), 'utf8') }))
}
