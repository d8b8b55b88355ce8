import type { ErrorCode } from '../errors.ts'
import { LinewardError } from '../errors.ts'

/** What a failure of SQLite or of a disk means for the one who asked; every other failure is a bug of ours. */
export type StorageTrouble = 'busy' | 'memory' | 'readOnly' | 'disk' | 'damaged' | 'full'

/** SQLite's primary result codes. @see https://www.sqlite.org/rescode.html */
const troubles: ReadonlyMap<number, StorageTrouble> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [7, 'memory'],
  [8, 'readOnly'],
  [10, 'disk'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'disk'],
  [26, 'damaged'],
])

/** What the file system itself says, before SQLite has a file to open. */
const systemTroubles: ReadonlyMap<unknown, StorageTrouble> = new Map([
  ['EACCES', 'disk'],
  ['EDQUOT', 'full'],
  ['EIO', 'disk'],
  ['EISDIR', 'disk'],
  ['ENOENT', 'disk'],
  ['ENOSPC', 'full'],
  ['ENOTDIR', 'disk'],
  ['EPERM', 'disk'],
  ['EROFS', 'readOnly'],
])

const words: Readonly<Record<StorageTrouble, string>> = {
  busy: 'is being written by another process',
  memory: 'needs more memory than there is',
  readOnly: 'cannot be written to',
  disk: 'cannot be read or written: the disk refused',
  damaged: 'is damaged on disk',
  full: 'has no room left',
}

export type FailureTerms = Readonly<{
  /** How a sentence about it begins: `The ledger`. */
  subject: string
  /** The code for each trouble; STORE_UNAVAILABLE for those left out. */
  codes?: Readonly<Partial<Record<StorageTrouble, ErrorCode>>>
}>

/** What trouble an error of `node:sqlite` or of the file system means; undefined for any other. */
export function storageTrouble(error: unknown): StorageTrouble | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') {
    // The lower byte of an extended code is the primary one.
    return troubles.get(error.errcode & 0xff)
  }
  return 'syscall' in error && 'code' in error ? systemTroubles.get(error.code) : undefined
}

/**
 * The error to throw for one that a database threw: a LinewardError that says what is the matter,
 * with the driver's own as its cause, or the error itself when storage is not to blame.
 */
export function storageFailure(error: unknown, { subject, codes }: FailureTerms): unknown {
  const trouble = storageTrouble(error)
  if (trouble === undefined) return error
  return new LinewardError(
    codes?.[trouble] ?? 'STORE_UNAVAILABLE',
    `${subject} ${words[trouble]}`,
    {
      details: { trouble },
      cause: error,
    },
  )
}
