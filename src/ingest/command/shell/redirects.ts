import type { Texts } from '../texts.ts'
import type { Expansion } from './expand.ts'
import type { Target } from './pipe.ts'
import type { Redirect } from './syntax.ts'
import { hereText, textOf } from './expand.ts'

/** Redirections with their words worked out; of a here-document `text` is its text. */
export function targetsOf(redirects: readonly Redirect[], expansion: Expansion): readonly Target[] {
  return redirects.map(({ descriptor, operator, target, here }) => {
    if (here === undefined) {
      return { descriptor, operator, text: target && textOf(target, expansion) }
    }
    return { descriptor, operator, text: here.literal ? here.text : hereText(here.text, expansion) }
  })
}

/** The text of the standard input after redirections, where it is known. */
export function inputOf(
  targets: readonly Target[],
  texts: Texts,
  before: string | undefined,
): string | undefined {
  const input = targets.findLast(({ operator }) => operator.startsWith('<'))
  if (input === undefined) return before
  return input.operator.startsWith('<<') ? input.text : texts.get(input.text ?? '')
}
