import type { DatasetGrain } from '../../model/index.ts'
import type { DetectInput, Detected, Detection, Evidence } from './detection.ts'
import type { Match, ReadName } from './name-rules.ts'
import type { Table } from './table.ts'
import type { Word } from './words.ts'
import { compareCodePoints, compareNames } from '../../model/index.ts'
import { categoriesOfTag, categoryOf, declaresHealth, passedCheck } from './declared.ts'
import { detectionOf, evidenceOf } from './evidence.ts'
import { mainMatch, readName, sensitiveMatches } from './name-rules.ts'
import { isFieldOfMessage, positionAt } from './positions.ts'
import { ownTheme } from './rules/rule.ts'
import { tableOf } from './table.ts'
import { isDateType, isMisfit } from './type-family.ts'
import { tokensOf, wordsOf } from './words.ts'

/** Rises with every change of a rule, a word or a weight: it is recorded with what was detected. */
export const detectorVersion = 1

/** More columns than this are not read; no table of people has as many. */
const columnsMax = 10_000

type ReadColumn = Readonly<{
  name: string
  type: string | undefined
  description: string
  words: readonly Word[]
  /** What the number of a field of HL7 or X12 says. */
  position: Readonly<{ label: string | undefined; words: string }> | undefined
}>

/**
 * The labels that the metadata of a dataset suggests, each with its evidence, and what kind of table
 * it is. Names, types, comments, declared tags and other tools' findings only; the same input gives
 * the same output, in whatever order its columns, tags and findings come. Never throws, and takes
 * time by the number of columns, whatever the strings hold.
 *
 * @see phi.md sections 3.1, 3.2 and 6.1 (detectors)
 */
export function detect(input: DetectInput): Detected {
  const columns = input.columns.slice(0, columnsMax).map(readColumn)
  const names = [input.name, ...(input.names ?? [])].toSorted(compareNames)
  const table = tableOf(names, {
    description: `${input.kind ?? ''} ${input.description ?? ''}`,
    columns: columns.map((column) => ({
      name: column.name,
      words: column.words.map(({ word }) => word),
      isDate: readName(column.words, isDateType(column.type)).head === 'date',
      isField: column.position?.label !== undefined,
    })),
  })
  const evidence = new LabelEvidence()
  for (const column of columns) {
    for (const [label, reasons] of byName(column, table)) evidence.add(label, column.name, reasons)
  }
  for (const tag of input.tags ?? []) {
    for (const label of categoriesOfTag(tag)) {
      const words = tag.value === undefined ? tag.key : `${tag.key}=${tag.value}`
      evidence.add(label, tag.column, [evidenceOf('DECLARED_TAG', shortened(words))])
    }
  }
  for (const { column, category, kind, confidence } of input.findings ?? []) {
    const label = categoryOf(category)
    if (label === undefined) continue
    const weighed = passedCheck(category, label) ? 'EXTERNAL_CHECKED' : 'EXTERNAL_FORMAT'
    const strength = Number.isFinite(confidence) ? Math.min(1, Math.max(0, confidence)) : 0
    evidence.add(label, column, [evidenceOf(weighed, shortened(`${kind}: ${category}`), strength)])
  }
  const order = new Map(columns.map(({ name }, at) => [name, at]))
  return {
    detections: evidence.detections(order),
    grain: grainOf(table),
    isHealthContext: table.isHealth || declaresHealth(input.tags),
    isPersonTable: table.traits.has('person'),
  }
}

function readColumn({ name, type, description }: DetectInput['columns'][number]): ReadColumn {
  const tokens = tokensOf(name)
  const rest: string[] = []
  let position: ReadColumn['position']
  for (let at = 0; at < tokens.length; at += 1) {
    const found = positionAt(tokens, at)
    if (found === undefined) rest.push(tokens[at] ?? '')
    else {
      position ??= { label: found.label, words: found.words }
      at += found.tokens - 1
    }
  }
  const words = wordsOf(rest.filter((token) => !isFieldOfMessage(token) || rest.length === 1))
  return { name, type, description: description ?? '', words, position }
}

/** The labels that a column's own words and its table give, with the reasons. */
function byName(
  column: ReadColumn,
  table: Table,
): readonly (readonly [string, readonly Evidence[]])[] {
  const name = readName(column.words, isDateType(column.type))
  const found = [
    ofPosition(column, table) ?? ofWords(name, table) ?? ofDescription(column, table),
    ...sensitiveMatches(name, table.traits).map((match) => reasonsOf(match, table)),
  ]
  return found
    .filter((each) => each !== undefined)
    .filter(({ label }) => label !== 'NONE')
    .map(({ label, reasons }) => [
      label,
      isMisfit(label, column.type)
        ? [...reasons, evidenceOf('TYPE_MISMATCH', shortened(column.type ?? ''))]
        : reasons,
    ])
}

