import type { Environment } from './environment.ts'
import type { Expansion } from './expand.ts'
import type { Command } from './syntax.ts'
import type { Word } from './word.ts'
import { withUnknowns } from '../unknown.ts'
import { valuesOf } from './expand.ts'
import { leadingText } from './word.ts'

const assignment = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?)=/

/** `name=`, `name+=` or `name[index]=` at the beginning of a word. */
export function assignmentIn(word: Word): RegExpExecArray | undefined {
  return assignment.exec(leadingText(word)) ?? undefined
}

/** Sets what an assignment says. */
export function assign(word: Word, environment: Environment, expansion: Expansion): void {
  const [sign = '', name = '', index, plus] = assignmentIn(word) ?? []
  const [first, ...others] = word.parts
  if (first?.kind !== 'text') return
  const parts = [{ ...first, text: first.text.slice(sign.length) }, ...others]
  const values = valuesOf(parts, expansion).map(withUnknowns)
  const before = environment.get(name)
  if (index !== undefined) environment.unset(name)
  else if (plus !== '+') environment.set(name, values)
  else if (before === undefined) environment.unset(name)
  else if (others.some(({ kind }) => kind === 'list')) environment.set(name, [...before, ...values])
  else environment.set(name, [(before[0] ?? '') + (values[0] ?? '')])
}

/** Whether a command does nothing but change what the shell knows, and so surely succeeds. */
export function isAssignment(command: Command): boolean {
  if (command.kind !== 'simple') return false
  const [first] = command.words
  if (first === undefined) return true
  return assignmentIn(first) !== undefined || /^(?:cd|export|set)$/.test(leadingText(first))
}
