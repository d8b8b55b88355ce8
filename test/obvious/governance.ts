import type { GovernedDataset, Move, MovedMap, StatementRecord } from '../../src/graph/index.ts'
import type {
  Attestation,
  DatasetGrain,
  DatasetId,
  DatasetStatus,
  Meeting,
  Micros,
  Statement,
  Transformation,
} from '../../src/model/index.ts'
import type { Detected } from '../../src/governance/detect/detection.ts'
import { detect } from '../../src/governance/detect/detect.ts'
import { statusOf } from '../../src/governance/status.ts'
import { datasetStatuses, jobIdOf } from '../../src/model/index.ts'
import { datasetIdOf } from './id.ts'

/*
 * Where labels and statuses get to, worked out in the plainest way: every way from what one dataset
 * held to what another did is gone again and again until nothing changes any more. Written from
 * phi.md sections 2, 6 and 6.1 and design.md sections 4, 5 and 7.
 */

export type GovernedWorld = Readonly<{
  datasets: readonly GovernedDataset[]
  moves: readonly Move[]
}>

export type Asked = Readonly<{
  /** As of the moment that is asked about. */
  world: GovernedWorld
  /** As everything makes it: certificates stand as they do now. */
  latest: GovernedWorld
  /** The datasets as they were. */
  datasetsAt: (at: Micros) => readonly GovernedDataset[]
  statements: readonly StatementRecord[]
  now: Micros
  asOf: Micros | undefined
}>

/** A label by column (undefined: on the dataset) as it is answered. */
export type LabelAnswer = Readonly<{
  label: string
  column: string | undefined
  confidence: number
  coarse: boolean
}>
export type GovernanceAnswer = Readonly<{
  status: DatasetStatus
  enforced: DatasetStatus
  labels: readonly LabelAnswer[]
}>

export type ObviousGovernance = Readonly<{
  answers: ReadonlyMap<DatasetId, GovernanceAnswer>
  /** By column, what it holds itself and by all ways, and the ways by which it holds it. */
  ways: readonly Way[]
  versions: ReadonlyMap<DatasetId, readonly Version[]>
}>

/** "Labels attach to dataset versions." (P-17) */
export type Version = {
  readonly dataset: GovernedDataset
  readonly from: number
  readonly until: number
  readonly isLast: boolean
  readonly own: Own
  readonly labels: Map<string, LabelAnswer>
  /** What it comes from: 2 of PHI, 1 of a limited data set alone. */
  ancestry: number
  keyed: 'JOIN' | 'GROUP_BY' | undefined
  readonly given: Set<DatasetStatus>
}

/** What is known of a dataset by itself. */
type Own = Readonly<{
  labels: readonly LabelAnswer[]
  detected: Detected
  attested: Attestation
  stated: Readonly<{ status: DatasetStatus; at: Micros }> | undefined
}>

/** From what an input held to what an output then did. */
export type Way = Readonly<{
  from: Version
  to: Version
  move: Move
  /** The content was read under another name of the same place. */
  meeting: Meeting | undefined
  /** Nobody knows by what the content was replaced: it may still be there. */
  isUnproved: boolean
  /** A certificate that covers the run: for all of the output, or for columns. */
  cut: Cut | undefined
}>

type Cut = Readonly<{
  isWhole: boolean
  columns: readonly string[]
  as: DatasetStatus
  until: number
}>

const worst = (statuses: Iterable<DatasetStatus>): DatasetStatus =>
  [...statuses].reduce<DatasetStatus>((a, b) => (rank(a) >= rank(b) ? a : b), 'UNKNOWN')
const rank = (status: DatasetStatus): number => datasetStatuses.indexOf(status)
const isPhi = (status: DatasetStatus): boolean => rank(status) >= rank('PHI_LIMITED')

