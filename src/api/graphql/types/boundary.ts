import type { Boundary, Placement, Policy } from '../../../governance/index.ts'
import type { Selector } from '../../../model/index.ts'
import type { Caller } from '../../parts.ts'
import type { ApiContext } from '../context.ts'
import { isLimited, sees } from '../visible.ts'

/** `Query.boundaries` and `Query.policies`, and what they and a placement consist of. */
export const boundaryResolvers = {
  Query: {
    async boundaries(_root: unknown, _args: unknown, { parts, judged }: ApiContext) {
      await judged()
      return parts.governance.boundaries()
    },
    async policies(_root: unknown, _args: unknown, { parts, judged }: ApiContext) {
      await judged()
      return parts.governance.policies()
    },
  },
  Boundary: {
    selectors: ({ selectors }: Boundary, _args: unknown, { caller }: ApiContext) =>
      selectorsSeen(selectors, caller),
  },
  Policy: {
    mayCross: ({ mayCross }: Policy, _args: unknown, { caller }: ApiContext) =>
      selectorsSeen(mayCross, caller),
  },
  Selector: {
    tag: ({ tag }: Selector) =>
      tag && (tag.value === undefined ? tag.key : `${tag.key}:${tag.value}`),
  },
  Placement: {
    why({ why, boundary }: Placement, _args: unknown, { caller }: ApiContext) {
      if (!isLimited(caller)) return why
      return boundary === undefined ? 'No boundary places it' : 'A boundary places it'
    },
  },
}

/** A selector names accounts, jobs and names of anywhere, unless it is of one namespace only. */
function selectorsSeen(selectors: readonly Selector[], caller: Caller): readonly Selector[] {
  if (!isLimited(caller)) return selectors
  return selectors.filter(({ namespace }) => namespace !== undefined && sees(caller, namespace))
}
