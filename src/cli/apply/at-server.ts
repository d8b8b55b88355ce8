import type { Boundary, Policy } from '../../governance/index.ts'
import type { DatasetStatus, Selector, Zone } from '../../model/index.ts'
import type { Door } from '../door.ts'
import type { Change, Standing } from './plan.ts'
import { query } from '../graphql.ts'
import { listIn, textIn } from '../lineage-answer.ts'

type Fields = Readonly<Record<string, unknown>>

const selectorFields = 'namespace name account region vpc tag job principal'
const plainKeys = ['namespace', 'name', 'account', 'region', 'vpc', 'job', 'principal'] as const

const standingQuery = `query {
  boundaries { name zone selectors { ${selectorFields} } version }
  policies { name zone statuses mayCross { ${selectorFields} } version }
}`
const defineBoundary = `mutation ($name: String!, $zone: Zone!, $selectors: [SelectorInput!]!, $expectVersion: Int) {
  defineBoundary(name: $name, zone: $zone, selectors: $selectors, expectVersion: $expectVersion) { version }
}`
const removeBoundary = `mutation ($name: String!, $expectVersion: Int) {
  removeBoundary(name: $name, expectVersion: $expectVersion) { version }
}`
const definePolicy = `mutation ($name: String!, $zone: Zone!, $statuses: [DatasetStatus!]!, $mayCross: [SelectorInput!]!, $expectVersion: Int) {
  definePolicy(name: $name, zone: $zone, statuses: $statuses, mayCross: $mayCross, expectVersion: $expectVersion) { version }
}`

/** The boundaries and policies that hold at the server, the default policies too. */
export async function standingAt(door: Door): Promise<Standing> {
  const data = await query(door, standingQuery, {})
  return {
    boundaries: listIn(data, 'boundaries').map((one): Boundary => ({
      name: textIn(one, 'name'),
      zone: textIn(one, 'zone') as Zone,
      selectors: listIn(one, 'selectors').map(selectorIn),
      version: Number(one['version']),
    })),
    policies: listIn(data, 'policies').map((one): Policy => ({
      name: textIn(one, 'name'),
      zone: textIn(one, 'zone') as Zone,
      statuses: (one['statuses'] as readonly unknown[]).map(
        (status) => String(status) as DatasetStatus,
      ),
      mayCross: listIn(one, 'mayCross').map(selectorIn),
      version: Number(one['version']),
    })),
  }
}

function selectorIn(fields: Fields): Selector {
  const plain = plainKeys.flatMap((key) => {
    const part = fields[key]
    return typeof part === 'string' ? [[key, part] as const] : []
  })
  const tag = fields['tag']
  return {
    ...Object.fromEntries(plain),
    ...(typeof tag === 'string' ? { tag: tagIn(tag) } : {}),
  }
}

/** `key` or `key:value`. A key with a colon in it comes out in two, and means the same. */
function tagIn(text: string): NonNullable<Selector['tag']> {
  const colon = text.indexOf(':')
  return colon === -1 ? { key: text } : { key: text.slice(0, colon), value: text.slice(colon + 1) }
}

/**
 * Makes one change, unless somebody made another one since the plan was made.
 *
 * @throws LinewardError CONFLICT then, and as the mutations do.
 */
export async function makeChange(door: Door, change: Change): Promise<void> {
  const expectVersion = 'before' in change ? change.before.version : 0
  const { name } = change
  if (change.does === 'remove') await query(door, removeBoundary, { name, expectVersion })
  else if (change.kind === 'boundary') {
    const { zone, selectors } = change.after
    await query(door, defineBoundary, { name, zone, selectors, expectVersion })
  } else {
    const { zone, statuses, mayCross } = change.after
    await query(door, definePolicy, { name, zone, statuses, mayCross, expectVersion })
  }
}
