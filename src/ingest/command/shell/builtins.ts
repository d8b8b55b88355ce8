import type { Outcome } from '../call.ts'
import type { Texts } from '../texts.ts'
import type { Environment } from './environment.ts'
import { nothing, unresolved } from '../call.ts'
import { isUnknown, shown } from '../unknown.ts'

/** What a command of the shell itself works on. */
type Inside = Readonly<{
  environment: Environment
  input: string | undefined
  texts: Texts
  /** Runs a text in the same environment. */
  evaluate: (text: string) => Outcome
  call: (args: readonly string[]) => Outcome
}>

type Builtin = (args: readonly string[], inside: Inside) => Outcome

/** Commands that change what the shell knows. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['cd', changeDirectory],
  ['pushd', changeDirectory],
  ['popd', forgetDirectory],
  ['export', declare],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['readonly', declare],
  ['unset', forgetVariables],
  ['read', forgetVariables],
  ['let', forgetVariables],
  ['mapfile', forgetVariables],
  ['readarray', forgetVariables],
  ['getopts', forgetVariables],
  ['set', setPositional],
  ['shift', shiftPositional],
  ['eval', (args, { evaluate }) => evaluate(args.join(' '))],
  ['source', source],
  ['.', source],
  ['builtin', (args, { call }) => call(args)],
  ['echo', (args) => printed(args)],
])

function changeDirectory(args: readonly string[], { environment }: Inside): Outcome {
  const [to = ''] = args.filter((argument) => !/^-[LPe@]*$/.test(argument))
  if (to.startsWith('/')) environment.directory = isUnknown(to) ? undefined : to
  else if (to === '' || to === '-' || isUnknown(to)) environment.directory = undefined
  else if (environment.directory !== undefined) environment.directory += `/${to}`
  return nothing
}

function forgetDirectory(_args: readonly string[], { environment }: Inside): Outcome {
  environment.directory = undefined
  return nothing
}

function declare(args: readonly string[], { environment }: Inside): Outcome {
  for (const argument of args) {
    const [, name, value] = /^([A-Za-z_]\w*)\+?=([^]*)$/.exec(argument) ?? []
    if (name !== undefined && value !== undefined) {
      if (argument.charAt(name.length) === '+') environment.unset(name)
      else environment.set(name, [value])
    }
  }
  return nothing
}

function forgetVariables(args: readonly string[], { environment }: Inside): Outcome {
  for (const argument of args) {
    const [name] = /^[A-Za-z_]\w*/.exec(argument) ?? []
    if (name !== undefined) environment.unset(name)
  }
  return nothing
}

/** `set -- a b`; its switches change nothing that is read here. */
function setPositional(args: readonly string[], { environment }: Inside): Outcome {
  const at = args.indexOf('--')
  if (at !== -1) environment.positional = args.slice(at + 1)
  return nothing
}

function shiftPositional([count = '1']: readonly string[], { environment }: Inside): Outcome {
  const { positional } = environment
  const isKnown = positional !== undefined && /^\d+$/.test(count)
  environment.positional = isKnown ? positional.slice(Number(count)) : undefined
  return nothing
}

function source([path = '']: readonly string[], { texts, evaluate }: Inside): Outcome {
  const text = texts.get(path)
  if (text !== undefined) return evaluate(text)
  // Profiles of the machine set variables, which are unknown anyhow.
  if (/^(?:\/etc\/|~|\0\/\.)/.test(path)) return nothing
  return unresolved('source', 'SCRIPT', shown(path))
}

function printed(args: readonly string[]): Outcome {
  const at = args.findIndex((argument) => !/^-[neE]+$/.test(argument))
  const text = at === -1 ? '' : args.slice(at).join(' ')
  const isEscaped = args.slice(0, Math.max(0, at)).some((argument) => argument.includes('e'))
  const written = isEscaped ? text.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : text
  return { flows: [], text: `${written}\n` }
}