export function obviousGovernance(asked: Asked): ObviousGovernance {
  const { world } = asked
  const versions = new Map(world.datasets.map((one) => [one.id, versionsOf(one, asked)]))
  const ways = waysOf(versions, asked)
  const into = (version: Version): readonly Way[] => ways.filter(({ to }) => to === version)
  for (const of of versions.values()) {
    for (const version of of) for (const label of version.own.labels) put(version, label)
  }
  // "PHI_LIMITED passes on as PHI_LIMITED until one of the 16 direct identifiers is there."
  untilNothingChanges([...versions.values()].flat(), () => {
    for (const way of ways) {
      const isStated = way.from.own.stated?.status === 'PHI_LIMITED'
      const isLimited = way.cut?.isWhole === true || isStated || way.from.ancestry === 1
      if (isLimited) way.to.ancestry = Math.max(way.to.ancestry, brings(way, 1))
    }
  })
  untilNothingChanges([...versions.values()].flat(), () => {
    for (const way of ways) {
      for (const label of carried(way, ways)) put(way.to, label)
      const level = brings(way, levelOf(way.from, into(way.from)))
      way.to.ancestry = Math.max(way.to.ancestry, level)
      const keyed = keyedBy(way)
      if (keyed === 'JOIN' || way.to.keyed === undefined) way.to.keyed = keyed ?? way.to.keyed
    }
  })
  untilNothingChanges([...versions.values()].flat(), () => {
    for (const way of ways) {
      for (const status of givenBy(way, into(way.from))) way.to.given.add(status)
    }
  })
  const answers = new Map(
    [...versions].map(([id, of]) => [id, answerOf(of.at(-1) as Version, versions, into, asked)]),
  )
  return { answers, ways, versions }
}

function untilNothingChanges(versions: readonly Version[], once: () => void): void {
  const seen = (): string =>
    JSON.stringify(
      versions.map(({ labels, ancestry, keyed, given }) => [
        [...labels].toSorted(),
        ancestry,
        keyed,
        [...given].toSorted(),
      ]),
    )
  let before = ''
  while (before !== seen()) {
    before = seen()
    once()
  }
}

function keyOf({ column, label }: Pick<LabelAnswer, 'column' | 'label'>): string {
  return JSON.stringify([column ?? null, label])
}

/** Of several ways to a label the best confidence counts, and a column map beats none. */
function put({ labels }: Pick<Version, 'labels'>, label: LabelAnswer): void {
  const before = labels.get(keyOf(label))
  labels.set(keyOf(label), {
    ...label,
    confidence: Math.max(label.confidence, before?.confidence ?? 0),
    coarse: label.coarse && (before?.coarse ?? true),
  })
}

// What is known of a dataset by itself.

function versionsOf(dataset: GovernedDataset, asked: Asked): readonly Version[] {
  const starts = [-Infinity, ...dataset.epochs]
  const mapped = columnsOfMaps(dataset.id, asked.world.moves)
  return starts.map((from, index) => ({
    dataset,
    from,
    until: starts[index + 1] ?? Infinity,
    isLast: index === starts.length - 1,
    own: ownOf(withColumns(dataset, from, mapped), asked.statements),
    labels: new Map(),
    ancestry: 0,
    keyed: undefined,
    given: new Set(),
  }))
}

/** All columns that it had in that time: those that are gone since, and those that only maps know. */
function withColumns(
  dataset: GovernedDataset,
  from: number,
  mapped: readonly string[],
): GovernedDataset {
  const former = dataset.formerColumns.filter(({ until }) => until > from)
  const columns = [...dataset.columns, ...former]
  const others = mapped
    .filter((name) => !columns.some((column) => column.name === name))
    .map((name) => ({ name, type: undefined, description: undefined }))
  return { ...dataset, columns: [...columns, ...others] }
}

/** What maps read of it, or wrote to it that is no constant. */
function columnsOfMaps(id: DatasetId, moves: readonly Move[]): readonly string[] {
  const isConstant = ({ transformations }: MovedMap['whole'][number]): boolean =>
    transformations.length > 0 &&
    transformations.every(({ description = '' }) => expressions[description] === 'constant')
  const named = moves
    .flatMap(({ maps }) => maps)
    .flatMap(({ output, fields, whole }) => [
      ...fields
        .filter(({ inputs }) => output === id && !inputs.every(isConstant))
        .map(({ column }) => column),
      ...[...fields.flatMap(({ inputs }) => inputs), ...whole]
        .filter(({ dataset }) => dataset === id)
        .map(({ column }) => column),
    ])
  return [...new Set(named)].toSorted()
}

