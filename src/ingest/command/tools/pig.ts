import type { Call, Outcome } from '../call.ts'
import { known, moved, nothing, unknownPlaces, unresolved } from '../call.ts'
import { movementOf } from '../movement.ts'
import { lastValue, readOptions, settingsIn } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { shown, unknown } from '../unknown.ts'

const table = {
  values: new Set([
    'f',
    'file',
    'e',
    'execute',
    'p',
    'param',
    'm',
    'param_file',
    'x',
    'exectype',
    'l',
  ]),
}

const load = /\bload\s+'([^']*)'/gi
const store = /\bstore\s+[\w:]+\s+into\s+'([^']*)'/gi

/** `pig -f script -p k=v` and `pig -e text`: what its text loads and stores. */
export function pig(call: Call): Outcome {
  const options = readOptions(call.args, table)
  const file = lastValue(options, 'f', 'file') ?? options.operands[0]
  const text =
    lastValue(options, 'e', 'execute') ?? (file === undefined ? call.input : call.texts.get(file))
  if (text === undefined) {
    return file === undefined ? nothing : unresolved('pig', 'SCRIPT', shown(file))
  }
  const parameters = settingsIn(options, 'p', 'param')
  const script = text.replace(
    /\$\{?([A-Za-z_]\w*)\}?/g,
    (_whole, name: string) => parameters.get(name) ?? unknown,
  )
  const system = hadoopFileSystem(call.defaults)
  const inputs = [...script.matchAll(load)]
    .flatMap(([, paths = '']) => paths.split(','))
    .map((path) => placeOfPath(path, system))
  const outputs = [...script.matchAll(store)].map(([, path = '']) => placeOfPath(path, system))
  return moved(
    movementOf('pig', {
      inputs: known(inputs),
      outputs: known(outputs),
      unresolved: [...unknownPlaces(inputs, 'LOAD'), ...unknownPlaces(outputs, 'STORE')],
    }),
  )
}

/** EMR's `pig-script --run-pig-script --args -f s3://…pig -p K=V`. */
export function pigScript(call: Call): Outcome {
  const at = call.args.indexOf('--args')
  return at === -1 ? nothing : pig({ ...call, name: 'pig', args: call.args.slice(at + 1) })
}
