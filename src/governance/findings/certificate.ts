import type { Micros } from '../../model/index.ts'
import type { Certified } from '../engine/certificates.ts'
import type { Severity } from '../port.ts'
import type { FindingParts, Found } from './found.ts'
import { datasetIdOf, digestId } from '../../model/index.ts'
import { nowhere } from './found.ts'

/** Certificates that somebody has to look at: they expire, do not fit any more, or were taken back. */
export function certificateFindings({ judged, now, warnMs }: FindingParts): readonly Found[] {
  return judged.certificates.flatMap((certificate) => {
    const due = dueOf(certificate, now, warnMs)
    if (due === undefined) return []
    const datasets = certificate.outputs.flatMap(
      ({ dataset }) => judged.dataset(datasetIdOf(dataset))?.id ?? [],
    )
    return [
      {
        ...nowhere,
        id: digestId('finding', 'CERTIFICATE', certificate.id, due.what),
        kind: 'CERTIFICATE' as const,
        severity: due.severity,
        title: `The certificate for ${certificate.job.name} ${due.title}`,
        detail: due.detail,
        firstSeen: due.since,
        lastSeen: due.since,
        datasets: [...new Set(datasets)].toSorted(),
        evidence: certificate.records.map(({ entry }) => entry),
      },
    ]
  })
}

type Due = Readonly<{
  what: string
  title: string
  detail: string
  severity: Severity
  since: Micros
}>

function dueOf(
  { state, expires, misfit, revokedAt, approvedAt }: Certified,
  now: Micros,
  warnMs: number,
): Due | undefined {
  const warned = (expires - warnMs * 1000) as Micros
  if (state === 'EXPIRED') {
    return {
      what: 'expired',
      title: 'has expired',
      detail:
        'What was made under it stays de-identified; runs from then on are not covered. Review whether its terms still hold, and certify anew.',
      severity: 'HIGH',
      since: expires,
    }
  }
  if (state === 'VALID' && now >= warned) {
    return {
      what: 'expiring',
      title: 'expires soon',
      detail: 'Runs that begin after its expiry are not covered.',
      severity: 'MEDIUM',
      since: warned,
    }
  }
  if (state === 'SUSPENDED') {
    return {
      what: 'suspended',
      title: 'is suspended',
      detail: `It does not fit its output any more: ${misfit ?? ''}. Labels flow on until it is reviewed and certified anew.`,
      severity: 'HIGH',
      since: approvedAt ?? now,
    }
  }
  if (state === 'REVOKED' && revokedAt !== undefined && approvedAt !== undefined) {
    return {
      what: 'revoked',
      title: 'was revoked',
      detail: 'Labels flow again for all that it covered, downstream too.',
      severity: 'HIGH',
      since: revokedAt,
    }
  }
  return undefined
}
