import type { Json, JsonObject, RawNumber } from '../../model/index.ts'
import type { Reading, Treatment } from './detectors.ts'
import type { Find, Tally } from './find-log.ts'
import type { Detector } from './marker.ts'
import type { Place } from './positions.ts'
import { isJsonObject, parseJson } from '../../model/index.ts'
import { isCard } from './card.ts'
import { addTo, FindLog } from './find-log.ts'
import { isNpi } from './health-identifiers.ts'
import { isMarker, markerOf } from './marker.ts'
import { hintOf } from './name-hint.ts'
import { nameOf } from './name-of.ts'
import { isPhoneShaped } from './phone.ts'
import { isToken, shownKey, tokenOf } from './object-key.ts'
import * as places from './positions.ts'
import { isHarmless, secretNamed } from './secret-name.ts'
import { isStatement } from './sql.ts'
import { isSsnNumber } from './ssn.ts'
import { withoutValues } from './statement.ts'
import { mayHoldFinds, scrubString } from './text.ts'

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

/** What a walk takes from the installation: the key of tokens, and forms of record numbers. */
export type ScrubRules = Readonly<{ tokenKey: Buffer; mrn: readonly RegExp[] }>

/** One walk over a value: what it gives back is clean, and it remembers what it found. */
export class Scrubber {
  readonly #rules: ScrubRules
  readonly #log = new FindLog()
  #embedded = 0

