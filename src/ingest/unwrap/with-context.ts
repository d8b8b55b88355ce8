import type { Context } from '../format.ts'

/** The context with what a wrapping adds; a wrapping knows better than who sent it on. */
export function withContext(
  context: Context,
  more: Readonly<Record<string, string | undefined>>,
): Context {
  const said = Object.entries(more).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return said.length === 0 ? context : { ...context, ...Object.fromEntries(said) }
}
