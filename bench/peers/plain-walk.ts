/** Lists of numbers, one after the other: those of `index` stand from `starts[index]` on. */
type Lists = Readonly<{ starts: Uint32Array; items: Uint32Array }>

/** A graph in typed arrays and nothing else: datasets and flows are numbers. */
export type PlainGraph = Readonly<{
  datasets: number
  flows: number
  /** By dataset: flows that read it, flows that write it, datasets that it shares content with. */
  reads: Lists
  writes: Lists
  meets: Lists
  /** By flow. */
  inputs: Lists
  outputs: Lists
}>

export type PlainFlow = Readonly<{ inputs: readonly number[]; outputs: readonly number[] }>

export function plainGraph(
  datasets: number,
  flows: readonly PlainFlow[],
  meets: ReadonlyMap<number, readonly number[]>,
): PlainGraph {
  const reads: number[][] = Array.from({ length: datasets }, () => [])
  const writes: number[][] = Array.from({ length: datasets }, () => [])
  for (const [flow, { inputs, outputs }] of flows.entries()) {
    for (const input of inputs) reads[input]?.push(flow)
    for (const output of outputs) writes[output]?.push(flow)
  }
  return {
    datasets,
    flows: flows.length,
    reads: listsOf(reads),
    writes: listsOf(writes),
    meets: listsOf(Array.from({ length: datasets }, (_, dataset) => meets.get(dataset) ?? [])),
    inputs: listsOf(flows.map(({ inputs }) => inputs)),
    outputs: listsOf(flows.map(({ outputs }) => outputs)),
  }
}

export function bytesOf({ reads, writes, meets, inputs, outputs }: PlainGraph): number {
  const lists = [reads, writes, meets, inputs, outputs]
  return lists.reduce((sum, { starts, items }) => sum + starts.byteLength + items.byteLength, 0)
}

/** How many datasets and flows a walk finds: breadth first, by the meanings of a lineage question. */
export function plainWalk(
  graph: PlainGraph,
  start: number,
  direction: 'UPSTREAM' | 'DOWNSTREAM',
  depth: number,
): Readonly<{ datasets: ReadonlySet<number>; flows: ReadonlySet<number> }> {
  const [leading, to] =
    direction === 'DOWNSTREAM' ? [graph.reads, graph.outputs] : [graph.writes, graph.inputs]
  const listed = new Uint8Array(graph.datasets)
  const passed = new Uint8Array(graph.datasets)
  const taken = new Uint8Array(graph.flows)
  const datasets: number[] = [start]
  const flows: number[] = []
  listed[start] = 1
  passed[start] = 1
  let frontier = [start]
  const goOn = (met: number, next: number[]): void => {
    const { starts, items } = leading
    const end = starts[met + 1] ?? 0
    let at = starts[met] ?? 0
    if (at < end && listed[met] === 0) {
      listed[met] = 1
      datasets.push(met)
    }
    for (; at < end; at += 1) {
      const flow = items[at] ?? 0
      if (taken[flow] === 0) {
        taken[flow] = 1
        flows.push(flow)
      }
      for (let of = to.starts[flow] ?? 0; of < (to.starts[flow + 1] ?? 0); of += 1) {
        const dataset = to.items[of] ?? 0
        if (listed[dataset] === 0) {
          listed[dataset] = 1
          datasets.push(dataset)
        }
        if (passed[dataset] === 0) {
          passed[dataset] = 1
          next.push(dataset)
        }
      }
    }
  }
  for (let hop = 0; hop < depth && frontier.length > 0; hop += 1) {
    const next: number[] = []
    for (const dataset of frontier) {
      goOn(dataset, next)
      const { starts, items } = graph.meets
      for (let at = starts[dataset] ?? 0; at < (starts[dataset + 1] ?? 0); at += 1) {
        goOn(items[at] ?? 0, next)
      }
    }
    frontier = next
  }
  return { datasets: new Set(datasets), flows: new Set(flows) }
}

function listsOf(lists: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(lists.length + 1)
  for (const [index, list] of lists.entries())
    starts[index + 1] = (starts[index] ?? 0) + list.length
  const items = new Uint32Array(starts.at(-1) ?? 0)
  for (const [index, list] of lists.entries()) items.set(list, starts[index] ?? 0)
  return { starts, items }
}
