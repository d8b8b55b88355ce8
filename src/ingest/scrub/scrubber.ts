import type { Json, JsonObject, RawNumber } from '../../model/index.ts'
import type { Reading } from './detectors.ts'
import type { Find, Tally } from './find-log.ts'
import type { Detector } from './marker.ts'
import type { Place, Special } from './place.ts'
import type { ReadBefore } from './read-before.ts'
import type { SpecialStrings } from './special-strings.ts'
import type { TextReader } from './text.ts'
import { isJsonObject } from '../../model/index.ts'
import { childOf } from './child-place.ts'
import { decoded, parsedOrUndefined, prestoView } from './embedded.ts'
import { addTo, FindLog } from './find-log.ts'
import { isMarker, markerOf } from './marker.ts'
import { identifierOf } from './named-number.ts'
import { nameOf } from './name-of.ts'
import { isEmptyPayload, isWholePayload } from './payload.ts'
import { text } from './place.ts'
import { statementKeys } from './value-keys.ts'
import { isHarmless, secretNamed } from './secret-name.ts'
import { isStatement } from './sql.ts'

/** What is known of a value before looking at it. */
export type Around = Readonly<{
  place: Place
  /** The key or column that it belongs to. */
  name: string
  /** The secret that this name says it is. */
  secret: Detector | undefined
}>

/** JSON in strings in JSON: read as such this deep, as text below. */
const embeddedMax = 3

/** What all walks by the same rules have in common. */
export type ScrubberParts = Readonly<{
  reader: TextReader
  specials: SpecialStrings
  before: ReadBefore
}>

/** One walk over a value: what it gives back is clean, and it remembers what it found. */
export class Scrubber {
  readonly #log = new FindLog()
  readonly #reader: TextReader
  readonly #specials: SpecialStrings
  readonly #before: ReadBefore
  #embedded = 0

  constructor({ reader, specials, before }: ScrubberParts) {
    this.#reader = reader
    this.#specials = specials
    this.#before = before
  }

  finds(): readonly Find[] {
    return this.#log.finds()
  }

  visit(value: Json, around: Around): Json {
    switch (typeof value) {
      case 'string':
        return this.#string(value, around)
      case 'number':
        return this.#number(value, String(value), around)
      case 'boolean':
        return around.place.reading === 'payload' ? this.#payload(around.place) : value
      default:
        if (value === null) return value
        if (around.place.reading === 'payload' && isWholePayload(value, around.place)) {
          return this.#payload(around.place)
        }
        if (isArray(value)) return this.#array(value, around)
        if (isJsonObject(value)) return this.#object(value, around)
        return this.#number(value, rawTextOf(value), around)
    }
  }

  text(value: string, reading: Reading, name: string): string {
    if (!this.#reader.mayHoldFinds(value, reading, name)) return value
    return this.#noting((note) => this.#reader.scrub(value, reading, name, note))
  }

  #noting(read: (note: (detector: Detector) => void) => string): string {
    const found: Tally = new Map()
    const clean = read((detector) => addTo(found, detector))
    this.#log.note(found)
    return clean
  }