type Found = Readonly<{ label: string; reasons: readonly Evidence[] }>

function ofPosition({ position }: ReadColumn, table: Table): Found | undefined {
  if (position?.label === undefined) return undefined
  const { label, words } = position
  const around = context(label, table)
  return {
    label,
    reasons: [
      evidenceOf('EXACT_NAME', words),
      ...(around.length > 0 ? around : [evidenceOf('TABLE_CONTEXT', 'fields of a message')]),
    ],
  }
}

function ofWords(name: ReadName, table: Table): Found | undefined {
  const match = mainMatch(name, table.traits)
  const found = match === undefined ? undefined : reasonsOf(match, table)
  const isNumberOfPerson = found?.label.startsWith('ID.') ?? false
  return isNumberOfPerson || !isKeyOfRow(name, table) ? found : keyOfRow(name, table)
}

/** `condition_occurrence_id` of the table of that name: the number of one event of one patient. */
function isKeyOfRow({ words, head }: ReadName, { traits, words: own }: Table): boolean {
  const rest = words.slice(0, -1).map(({ word }) => word)
  return head === 'id' && traits.has('event') && rest.length > 0 && rest.join(' ') === own.join(' ')
}

function keyOfRow({ words }: ReadName, table: Table): Found {
  const said = words.map(({ word }) => word).join(' ')
  return {
    label: 'ID.OTHER',
    reasons: [evidenceOf('EXACT_NAME', said), ...context('ID.OTHER', table)],
  }
}

/** A comment speaks where the name says nothing. */
function ofDescription({ description }: ReadColumn, table: Table): Found | undefined {
  const match = mainMatch(readName(wordsOf(tokensOf(description))), table.traits)
  if (match === undefined || match.rule.say === '*') return undefined
  const found = reasonsOf(match, table)
  return (
    found && {
      ...found,
      reasons: [evidenceOf('DESCRIPTION', match.words), ...context(found.label, table)],
    }
  )
}

function reasonsOf({ rule, words, isExact }: Match, table: Table): Found | undefined {
  const label = rule.label === ownTheme ? table.theme : rule.label
  if (label === undefined) return undefined
  const kind = isExact ? 'EXACT_NAME' : 'FUZZY_NAME'
  return {
    label,
    reasons: [evidenceOf(kind, words, rule.strength ?? 1), ...context(label, table)],
  }
}

/** What the table adds to a label: that it is of persons, of care, or a postal address. */
function context(label: string, table: Table): readonly Evidence[] {
  const { traits, because } = table
  const fits = label.startsWith('PROV.')
    ? traits.has('provider') || traits.has('health')
    : label.startsWith('CLIN.') || label.startsWith('BILL.')
      ? traits.has('health')
      : traits.has('person') ||
        traits.has('health') ||
        (traits.has('address') && label.endsWith('.GEO'))
  return fits ? [evidenceOf('TABLE_CONTEXT', because)] : []
}

function grainOf({ traits }: Table): DatasetGrain {
  if (traits.has('person')) return traits.has('event') ? 'EVENT_OF_INDIVIDUAL' : 'INDIVIDUAL'
  if (traits.has('aggregate')) return 'AGGREGATE'
  return (['reference', 'provider', 'organisation'] as const).some((trait) => traits.has(trait))
    ? 'REFERENCE'
    : 'UNKNOWN'
}

/** Evidence as it comes in, by label and column, each said once. */
class LabelEvidence {
  readonly #found = new Map<
    string,
    { label: string; column: string | undefined; reasons: Evidence[] }
  >()

  add(label: string, column: string | undefined, reasons: readonly Evidence[]): void {
    const key = JSON.stringify([label, column])
    const known = this.#found.get(key) ?? { label, column, reasons: [] }
    for (const reason of reasons) {
      const isSaid = known.reasons.some(
        ({ kind, words }) => kind === reason.kind && words === reason.words,
      )
      if (!isSaid) known.reasons.push(reason)
    }
    this.#found.set(key, known)
  }

  detections(order: ReadonlyMap<string, number>): readonly Detection[] {
    const place = (column: string | undefined): number =>
      column === undefined ? Number.POSITIVE_INFINITY : (order.get(column) ?? order.size)
    return [...this.#found.values()]
      .map(({ label, column, reasons }) => detectionOf(label, column, reasons.toSorted(bySize)))
      .filter((detection) => detection !== undefined)
      .toSorted(
        (a, b) =>
          place(a.column) - place(b.column) ||
          compareCodePoints(a.column ?? '', b.column ?? '') ||
          compareCodePoints(a.label, b.label),
      )
  }
}

function bySize(a: Evidence, b: Evidence): number {
  return b.weight * b.strength - a.weight * a.strength || compareCodePoints(a.words, b.words)
}

function shortened(words: string): string {
  return words.slice(0, 200)
}