/** Detectors raise, a person's decision beats them, and the latest decision of each kind holds. */
function ownOf(dataset: GovernedDataset, statements: readonly StatementRecord[]): Own {
  const [name, ...names] = dataset.names
  if (name === undefined) throw new TypeError('A dataset without a name')
  const detected = detect({
    name,
    names,
    kind: dataset.kind,
    ...(dataset.description === undefined ? {} : { description: dataset.description }),
    tags: dataset.tags.map((tag) => {
      const [key = '', ...value] = tag.split(/[:=]/)
      return value.length === 0 ? { key } : { key, value: tag.slice(key.length + 1) }
    }),
    columns: dataset.columns.map(({ name: column, type, description }) => ({
      name: column,
      ...(type === undefined ? {} : { type }),
      ...(description === undefined ? {} : { description }),
    })),
  })
  const labels = new Map<string, LabelAnswer>()
  for (const { label, column, score, decision } of detected.detections) {
    const found = { label, column, confidence: score, coarse: false }
    if (decision === 'applied') labels.set(keyOf(found), found)
  }
  let attested: Attestation = {}
  let stated: Own['stated']
  const ids = new Set(dataset.names.map(datasetIdOf))
  for (const { at, statement } of statements) {
    if (!('of' in statement) || !ids.has(datasetIdOf(statement.of.dataset))) continue
    if (statement.says === 'status') stated = { status: statement.status, at }
    if (statement.says === 'attestation') attested = { ...attested, ...statement.attestation }
    if (statement.says !== 'label') continue
    const { label, of } = statement
    const said = { label, column: of.column, confidence: 1, coarse: false }
    if (statement.holds) labels.set(keyOf(said), said)
    else labels.delete(keyOf(said))
  }
  return { labels: [...labels.values()], detected, attested, stated }
}

// Who read what when.

function waysOf(
  versions: ReadonlyMap<DatasetId, readonly Version[]>,
  asked: Asked,
): readonly Way[] {
  const at = (id: DatasetId): readonly Version[] => versions.get(id) ?? []
  const cutOf = certificatesIn(asked)
  return asked.world.moves.flatMap((move) =>
    move.outputs.flatMap((output): readonly Way[] => {
      const cut = cutOf(move, output)
      const plain = { move, meeting: undefined, isUnproved: false, cut }
      const written = at(output).filter((version) => isWritten(version, move, at(output)))
      const ways = move.inputs.flatMap((input) => {
        const read = at(input).filter((version) => isRead(version, move))
        const met = meetingsDuring(at(input)[0]?.dataset, move)
        return [
          ...each(read, written, {
            ...plain,
            cut: ofAllColumns(cut, move, input, at(output)[0]?.dataset),
          }),
          ...met.flatMap(({ other, meeting }) => {
            const same = at(other).filter((version) => isRead(version, move))
            return each(same, written, { ...plain, meeting })
          }),
        ]
      })
      if (move.inputs.length > 0) return ways
      // "A whole overwrite by a run of which no input is known ends nothing."
      const lain = meetingsDuring(at(output)[0]?.dataset, move).map(({ other }) => other)
      return [...new Set([output, ...lain])].flatMap((id) => {
        const [after] = at(id).filter(({ from }) => from === move.end)
        const [before] = at(id).filter(({ until }) => until === move.end)
        if (after === undefined || before === undefined) return []
        if (after.dataset.dropped.includes(after.from)) return []
        return [{ from: before, to: after, ...plain, isUnproved: true, cut: undefined }]
      })
    }),
  )
}

function each(
  read: readonly Version[],
  written: readonly Version[],
  how: Omit<Way, 'from' | 'to'>,
): readonly Way[] {
  return read.flatMap((from) =>
    written.filter((to) => to !== from).map((to) => ({ from, to, ...how })),
  )
}

/** "A job that overwrites what it reads still read the old epoch." */
function isRead({ from, until }: Version, { start, end = Infinity as Micros }: Move): boolean {
  if (end === start) return from <= start && start <= until
  return from < end && start < until
}

/** "The boundary is the end of that run's writing": what ends there wrote what came then. */
function isWritten(
  { from, until }: Version,
  { start, end = Infinity as Micros }: Move,
  all: readonly Version[],
): boolean {
  if (all.some((version) => version.from === end)) return from === end
  return from <= end && start < until
}

