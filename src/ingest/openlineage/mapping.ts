import type { Json } from '../../model/index.ts'
import type { Context } from '../format.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList } from '../members.ts'

/** Words of a sender that mean something else to others, by what they are called here. */
export type Mapping = Readonly<Record<string, string>>

/** A sender cannot give a key of a context with a dot in it. */
const prefix = 'lineward.namespace.'

/** What a sender means by a namespace. */
export function meantBy(namespace: string, mapping: Mapping | undefined): string {
  const meant =
    mapping !== undefined && Object.hasOwn(mapping, namespace) ? mapping[namespace] : undefined
  return meant ?? namespace
}

/** The part of a sender's mapping that this event needs; undefined when it needs none of it. */
export function mappingNeeded(value: Json, mapping: Mapping): Mapping | undefined {
  const needed = new Map<string, string>()
  for (const namespace of namespacesIn(value)) {
    if (Object.hasOwn(mapping, namespace)) needed.set(namespace, mapping[namespace] ?? namespace)
  }
  return needed.size === 0 ? undefined : Object.fromEntries(needed)
}

/** The mapping as it stands in the context of an entry. */
export function contextOfMapping(mapping: Mapping): Context {
  return Object.fromEntries(Object.entries(mapping).map(([from, to]) => [`${prefix}${from}`, to]))
}

/** The event with its sender's namespaces as they are called here; the same one without a mapping. */
export function mapped(value: Json, context: Context): Json {
  const pairs = Object.entries(context).filter(([key]) => key.startsWith(prefix))
  if (pairs.length === 0) return value
  return renamed(value, new Map(pairs.map(([key, to]) => [key.slice(prefix.length), to])))
}

/** Every `namespace` of the event: of jobs, datasets, parents, symlinks, columns. */
function* namespacesIn(value: Json): Generator<string> {
  if (isList(value)) for (const item of value) yield* namespacesIn(item)
  else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'namespace' && typeof item === 'string') yield item
      else yield* namespacesIn(item)
    }
  }
}

function renamed(value: Json, names: ReadonlyMap<string, string>): Json {
  if (isList(value)) return value.map((item) => renamed(item, names))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'namespace' && typeof item === 'string'
        ? (names.get(item) ?? item)
        : renamed(item, names),
    ]),
  )
}
