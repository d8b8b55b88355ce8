import type { GovernedDataset } from '../../graph/index.ts'
import type { Json, Micros } from '../../model/index.ts'
import type { Detection } from '../detect/detection.ts'
import type { AppliedLabel, LabelDecision } from '../port.ts'
import type { Source } from './source.ts'
import type { Stated, StatedLabel } from './stated.ts'
import type { MetadataExposure } from '../detect/metadata-exposure.ts'
import { detect, detectorVersion } from '../detect/detect.ts'
import { readMetadata } from '../detect/metadata-exposure.ts'
import { markKey } from './spread.ts'

/**
 * What detectors say of a dataset by its metadata, and what people state: their decisions beat the
 * detectors, and a label that they rejected stays rejected.
 */
export function sourceOf(dataset: GovernedDataset, stated: Stated): Source {
  const { detections, grain, isHealthContext } = detect({
    ...named(dataset),
    kind: dataset.kind,
    ...(dataset.description === undefined ? {} : { description: dataset.description }),
    tags: dataset.tags.map(tagIn),
    columns: dataset.columns.map(({ name, type, description }) => ({
      name,
      ...(type === undefined ? {} : { type }),
      ...(description === undefined ? {} : { description }),
    })),
  })
  const decisions = new Map(stated.labels.map((label) => [markKey(label), label]))
  const detected = detections.flatMap((detection) => {
    const label = detectedLabel(detection, dataset)
    const decided = decisions.get(markKey(label))
    if (decided === undefined) return [label]
    return decided.holds ? [] : [{ ...label, decision: 'REJECTED' as const }]
  })
  const asserted = stated.labels
    .filter(({ holds }) => holds)
    .map((label) => assertedLabel(label, dataset))
  const labels = [...asserted, ...detected]
  return { stated, labels, grain, isHealthContext, told: toldBy(dataset) }
}

/** A weaker guess would be of every second folder. */
const toldMin = 0.7

/** What names and comments tell of persons, who should not be named there. */
function toldBy({ names, description, columns }: GovernedDataset): readonly MetadataExposure[] {
  const comments = [description, ...columns.map((column) => column.description)]
  return [
    ...names.flatMap(({ name }) => readMetadata(name, 'NAME').exposures),
    ...comments.flatMap((text) =>
      text === undefined ? [] : readMetadata(text, 'COMMENT').exposures,
    ),
  ].filter(({ score }) => score >= toldMin)
}

function named({ names: [name, ...names] }: GovernedDataset) {
  if (name === undefined) throw new TypeError('A dataset without a name')
  return { name, names }
}

/** As OpenLineage writes it, `key:value`, or a key alone. */
function tagIn(tag: string): Readonly<{ key: string; value?: string }> {
  const at = tag.search(/[:=]/)
  return at === -1 ? { key: tag } : { key: tag.slice(0, at), value: tag.slice(at + 1) }
}

function detectedLabel(
  { label, column, score, decision, evidence }: Detection,
  { firstSeen }: GovernedDataset,
): AppliedLabel {
  const decided: LabelDecision = decision === 'applied' ? 'CONFIRMED' : 'SUGGESTED'
  return {
    label,
    column,
    origin: 'DETECTED',
    confidence: score,
    coarse: false,
    decision: decided,
    from: firstSeen ?? (0 as Micros),
    until: undefined,
    attributes: { detectorVersion, evidence: evidence as unknown as Json },
  }
}

function assertedLabel(
  { label, column, at, record }: StatedLabel,
  { firstSeen }: GovernedDataset,
): AppliedLabel {
  const { statement, by } = record
  return {
    label,
    column,
    origin: 'ASSERTED',
    confidence: 1,
    coarse: false,
    decision: 'CONFIRMED',
    from: firstSeen ?? at,
    until: undefined,
    attributes: { by: by.author, reason: 'reason' in statement ? statement.reason : '' },
  }
}
