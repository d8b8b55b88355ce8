import type { DatasetId } from '../../model/index.ts'
import type { Changes } from '../port.ts'

/** More of them are as good as all. */
const datasetsMax = 100_000

/** Which datasets are otherwise than when that was asked last. */
export class ChangeLog {
  #all = true
  #datasets = new Set<DatasetId>()

  add(ids: Iterable<DatasetId>): void {
    if (this.#all) return
    for (const id of ids) this.#datasets.add(id)
    if (this.#datasets.size > datasetsMax) this.addAll()
  }

  addAll(): void {
    this.#all = true
    this.#datasets.clear()
  }

  take(): Changes {
    const changes = { all: this.#all, datasets: this.#datasets }
    this.#all = false
    this.#datasets = new Set()
    return changes
  }
}
