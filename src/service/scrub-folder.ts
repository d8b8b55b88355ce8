import type { Progress, ScrubResult } from '../api/index.ts'
import type { DataFiles } from '../coordination/index.ts'
import type { ScrubAgainParts } from './scrub-again.ts'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { storageFailure, syncFolder } from '../storage/index.ts'
import { scrubAgain } from './scrub-again.ts'

type ScrubFolderParts = Omit<ScrubAgainParts, 'beforeChange'> &
  Readonly<{
    files: Pick<DataFiles, 'graph'>
    /** Makes the graph anew in another file, and removes the present one. */
    rebuild: (onProgress: (progress: Progress) => void) => Promise<unknown>
  }>

/**
 * `scrubAgain`, and after it the graph made anew, since that holds parts of what was erased. A mark
 * beside the graph says that this is to be done, so that it is when the ledger was done with and the
 * process ended. What `rebuild` put aside as unreadable goes as well: nobody can tell what is in it.
 *
 * @throws LinewardError of the ledger or the graph; what was done until then holds.
 */
export async function scrubFolder(parts: ScrubFolderParts): Promise<ScrubResult> {
  const { files, rebuild, dryRun, onProgress } = parts
  const mark = `${files.graph}.scrubbing`
  const beforeChange = async (): Promise<void> => {
    try {
      await writeFile(mark, '', { mode: 0o600, flush: true })
      syncFolder(dirname(mark))
    } catch (error) {
      throw storageFailure(error, { subject: 'The data folder' })
    }
  }
  const result = await scrubAgain({ ...parts, beforeChange })
  if (dryRun || !existsSync(mark)) return result
  await rebuild(onProgress)
  for (const ending of ['', '-wal', '-shm']) {
    await rm(`${files.graph}.unreadable${ending}`, { force: true })
  }
  await rm(mark, { force: true })
  return result
}
