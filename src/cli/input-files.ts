import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LinewardError } from '../errors.ts'
import { isGzip } from '../ingest/index.ts'

/** One thing to read: a file, or stdin, whose size nobody knows. */
export type InputFile = Readonly<{ label: string; bytes: number; open: () => Readable }>

/** Larger pieces are not read or unpacked faster, and several files are read at once. */
const pieceBytes = 256 * 1024
const eventEndings = ['.json', '.ndjson', '.jsonl', '.gz', '.log']
/** What Redshift calls its audit logs, also without an ending. */
const auditLog = /_redshift_.+_(?:connection|user|useractivity)log_/

/**
 * The files that the words of a command mean: a file whatever its ending, a folder with everything
 * below it that ends as events do, in the order of names, and `-` for stdin.
 *
 * @throws LinewardError NOT_FOUND for a path that is not there, before anything is read;
 * ARGUMENT_INVALID for an address that is no path.
 */
export async function inputFiles(
  words: readonly string[],
  stdin: Readable,
): Promise<readonly InputFile[]> {
  const found: InputFile[] = []
  for (const word of words) {
    if (word === '-') found.push({ label: '-', bytes: 0, open: () => stdin })
    else found.push(...(await filesAt(word)))
  }
  return found
}

async function filesAt(path: string): Promise<readonly InputFile[]> {
  if (/^[a-z][a-z0-9+]+:\/\//i.test(path)) {
    throw new LinewardError('ARGUMENT_INVALID', `Files, folders and - are read here, not ${path}`)
  }
  const { isFolder, bytes } = await lookAt(path)
  if (!isFolder) return [fileAt(path, bytes)]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && isOfEvents(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  return await Promise.all(paths.map(async (file) => fileAt(file, (await lookAt(file)).bytes)))
}

function isOfEvents(name: string): boolean {
  return auditLog.test(name) || eventEndings.some((ending) => name.endsWith(ending))
}

async function lookAt(path: string): Promise<Readonly<{ isFolder: boolean; bytes: number }>> {
  try {
    const found = await stat(path)
    return { isFolder: found.isDirectory(), bytes: found.size }
  } catch (cause) {
    throw new LinewardError('NOT_FOUND', `There is no file or folder ${path}`, { cause })
  }
}

function fileAt(path: string, bytes: number): InputFile {
  const open = (): Readable => createReadStream(path, { highWaterMark: pieceBytes })
  return { label: path, bytes, open }
}

/**
 * The bytes of a file, unpacked when it begins as gzip does. `onRead` hears of bytes as they are on
 * the disk.
 *
 * @throws LinewardError BODY_UNREADABLE when it cannot be read or unpacked.
 */
export async function* contentOf(
  file: InputFile,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  try {
    const chunks = counted(file.open(), onRead)
    const first = await chunks.next()
    if (first.done === true) return
    const all = Readable.from(startingWith(first.value, chunks))
    // What goes wrong with the file reaches the reader through the last stream.
    yield* isGzip(first.value)
      ? pipeline(all, createGunzip({ chunkSize: pieceBytes }), () => undefined)
      : all
  } catch (cause) {
    throw new LinewardError('BODY_UNREADABLE', 'It cannot be read, or is broken gzip', { cause })
  }
}

async function* counted(
  stream: Readable,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer, void> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    onRead(chunk.length)
    yield chunk
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}