function meetingsDuring(
  dataset: GovernedDataset | undefined,
  { start, end }: Pick<Move, 'start' | 'end'>,
): readonly Readonly<{ other: DatasetId; meeting: Meeting }>[] {
  return (dataset?.meetings ?? [])
    .filter(({ during: { from, until } }) => {
      const begins = start < (until ?? Infinity)
      return begins && (end ?? Infinity) >= (from ?? -Infinity)
    })
    .map((meeting) => ({
      other: meeting.from === dataset?.id ? meeting.to : meeting.from,
      meeting,
    }))
}

// P-01 to P-14.

/** The maps of the move for this output, if one of them tells of this input. */
function mapsOf(
  { maps, kind }: Move,
  input: DatasetId,
  output: DatasetId,
): Readonly<{ own: readonly MovedMap[]; isEvery: boolean }> | undefined {
  if (kind === 'RENAME') return { own: [], isEvery: true }
  const own = maps.filter((map) => map.output === output)
  const isEvery = own.some(({ every }) => every === input)
  const isTold = own.some(({ fields, whole }) =>
    [...fields.flatMap(({ inputs }) => inputs), ...whole].some(({ dataset }) => dataset === input),
  )
  return isEvery || isTold ? { own, isEvery } : undefined
}

const isIndirect = ({ type }: Transformation): boolean => type === 'INDIRECT'
const subtypeOf = ({ subtype = '' }: Transformation): string => subtype

/** Says which rows there are: a filter, a join, a group, or what nobody knows. */
function decidesRows(one: Transformation): boolean {
  return isIndirect(one) && !['SORT', 'WINDOW', 'CONDITIONAL'].includes(subtypeOf(one))
}

const isCondition = (one: Transformation): boolean =>
  isIndirect(one) && subtypeOf(one) === 'CONDITIONAL'

const isWithin = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)

const plainOf = (label: string): string => label.replace('AGG.', '').replace('PSEUDO.', '')
const isPerson = (label: string): boolean =>
  plainOf(label).startsWith('ID.') && !label.startsWith('AGG.')

const isOn = (column: string, label: LabelAnswer): boolean =>
  label.column === undefined || isWithin(column, label.column)

/** What becomes of the labels of the way's beginning. */
function carried(way: Way, all: readonly Way[]): readonly LabelAnswer[] {
  return [...way.from.labels.values()].flatMap((label) => carriedOf(label, way, all))
}

function carriedOf(label: LabelAnswer, way: Way, all: readonly Way[]): readonly LabelAnswer[] {
  const { from, to, move, meeting, cut } = way
  if (way.isUnproved || cut?.isWhole === true) return []
  const maps = meeting === undefined ? mapsOf(move, from.dataset.id, to.dataset.id) : undefined
  if (maps === undefined) {
    const confidence = Math.min(label.confidence, 0.6)
    return [{ ...label, column: undefined, confidence, coarse: true }]
  }
  const { column } = label
  if (column === undefined) return [{ ...label, coarse: true }]
  const arrived: LabelAnswer[] = maps.isEvery ? [label] : []
  for (const { fields, whole } of maps.own) {
    const isHere = (input: MovedMap['whole'][number]): boolean =>
      input.dataset === from.dataset.id && isWithin(input.column, column)
    for (const { column: output, inputs } of fields) {
      const isGrouped = groupsPersons([...inputs, ...whole], way, all)
      for (const { transformations } of inputs.filter(isHere)) {
        if (transformations.some(decidesRows) && tells(label)) {
          arrived.push({ ...label, column: undefined })
        }
        const making = transformations.filter((one) => !isIndirect(one) || isCondition(one))
        const made =
          transformations.length === 0
            ? [label.label]
            : making.flatMap((one) => madeOf(label.label, one, isGrouped, to.own.attested))
        for (const became of made) arrived.push({ ...label, label: became, column: output })
      }
    }
    for (const { transformations } of whole.filter(isHere)) {
      const decides =
        transformations.length === 0 ||
        transformations.some((one) => decidesRows(one) || isCondition(one))
      if (decides && tells(label)) arrived.push({ ...label, column: undefined })
      // The values themselves are in the output, nobody says where.
      for (const one of transformations.filter((direct) => !isIndirect(direct))) {
        const isGrouped = groupsPersons(whole, way, all)
        for (const became of madeOf(label.label, one, isGrouped, to.own.attested)) {
          arrived.push({ ...label, label: became, column: undefined, coarse: true })
        }
      }
    }
  }
  return arrived.filter(
    (one) => one.column === undefined || !(cut?.columns ?? []).includes(one.column),
  )
}

