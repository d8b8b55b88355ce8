import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { LinewardError } from '../errors.ts'
import { syncFolder } from './open-database.ts'

/**
 * The bytes of a small secret that is made once and then stays: those of the file, or of `make` when
 * there is none yet. Readable by its owner alone. The file is on disk, whole, before it has its name,
 * so a crash leaves none or all of it, and of two processes at once both get the same.
 *
 * @throws LinewardError STORE_UNAVAILABLE when it can be neither read nor made.
 */
export function readOrCreateSecret(file: string, make: () => Uint8Array): Buffer {
  try {
    const found = readIfThere(file)
    if (found !== undefined) return found
    publish(file, make())
    return readFileSync(file)
  } catch (cause) {
    throw new LinewardError('STORE_UNAVAILABLE', 'A key file can be neither read nor made', {
      cause,
    })
  }
}

function publish(file: string, bytes: Uint8Array): void {
  const fresh = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(fresh, 'wx', 0o600)
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  try {
    linkSync(fresh, file)
  } catch (error) {
    // Another process was first: its secret is the one.
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    unlinkSync(fresh)
  }
  syncFolder(dirname(file))
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
