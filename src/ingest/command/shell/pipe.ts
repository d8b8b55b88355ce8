import type { Spelling } from '../../../model/index.ts'
import type { Flow, Outcome } from '../call.ts'
import type { Defaults } from '../defaults.ts'
import type { Texts } from '../texts.ts'
import { localFileSystem, placeOfPath } from '../place.ts'

/** `kept` is what the left one moves by itself, `right` the right one with what the pipe brings it. */
export type Joined = Readonly<{ kept: readonly Flow[]; right: Outcome }>

/** What two commands move that a pipe joins: what the first prints, the second reads. */
export function joinPipe(left: Outcome, { flows, text }: Outcome): Joined {
  const printing = left.flows.filter(({ prints }) => prints)
  const isRead = flows.some(({ reads }) => reads)
  const carried = distinct(printing.flatMap(({ movement }) => movement.inputs))
  // What only feeds the pipe is told by whoever reads it.
  const kept = isRead ? left.flows.filter((flow) => !flow.prints || tellsMore(flow)) : left.flows
  return {
    kept: kept.map((flow) => ({ ...flow, prints: false })),
    right: { flows: flows.map((flow) => (flow.reads ? withInputs(flow, carried) : flow)), text },
  }
}

function tellsMore({ movement }: Flow): boolean {
  return movement.outputs.length > 0 || movement.unresolved.length > 0
}

function withInputs(flow: Flow, inputs: readonly Spelling[]): Flow {
  const { movement } = flow
  return { ...flow, movement: { ...movement, inputs: distinct([...movement.inputs, ...inputs]) } }
}

function withOutputs(flow: Flow, outputs: readonly Spelling[]): Flow {
  const { movement } = flow
  return {
    ...flow,
    movement: { ...movement, outputs: distinct([...movement.outputs, ...outputs]) },
  }
}

export type Target = Readonly<{ descriptor: string; operator: string; text: string | undefined }>

type Around = Readonly<{
  directory: string | undefined
  defaults: Defaults
  /** Texts of files: what is written to one is known from then on. */
  texts: Texts
}>

const devices = /^\/dev\/(?:null|stdout|stderr|stdin|tty|fd\/)/

/** What a command moves whose input or output is redirected to files. */
export function redirected(
  outcome: Outcome,
  targets: readonly Target[],
  { directory, defaults, texts }: Around,
): Outcome {
  const system = localFileSystem(defaults, directory)
  let { flows, text } = outcome
  for (const { descriptor, operator, text: path = '' } of targets) {
    if (devices.test(path) || path === '') continue
    const place = placeOfPath(path, system)
    if (operator === '<' || operator === '<>') {
      if (place !== undefined) {
        flows = flows.map((flow) => (flow.reads ? withInputs(flow, [place]) : flow))
      }
    } else if (/^&?>>?$|^>\|$/.test(operator) && /^1?$/.test(descriptor)) {
      if (text === undefined) texts.forget(path)
      else texts.set(path, operator.endsWith('>>') ? `${texts.get(path) ?? ''}${text}` : text)
      if (place !== undefined) {
        // A text that stands in the command line itself is no data of anywhere.
        const isText = text !== undefined
        flows = flows.map((flow) =>
          flow.prints && !(isText && flow.movement.inputs.length === 0)
            ? { ...withOutputs(flow, [place]), prints: false }
            : flow,
        )
      }
      text = undefined
    }
  }
  return { flows, text }
}

function distinct(places: readonly Spelling[]): readonly Spelling[] {
  const byName = new Map(places.map((place) => [`${place.namespace}\n${place.name}`, place]))
  return [...byName.values()]
}
