import type { CanonicalName, DatasetName, Spelling } from '../../model/index.ts'
import type { DatasetPart } from './parts.ts'
import { canonicalNames, isLocation } from '../../model/index.ts'

/** A dataset of the event with what its name stands for: several names for a brace list. */
export type NamedPart = Readonly<{ part: DatasetPart; names: readonly CanonicalName[] }>

/**
 * The canonical names of one event. Equal names are one object here, so that maps can be keyed by
 * them; each spelling is made canonical once, however often a column map repeats it.
 */
export class EventNames {
  readonly #bySpelling = new Map<string, Map<string, readonly CanonicalName[]>>()
  readonly #interned = new Map<string, Map<string, DatasetName>>()
  readonly #resolved = new Map<string, Map<string, readonly DatasetName[]>>()
  readonly #own = new Set<DatasetName>()
  /** The event's own tables by what is left of their names without a prefix. */
  readonly #byEnding = new Map<string, Map<string, DatasetName[]>>()

  /** Canonical names of a spelling; never empty. */
  of({ namespace, name }: Spelling): readonly CanonicalName[] {
    const inNamespace = within(this.#bySpelling, namespace)
    const known = inNamespace.get(name)
    if (known !== undefined) return known
    const names = canonicalNames(namespace, name).map((canonical) => ({
      ...canonical,
      name: this.#intern(canonical.name),
    }))
    inNamespace.set(name, names)
    return names
  }

  /** The names of the event's own datasets, which `resolve` then looks among. */
  own(parts: readonly DatasetPart[]): readonly NamedPart[] {
    return parts.map((part) => {
      const names = this.of(part.spelling)
      for (const { name } of names) this.#addOwn(name)
      return { part, names }
    })
  }

  /** Every dataset that stands in `inputs` or `outputs` of the event. */
  all(): readonly DatasetName[] {
    return [...this.#own]
  }

  /**
   * The names that a spelling inside of a facet means. One without its database prefix means the
   * event's own table of that namespace that ends in it, when exactly one does.
   *
   * @see openlineage.md section 9, OL#1665
   */
  resolve(spelling: Spelling): readonly DatasetName[] {
    const inNamespace = within(this.#resolved, spelling.namespace)
    const known = inNamespace.get(spelling.name)
    if (known !== undefined) return known
    const names = this.#lookUp(spelling)
    inNamespace.set(spelling.name, names)
    return names
  }

  /** Each spelling that `resolve` was asked for, with what it means. */
  *resolved(): Generator<Readonly<{ spelling: Spelling; names: readonly DatasetName[] }>> {
    for (const [namespace, byName] of this.#resolved) {
      for (const [name, names] of byName) yield { spelling: { namespace, name }, names }
    }
  }

  #lookUp(spelling: Spelling): readonly DatasetName[] {
    const names = this.of(spelling).map(({ name }) => name)
    const [only, ...more] = names
    if (only === undefined || more.length > 0 || this.#own.has(only)) return names
    const ending = only.name.replace(/^\.+/, '')
    const [match, ...others] = this.#byEnding.get(only.namespace)?.get(ending) ?? []
    return match === undefined || others.length > 0 ? names : [match]
  }

  #addOwn(dataset: DatasetName): void {
    if (this.#own.has(dataset)) return
    this.#own.add(dataset)
    if (isLocation(dataset)) return
    const byEnding = within(this.#byEnding, dataset.namespace)
    let ending = dataset.name
    for (let dropped = 0; dropped < prefixPartsMax; dropped += 1) {
      const dot = ending.indexOf('.')
      if (dot === -1) return
      ending = ending.slice(dot + 1)
      const known = byEnding.get(ending) ?? []
      byEnding.set(ending, known)
      known.push(dataset)
    }
  }

  #intern(canonical: DatasetName): DatasetName {
    const inNamespace = within(this.#interned, canonical.namespace)
    const known = inNamespace.get(canonical.name)
    if (known !== undefined) return known
    inNamespace.set(canonical.name, canonical)
    return canonical
  }
}

/** Catalog, database, schema: no engine has more before the table. */
const prefixPartsMax = 3

function within<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = maps.get(key) ?? new Map<string, Value>()
  maps.set(key, known)
  return known
}
