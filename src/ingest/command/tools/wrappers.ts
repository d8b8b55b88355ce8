import type { Call, Outcome, Tool } from '../call.ts'
import type { OptionTable } from '../options.ts'
import { moved, nothing, piped, unresolved } from '../call.ts'
import { movementOf, unresolvedMovement } from '../movement.ts'
import { lastValue, readOptions } from '../options.ts'
import { shown } from '../unknown.ts'

const table = (...values: readonly string[]): OptionTable => ({
  values: new Set(values),
  stops: true,
})

/** Their own options with a value; what stands behind them is a command. */
const prefixes: ReadonlyMap<string, OptionTable> = new Map([
  ['sudo', table('u', 'user', 'g', 'group', 'h', 'host', 'C', 'p', 'r', 't')],
  ['env', table('u', 'unset', 'C', 'chdir', 'S')],
  ['nohup', table()],
  ['time', table('f', 'format', 'o', 'output')],
  ['timeout', table('s', 'signal', 'k', 'kill-after')],
  ['nice', table('n', 'adjustment')],
  ['ionice', table('c', 'class', 'n', 'classdata', 'p')],
  ['exec', table('a')],
  ['command', table()],
  ['stdbuf', table('i', 'o', 'e')],
  ['setsid', table()],
  ['flock', table('w', 'timeout', 'E')],
  ['kinit', table()],
])

/** Commands that run another command, or a shell. */
export const wrappers: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ...['sudo', 'nohup', 'time', 'nice', 'ionice', 'exec', 'command', 'stdbuf', 'setsid'].map(
    (name) => [name, prefix] as const,
  ),
  ['env', env],
  ['timeout', (call) => behindOperand(call)],
  ['flock', (call) => behindOperand(call)],
  ['su', su],
  ['xargs', xargs],
  ...['sh', 'bash', 'dash', 'ksh', 'zsh'].map((name) => [name, shell] as const),
])

function prefix(call: Call): Outcome {
  const options = readOptions(call.args, prefixes.get(call.name) ?? table())
  const user = call.name === 'sudo' ? lastValue(options, 'u', 'user') : undefined
  const assigned = leadingAssignments(options.operands)
  const rest = options.operands.slice(assigned.length)
  return rest.length === 0 ? nothing : call.run(rest, user === undefined ? {} : { user })
}

/** `env -i A=b command …` */
function env(call: Call): Outcome {
  const { operands, values } = readOptions(call.args, prefixes.get('env') ?? table())
  const [text] = values.get('S') ?? []
  if (text !== undefined) return call.shell(text, [])
  const assigned = leadingAssignments(operands)
  const user = assigned.map((one) => /^HADOOP_USER_NAME=(.+)$/.exec(one)?.[1]).find(Boolean)
  const rest = operands.slice(assigned.length)
  return rest.length === 0 ? nothing : call.run(rest, user === undefined ? {} : { user })
}

function leadingAssignments(operands: readonly string[]): readonly string[] {
  const at = operands.findIndex((operand) => !/^[A-Za-z_]\w*=/.test(operand))
  return at === -1 ? operands : operands.slice(0, at)
}

/** `timeout 2h command …`, `flock file command …` */
function behindOperand(call: Call): Outcome {
  const { operands } = readOptions(call.args, prefixes.get(call.name) ?? table())
  const rest = operands.slice(1)
  if (rest[0] === '-c') return call.shell(rest[1] ?? '', [])
  return rest.length === 0 ? nothing : call.run(rest)
}

/** `su - user -c 'text'` */
function su(call: Call): Outcome {
  const options = readOptions(call.args, { values: new Set(['c', 'command', 's', 'shell']) })
  const [user] = options.operands.filter((operand) => operand !== '-')
  const text = lastValue(options, 'c', 'command')
  if (text === undefined) return nothing
  return call.run(['sh', '-c', text], user === undefined ? {} : { user })
}

/** The arguments come from its input: what they are is not known. */
function xargs(call: Call): Outcome {
  const values = ['I', 'n', 'P', 'L', 'd', 'a', 'E', 's', 'i', 'replace']
  const { operands } = readOptions(call.args, {
    ...table(...values),
    letters: new Set(['0', 'r', 't']),
  })
  const [command = 'echo'] = operands
  const name = command.slice(command.lastIndexOf('/') + 1)
  return piped(unresolvedMovement('xargs', 'VALUE', shown(name)), { reads: true })
}

const shellTable = {
  values: new Set(['o', 'O', 'init-file', 'rcfile']),
  letters: new Set('abefhklmnptuvxBCHPirs'),
}

/** `sh -c text [name] [arguments…]`, `sh script arguments…`, and a shell that reads its input. */
function shell(call: Call): Outcome {
  const at = call.args.findIndex((argument) => /^-[a-z]*c$/.test(argument))
  const isText = at !== -1 && call.args.slice(0, at).every((argument) => /^[-+]/.test(argument))
  if (isText) {
    const [text = '', , ...positional] = call.args.slice(at + 1)
    return call.shell(text, positional)
  }
  const { operands, switches } = readOptions(call.args, { ...shellTable, stops: true })
  const [script, ...positional] = operands
  if (script === undefined || switches.has('s')) {
    return call.input === undefined ? shellOfPipe() : call.shell(call.input, operands)
  }
  return scriptCall(call, script, positional)
}

/** A script by its path: run where its text is known. */
export function scriptCall(call: Call, script: string, positional: readonly string[]): Outcome {
  const text = call.texts.get(script)
  return text === undefined
    ? unresolved(call.name, 'SCRIPT', shown(script))
    : call.shell(text, positional)
}

function shellOfPipe(): Outcome {
  return moved(movementOf('sh', { unresolved: [{ reason: 'SCRIPT', what: 'standard input' }] }))
}