function groupsPersons(inputs: MovedMap['whole'], way: Way, all: readonly Way[]): boolean {
  return inputs.some(
    (input) =>
      input.transformations.some((one) => isIndirect(one) && subtypeOf(one) === 'GROUP_BY') &&
      readWith(way, input.dataset, all).some((version) =>
        [...version.labels.values()].some(
          (other) => isPerson(other.label) && isOn(input.column, other),
        ),
      ),
  )
}

/** What the same move read of that dataset. */
function readWith(way: Way, dataset: DatasetId, all: readonly Way[]): readonly Version[] {
  if (dataset === way.from.dataset.id) return [way.from]
  return all
    .filter(
      ({ move, meeting, from }) => move === way.move && !meeting && from.dataset.id === dataset,
    )
    .map(({ from }) => from)
}

/** Filtering by health, payment or special categories tells about all that is left (P-07). */
function tells({ label }: LabelAnswer): boolean {
  return /^(?:CLIN|BILL|SENS)\./.test(plainOf(label))
}

type Written = 'hash' | 'count' | 'constant' | 'year' | 'zip3'

/** The expressions that occur in these worlds, and what they are. */
export const expressions: Readonly<Record<string, Written | 'value'>> = {
  '': 'value',
  'upper(x)': 'value',
  'max(x)': 'value',
  'sha2(x, 256)': 'hash',
  'count(x)': 'count',
  NULL: 'constant',
  "'none'": 'constant',
  'year(x)': 'year',
  'left(x, 3)': 'zip3',
}

function madeOf(
  label: string,
  one: Transformation,
  isGroupedByPerson: boolean,
  attested: Attestation,
): readonly string[] {
  if (isIndirect(one)) return [label]
  const is = expressions[one.description ?? '']
  if (is === 'constant') return []
  if (subtypeOf(one) === 'AGGREGATION') {
    // "Aggregates that return an input value are IDENTITY"; one that is not known may be that.
    if (is !== 'count') return [label]
    const counted = (attested.smallestCell ?? 0) >= 11 ? [] : [aggregated(label)]
    return isGroupedByPerson ? [label, ...counted] : counted
  }
  if (is === 'year' && label === 'ID.DATE' && attested.agesTopCoded === true) return ['QI.YEAR']
  if (is === 'zip3' && label === 'ID.GEO' && attested.zip3Rule === true) return ['QI.GEO']
  return is === 'hash' ? [pseudonymous(label)] : [label]
}

const aggregated = (label: string): string => (label.startsWith('AGG.') ? label : `AGG.${label}`)
const pseudonymous = (label: string): string =>
  /^(?:AGG|PSEUDO)\./.test(label) ? label : `PSEUDO.${label}`

/** A key of persons joined the rows, or made the groups (P-11, P-13). */
function keyedBy({ from, to, move, meeting, isUnproved }: Way): Version['keyed'] {
  const maps = meeting || isUnproved ? undefined : mapsOf(move, from.dataset.id, to.dataset.id)
  const keys = keysOf(maps?.own ?? [], from.dataset.id).filter(({ column }) =>
    [...from.labels.values()].some((label) => isPerson(label.label) && isOn(column, label)),
  )
  return keys.find(({ by }) => by === 'JOIN')?.by ?? keys[0]?.by
}

function keysOf(
  maps: readonly MovedMap[],
  input: DatasetId,
): readonly Readonly<{ column: string; by: 'JOIN' | 'GROUP_BY' }>[] {
  return maps
    .flatMap(({ fields, whole }) => [...fields.flatMap(({ inputs }) => inputs), ...whole])
    .filter(({ dataset }) => dataset === input)
    .flatMap(({ column, transformations }) =>
      (['JOIN', 'GROUP_BY'] as const)
        .filter((by) => transformations.some((one) => isIndirect(one) && subtypeOf(one) === by))
        .map((by) => ({ column, by })),
    )
}

// Statuses.

const individual: readonly DatasetGrain[] = ['INDIVIDUAL', 'EVENT_OF_INDIVIDUAL', 'LINKED_PROFILE']

