import type { Gauges, Meters } from '../meters.ts'
import type { ApiParts } from '../parts.ts'
import type { RestRoute } from './route.ts'

export type MetricsParts = Pick<ApiParts, 'graph' | 'ledger' | 'projector'> &
  Readonly<{ meters: Meters; heldBytes: () => number; version: string }>

/** `GET /metrics`: what happened at the door since the start, and how far the graph is behind. */
export function metricsRoute(parts: MetricsParts): RestRoute {
  const { meters, version } = parts
  meters.watch(gaugesOf(parts))
  meters.runs(version)
  return {
    method: 'GET',
    url: '/metrics',
    summary: 'Figures for Prometheus',
    access: ['producer', 'admin'],
    metricsToken: true,
    answers: { 200: { meaning: 'The figures as they are now', type: 'text/plain' } },
    async handle(_request, reply) {
      reply.type(meters.contentType)
      return await meters.text()
    },
  }
}

function gaugesOf({ graph, ledger, projector, heldBytes }: MetricsParts): Gauges {
  return {
    lineward_dead_letters: {
      help: 'Dead letters in the list',
      read: () => graph.deadLetterCount(),
    },
    lineward_ledger_entries: {
      help: 'Entries in the ledger',
      read: () => ledger.head().entries,
    },
    lineward_projection_lag_entries: {
      help: 'Entries that are not in the graph',
      read: async () => (await projector.lag()).entries,
    },
    lineward_projection_lag_seconds: {
      help: 'How long ago the oldest entry came that is not in the graph',
      read: () => projector.lagSeconds(),
    },
    lineward_projection_marks: {
      help: 'Keys of the graph that wait to be derived',
      read: async () => (await projector.lag()).marks,
    },
    lineward_body_bytes_held: {
      help: 'Bytes of bodies that are being read',
      read: heldBytes,
    },
    process_resident_memory_bytes: {
      help: 'Memory of the process',
      read: () => process.memoryUsage.rss(),
    },
    process_uptime_seconds: {
      help: 'Time since the start',
      read: () => process.uptime(),
    },
  }
}
