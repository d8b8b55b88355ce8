import type { DatasetId, EntryKey, Spelling } from '../../model/index.ts'
import type { KnownName, Page, PageAsk } from '../port.ts'
import type { DatasetNode, NameNode } from './adjacency.ts'
import type { Parts } from './parts.ts'
import { compareCodePoints, compareNames } from '../../model/index.ts'
import { joinRuleOf, lastSplitOf } from '../join-rule.ts'
import { keyOfCursor, pageOf } from '../page.ts'
import { onlyStanding } from './schema-names.ts'

type NameParts = Pick<Parts, 'adjacency' | 'cells' | 'schemaNames'>

/** Each name of a dataset with why it is one, and then how it was spelled otherwise. */
export function knownNames(
  parts: NameParts,
  dataset: DatasetNode,
  { first, after }: PageAsk,
): Page<KnownName> {
  const cursor = keyOfCursor(after, 'string', 'string', 'string')
  const [namespace = '', name = '', spelled = ''] = cursor ?? []
  const found: { node: KnownName; key: readonly [string, string, string] }[] = []
  for (const node of dataset.names) {
    const order = cursor === undefined ? 1 : compareNames(node.name, { namespace, name })
    if (order < 0) continue
    for (const [spelling, known] of spellingsOf(parts, node)) {
      if (order === 0 && compareCodePoints(spelling, spelled) <= 0) continue
      const key = [node.name.namespace, node.name.name, spelling] as const
      found.push({ node: known(), key })
    }
    if (found.length > first) break
  }
  return pageOf(found, first)
}

/** By the text that it is sorted by; the name itself is the first. */
function* spellingsOf(
  parts: NameParts,
  node: NameNode,
): Iterable<readonly [sortedBy: string, known: () => KnownName]> {
  const { adjacency, cells } = parts
  const { id, row, name } = node
  yield [
    '',
    () => {
      const rule = joinRuleOf(cells.between(row, 'alias', 'decision'), {
        isMember: (other) => other !== id && adjacency.name(other)?.dataset === node.dataset,
        splitAt: (other) => {
          const otherRow = adjacency.name(other)?.row
          return otherRow === undefined ? -Infinity : lastSplitOf(cells.of(otherRow, 'decision'))
        },
        bySchema: (isJoined) => schemaEvidence(parts, node, isJoined),
      })
      return { spelling: name, ...rule }
    },
  ]
  for (const { member, entry } of cells.of(row, 'spelling')) {
    const [namespace, spelled] = JSON.parse(member) as [string, string]
    if (namespace === name.namespace && spelled === name.name) continue
    const spelling: Spelling = { namespace, name: spelled }
    yield [member, () => ({ spelling, rule: 'spelling', evidence: [entry as EntryKey] })]
  }
}

/** What says that the schema of the name, or of one that it is joined with, stands for another. */
function schemaEvidence(
  { adjacency, schemaNames }: NameParts,
  { name, id }: NameNode,
  isJoined: (other: DatasetId) => boolean,
): readonly EntryKey[] {
  const said = (other: DatasetId): readonly EntryKey[] => {
    const node = adjacency.name(other)
    return node === undefined ? [] : schemaNames.evidence(node.name)
  }
  const standsFor = (other: DatasetId): DatasetId | undefined => {
    const node = adjacency.name(other)
    return node === undefined ? undefined : onlyStanding(schemaNames.of(node.name))
  }
  const standing = schemaNames.of(name)
  const target = onlyStanding(standing)
  const joined = standing.stoodFor.filter((other) => standsFor(other) === id)
  const beside =
    target === undefined || adjacency.name(target) !== undefined
      ? []
      : standing.beside.filter((other) => standsFor(other) === target)
  const others = [...joined, ...beside].filter(isJoined)
  const isStanding = (target !== undefined && isJoined(target)) || beside.some(isJoined)
  return [...(isStanding ? said(id) : []), ...others.flatMap(said)]
}