type Seen = Readonly<{ labels: readonly LabelAnswer[]; ancestry: number }>

/** Section 2 by its own labels, and rule 7: what comes from PHI proves nothing less by its labels. */
function byItself({ own, keyed }: Version, { labels, ancestry }: Seen): DatasetStatus {
  const { detected, attested } = own
  const isKeyed = keyed !== undefined && !individual.includes(detected.grain)
  const { status } = statusOf({
    labels,
    grain: attested.grain ?? (isKeyed ? 'INDIVIDUAL' : detected.grain),
    isHealthContext: detected.isHealthContext || attested.healthSource === true || ancestry > 0,
    isLimited: ancestry === 1,
    attestations: attested,
  })
  const has = (pattern: RegExp): boolean =>
    labels.some(({ label }) => !label.startsWith('AGG.') && pattern.test(plainOf(label)))
  if (keyed === 'JOIN' && status !== 'PHI_SPECIAL') {
    if (has(/^CLIN\./) && has(/^BILL\.(?:CLAIM|PLAN)/)) return 'LINKED_PROFILE'
  }
  const direct = labels.some(({ label }) => /^ID\.(?!DATE$|GEO$|OTHER$)/.test(label))
  if (ancestry === 1 && status === 'PHI' && !direct) return 'PHI_LIMITED'
  return ancestry > 0 && !isPhi(status) ? 'UNKNOWN' : status
}

function seenOf({ labels, ancestry }: Version): Seen {
  return { labels: [...labels.values()], ancestry }
}

function enforced(status: DatasetStatus, ancestry: number): DatasetStatus {
  if (status !== 'UNKNOWN' || ancestry === 0) return status
  return ancestry === 2 ? 'PHI' : 'PHI_LIMITED'
}

const level = (status: DatasetStatus): number =>
  !isPhi(status) ? 0 : status === 'PHI_LIMITED' ? 1 : 2

const isCertified = (into: readonly Way[]): boolean =>
  into.length > 0 && into.every(({ cut }) => cut?.isWhole === true)

/** How bad what it hands on is. A statement can make it worse, and never better. */
function levelOf(version: Version, into: readonly Way[]): number {
  const found = isCertified(into)
    ? Math.max(...into.map(({ cut }) => level(cut?.as ?? 'UNKNOWN')))
    : Math.max(version.ancestry, level(byItself(version, seenOf(version))))
  return Math.max(found, level(version.own.stated?.status ?? 'UNKNOWN'))
}

function brings({ cut }: Way, of: number): number {
  if (cut?.isWhole !== true) return of
  return Math.min(of, level(cut.as))
}

/** "Lowering holds for the epoch it was stated in, raising for all time." */
function statedOf({ own, from, until }: Version, found: DatasetStatus): DatasetStatus | undefined {
  const { stated } = own
  if (stated === undefined) return undefined
  const isMeant = stated.at >= from && stated.at < until
  return isMeant || rank(stated.status) >= rank(found) ? stated.status : undefined
}

/** Every column goes along, whether any is named or not. */
function isWholeCopy({ from, to, move, meeting, isUnproved }: Way): boolean {
  if (isUnproved) return false
  if (meeting !== undefined) return true
  const maps = mapsOf(move, from.dataset.id, to.dataset.id)
  return maps === undefined || maps.isEvery
}

function handsOn(version: Version, into: readonly Way[]): ReadonlySet<DatasetStatus> {
  const status = byItself(version, seenOf(version))
  const stated = statedOf(version, enforced(status, version.ancestry))
  if (stated !== undefined) return new Set([stated])
  const isGiven = into.some((way) => way.cut?.isWhole === true || isWholeCopy(way))
  if (isCertified(into) || (status === 'UNKNOWN' && isGiven)) return version.given
  return new Set([status, ...version.given])
}

function givenBy(way: Way, into: readonly Way[]): Iterable<DatasetStatus> {
  if (way.cut?.isWhole === true) return [way.cut.as]
  return isWholeCopy(way) ? handsOn(way.from, into) : []
}

/** "DEIDENTIFIED with anything that is neither certified nor reference data" (K-14). */
function mayIdentifyAgain(given: ReadonlySet<DatasetStatus>): boolean {
  return given.has('DEIDENTIFIED') && (given.has('PERSONAL') || given.has('UNKNOWN'))
}

