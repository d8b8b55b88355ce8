import type { DatasetName, Zone } from '../../model/index.ts'
import type { Placement } from '../port.ts'
import type {
  CompiledBoundaries,
  CompiledSelector,
  NamespaceView,
  Specificity,
  TagPattern,
} from './compile.ts'
import type { Pattern } from './pattern.ts'
import type { SelectorKey } from './selector.ts'
import type {
  DatasetSubject,
  JobSubject,
  PrincipalSubject,
  Subject,
  TaggedPlace,
} from './subject.ts'
import {
  canonicalNamespace,
  compareCodePoints,
  partSeparatorOf,
  whereaboutsOf,
} from '../../model/index.ts'
import { compareSpecificity } from './compile.ts'
import { matches } from './pattern.ts'
import { indexedByName } from './selector-index.ts'
import { taggedPlace, whereaboutsOfPrincipal } from './subject.ts'
import { compareExposure } from './zone-order.ts'

/** Selectors of several boundaries that are equally specific and match the same: to be set right. */
export type Tie = Readonly<{
  /** What they match: a name of the dataset or job, or the principal. */
  subject: string
  /** By the name of the boundary. */
  between: readonly Readonly<{ boundary: string; zone: Zone; selector: string }>[]
}>

/** A placement, and the ties that were settled for it by taking the most exposed zone. */
export type Placed = Placement & Readonly<{ ties: readonly Tie[] }>

/**
 * Where something lies: in the boundary of the most specific selector that matches it; of equally
 * specific ones of several boundaries in the most exposed, with the tie told. A dataset is judged by
 * each of its names, and lies in the most exposed of the boundaries that these give; a name that no
 * selector matches says nothing. A dataset that nothing places is GENERAL, a job or principal
 * undefined. The order of boundaries, names and tags does not matter. Never throws.
 *
 * @see phi.md section 6.1, P-22; design.md section 7
 */
export function placementOf(subject: DatasetSubject, compiled: CompiledBoundaries): Placed
export function placementOf(subject: Subject, compiled: CompiledBoundaries): Placed | undefined
export function placementOf(subject: Subject, compiled: CompiledBoundaries): Placed | undefined {
  const found = trialsOf(subject, compiled).map(({ called, groups, isMatch }) => {
    const selectors = groups.map((group) => mostSpecific(group, isMatch))
    return { subject: called, selectors: selectors.find(({ length }) => length > 0) ?? [] }
  })
  return placedBy(found) ?? (subject.kind === 'dataset' ? nowhere : undefined)
}

/** Every selector that matches, also those that a more specific one wins over. */
export function everyMatch(
  subject: Subject,
  compiled: CompiledBoundaries,
): readonly CompiledSelector[] {
  return trialsOf(subject, compiled).flatMap(({ groups, isMatch }) => groups.flat().filter(isMatch))
}

const nowhere: Placed = {
  boundary: undefined,
  zone: 'GENERAL',
  why: 'No selector of any boundary matches it, and what nothing places is general',
  ties: [],
}

/** The selectors that decide for one name: equally specific, none without a match. */
type Match = Readonly<{ subject: string; selectors: readonly CompiledSelector[] }>

/** What may match one name. */
type Trial = Readonly<{
  called: string
  /** The most specific first, in each of them and from one to the next. */
  groups: readonly (readonly CompiledSelector[])[]
  isMatch: (selector: CompiledSelector) => boolean
}>

function trialsOf(subject: Subject, compiled: CompiledBoundaries): readonly Trial[] {
  switch (subject.kind) {
    case 'dataset': {
      const { names, tags } = subject
      const place = taggedPlace(tags)
      return names.map((name) => datasetTrial(name, { tags, place }, compiled))
    }
    case 'job':
      return [jobTrial(subject, compiled)]
    case 'principal':
      return [principalTrial(subject, compiled)]
  }
}

type Tagged = Readonly<{ tags: readonly string[]; place: TaggedPlace }>

function datasetTrial(name: DatasetName, tagged: Tagged, compiled: CompiledBoundaries): Trial {
  const { selectors, account, region } = viewOf(name.namespace, compiled)
  const separator = partSeparatorOf(name)
  const { tags, place } = tagged
  return {
    called: `${name.namespace} ${name.name}`,
    groups: [selectors.named(name.name), selectors.unnamed],
    // What the namespace tells fits, or the selector would not be in view.
    isMatch: ({ parts, tag }) =>
      fits(parts.name, name.name, separator) &&
      (account !== undefined || fitsAny(parts.account, place.account)) &&
      (region !== undefined || fitsAny(parts.region, place.region)) &&
      fitsAny(parts.vpc, place.vpc) &&
      fitsTag(tag, tags),
  }
}

/** More than there are namespaces in most graphs; what is beyond is worked out again. */
const namespacesRemembered = 5000
const namespaceCharactersRemembered = 500

function viewOf(namespace: string, { selectors, byNamespace }: CompiledBoundaries): NamespaceView {
  const known = byNamespace.get(namespace)
  if (known !== undefined) return known
  const { account, region } = whereaboutsOf(namespace)
  const possible = selectors.filter(
    ({ parts }) =>
      parts.job === undefined &&
      parts.principal === undefined &&
      fits(parts.namespace, namespace, '/') &&
      (account === undefined || fits(parts.account, account, undefined)) &&
      (region === undefined || fits(parts.region, region, undefined)),
  )
  const view = { selectors: indexedByName(possible), account, region }
  if (namespace.length <= namespaceCharactersRemembered) {
    if (byNamespace.size >= namespacesRemembered) byNamespace.clear()
    byNamespace.set(namespace, view)
  }
  return view
}

