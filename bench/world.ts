import type { Random } from './random.ts'
import { between, randomFrom, skewed } from './random.ts'

export type WorldName = Readonly<{ namespace: string; name: string }>

export type WorldDataset = WorldName &
  Readonly<{
    domain: number
    layer: number
    /** Another name of the same dataset, as a symlink gives it. */
    symlink: WorldName | undefined
  }>

/** One job, and with it one flow: datasets by index. */
export type WorldJob = Readonly<{
  name: string
  inputs: readonly number[]
  outputs: readonly number[]
}>

export type World = Readonly<{
  datasets: readonly WorldDataset[]
  jobs: readonly WorldJob[]
  /** Of a prefix: the datasets that lie below it, and so share content with it. */
  contents: ReadonlyMap<number, readonly number[]>
}>

export type WorldOptions = Readonly<{ datasets: number; seed?: number }>

type Layer = Readonly<{
  name: string
  /** Of all datasets. */
  share: number
  /** How many inputs the job has that writes one of them. */
  inputs: readonly [least: number, most: number]
  nameOf: (domain: string, table: string) => WorldName
}>

const lake = 's3://lake'
const glue = 'arn:aws:glue:us-east-1:123456789012'

/**
 * From the sources to the reports. Each source is copied into a raw table; each layer above reads the
 * two before it, mostly the last.
 */
const layers: readonly Layer[] = [
  {
    name: 'source',
    share: 0.2,
    inputs: [0, 0],
    nameOf: (domain, table) => ({
      namespace: `postgres://${domain}.example:5432`,
      name: `${domain}.public.${table}`,
    }),
  },
  {
    name: 'raw',
    share: 0.2,
    inputs: [1, 1],
    nameOf: (domain, table) => ({ namespace: lake, name: `raw/${domain}/${table}` }),
  },
  {
    name: 'staged',
    share: 0.18,
    inputs: [1, 4],
    nameOf: (domain, table) => ({ namespace: lake, name: `staged/${domain}/${table}` }),
  },
  {
    name: 'curated',
    share: 0.16,
    inputs: [3, 10],
    nameOf: (domain, table) => ({ namespace: glue, name: `table/${domain}_curated/${table}` }),
  },
  {
    name: 'warehouse',
    share: 0.12,
    inputs: [5, 15],
    nameOf: (domain, table) => ({
      namespace: 'redshift://dw.example:5439',
      name: `dw.${domain}.${table}`,
    }),
  },
  {
    name: 'mart',
    share: 0.08,
    inputs: [6, 16],
    nameOf: (domain, table) => ({
      namespace: 'snowflake://acme',
      name: `MARTS.${domain}.${table}`.toUpperCase(),
    }),
  },
  {
    name: 'report',
    share: 0.06,
    inputs: [2, 8],
    nameOf: (domain, table) => ({ namespace: 'bigquery', name: `reports.${domain}.${table}` }),
  },
]
const raw = 1
const staged = 2

const domainSize = 500
/** Of a hundred inputs so many come from the layer right below, from the same domain, from a hub. */
const percent = { below: 80, domain: 70, hub: 6 } as const
/** Of a thousand jobs so many write a second dataset. */
const secondOutput = 50
const hubsPerLayer = 4

/**
 * A made-up data platform of about so many datasets, the same for the same options: layers from
 * sources to reports, inputs by a power law within a domain and across domains, a few hubs that
 * everything reads, a prefix above each domain's raw files, and a second name (in a catalog) for
 * every staged one.
 */
export function world({ datasets: count, seed = 1 }: WorldOptions): World {
  return new Builder(randomFrom(seed), count).build()
}

class Builder {
  readonly #random: Random
  readonly #count: number
  readonly #domains: number
  readonly #datasets: WorldDataset[] = []
  readonly #jobs: WorldJob[] = []
  readonly #contents = new Map<number, number[]>()
  /** By layer and then by domain: indexes of datasets. */
  readonly #byLayer: number[][] = []
  readonly #byDomain: number[][][] = []

