import type { Draft, EntryKey, Micros } from '../../src/model/index.ts'
import { entryKeyOf } from '../../src/model/index.ts'

/** An event of that name; two with one name are copies. */
export function draft(name: string, more: Partial<Draft> = {}): Draft {
  return {
    kind: 'event',
    format: 'openlineage',
    eventKey: name,
    digest: `digest of ${name}`,
    eventTime: at(0),
    source: 'openlineage test',
    sender: 'spark',
    trust: 'SELF_REPORTED',
    context: {},
    exposures: [],
    payload: JSON.stringify({ name }),
    retracts: [],
    ...more,
  }
}

/** Events of those names. */
export function drafts(...names: readonly string[]): readonly Draft[] {
  return names.map((name) => draft(name))
}

/** The key of the event of that name. */
export function keyOf(name: string): EntryKey {
  return entryKeyOf(draft(name))
}

/** A retraction of the events of those names. */
export function retraction(name: string, retracted: readonly string[]): Draft {
  return draft(name, { kind: 'retraction', format: 'lineward', retracts: retracted.map(keyOf) })
}

/** Seconds after a moment in 2026. */
export function at(second: number): Micros {
  return (1_780_000_000_000_000 + second * 1_000_000) as Micros
}