  constructor(rules: ScrubRules) {
    this.#rules = rules
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
        return value
      default:
        if (value === null) return value
        if (isArray(value)) return this.#array(value, around)
        if (isJsonObject(value)) return this.#object(value, around)
        return this.#number(value, rawTextOf(value), around)
    }
  }

  text(value: string, reading: Reading, name: string): string {
    if (!this.#mayHoldFinds(value, reading, name)) return value
    const found: Tally = new Map()
    const clean = scrubString(value, reading, name, (detector) => addTo(found, detector))
    const numbered = reading === 'name' ? clean : this.#withoutNumbers(clean, found)
    this.#log.note(found)
    return numbered
  }

  #object(object: JsonObject, around: Around): Json {
    const keys = Object.keys(object)
    const entries: [string, Json][] = []
    const copies = new Map<string, number>()
    let isChanged = false
    for (const key of keys) {
      const child = object[key] ?? null
      const { place, isName } = childOf(around.place, object, key)
      const shown = isName ? key : this.#key(key, { object, copies })
      const { name, secret = around.secret } = isName
        ? { name: key }
        : nameOf({ object, key, shown, above: around.name })
      const value = this.#log.at(shown, () => this.visit(child, { place, name, secret }))
      isChanged ||= shown !== key || value !== child
      entries.push([shown, value])
    }
    // Not by assignment: `__proto__` is a key like others.
    return isChanged ? Object.fromEntries(entries) : object
  }

  #array(items: readonly Json[], { place, name, secret }: Around): Json {
    // A list where a name should be is none.
    const isNone = place.reading === 'text' || place.reading === 'name'
    const itemPlace = place.items ?? (isNone ? places.text : place)
    let changed: Json[] | undefined
    for (const [index, item] of items.entries()) {
      const value = this.#log.at(index, () =>
        typeof item === 'string' && itemPlace.reading === 'text' && secret === undefined
          ? this.#argument(item, items[index - 1], { place: itemPlace, name, secret })
          : this.visit(item, { place: itemPlace, name, secret }),
      )
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

  #string(value: string, { place, name, secret }: Around): string {
    if (place.treatment !== undefined) return this.#treated(value, place.treatment)
    if (place.reading === 'name') return this.text(value, 'name', name)
    if (secret !== undefined && !isMarker(value)) {
      // A template or a reference with a find in it is neither.
      const isClean =
        isHarmless(value, secret) && scrubString(value, 'text', '', () => {}) === value
      if (!isClean) return this.#marker(secret)
    }
    if (!this.#mayHoldFinds(value, place.reading, name)) return value
    if (place.reading !== 'text') return this.text(value, place.reading, name)
    if (places.statementKeys.test(name) && isStatement(value)) return this.text(value, 'sql', name)
    return this.#embeddedJson(value, name) ?? this.text(value, 'text', name)
  }

  /** Arguments and settings often travel as JSON within a string: the same rules hold there. */
  #embeddedJson(value: string, name: string): string | undefined {
    if (this.#embedded >= embeddedMax || !/^\s*[[{][^]*[\]}]\s*$/.test(value)) return undefined
    const parsed = parsedOrUndefined(value)
    if (parsed === undefined) return undefined
    this.#embedded += 1
    const clean = this.#log.within(() =>
      this.visit(parsed, { place: places.text, name, secret: undefined }),
    )
    this.#embedded -= 1
    return clean === parsed ? value : JSON.stringify(clean)
  }

  /** A number keeps its type unless its name says that it is a secret or a person's. */
  #number(value: Json, digits: string, { place, name, secret }: Around): Json {
    if (place.treatment === 'gone') return this.#marker('payload')
    if (place.reading === 'name') return value
    const detector = secret ?? (digits.length >= 4 ? identifierOf(digits, name) : undefined)
    return detector === undefined ? value : this.#marker(detector)
  }

  /** A key with a find in it becomes a marker as a whole, distinct from the object's other keys. */
  #key(
    key: string,
    { object, copies }: { object: JsonObject; copies: Map<string, number> },
  ): string {
    if (!mayHoldFinds(key, 'text')) return key
    const found: Tally = new Map()
    scrubString(key, 'text', '', (detector) => addTo(found, detector))
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
    this.#log.at(distinct, () => this.#log.note(found))
    return distinct
  }

  /** Whether a text has to be looked through, by itself or for what its name says it is. */
  #mayHoldFinds(value: string, reading: Reading, name: string): boolean {
    if (mayHoldFinds(value, reading)) return true
    if (reading === 'name') return false
    const isNumbered = this.#rules.mrn.some((form) => form.test(value))
    return isNumbered || (/\d{4}/.test(value) && isNamedNumber(name))
  }

  /** Record numbers by the forms that the installation says its own have. */
  #withoutNumbers(value: string, found: Tally): string {
    return this.#rules.mrn.reduce(
      (text, form) =>
        text.replace(new RegExp(form, 'g'), () => {
          addTo(found, 'mrn')
          return markerOf('mrn')
        }),
      value,
    )
  }

  #treated(value: string, treatment: Treatment): string {
    const { tokenKey } = this.#rules
    // What AWS has hidden itself says that it was there, and nothing else.
    if (isHarmless(value, 'secret') && !/^arn:|[$%{]/.test(value)) return value
    switch (treatment) {
      case 'gone':
        return this.#marker('payload')
      case 'token':
        return isToken(value) ? value : tokenOf(value, tokenKey)
      case 'logged':
        return withoutValues(this.text(value, 'sql', 'query'))
      case 'key':
        return this.#shownKey(value)
      case 'folders':
        return this.#shownKey(`${value}/`).slice(0, -1)
      case 'form-key':
        return encodedForm(this.#shownKey(decodedForm(value)))
      case 'copy-source':
      case 'arn': {
        const [, place = '', key] = objectIn.exec(value) ?? []
        return key === undefined ? this.text(value, 'actor', '') : place + this.#shownKey(key)
      }
    }
  }

  #shownKey(value: string): string {
    const { key, hidden } = shownKey(value, this.#rules.tokenKey)
    if (hidden > 0) this.#log.note(new Map([['object-key', hidden]]))
    return key
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

function childOf(
  place: Place,
  object: JsonObject,
  key: string,
): { readonly place: Place; readonly isName: boolean } {
  const known = place.fields.get(place.isFolded === true ? key.toLowerCase() : key)
  if (known !== undefined) {
    const isCode = known.reading === 'code'
    return { place: isCode ? places.placeOfCode(object['language']) : known, isName: true }
  }
  if (place.named !== undefined) return { place: place.named, isName: true }
  return { place: place.others ?? places.text, isName: false }
}

function identifierOf(digits: string, name: string): Detector | undefined {
  const hint = hintOf(name)
  if (hint.mrn) return 'mrn'
  if (hint.npi && isNpi(digits)) return 'npi'
  if (digits.length < 7) return undefined
  if (hint.ssn && isSsnNumber(digits)) return 'ssn'
  if (hint.card && isCard(digits, true)) return 'card'
  return hint.phone && isPhoneShaped(digits) ? 'phone' : undefined
}

/** An object behind its bucket: in an ARN, or as the source of a copy. */
const objectIn = /^(arn:aws[a-z-]*:s3:::[^/]+\/|\/?[^/:]+\/)([^]+)$/

function isNamedNumber(name: string): boolean {
  const { mrn, npi } = hintOf(name)
  return mrn || npi
}

function decodedForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function encodedForm(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replaceAll('%3D', '=')
}

function parsedOrUndefined(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
