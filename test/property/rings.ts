import type { DatasetName, Fact } from '../../src/model/index.ts'
import type { Told } from '../contract/told.ts'
import type { Kept } from './history.ts'
import fc from 'fast-check'
import { decision, event, glue, keyOf, lake, mentioned, minute, ran } from '../contract/told.ts'

/*
 * Worlds that are all rings: names joined round in a circle by symlinks and by a steward, tables that
 * share their locations, flows that feed themselves. Whatever holds on such a ring is held up by
 * several statements, some of which are withdrawn.
 */

const tables = ['t', 'u', 'v', 'w'].map((name) => glue(`table/db/${name}`))
const places = ['x', 'y'].map(lake)

const pairOf = (names: readonly DatasetName[]): fc.Arbitrary<readonly [DatasetName, DatasetName]> =>
  fc
    .tuple(fc.nat(names.length - 1), fc.integer({ min: 1, max: names.length - 1 }))
    .map(([start, step]) => [
      names[start] as DatasetName,
      names[(start + step) % names.length] as DatasetName,
    ])

const moment = fc.integer({ min: 0, max: 5 }).map((hour) => minute(hour * 60))

const alias = fc
  .tuple(moment, fc.oneof(pairOf(tables), pairOf(places)))
  .map(([at, [a, b]]) =>
    event(at, [
      ...[a, b].map((name) => mentioned(at, name)),
      { kind: 'alias', at, dataset: a, other: b },
    ]),
  )

const location = fc
  .tuple(moment, fc.constantFrom(...tables), fc.constantFrom(...places), fc.boolean())
  .map(([at, table, place, isCatalog]): Told => {
    const by = isCatalog ? 'catalog' : 'symlink'
    const said: Fact = { kind: 'location', at, table, location: place, by }
    return event(at, [...[table, place].map((name) => mentioned(at, name)), said])
  })

const decided = fc
  .tuple(moment, pairOf([...tables, ...places]), fc.boolean())
  .map(([at, [a, b], splits]) =>
    decision(at, [
      mentioned(at, a),
      mentioned(at, b),
      splits
        ? { kind: 'split', at, name: a, reason: 'apart' }
        : { kind: 'join', at, name: a, with: b, reason: 'one' },
    ]),
  )

const flow = fc
  .tuple(moment, pairOf([...tables, ...places]), fc.constantFrom('r0', 'r1', 'r2'))
  .map(([at, [a, b], run]) => ran(at, { run, reads: [a], writes: [b] }))

const telling = fc.oneof(
  { weight: 4, arbitrary: alias },
  { weight: 4, arbitrary: location },
  { weight: 2, arbitrary: decided },
  { weight: 3, arbitrary: flow },
)

/** A ring of statements of which about half are withdrawn again. */
export const ringKept: fc.Arbitrary<Kept> = fc
  .tuple(
    fc.array(telling, { minLength: 2, maxLength: 8 }),
    fc.array(telling, { minLength: 2, maxLength: 8 }),
  )
  .map(([stays, others]) => {
    const keys = new Set(stays.map(keyOf))
    return { stays, withdrawn: others.filter((told) => !keys.has(keyOf(told))) }
  })
