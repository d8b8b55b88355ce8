import type { DatasetId, Interval } from '../../model/index.ts'
import type { AsOf } from '../port.ts'
import type { FlowNode } from './adjacency.ts'
import type { ColumnTimesParts } from './column-times.ts'
import type { LoadedMap } from './map-table.ts'
import type { Timeline } from '../timeline.ts'
import { mapKeyOf } from '../cells.ts'
import { copiedMap } from '../copied-columns.ts'
import { always, combined, intervalsOf } from '../timeline.ts'
import { ColumnTimes } from './column-times.ts'

/** A map as it held: `every` is one by which each column goes to the one of its own name. */
export type HeldMap = LoadedMap & Readonly<{ every?: true }>

/** The maps of a set, as they were while it lasted; always, unless told. */
export type Held = Readonly<{
  mapset: number
  maps: readonly HeldMap[]
  during: Interval | undefined
}>

/**
 * The maps with which flows are shown, those of copying jobs worked out from the columns that their
 * datasets had while they moved data. One is made for each question.
 */
export class HeldMaps {
  readonly #parts: ColumnTimesParts
  readonly #asOf: AsOf
  readonly #times: ColumnTimes

  constructor(parts: ColumnTimesParts, asOf: AsOf) {
    this.#parts = parts
    this.#asOf = asOf
    this.#times = new ColumnTimes(parts, asOf)
  }

  of(flow: FlowNode): readonly Held[] {
    const { maps, members } = this.#parts
    return members.shown(flow, this.#asOf).flatMap(({ mapset }): readonly Held[] => {
      const loaded = maps.mapsOf(mapset)
      if (!loaded.some(({ map }) => map.copied)) {
        return [{ mapset, maps: loaded, during: undefined }]
      }
      const held = intervalsOf(this.#workedOut(loaded)).filter(
        ({ during }) => (during.from ?? -Infinity) <= (this.#asOf ?? Infinity),
      )
      if (held.length === 1) return [{ mapset, maps: held[0]?.value ?? [], during: undefined }]
      return held
        .filter(({ during }) => members.movedDuring(flow, mapset, during, this.#asOf))
        .map(({ value, during }) => ({ mapset, maps: value, during }))
    })
  }

  #workedOut(loaded: readonly LoadedMap[]): Timeline<readonly HeldMap[]> {
    return combined(
      loaded.map((map) => this.#held(map)),
      (values) => values.filter((map) => map !== undefined),
      (maps) => maps.map(({ output, key }) => `${output}:${key}`).join(),
    )
  }

  #held(loaded: LoadedMap): Timeline<HeldMap | undefined> {
    const { output, key, map } = loaded
    const { copied } = map
    if (copied === undefined) return always(loaded)
    const datasets: ReadonlySet<DatasetId> = new Set([copied.from])
    return combined(
      [this.#times.of(copied.from), this.#times.of(output)],
      ([from, to]): HeldMap | undefined => {
        const made = copiedMap(copied, { from, to })
        if (made === 'every') return { output, key, map, datasets, every: true }
        return made && { output, key: mapKeyOf(made), map: made, datasets }
      },
      (held) => held?.key,
    )
  }
}
