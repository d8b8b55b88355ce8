import type { Exposure } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import { LinewardError } from '../../errors.ts'
import { isOwnerAddress } from '../../model/index.ts'

/** What a person wrote, without what must not be written down, and what was found in it. */
export type Scrubbed = Readonly<{ text: string; finds: readonly Exposure[] }>

function scrubbed(text: string, { parts }: ApiContext): Scrubbed {
  return parts.decisions.scrubText(text)
}

/** Who answers for something may be told by an address: that is what is asked for. */
export function scrubbedOwner(owner: string, context: ApiContext): Scrubbed {
  return isOwnerAddress(owner) ? { text: owner, finds: [] } : scrubbed(owner, context)
}

/** The finds of texts that stand at one place of a payload, which is a JSON pointer. */
export function findsAt(path: string, texts: readonly Scrubbed[]): readonly Exposure[] {
  const counts = new Map<string, number>()
  for (const { detector, count } of texts.flatMap(({ finds }) => finds)) {
    counts.set(detector, (counts.get(detector) ?? 0) + count)
  }
  return [...counts].map(([detector, count]) => ({ detector, path, count }))
}

/**
 * Refuses a name that holds what would be taken out of every event: it could be none of theirs, and
 * must not be written down.
 *
 * @throws LinewardError ARGUMENT_INVALID
 */
export function refuseSecret(argument: string, name: string, context: ApiContext): void {
  if (scrubbed(name, context).finds.length === 0) return
  throw new LinewardError(
    'ARGUMENT_INVALID',
    `\`${argument}\` holds what looks like a secret; use the name as Lineward shows it`,
  )
}