function answerOf(
  version: Version,
  versions: ReadonlyMap<DatasetId, readonly Version[]>,
  into: (version: Version) => readonly Way[],
  { now, asOf }: Asked,
): GovernanceAnswer {
  const own = into(version)
  const labels = { labels: new Map(version.labels) }
  const given = new Set(version.given)
  let { ancestry } = version
  // "What merely meets passes labels in one step, coarse, and never on through a third." (P-24)
  const end = Number.MAX_SAFE_INTEGER as Micros
  for (const { other } of meetingsDuring(version.dataset, { start: end, end })) {
    const met = versions.get(other)?.at(-1)
    if (met === undefined) continue
    for (const label of met.labels.values()) {
      const confidence = Math.min(label.confidence, 0.6)
      put(labels, { ...label, column: undefined, confidence, coarse: true })
    }
    for (const status of handsOn(met, into(met))) if (isPhi(status)) given.add(status)
    ancestry = Math.max(ancestry, levelOf(met, into(met)))
  }
  const all = [...labels.labels.values()]
  const status = isCertified(own)
    ? worst([
        ...given,
        ...own.flatMap(({ cut }): readonly DatasetStatus[] =>
          cut === undefined ? [] : [(asOf ?? now) >= cut.until ? 'PHI' : cut.as],
        ),
      ])
    : foundOf(byItself(version, { labels: all, ancestry }), { given, ancestry }, () =>
        joinedAgain(own, into),
      )
  const found = enforced(status, ancestry)
  const stated = statedOf(version, found)
  const isOwn = (label: LabelAnswer) =>
    version.own.labels.find((one) => keyOf(one) === keyOf(label))
  return {
    status: stated ?? status,
    enforced: stated === undefined ? found : worst([stated, found]),
    labels: all.map((label) => isOwn(label) ?? label),
  }
}

/** 6.1: inputs of one flow without a map. */
function foundOf(
  own: DatasetStatus,
  { given, ancestry }: Pick<Version, 'given' | 'ancestry'>,
  joined: () => boolean,
): DatasetStatus {
  const isAgain = mayIdentifyAgain(given)
  const handed =
    isPhi(worst(given)) || !(given.has('UNKNOWN') || isAgain) ? worst(given) : 'UNKNOWN'
  let found = own
  if (given.size > 0 && (ancestry === 0 || isPhi(handed))) {
    if (rank(handed) > rank(own)) found = handed
    if (handed === 'UNKNOWN' && own === 'NOT_PERSONAL') found = 'UNKNOWN'
  }
  return !isPhi(found) && (isAgain || joined()) ? 'UNKNOWN' : found
}

/** The same in a move with a map: joined by a trait or an identifier. */
function joinedAgain(own: readonly Way[], into: (version: Version) => readonly Way[]): boolean {
  return [...Map.groupBy(own, ({ move }) => move).values()].some((ways) => {
    if (ways.every(({ cut }) => cut !== undefined)) return false
    const isByTraits = ways.some(({ from, to, move, meeting, isUnproved }) => {
      const maps = meeting || isUnproved ? undefined : mapsOf(move, from.dataset.id, to.dataset.id)
      return keysOf(maps?.own ?? [], from.dataset.id).some(
        ({ column, by }) =>
          by === 'JOIN' &&
          [...from.labels.values()].some(
            (label) =>
              (isPerson(label.label) || label.label.startsWith('QI.')) && isOn(column, label),
          ),
      )
    })
    const together = new Set(ways.flatMap(({ from }) => [...handsOn(from, into(from))]))
    return ways.length > 1 && isByTraits && mayIdentifyAgain(together)
  })
}

// P-20 and P-21.

type CertificateStatement = Extract<Statement, { says: 'certificate' }>

