import type { Detector } from './marker.ts'
import type { TextReader } from './text.ts'
import type { TokenOf } from './token.ts'
import { namesAPerson } from './name-hint.ts'
import { endingOf, isFileOfAnEngine, isFolderOfAnEngine, withoutMoments } from './object-name.ts'
import { isToken } from './token.ts'

type Note = (detector: Detector) => void

/** A token and what may stand beside it: the name of a partition, the ending of a file. */
const tokenised = /^(?:[A-Za-z_]\w{0,127}=)?~[a-z2-7]{16}(?:\.[a-z0-9]{1,8}){0,2}$/i
const partition = /^([A-Za-z_]\w{0,127})=(.*)$/s
const nothing = /^(?:__HIVE_DEFAULT_PARTITION__|null|%00)?$/i
const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/i
const sixDigits = /\d{6}/
const partsMax = 1000

/**
 * Keys of objects, of which the folders say what dataset it is and the rest may say whose. A folder
 * with an identifier in it, and the name of a file that no engine made, become tokens; partitions,
 * dates and the endings of files stay. The same part has the same token wherever it stands, and a
 * key that was read once does not change again.
 */
export class ObjectKeys {
  readonly #reader: TextReader
  readonly #tokenOf: TokenOf
  /** Parts in which no detector found anything, and what they became: by what is asked of them. */
  readonly #read = { folder: new Map<string, string>(), strict: new Map<string, string>() }
  readonly #files = new Map<string, string>()

  constructor(reader: TextReader, tokenOf: TokenOf) {
    this.#reader = reader
    this.#tokenOf = tokenOf
  }

  /** A whole key: what follows the last slash is a file. */
  key(key: string, note: Note): string {
    const parts = key.split('/', partsMax + 1)
    if (parts.length > partsMax) return this.#tokenOf(key)
    const last = parts.length - 1
    return parts
      .map((part, index) =>
        index === last ? this.#file(part, note) : this.folder(part, note, parts[index - 1]),
      )
      .join('/')
  }

  /** The beginning of keys: folders only. `isStrict` leaves ids alone that no detector knows. */
  prefix(prefix: string, note: Note, isStrict = false): string {
    return prefix
      .split('/')
      .map((part, index, parts) => this.folder(part, note, parts[index - 1], isStrict))
      .join('/')
  }

  folder(part: string, note: Note, before = '', isStrict = false): string {
    if (before === 'AWSLogs') return this.#folder(part, note, before, isStrict)
    return remembered(this.#read[isStrict ? 'strict' : 'folder'], part, note, (noting) =>
      this.#folder(part, noting, before, isStrict),
    )
  }

  #folder(part: string, note: Note, before: string, isStrict: boolean): string {
    if (part === '' || tokenised.test(part) || isFolderOfAnEngine(part)) return part
    // The account whose logs lie below.
    if (before === 'AWSLogs' && /^(?:\d{12}|o-[a-z0-9]{1,32})$/.test(part)) return part
    const [, name = '', value = ''] = partition.exec(part) ?? []
    if (name === '')
      return this.#isIdentifier(part, '', note, isStrict) ? this.#tokenOf(part) : part
    if (nothing.test(value) || isToken(value)) return part
    const isIdentifier = this.#isIdentifier(value, name, note, isStrict)
    return isIdentifier || namesAPerson(name) ? `${name}=${this.#tokenOf(value)}` : part
  }

  /** A value that is only ever compared: a token whatever it is. */
  token(value: string): string {
    return value === '' || isToken(value) ? value : this.#tokenOf(value)
  }

  #file(part: string, note: Note): string {
    return remembered(this.#files, part, note, (noting) => this.#fileOnce(part, noting))
  }

  #fileOnce(part: string, note: Note): string {
    if (part === '' || tokenised.test(part) || isFileOfAnEngine(part)) return part
    // A template or a pattern is no file.
    if (/^[*?]{1,2}$/.test(part) || part.includes('${')) return part
    const [, name = '', value = ''] = partition.exec(part) ?? []
    if (name !== '' && (nothing.test(value) || /^[\d:TZ _.-]{0,5}$/.test(withoutMoments(value)))) {
      return this.folder(part, note)
    }
    this.#isIdentifier(part, '', note, false)
    return this.#tokenOf(part) + endingOf(part)
  }

  /** Whether the part tells a person or a record; what a detector finds in it is told to `note`. */
  #isIdentifier(part: string, name: string, note: Note, isStrict: boolean): boolean {
    let isFound = false
    if (this.#reader.mayHoldFinds(part, 'text', name)) {
      this.#reader.scrub(part, 'text', name, (detector) => {
        note(detector)
        isFound = true
      })
    }
    return isFound || (!isStrict && (uuid.test(part) || sixDigits.test(withoutMoments(part))))
  }
}

/** As many folders as a lake has in use; the same file stands in a record twice. */
const partsKept = 2000

/** What was worked out before, or is worked out now and kept when nobody was told of anything. */
function remembered(
  kept: Map<string, string>,
  part: string,
  note: Note,
  read: (note: Note) => string,
): string {
  const known = kept.get(part)
  if (known !== undefined) return known
  let isFound = false
  const clean = read((detector) => {
    isFound = true
    note(detector)
  })
  if (isFound || part.length > partCharactersMax) return clean
  if (kept.size >= partsKept) kept.clear()
  kept.set(part, clean)
  return clean
}

const partCharactersMax = 300
