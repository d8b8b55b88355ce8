import type { Detection, Evidence, EvidenceKind } from './detection.ts'

/**
 * How much each kind of evidence counts alone. A type that does not fit multiplies the rest.
 *
 * @see phi.md section 3.1
 */
const weights: Readonly<Record<EvidenceKind, number>> = {
  DECLARED_TAG: 0.95,
  EXTERNAL_CHECKED: 0.9,
  EXACT_NAME: 0.75,
  EXTERNAL_FORMAT: 0.6,
  FUZZY_NAME: 0.5,
  DESCRIPTION: 0.5,
  TABLE_CONTEXT: 0.3,
  TYPE_MISMATCH: 0.2,
}

const suggestedFrom = 0.5
const appliedFrom = 0.8

export function evidenceOf(kind: EvidenceKind, words: string, strength = 1): Evidence {
  return { kind, weight: weights[kind], strength, words }
}

/** 1 − Π(1 − weight · strength), lowered where the type does not fit; undefined below 0.5. */
export function detectionOf(
  label: string,
  column: string | undefined,
  evidence: readonly Evidence[],
): Detection | undefined {
  let doubt = 1
  let factor = 1
  for (const { kind, weight, strength } of evidence) {
    if (kind === 'TYPE_MISMATCH') factor *= weight
    else doubt *= 1 - weight * strength
  }
  const score = Math.round((1 - doubt) * factor * 10_000) / 10_000
  if (score < suggestedFrom) return undefined
  return {
    label,
    ...(column === undefined ? {} : { column }),
    score,
    decision: score >= appliedFrom ? 'applied' : 'suggested',
    evidence,
  }
}
