import type { IntakeResult } from './parts.ts'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds, from what a look-up takes to what no one waits for. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const counts = [
  ['accepted', 'accepted', 'Events that were made durable'],
  ['duplicates', 'duplicate', 'Events that were there already'],
  ['irrelevant', 'irrelevant', 'Events known to say nothing, which are only counted'],
  ['unknown', 'unknown', 'Events kept that no translator knows yet'],
  ['deadLettered', 'dead_lettered', 'Events kept as dead letters'],
] as const

/** Figures that are asked for when somebody looks. */
export type Gauges = Readonly<
  Record<string, Readonly<{ help: string; read: () => number | Promise<number> }>>
>

/**
 * What happened since the start, for `/metrics`: one for each server. Labels are words of ours, never
 * of a caller: codes, routes by their pattern, kinds of questions.
 */
export class Meters {
  readonly #registry = new Registry()
  readonly #events = counts.map(([key, name, help]) => ({
    key,
    counter: this.#counter(`lineward_events_${name}_total`, help),
  }))
  readonly #refused = new Counter({
    name: 'lineward_refused_total',
    help: 'Requests and events turned away, by code',
    labelNames: ['code'],
    registers: [this.#registry],
  })
  readonly #walks = new Histogram({
    name: 'lineward_walk_seconds',
    help: 'How long questions of lineage took, by kind: the walk and what it shows',
    labelNames: ['kind'],
    buckets: seconds,
    registers: [this.#registry],
  })
  readonly #requests = new Histogram({
    name: 'lineward_request_seconds',
    help: 'How long requests took, by route and status',
    labelNames: ['route', 'status'],
    buckets: seconds,
    registers: [this.#registry],
  })

  get contentType(): string {
    return this.#registry.contentType
  }

  took(result: IntakeResult): void {
    for (const { key, counter } of this.#events) counter.inc(result[key])
  }

  /** A request, or one event of a batch, was turned away with this code. */
  refused(code: string): void {
    this.#refused.inc({ code })
  }

  /** A request was answered. `route` is the pattern of its route, if it has one. */
  answered(route: string | undefined, status: number, milliseconds: number): void {
    this.#requests.observe(
      { route: route ?? 'none', status: `${Math.floor(status / 100)}xx` },
      milliseconds / 1000,
    )
  }

  /** Does a walk and notes how long that took, also when it fails. */
  async walked<Result>(kind: 'lineage' | 'paths', walk: () => Promise<Result>): Promise<Result> {
    const end = this.#walks.startTimer({ kind })
    try {
      return await walk()
    } finally {
      end()
    }
  }

  /** The label values of the version that runs. */
  runs(version: string): void {
    const build = new Gauge({
      name: 'lineward_build_info',
      help: 'The version that runs',
      labelNames: ['version'],
      registers: [this.#registry],
    })
    build.set({ version }, 1)
  }

  /** Adds figures that are read at each look. */
  watch(gauges: Gauges): void {
    for (const [name, { help, read }] of Object.entries(gauges)) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [this.#registry],
        async collect() {
          gauge.set(await read())
        },
      })
    }
  }

  /** Everything in the text form of Prometheus. */
  async text(): Promise<string> {
    return await this.#registry.metrics()
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.#registry] })
  }
}
