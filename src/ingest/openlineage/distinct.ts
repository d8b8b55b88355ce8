import type { Fact } from '../../model/index.ts'

/**
 * The facts without repetitions, so that one event says each thing once: the same mention, a
 * dataset that stands in `inputs` twice under two spellings. Of two values for one facet or one
 * property the later wins, as an output's comes after an input's: a writer knows better.
 */
export function distinctFacts(facts: readonly Fact[]): readonly Fact[] {
  const kept = new Map<string, Fact>()
  let unkeyed = 0
  for (const fact of facts) {
    const key = keyOf(fact) ?? String((unkeyed += 1))
    const known = kept.get(key)
    const isWeaker = fact.kind === 'mention' && !fact.touched && known !== undefined
    if (!isWeaker) kept.set(key, fact)
  }
  return [...kept.values()]
}

/** What makes two facts of one event the same; undefined for kinds that occur once anyway. */
function keyOf(fact: Fact): string | undefined {
  switch (fact.kind) {
    case 'mention':
      return textOf(fact.kind, fact.dataset, fact.spelling)
    case 'facet':
      return textOf(fact.kind, fact.of, fact.key)
    case 'schema':
      return textOf(fact.kind, fact.dataset, fact.by)
    case 'datasetType':
      return textOf(fact.kind, fact.dataset)
    case 'description':
    case 'owners':
    case 'tags':
      return textOf(fact.kind, fact.of)
    case 'lifecycle':
      return textOf(fact.kind, fact.dataset, fact.change, fact.whole)
    case 'alias':
      return textOf(fact.kind, fact.dataset, fact.other)
    case 'location':
      return textOf(fact.kind, fact.table, fact.location)
    case 'rename':
      return textOf(fact.kind, fact.from, fact.to)
    default:
      return undefined
  }
}

function textOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts)
}
