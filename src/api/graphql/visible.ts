import type { Caller } from '../parts.ts'
import { LinewardError } from '../../errors.ts'

/** Whether a caller may see what has a name in this namespace. A caller without limits sees all. */
export function sees({ namespaces }: Caller, namespace: string): boolean {
  return namespaces === undefined || namespaces.includes(namespace)
}

/** Whether anything is hidden from the caller. */
export function isLimited({ namespaces }: Caller): boolean {
  return namespaces !== undefined
}

/**
 * What is about everybody's things cannot be asked for by who may see only some.
 *
 * @throws LinewardError FORBIDDEN
 */
export function refuseLimited(caller: Caller): void {
  if (!isLimited(caller)) return
  throw new LinewardError('FORBIDDEN', 'This needs a token that is not limited to namespaces')
}

/**
 * Whether the caller may read events as they came in. A producer knows its own and nobody else's;
 * an event names datasets of many namespaces, so whoever may see only some may not read it.
 */
export function mayReadEvents(caller: Caller): boolean {
  return caller.role !== 'producer' && !isLimited(caller)
}
