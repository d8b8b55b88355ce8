import type { Selector } from '../../model/index.ts'
import type { Previewed } from './preview.ts'
import type { Change, Plan } from './plan.ts'
import { selectorText } from '../../governance/index.ts'
import { figure, printable } from '../terminal.ts'

type Side = Readonly<{ zone: string; lines: readonly string[] }>

const shownMax = 20

/** A change as people read it: what it is, and below it what comes (+) and what goes (-). */
export function changeLines(change: Change): readonly string[] {
  const before = sideOf('before' in change ? change.before : undefined)
  const after = sideOf('after' in change ? change.after : undefined)
  const zone = [...new Set([before, after].flatMap((side) => side?.zone ?? []))].join(' -> ')
  const old = new Set(before?.lines)
  const now = new Set(after?.lines)
  return [
    `${change.does} ${change.kind} ${printable(change.name)} (${zone})`,
    ...[...now].filter((line) => !old.has(line)).map((line) => `  + ${printable(line)}`),
    ...[...old].filter((line) => !now.has(line)).map((line) => `  - ${printable(line)}`),
  ]
}

type Sided = Readonly<{
  zone: string
  selectors?: readonly Selector[]
  statuses?: readonly string[]
  mayCross?: readonly Selector[]
}>

function sideOf(one: Sided | undefined): Side | undefined {
  if (one === undefined) return undefined
  const { zone, selectors = [], statuses = [], mayCross = [] } = one
  const lines = [
    ...selectors.map(selectorText),
    ...statuses.map((status) => `status ${status}`),
    ...mayCross.map((selector) => `may cross: ${selectorText(selector)}`),
  ]
  return { zone, lines }
}

/** What of a plan is no change. */
export function restLines({ unchanged, kept }: Plan): readonly string[] {
  return [
    ...unchanged.map(({ kind, name }) => `unchanged ${kind} ${printable(name)}`),
    ...kept.map(({ kind, name }) => {
      const why = kind === 'boundary' ? '--prune removes it' : 'policies cannot be removed'
      return `kept ${kind} ${printable(name)}: it is not in the file (${why})`
    }),
  ]
}

/** What the change alone would do to findings and statuses. */
export function previewLines(preview: Previewed): readonly string[] {
  const { opens, closes, statusChanges, complete } = preview
  const finding = (verb: string) => (one: Previewed['opens'][number]) =>
    `  ${verb} ${one.kind} ${one.severity}: ${printable(one.title)}`
  const lines = [
    ...bounded(opens.map(finding('opens')), 'findings would open'),
    ...bounded(closes.map(finding('closes')), 'findings would close'),
    ...bounded(
      statusChanges.map(
        ({ dataset, before, after }) => `  status ${printable(dataset)}: ${before} -> ${after}`,
      ),
      'statuses would change',
    ),
  ]
  const nothing = lines.length === 0 ? ['  opens and closes no finding'] : lines
  return complete ? nothing : [...nothing, '  (worked out from what is in the graph by now)']
}

function bounded(lines: readonly string[], what: string): readonly string[] {
  const more = lines.length - shownMax
  return more <= 0 ? lines : [...lines.slice(0, shownMax), `  … ${figure(more)} more ${what}`]
}

/** `2 to create, 1 to update, 0 to remove, 3 unchanged`, or what was done of it. */
export function summaryLine({ changes, unchanged }: Plan, tense: 'to do' | 'done'): string {
  const verbs = (['create', 'update', 'remove'] as const).map((does) => {
    const count = figure(changes.filter((change) => change.does === does).length)
    return tense === 'done' ? `${count} ${does}d` : `${count} to ${does}`
  })
  return [...verbs, `${figure(unchanged.length)} unchanged`].join(', ')
}
