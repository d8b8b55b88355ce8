import type { ApiParts } from '../parts.ts'
import type { Counters } from './counters.ts'
import type { RestRoute } from './route.ts'

type Sample = Readonly<{ labels?: Readonly<Record<string, string>>; value: number }>
type Metric = Readonly<{
  name: string
  type: 'counter' | 'gauge'
  help: string
  samples: readonly Sample[]
}>

export type MetricsParts = Pick<ApiParts, 'graph' | 'ledger' | 'projector'> &
  Readonly<{ counters: Counters; heldBytes: () => number }>

const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** `GET /metrics`: what happened at the door since the start, and how far the graph is behind. */
export function metricsRoute(parts: MetricsParts): RestRoute {
  return {
    method: 'GET',
    url: '/metrics',
    summary: 'Figures for Prometheus',
    access: ['producer', 'admin'],
    metricsToken: true,
    answers: { 200: { meaning: 'The figures as they are now', type: 'text/plain' } },
    async handle(_request, reply) {
      reply.type(contentType)
      return (await metricsOf(parts)).map(textOf).join('')
    },
  }
}

async function metricsOf(parts: MetricsParts): Promise<readonly Metric[]> {
  const { counters, graph, ledger, projector, heldBytes } = parts
  const lag = await projector.lag()
  const { accepted, duplicates, irrelevant, unknown, deadLettered } = counters.events
  const refused = [...counters.problems].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    counter('lineward_events_accepted_total', 'Events that were made durable', accepted),
    counter('lineward_events_duplicate_total', 'Events that were there already', duplicates),
    counter('lineward_events_irrelevant_total', 'Events known to say nothing', irrelevant),
    counter('lineward_events_unknown_total', 'Events kept that no translator knows yet', unknown),
    counter('lineward_events_dead_lettered_total', 'Events kept as dead letters', deadLettered),
    {
      name: 'lineward_refused_total',
      type: 'counter',
      help: 'Requests and events turned away, by code',
      samples: refused.map(([code, value]) => ({ labels: { code }, value })),
    },
    gauge('lineward_dead_letters', 'Dead letters in the list', await graph.deadLetterCount()),
    gauge('lineward_ledger_entries', 'Entries in the ledger', ledger.head().entries),
    gauge('lineward_projection_lag_entries', 'Entries that are not in the graph', lag.entries),
    gauge('lineward_projection_marks', 'Keys of the graph that wait to be derived', lag.marks),
    gauge('lineward_body_bytes_held', 'Bytes of bodies that are being read', heldBytes()),
    gauge('process_resident_memory_bytes', 'Memory of the process', process.memoryUsage.rss()),
    gauge('process_uptime_seconds', 'Time since the start', process.uptime()),
  ]
}

function counter(name: string, help: string, value: number): Metric {
  return { name, type: 'counter', help, samples: [{ value }] }
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, type: 'gauge', help, samples: [{ value }] }
}

/** Codes and names are words of ours: nothing in them needs to be escaped. */
function textOf({ name, type, help, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([key, word]) => `${key}="${word}"`)
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`
  })
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}
