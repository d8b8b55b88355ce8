import type { GovernedDataset } from '../../graph/index.ts'
import type { Micros } from '../../model/index.ts'
import type { Node } from '../engine/links.ts'
import type { Finding } from '../port.ts'
import type { FindingParts, Found } from './found.ts'
import { digestId } from '../../model/index.ts'
import { isAtLeast } from '../engine/given.ts'
import { carriedBy } from './crossings.ts'
import { nowhere, severityOf } from './found.ts'

/** A dataset as it is now. */
type Subject = FindingParts & Readonly<{ dataset: GovernedDataset; node: Node }>
type Finder = (subject: Subject) => readonly Found[]

const finders: readonly Finder[] = [misplaced, toldInNames, linked, composed, reviewed]

/** What is found at one dataset, looked at by itself: all of it in one sweep. */
export async function datasetFindings(parts: FindingParts): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const dataset of parts.judged.view.datasets.values()) {
    const turn = parts.pause()
    if (turn !== undefined) await turn
    const node = parts.judged.node(dataset.id)
    if (node === undefined) continue
    const subject = { ...parts, dataset, node }
    for (const find of finders) found.push(...find(subject))
  }
  return found
}

type Told = Pick<Found, 'severity' | 'title' | 'detail'> & Partial<Found>

/** A finding about the dataset, from the first time that it was seen. */
function at(
  { dataset, now }: Subject,
  kind: Finding['kind'],
  what: readonly string[],
  told: Told,
): Found {
  const since: Micros = dataset.firstSeen ?? now
  return {
    ...nowhere,
    id: digestId('finding', kind, ...what),
    kind,
    firstSeen: since,
    lastSeen: since,
    datasets: [dataset.id],
    ...told,
  }
}

function nameOf({ dataset }: Subject): string {
  return dataset.names[0]?.name ?? dataset.id
}

/** What lies where it may not be, though no way brought it there. */
function misplaced(subject: Subject): readonly Found[] {
  const { judged, places, dataset, node } = subject
  if (!places.areDefined) return []
  const { enforced } = judged.held(node).verdict
  const { zone, why } = places.placementOf(dataset)
  if (!isAtLeast(enforced, 'PHI_LIMITED') || places.allows(zone, enforced)) return []
  // Some way brought PHI into it: then the first hop out is the finding.
  if (node.into.some((link) => carriedBy(link, judged) !== undefined)) return []
  return [
    at(subject, 'MISPLACED', [dataset.id], {
      severity: severityOf(enforced, zone),
      title: `${enforced} lies in the ${zone} zone: ${nameOf(subject)}`,
      detail: `No flow brought it there, and no policy allows it there. ${why}`,
    }),
  ]
}

/** Metadata that says who somebody is (K-16). The finding does not repeat what it says. */
function toldInNames(subject: Subject): readonly Found[] {
  const { judged, dataset, node } = subject
  const { told } = judged.source(node)
  const [first] = told
  if (first === undefined) return []
  const places = [...new Set(told.map(({ place }) => place.toLowerCase()))].join(' and ')
  const labels = [...new Set(told.map(({ label }) => label))].toSorted()
  return [
    at(subject, 'EXPOSURE', ['K-16', dataset.id], {
      severity: 'MEDIUM',
      title: `What looks like ${labels.join(', ')} stands in the ${places} of a dataset`,
      detail: `Names and comments are read by more people than data is (K-16). It was known by ${first.words}. Keep such values out of paths, partitions and comments.`,
      occurrences: told.length,
    }),
  ]
}

/** De-identified data that lies together with data by which persons could be recognised (K-14). */
function linked(subject: Subject): readonly Found[] {
  const { judged, dataset, node } = subject
  if (!judged.held(node).isLinked) return []
  const inputs = node.into.map(({ from }) => from.dataset.id)
  return [
    at(subject, 'LINKAGE', [dataset.id], {
      severity: 'HIGH',
      title: `De-identified data is joined with other data: ${nameOf(subject)}`,
      detail:
        'Together they may identify persons again (K-14). Review the certificate for this use.',
      datasets: [...new Set([dataset.id, ...inputs])].toSorted(),
    }),
  ]
}

/** Labels of one dataset that say together what none says alone (K-01 to K-15). */
function composed(subject: Subject): readonly Found[] {
  const { judged, places, dataset, node } = subject
  const isProtected = places.placementOf(dataset).zone === 'PROTECTED'
  return judged.compositions(node).flatMap(({ rule, says, finding }) =>
    finding === undefined
      ? []
      : [
          at(subject, finding, [dataset.id, rule], {
            severity: isProtected ? 'INFO' : 'MEDIUM',
            title: `What ${nameOf(subject)} holds can be linked to persons (${rule})`,
            detail: says,
          }),
        ],
  )
}

/** A person stated something better than what is found now. */
function reviewed(subject: Subject): readonly Found[] {
  const { judged, dataset, node } = subject
  const { source, verdict } = judged.held(node)
  const { status: stated } = source.stated
  if (stated === undefined || !verdict.isStated) return []
  if (verdict.enforced === verdict.status || !isAtLeast(verdict.enforced, 'PHI_LIMITED')) return []
  return [
    at(subject, 'REVIEW', [dataset.id, stated.status], {
      severity: 'MEDIUM',
      title: `${nameOf(subject)} is stated to be ${stated.status}, and is found to be ${verdict.enforced}`,
      detail:
        'Evidence speaks against the decision. It stands, and is enforced as what was found; confirm it by a certificate, or correct it.',
      firstSeen: stated.at,
      lastSeen: stated.at,
      evidence: [stated.record.entry],
    }),
  ]
}
