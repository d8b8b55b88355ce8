import type { Caller } from '../parts.ts'

/** Whether a caller may see what has a name in this namespace. A caller without limits sees all. */
export function sees({ namespaces }: Caller, namespace: string): boolean {
  return namespaces === undefined || namespaces.includes(namespace)
}

/** Whether anything is hidden from the caller. */
export function isLimited({ namespaces }: Caller): boolean {
  return namespaces !== undefined
}

/**
 * Whether the caller may read events as they came in. A producer knows its own and nobody else's;
 * an event names datasets of many namespaces, so whoever may see only some may not read it.
 */
export function mayReadEvents(caller: Caller): boolean {
  return caller.role !== 'producer' && !isLimited(caller)
}
