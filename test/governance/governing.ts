import type { GraphReader, StatementRecord } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
import type { Places } from '../../src/governance/engine/places.ts'
import { Governor } from '../../src/governance/engine/governor.ts'
import { sourceOf } from '../../src/governance/engine/sources.ts'

export function governing(graph: GraphReader, now: Micros): Governor {
  return new Governor({
    graph,
    clock: () => now,
    sourceOf,
    places,
    boundaries: () => [],
    policies: () => [],
    warnMs: 1,
    onError: (error) => {
      throw error
    },
  })
}
function glob(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true
  const re = new RegExp(
    '^' +
      pattern
        .split(/(\*\*|\*)/)
        .map((p) =>
          p === '**' ? '.*' : p === '*' ? '[^/]*' : p.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'),
        )
        .join('') +
      '$',
  )
  return re.test(text)
}
function places(statements: readonly StatementRecord[]): Places {
  const b = statements.flatMap(({ statement }) =>
    statement.says === 'boundary' ? [statement] : [],
  )
  const order = ['PROTECTED', 'GENERAL', 'EXTERNAL']
  return {
    areDefined: b.length > 0,
    placementOf: ({ names }) => {
      const hits = b.flatMap((one) =>
        one.selectors
          .filter((s) => names.some((n) => glob(s.namespace, n.namespace) && glob(s.name, n.name)))
          .map((s) => ({
            one,
            w: (s.name ? 1000 + s.name.length : 0) + (s.namespace?.length ?? 0),
          })),
      )
      const hit = hits.toSorted((x, y) => y.w - x.w)[0]
      return hit === undefined
        ? { boundary: undefined, zone: 'GENERAL', why: '' }
        : { boundary: { ...hit.one, version: 1 }, zone: hit.one.zone, why: '' }
    },
    zoneOfJob: () => undefined,
    allows: (zone, status) =>
      zone === 'PROTECTED' ||
      (zone === 'GENERAL'
        ? ['UNKNOWN', 'NOT_PERSONAL', 'PERSONAL', 'DEIDENTIFIED']
        : ['NOT_PERSONAL', 'DEIDENTIFIED']
      ).includes(status),
    mayCross: () => false,
    isMoreExposed: (zone, than) => order.indexOf(zone) > order.indexOf(than),
    tiesOf: () => [],
  }
}