function jobTrial({ name, tags = [] }: JobSubject, { selectors }: CompiledBoundaries): Trial {
  const { namespace } = name
  // The namespace of a job is as it was sent, that of a selector without wildcards is canonical.
  const canonical = canonicalNamespace(namespace)
  const { account, region } = whereaboutsOf(canonical)
  const place = taggedPlace(tags)
  return {
    called: `${namespace} ${name.name}`,
    groups: [selectors],
    isMatch: ({ parts, tag }) =>
      parts.name === undefined &&
      parts.principal === undefined &&
      fits(parts.job, name.name, '/') &&
      (fits(parts.namespace, namespace, '/') || fits(parts.namespace, canonical, '/')) &&
      fitsAny(parts.account, account === undefined ? place.account : [account]) &&
      fitsAny(parts.region, region === undefined ? place.region : [region]) &&
      fitsAny(parts.vpc, place.vpc) &&
      fitsTag(tag, tags),
  }
}

const notOfPrincipals: readonly SelectorKey[] = ['name', 'job', 'namespace', 'tag', 'vpc']

function principalTrial({ id }: PrincipalSubject, { selectors }: CompiledBoundaries): Trial {
  const { account, region } = whereaboutsOfPrincipal(id)
  return {
    called: id,
    groups: [selectors],
    isMatch: ({ parts }) =>
      notOfPrincipals.every((key) => parts[key] === undefined) &&
      fits(parts.principal, id, '/') &&
      fits(parts.account, account, undefined) &&
      fits(parts.region, region, undefined),
  }
}

/** Whether a part of a selector is not asked for, or matches. */
function fits(
  part: Pattern | undefined,
  text: string | undefined,
  separator: string | undefined,
): boolean {
  return part === undefined || (text !== undefined && matches(part, text, separator))
}

function fitsAny(part: Pattern | undefined, texts: readonly string[]): boolean {
  return part === undefined || texts.some((text) => matches(part, text, undefined))
}

function fitsTag(part: TagPattern | undefined, tags: readonly string[]): boolean {
  if (part === undefined) return true
  const patterns = [part.whole, part.any, part.bare]
  return tags.some((tag) =>
    patterns.some((pattern) => pattern !== undefined && matches(pattern, tag, undefined)),
  )
}

/** The first that matches, and those behind it that match and are as specific. */
function mostSpecific(
  selectors: readonly CompiledSelector[],
  isMatch: (selector: CompiledSelector) => boolean,
): readonly CompiledSelector[] {
  const found: CompiledSelector[] = []
  for (const selector of selectors) {
    const [best] = found
    if (best !== undefined && compareSpecificity(selector.specificity, best.specificity) < 0) break
    if (isMatch(selector)) found.push(selector)
  }
  return found
}

type Winner = Readonly<{
  subject: string
  selector: CompiledSelector
  tie: Tie | undefined
}>

function placedBy(found: readonly Match[]): Placed | undefined {
  const winners = found.flatMap((match) => winnerOf(match) ?? [])
  const [first, ...others] = winners.toSorted(compareWinners)
  if (first === undefined) return undefined
  const { boundary } = first.selector
  return {
    boundary,
    zone: boundary.zone,
    why: sentence(first, { others, hasMoreNames: found.length > 1 }),
    ties: winners.flatMap(({ tie }) => tie ?? []).toSorted(compareTies),
  }
}

function winnerOf({ subject, selectors }: Match): Winner | undefined {
  const [selector] = selectors.toSorted(
    (a, b) =>
      compareExposure(b.boundary.zone, a.boundary.zone) ||
      compareCodePoints(a.boundary.name, b.boundary.name),
  )
  if (selector === undefined) return undefined
  const isTie = selectors.some(({ boundary }) => boundary.name !== selector.boundary.name)
  const between = selectors.map(({ boundary, text }) => ({
    boundary: boundary.name,
    zone: boundary.zone,
    selector: text,
  }))
  return { subject, selector, tie: isTie ? { subject, between } : undefined }
}

function compareWinners(a: Winner, b: Winner): number {
  const specificity = (winner: Winner): Specificity => winner.selector.specificity
  return (
    compareExposure(b.selector.boundary.zone, a.selector.boundary.zone) ||
    compareSpecificity(specificity(b), specificity(a)) ||
    compareCodePoints(a.selector.boundary.name, b.selector.boundary.name) ||
    compareCodePoints(a.subject, b.subject)
  )
}

function compareTies(a: Tie, b: Tie): number {
  return compareCodePoints(a.subject, b.subject)
}

function sentence(
  { subject, selector, tie }: Winner,
  { others, hasMoreNames }: Readonly<{ others: readonly Winner[]; hasMoreNames: boolean }>,
): string {
  const { boundary, text } = selector
  const matched = hasMoreNames ? `its name ${subject}` : 'it'
  const said = [`The selector (${text}) of the boundary ${boundary.name} matches ${matched}`]
  const tied = tie?.between.find((one) => one.boundary !== boundary.name)
  if (tied !== undefined) {
    said.push(
      `as specific is (${tied.selector}) of ${tied.boundary}, and the more exposed zone holds`,
    )
  }
  const other = others.find((winner) => winner.selector.boundary.zone !== boundary.zone)
  if (other !== undefined) {
    const { name, zone } = other.selector.boundary
    said.push(`by its name ${other.subject} it lies in ${name} (${zone}), which is less exposed`)
  }
  return said.join('; ')
}
