import type { Boundary, Policy } from '../../../governance/index.ts'
import type { DatasetStatus, Statement, Zone } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { SelectorInput } from '../selectors.ts'
import { LinewardError } from '../../../errors.ts'
import { checkBoundary, checkPolicy, checkVersion } from '../../../governance/index.ts'
import { quoted, textWithin } from '../args.ts'
import { changingRoles, requireRole } from '../roles.ts'
import { refuseSecret } from '../scrubbed.ts'
import { selectorsIn } from '../selectors.ts'
import { state, upToDate } from '../state.ts'
import { refuseLimited } from '../visible.ts'

type Versioned = Readonly<{ name: string; expectVersion?: Maybe<number> }>
type BoundaryArgs = Versioned & Readonly<{ zone: Zone; selectors: readonly SelectorInput[] }>
type PolicyArgs = Versioned &
  Readonly<{
    zone: Zone
    statuses: readonly DatasetStatus[]
    mayCross: readonly SelectorInput[]
  }>

const nameCharactersMax = 200

/**
 * What `Mutation` in schema.graphql says of boundaries and policies. They decide about everything,
 * so callers who see only some namespaces may not.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles` and for limited callers, CONFLICT when
 *   `expectVersion` is behind, SELECTOR_TIED and POLICY_CONTRADICTED for what cannot stand beside what
 *   there is, NOT_FOUND for a boundary that is not there, ARGUMENT_INVALID and LIMIT_EXCEEDED for what
 *   cannot be used, and those of `state`.
 */
export const boundaryStatementResolvers = {
  Mutation: {
    async defineBoundary(_root: unknown, args: BoundaryArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.defineBoundary)
      refuseLimited(context.caller)
      const { zone } = args
      const name = nameIn(args, context)
      const selectors = selectorsIn('selectors', args.selectors, context)
      return stateBoundary({ says: 'boundary', name, zone, selectors }, args, context)
    },

    async removeBoundary(_root: unknown, args: Versioned, context: ApiContext) {
      requireRole(context.caller, changingRoles.removeBoundary)
      refuseLimited(context.caller)
      const { name } = args
      return context.alone(async () => {
        await upToDate(context)
        const before = named(await context.parts.governance.boundaries(), name)
        if (before === undefined) return refuseUnknown(name, context)
        checkVersion(`boundary ${quoted(name)}`, before, args.expectVersion ?? undefined)
        await state({ says: 'noBoundary', name }, context)
        return { ...before, version: before.version + 1 }
      })
    },

    async definePolicy(_root: unknown, args: PolicyArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.definePolicy)
      refuseLimited(context.caller)
      const { zone } = args
      const name = nameIn(args, context)
      const statuses = [...new Set(args.statuses)]
      const mayCross = selectorsIn('mayCross', args.mayCross, context)
      return statePolicy({ says: 'policy', name, zone, statuses, mayCross }, args, context)
    },
  },
}

/** A new version of a boundary, unless there is one that its author does not know of. */
function stateBoundary(
  statement: Extract<Statement, { says: 'boundary' }>,
  { expectVersion }: Versioned,
  context: ApiContext,
): Promise<Boundary> {
  const { governance } = context.parts
  return context.alone(async () => {
    await upToDate(context)
    const standing = await governance.boundaries()
    const { name } = statement
    checkVersion(`boundary ${quoted(name)}`, named(standing, name), expectVersion ?? undefined)
    checkBoundary(statement, standing)
    await state(statement, context)
    return named(await governance.boundaries(), name) ?? changedSince()
  })
}

/** A new version of a policy, in the same way. */
function statePolicy(
  statement: Extract<Statement, { says: 'policy' }>,
  { expectVersion }: Versioned,
  context: ApiContext,
): Promise<Policy> {
  const { governance } = context.parts
  return context.alone(async () => {
    await upToDate(context)
    const standing = await governance.policies()
    const { name } = statement
    checkVersion(`policy ${quoted(name)}`, named(standing, name), expectVersion ?? undefined)
    checkPolicy(statement, standing)
    await state(statement, context)
    return named(await governance.policies(), name) ?? changedSince()
  })
}

function named<Item extends Readonly<{ name: string }>>(
  items: readonly Item[],
  name: string,
): Item | undefined {
  return items.find((item) => item.name === name)
}

/** Its entry was retracted between the two, or somebody took the name away by another replica. */
function changedSince(): never {
  throw new LinewardError('CONFLICT', 'It was accepted, and was changed again meanwhile')
}

function nameIn({ name }: Versioned, context: ApiContext): string {
  const text = textWithin(nameCharactersMax, 'name', { value: name })
  refuseSecret('name', text, context)
  return text
}

async function refuseUnknown(name: string, { parts }: ApiContext): Promise<never> {
  const known = (await parts.governance.boundaries()).map((one) => quoted(one.name))
  const offer = known.length === 0 ? 'there is none' : `there are ${known.slice(0, 10).join(', ')}`
  throw new LinewardError('NOT_FOUND', `There is no boundary ${quoted(name)}; ${offer}`)
}
