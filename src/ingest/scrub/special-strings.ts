import type { Detector } from './marker.ts'
import type { Special } from './place.ts'
import type { TextReader } from './text.ts'
import type { TokenOf } from './token.ts'
import { markerOf } from './marker.ts'
import { ObjectKeys } from './object-key.ts'
import { withoutLiterals } from './statement.ts'

type Note = (detector: Detector) => void
type Beside = Readonly<{ reading: Exclude<Special, 'payload'>; name: string; note: Note }>

/** Only a bucket has no account in its ARN; through an access point an object is named as such. */
const objectArn =
  /^(arn:aws[\w-]*:s3(?::::[^/]+\/|[\w-]*:[^:/]*:[^:/]*:(?:accesspoint|outpost)[/:].{1,512}?\/object\/))(.+)$/s
const location = /^(s3[an]?:\/\/[^/]+\/)(.+)$/s
const passesMax = 3

/** Strings of AWS events that are more than a text, and less than all of it goes. */
export class SpecialStrings {
  readonly #reader: TextReader
  readonly #keys: ObjectKeys

  constructor(reader: TextReader, tokenOf: TokenOf) {
    this.#reader = reader
    this.#keys = new ObjectKeys(reader, tokenOf)
  }

  read(value: string, { reading, name, note }: Beside): string {
    switch (reading) {
      case 'token':
        return this.#keys.token(value)
      case 'key':
        return this.#keys.key(value, note)
      case 'form-key':
        return this.#encoded(value, (key) => this.#keys.key(key, note))
      case 'prefix':
        return this.#keys.prefix(value, note)
      case 'value':
        return this.#keys.folder(value, note)
      case 'copy-source':
        return this.#copySource(value, note)
      case 'arn':
        return this.#arn(value, note)
      case 'location':
        return this.#location(value, note)
      case 'endpoint':
        return this.#endpoint(value, note)
      case 'statement':
        return this.#statement(value, name, note)
    }
  }

  /** What does not change by being read keeps its own way of encoding. */
  #encoded(value: string, read: (key: string) => string): string {
    const key = decoded(value)
    const clean = read(key)
    return clean === key
      ? value
      : clean
          .split('/')
          .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
          .join('/')
  }

  /** `bucket/key`, with a slash before, a version behind, or as the ARN of an access point. */
  #copySource(value: string, note: Note): string {
    const [, source = '', version = ''] = /^(.*?)(\?versionId=.*)?$/s.exec(value) ?? []
    const read = (text: string) => {
      if (text.startsWith('arn:')) return this.#arn(text, note)
      const [, bucket = '', key = ''] = /^(\/?[^/]+\/)(.*)$/s.exec(text) ?? []
      return bucket === '' ? text : bucket + this.#keys.key(key, note)
    }
    const clean = source.includes('%') ? this.#encoded(source, read) : read(source)
    return clean + version
  }

  /** Only what lies in a bucket can be somebody's; a policy's pattern is no file. */
  #arn(value: string, note: Note): string {
    const [, bucket = '', key = ''] = objectArn.exec(value) ?? []
    if (bucket === '') return this.#names(value, note)
    const isPattern = /[*?]|\$\{/.test(key)
    return bucket + (isPattern ? this.#keys.prefix(key, note, true) : this.#keys.key(key, note))
  }

  /** Where a table or a file lies: its folders are its name but for what is surely a person's. */
  #location(value: string, note: Note): string {
    const named = this.#names(value, note)
    const [, bucket = '', path = ''] = location.exec(named) ?? []
    return bucket === '' ? named : bucket + this.#keys.prefix(path, note, true)
  }

  #endpoint(value: string, note: Note): string {
    if (/^(?:arn:|https?:\/\/)/i.test(value)) return this.#reader.scrub(value, 'text', '', note)
    if (value === '' || /^\*{3,}|^HIDDEN_|^\[scrubbed:/.test(value)) return value
    const detector = value.includes('@')
      ? 'email'
      : /^\+?[\d\s().-]+$/.test(value)
        ? 'phone'
        : 'payload'
    note(detector)
    return markerOf(detector)
  }

  #statement(value: string, name: string, note: Note): string {
    let current = value
    for (let pass = 0; pass < passesMax; pass += 1) {
      const clean = this.#reader.mayHoldFinds(current, 'sql', name)
        ? this.#reader.scrub(current, 'sql', name, note)
        : current
      const next = withoutLiterals(clean, note)
      if (next === current) return current
      current = next
    }
    return current
  }

  #names(value: string, note: Note): string {
    return this.#reader.mayHoldFinds(value, 'name')
      ? this.#reader.scrub(value, 'name', '', note)
      : value
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}