  constructor(random: Random, count: number) {
    this.#random = random
    this.#count = count
    this.#domains = Math.max(1, Math.round(count / domainSize))
  }

  build(): World {
    for (let layer = 0; layer < layers.length; layer += 1) this.#addLayer(layer)
    this.#addPrefixes()
    return { datasets: this.#datasets, jobs: this.#jobs, contents: this.#contents }
  }

  #addLayer(number: number): void {
    const layer = layers[number] as Layer
    // A prefix and the inventory of it for each domain come on top of the layers.
    const size = Math.round(layer.share * (this.#count - 2 * this.#domains))
    this.#byLayer[number] = []
    this.#byDomain[number] = Array.from({ length: this.#domains }, () => [])
    for (let index = 0; index < size; index += 1) {
      const before = this.#datasets.length
      const domain = index % this.#domains
      this.#addDataset(number, domain, `${layer.name}_${Math.floor(index / this.#domains)}`)
      if (number === 0) continue
      const outputs = [before]
      if (between(this.#random, 1, 1000) <= secondOutput && index + 1 < size) {
        index += 1
        const other = index % this.#domains
        this.#addDataset(number, other, `${layer.name}_${Math.floor(index / this.#domains)}`)
        outputs.push(before + 1)
      }
      const sources = this.#byLayer[0]?.slice(index + 1 - outputs.length, index + 1) ?? []
      const inputs = number === raw ? sources : this.#inputsOf(number, domain)
      this.#jobs.push({ name: `${layer.name}.${domainName(domain)}.${before}`, inputs, outputs })
    }
  }

  #addDataset(layer: number, domain: number, table: string): void {
    const index = this.#datasets.length
    const name = (layers[layer] as Layer).nameOf(domainName(domain), table)
    const catalog = { namespace: glue, name: `table/${domainName(domain)}_staged/${table}` }
    const symlink = layer === staged ? catalog : undefined
    this.#datasets.push({ ...name, domain, layer, symlink })
    this.#byLayer[layer]?.push(index)
    this.#byDomain[layer]?.[domain]?.push(index)
  }

  #inputsOf(layer: number, domain: number): readonly number[] {
    const [least, most] = (layers[layer] as Layer).inputs
    const inputs = new Set<number>()
    for (let left = between(this.#random, least, most); left > 0; left -= 1) {
      const from = this.#happens(percent.below) ? layer - 1 : layer - 2
      inputs.add(this.#oneOf(from, domain))
    }
    return [...inputs]
  }

  #oneOf(layer: number, domain: number): number {
    const all = this.#byLayer[layer] ?? []
    const own = this.#byDomain[layer]?.[domain] ?? []
    if (layer > staged && this.#happens(percent.hub)) {
      return all[between(this.#random, 0, hubsPerLayer - 1)] ?? 0
    }
    const from = own.length > 0 && this.#happens(percent.domain) ? own : all
    return from[skewed(this.#random, from.length)] ?? 0
  }

  /** One job in each domain lists what lies under its prefix of raw files. */
  #addPrefixes(): void {
    for (let domain = 0; domain < this.#domains; domain += 1) {
      const contents = this.#byDomain[raw]?.[domain] ?? []
      const prefix = this.#datasets.length
      const name = `raw/${domainName(domain)}`
      this.#datasets.push({ namespace: lake, name, domain, layer: raw, symlink: undefined })
      this.#contents.set(prefix, contents)
      const report = layers.length - 1
      this.#addDataset(report, domain, 'inventory')
      this.#jobs.push({
        name: `inventory.${domainName(domain)}`,
        inputs: [prefix],
        outputs: [prefix + 1],
      })
    }
  }

  #happens(percentage: number): boolean {
    return between(this.#random, 1, 100) <= percentage
  }
}

function domainName(domain: number): string {
  return `d${domain}`
}
