import type { DatasetName, Fact, Micros, SessionOrigin } from '../../src/model/index.ts'
import type { Told } from '../contract/told.ts'
import fc from 'fast-check'
import { event } from '../contract/told.ts'

/** Few enough that chains of roles meet, part and bite their tails. */
export const principals: readonly string[] = [
  'arn:aws:iam::1:role/etl',
  'arn:aws:iam::1:role/reader',
  'arn:aws:iam::1:user/ann',
  'account:1:AROAX',
  'sourceidentity:ann',
]
export const sessions: readonly string[] = ['k0', 'k1', 'k2']
const ids = ['shared:0', 'shared:1', undefined]

const principal = fc.constantFrom(...principals)
const session = fc.option(fc.constantFrom(...sessions), { nil: undefined })

type Places = Readonly<{
  moment: fc.Arbitrary<Micros>
  dataset: fc.Arbitrary<DatasetName>
  run: fc.Arbitrary<string>
}>

/** Accesses of folders by sessions of roles, who began these, and who started which run. */
export function accessTold({ moment, dataset, run }: Places): fc.Arbitrary<Told> {
  const access = fc
    .record({
      at: moment,
      dataset,
      principal,
      action: fc.constantFrom('READ', 'WRITE', 'READ_ATTEMPT'),
      via: fc.option(fc.constantFrom('service:athena.amazonaws.com', etl), { nil: undefined }),
      session,
      id: fc.constantFrom(...ids),
      eventKey: fc.integer({ min: 200, max: 240 }),
    })
    .map(({ eventKey: key, via, session: of, id, ...did }): Told => {
      const { at } = did
      const eventKey = `event:${key}`
      const more = {
        ...(via === undefined ? {} : { via }),
        ...(of === undefined ? {} : { session: of }),
      }
      const touched = did.action !== 'READ_ATTEMPT'
      const fact: Fact = { kind: 'access', id: id ?? eventKey, touched, ...did, ...more }
      return event(at, [fact], { eventKey })
    })
  const began = fc
    .record({ at: moment, of: principal, by: fc.tuple(principal, session), session })
    .map(({ at, of, by: [who, key], session: id }) => {
      const by: SessionOrigin = { principal: who, ...(key === undefined ? {} : { session: key }) }
      return event(at, [
        { kind: 'session', at, of, by, ...(id === undefined ? {} : { session: id }) },
      ])
    })
  const started = fc.record({ at: moment, run, principal }).map(({ at, ...who }) => {
    return event(at, [{ kind: 'starter', at, ...who }])
  })
  return fc.oneof(
    { weight: 4, arbitrary: access },
    { weight: 2, arbitrary: began },
    { weight: 1, arbitrary: started },
  )
}

const etl = principals[0] ?? ''