function certificatesIn(asked: Asked): (move: Move, output: DatasetId) => Cut | undefined {
  const { statements, world } = asked
  const idOf = new Map(
    world.datasets.flatMap(({ id, names }) =>
      names.map((name) => [datasetIdOf(name), id] as const),
    ),
  )
  const standing = [
    ...new Map(
      statements
        .filter(({ statement }) => statement.says === 'certificate')
        .toReversed()
        .map((record) => [(record.statement as CertificateStatement).id, record]),
    ).values(),
  ]
    .toReversed()
    .flatMap((record) => {
      const statement = record.statement as CertificateStatement
      const about = statements.filter(
        ({ statement: other }) => 'certificate' in other && other.certificate === statement.id,
      )
      const approved = about.find(
        ({ statement: other, by }) => other.says === 'approval' && by.person !== record.by.person,
      )
      const isRevoked = about.some(({ statement: other }) => other.says === 'revocation')
      if (approved === undefined || isRevoked) return []
      if (isMisfit(statement, approved.at, asked)) return []
      return [{ statement, validFrom: statement.validFrom ?? approved.at }]
    })
  return (move, output) => {
    const own = standing
      .filter(
        ({ statement, validFrom }) =>
          move.job === jobIdOf(statement.job) &&
          move.start >= validFrom &&
          move.start < statement.expires,
      )
      .flatMap(({ statement }) => {
        const parts = statement.outputs.filter(
          ({ dataset }) => (idOf.get(datasetIdOf(dataset)) ?? datasetIdOf(dataset)) === output,
        )
        if (parts.length === 0) return []
        const isLimited = statement.method === 'LIMITED_DATA_SET'
        return [
          {
            isWhole: parts.some(({ column }) => column === undefined),
            columns: parts.flatMap(({ column }) => column ?? []),
            as: isLimited ? ('PHI_LIMITED' as const) : ('DEIDENTIFIED' as const),
            until: isLimited ? Number(statement.expires) : Infinity,
          },
        ]
      })
    const whole = own.find(({ isWhole }) => isWhole)
    if (whole !== undefined || own.length === 0) return whole
    return {
      isWhole: false,
      columns: own.flatMap(({ columns }) => columns),
      as: worst(own.map(({ as }) => as)),
      until: Math.min(...own.map(({ until }) => until)),
    }
  }
}

/** Named columns are the whole output when neither its map nor its schema tells of another. */
function ofAllColumns(
  cut: Cut | undefined,
  move: Move,
  input: DatasetId,
  output: GovernedDataset | undefined,
): Cut | undefined {
  const maps = output && mapsOf(move, input, output.id)
  if (cut === undefined || maps === undefined || maps.isEvery) return cut
  const mapped = maps.own.flatMap(({ fields }) => fields.map(({ column }) => column))
  const told = [...mapped, ...(output?.columns ?? []).map(({ name }) => name)]
  return mapped.length > 0 && told.every((column) => cut.columns.includes(column))
    ? { ...cut, isWhole: true }
    : cut
}

/** "If the job's code hash, its input columns or its output schema change." */
function isMisfit(
  { job, outputs }: CertificateStatement,
  approvedAt: Micros,
  { latest, datasetsAt }: Asked,
): boolean {
  const named = outputs.map(({ dataset, column }) => ({ id: datasetIdOf(dataset), column }))
  return latest.datasets.some((dataset) => {
    const ids = new Set(dataset.names.map(datasetIdOf))
    const own = named.filter(({ id }) => ids.has(id))
    if (own.length === 0) return false
    const before = datasetsAt(approvedAt).find(({ id }) => id === dataset.id)
    const columns = dataset.columns.map(({ name }) => name)
    const old = (before?.columns ?? []).map(({ name }) => name)
    const isOther = old.length > 0 && old.toSorted().join() !== columns.toSorted().join()
    const isWhole = own.some(({ column }) => column === undefined)
    const isShown = ownOf(dataset, []).labels.some(
      ({ label, column }) =>
        column !== undefined &&
        !own.some((part) => part.column === column) &&
        /^ID\.(?!DATE$|GEO$)/.test(label),
    )
    const moves = latest.moves.filter(
      (move) => move.job === jobIdOf(job) && move.outputs.includes(dataset.id),
    )
    const made = (of: readonly Move[]): readonly string[] =>
      of.map(({ maps }) => JSON.stringify(maps.filter(({ output }) => output === dataset.id)))
    const then = made(moves.filter(({ start }) => start <= approvedAt))
    const since = made(moves.filter(({ start }) => start > approvedAt))
    const isMadeOtherwise = then.length > 0 && since.some((map) => !then.includes(map))
    return isOther || (!isWhole && isShown) || isMadeOtherwise
  })
}
