import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the developers' sample events lie, beside the clone; they are no part of it. */
const folder = join(import.meta.dirname, '../../../shared/samples/openlineage')

export const samplesAreThere: boolean = existsSync(folder)

/** Every sample file: its folder, as `spark` or `from-expectations/spark`, and its text. */
export function sampleFiles(): readonly Readonly<{ folder: string; file: string; body: string }>[] {
  return globSync('**/*.{json,ndjson}', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((file) => ({
      folder: file.slice(0, file.lastIndexOf('/')),
      file,
      body: readFileSync(join(folder, file), 'utf8'),
    }))
}
