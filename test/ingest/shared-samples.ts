import type { Json } from '../../src/model/index.ts'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../../src/model/index.ts'

/** Where the developers' sample events lie, beside the clone; they are no part of it. */
const folder = join(import.meta.dirname, '../../../shared/samples/openlineage')

export const samplesAreThere: boolean = existsSync(folder)

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