  #object(object: JsonObject, around: Around): Json {
    const copies = new Map<string, number>()
    // Most objects come back as they are: nothing is built before something changes.
    let entries: [string, Json][] | undefined
    const keys = Object.keys(object)
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] ?? ''
      const child = object[key] ?? null
      const { place, isName } = childOf(around.place, object, key)
      const shown =
        isName || !this.#reader.mayHoldFinds(key, 'text') ? key : this.#key(key, { object, copies })
      const { name, secret = around.secret } = isName
        ? { name: key }
        : nameOf({ object, key, shown, above: around.name, reader: this.#reader })
      this.#log.enter(shown)
      const value = this.visit(child, { place, name, secret })
      this.#log.leave()
      if (entries === undefined && (shown !== key || value !== child)) {
        entries = Object.entries(object).slice(0, index)
      }
      entries?.push([shown, value])
    }
    // Not by assignment: `__proto__` is a key like others.
    return entries === undefined ? object : Object.fromEntries(entries)
  }

  #array(items: readonly Json[], { place, name, secret }: Around): Json {
    // A list where a name should be is none.
    const isNone = place.reading === 'text' || place.reading === 'name'
    const itemPlace = place.items ?? (isNone ? text : place)
    let changed: Json[] | undefined
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index] ?? null
      this.#log.enter(index)
      const value =
        typeof item === 'string' && itemPlace.reading === 'text' && secret === undefined
          ? this.#argument(item, items[index - 1], { place: itemPlace, name, secret })
          : this.visit(item, { place: itemPlace, name, secret })
      this.#log.leave()
      if (value !== item) {
        changed ??= [...items]
        changed[index] = value
      }
    }
    return changed ?? items
  }

  /** An element that may be a command's argument or a property: `--password`, `x`; `a.password=x`. */
  #argument(item: string, before: Json | undefined, around: Around): Json {
    if (typeof before === 'string' && /^--?[\w.-]{1,128}$/.test(before) && !item.startsWith('--')) {
      const secret = secretNamed(before, item)
      if (secret !== undefined) return this.#string(item, { ...around, secret })
      if (around.place.isFolded === true && statementOptions.test(before)) {
        return this.#special(item, 'statement', around)
      }
    }
    const property = /^(-{0,2}[\w.:-]{1,160})=([^]*)$/.exec(item)
    if (property !== null) {
      const [, name = '', value = ''] = property
      const secret = secretNamed(name, value)
      if (secret !== undefined && !isHarmless(value, secret)) {
        return this.text(`${name}=${this.#marker(secret)}`, 'text', around.name)
      }
    }
    return this.#string(item, around)
  }

  #string(value: string, around: Around): string {
    const { place, name, secret } = around
    if (place.reading === 'name') return this.text(value, 'name', name)
    if (secret !== undefined || this.#embedded > 0) return this.#readString(value, around)
    const known = this.#before.get(value, place, name)
    if (known !== undefined) return known
    const { noted } = this.#log
    const clean = this.#readString(value, around)
    if (this.#log.noted === noted) this.#before.add(value, place, name, clean)
    return clean
  }

  #readString(value: string, around: Around): string {
    const { place, name, secret } = around
    if (secret !== undefined && !isMarker(value)) {
      // A template or a reference with a find in it is neither.
      const isClean = isHarmless(value, secret) && this.#reader.clean(value) === value
      if (!isClean) return this.#marker(secret)
    }
    if (isSpecial(place.reading)) return this.#special(value, place.reading, around)
    if (place.reading === 'text' && place.isFolded === true) {
      const policy = this.#encodedJson(value, around)
      if (policy !== undefined) return policy
    }
    if (place.embedded === undefined && !this.#reader.mayHoldFinds(value, place.reading, name)) {
      return value
    }
    if (place.reading !== 'text') return this.text(value, place.reading, name)
    if (statementKeys.test(name) && isStatement(value)) return this.text(value, 'sql', name)
    return this.#embeddedJson(value, around) ?? this.text(value, 'text', name)
  }

  #special(value: string, reading: Special, around: Around): string {
    if (isMarker(value)) return value
    if (reading === 'payload') return isEmptyPayload(value) ? value : this.#payload(around.place)
    if (reading === 'statement') {
      const json = this.#embeddedJson(value, around) ?? this.#prestoView(value, around)
      if (json !== undefined) return json
    }
    return this.#noting((note) => this.#specials.read(value, { reading, name: around.name, note }))
  }

  #payload({ detector = 'payload' }: Place): string {
    return this.#marker(detector)
  }

  /** Arguments and settings often travel as JSON within a string: the same rules hold there. */
  #embeddedJson(value: string, { place, name }: Around): string | undefined {
    if (this.#embedded >= embeddedMax) return undefined
    const parsed = parsedOrUndefined(value)
    if (parsed === undefined) return undefined
    this.#embedded += 1
    const clean = this.#log.within(() =>
      this.visit(parsed, { place: place.embedded ?? text, name, secret: undefined }),
    )
    this.#embedded -= 1
    return clean === parsed ? value : JSON.stringify(clean)
  }

  /** Policies in answers of IAM are JSON encoded as in a URL. */
  #encodedJson(value: string, around: Around): string | undefined {
    if (!/^%7B(?:%0A|%20|\+)*%22/i.test(value)) return undefined
    const json = decoded(value)
    if (json === undefined) return undefined
    const clean = this.#embeddedJson(json, around)
    return clean === undefined || clean === json ? undefined : encodeURIComponent(clean)
  }

  /** Athena keeps a view as a comment: base64 of JSON with the statement in it. */
  #prestoView(value: string, around: Around): string | undefined {
    const [, before = '', base64 = '', after = ''] = prestoView.exec(value) ?? []
    if (base64 === '') return undefined
    const json = Buffer.from(base64, 'base64').toString()
    const clean = this.#embeddedJson(json, around)
    // What cannot be read may be anything.
    if (clean === undefined) return this.#marker('literal')
    return clean === json ? value : before + Buffer.from(clean).toString('base64') + after
  }

  /** A number keeps its type unless its name says that it is a secret or a person's. */
  #number(value: Json, digits: string, { place, name, secret }: Around): Json {
    if (place.reading === 'name') return value
    if (place.reading === 'payload') return this.#payload(place)
    if (place.reading === 'token' && secret === undefined) {
      return this.#special(digits, 'token', { place, name, secret })
    }
    const detector = secret ?? (digits.length >= 4 ? identifierOf(digits, name) : undefined)
    return detector === undefined ? value : this.#marker(detector)
  }

  /** A key with a find in it becomes a marker as a whole, distinct from the object's other keys. */
  #key(
    key: string,
    { object, copies }: { object: JsonObject; copies: Map<string, number> },
  ): string {
    const found: Tally = new Map()
    this.#reader.scrub(key, 'text', '', (detector) => addTo(found, detector))
    const [detector] = found.keys()
    if (detector === undefined) return key
    const marker = markerOf(detector)
    let copy = copies.get(marker) ?? 0
    let distinct = ''
    do {
      copy += 1
      distinct = copy === 1 ? marker : `${marker}#${copy}`
    } while (Object.hasOwn(object, distinct))
    copies.set(marker, copy)
    this.#log.enter(distinct)
    this.#log.note(found)
    this.#log.leave()
    return distinct
  }

  #marker(detector: Detector): string {
    this.#log.note(new Map([[detector, 1]]))
    return markerOf(detector)
  }
}

/** What is neither of those; to the compiler an object with such a key is one. */
function rawTextOf({ rawJSON }: RawNumber): string {
  return rawJSON
}

const isArray: (value: Json) => value is readonly Json[] = Array.isArray

const statementOptions = /^--?(?:e|query|where|execute|boundary-query|sql|statement)$/

const readings: ReadonlySet<string> = new Set(['name', 'actor', 'text', 'sql', 'code'])

function isSpecial(reading: Place['reading']): reading is Special {
  return !readings.has(reading)
}
