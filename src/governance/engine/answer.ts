import type { DatasetId, Micros } from '../../model/index.ts'
import type { Composition } from '../composite-rules.ts'
import type { AppliedLabel, DatasetGovernance } from '../port.ts'
import type { Judged } from './judged.ts'
import type { Places } from './places.ts'
import type { Mark } from './spread.ts'
import { attributesOf, markKey } from './spread.ts'

/**
 * What is answered of one dataset; undefined where the view does not hold it. `until`: when the
 * content that it had then was replaced, if it was since.
 */
export function governanceOf(
  judged: Judged,
  id: DatasetId,
  places: Places,
  until?: Micros,
): DatasetGovernance | undefined {
  const node = judged.node(id)
  if (node === undefined) return undefined
  const { source, marks, grain, verdict } = judged.held(node)
  const own = new Map(source.labels.map((label) => [markKey(label), { ...label, until }]))
  const carried = marks.filter((mark) => own.get(markKey(mark))?.decision !== 'CONFIRMED')
  const labels = [
    ...[...own.values()].filter(
      (label) => !carried.some((mark) => markKey(mark) === markKey(label)),
    ),
    ...carried.map((mark) => carriedLabel(mark, until)),
    ...composedLabels(judged.compositions(node), marks, until),
  ].toSorted((a, b) => (markKey(a) < markKey(b) ? -1 : 1))
  const { status, enforced, rule, because } = verdict
  const keys = new Set(because.map(markKey))
  return {
    id: node.dataset.id,
    status,
    enforced,
    rule,
    because: labels.filter((label) => keys.has(markKey(label))),
    grain,
    labels,
    placement: places.placementOf(node.dataset),
  }
}

/** Labels that others make together, where no other way gives the same. */
function composedLabels(
  compositions: readonly Composition[],
  marks: readonly Mark[],
  until: Micros | undefined,
): readonly AppliedLabel[] {
  const known = new Set(marks.map(markKey))
  const composed = new Map<string, AppliedLabel>()
  for (const { rule, says, label, column, because } of compositions) {
    if (label === undefined || known.has(markKey({ label, column }))) continue
    const made = marks.filter((mark) => because.includes(mark.label))
    composed.set(markKey({ label, column }), {
      label,
      column,
      origin: 'COMPOSED',
      confidence: Math.min(1, ...made.map(({ confidence }) => confidence)),
      coarse: false,
      decision: undefined,
      from: Math.max(0, ...made.map(({ from }) => from)) as Micros,
      until,
      attributes: { rule, says, because },
    })
  }
  return [...composed.values()]
}

function carriedLabel(mark: Mark, until: Micros | undefined): AppliedLabel {
  const { label, column, confidence, coarse, from } = mark
  return {
    label,
    column,
    origin: 'PROPAGATED',
    confidence,
    coarse,
    decision: undefined,
    from: from as Micros,
    until,
    attributes: attributesOf(mark),
  }
}
