import type { Boundary, Policy } from '../../../governance/index.ts'
import type { DatasetStatus, Statement, Zone } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { SelectorInput } from '../selectors.ts'
import { LinewardError } from '../../../errors.ts'
import { objectOf } from '../../../model/index.ts'
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
type Kind = 'boundary' | 'policy'

const nameCharactersMax = 200

/**
 * What `Mutation` in schema.graphql says of boundaries and policies. They decide about everything,
 * so callers who see only some namespaces may not.
 *
 * @throws LinewardError FORBIDDEN by `changingRoles` and for limited callers, CONFLICT when
 *   `expectVersion` is behind, NOT_FOUND for a boundary that is not there, ARGUMENT_INVALID and
 *   LIMIT_EXCEEDED for what cannot be used, and those of `state`.
 */
export const boundaryStatementResolvers = {
  Mutation: {
    async defineBoundary(_root: unknown, args: BoundaryArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.defineBoundary)
      const { zone } = args
      const name = nameIn(args, context)
      const selectors = selectorsIn('selectors', args.selectors, context)
      if (selectors.length === 0) {
        throw new LinewardError('ARGUMENT_INVALID', '`selectors` is empty: nothing would lie in it')
      }
      return stateVersion({ says: 'boundary', name, zone, selectors }, args, context)
    },

    async removeBoundary(_root: unknown, args: Versioned, context: ApiContext) {
      requireRole(context.caller, changingRoles.removeBoundary)
      refuseLimited(context.caller)
      const { name } = args
      return context.alone(async () => {
        await upToDate(context)
        const before = await boundaryNow(name, context)
        if (before === undefined) return refuseUnknown(name, context)
        await compareVersion('boundary', args, context)
        await state({ says: 'noBoundary', name }, context)
        return { ...before, version: await versionOf('boundary', name, context) }
      })
    },

    async definePolicy(_root: unknown, args: PolicyArgs, context: ApiContext) {
      requireRole(context.caller, changingRoles.definePolicy)
      const { zone } = args
      const name = nameIn(args, context)
      const statuses = [...new Set(args.statuses)]
      const mayCross = selectorsIn('mayCross', args.mayCross, context)
      return stateVersion({ says: 'policy', name, zone, statuses, mayCross }, args, context)
    },
  },
}

/** A new version of a boundary or policy, unless there is one that its author does not know of. */
async function stateVersion(
  statement: Extract<Statement, { says: Kind }>,
  args: Versioned,
  context: ApiContext,
): Promise<Boundary | Policy> {
  refuseLimited(context.caller)
  return context.alone(async () => {
    await upToDate(context)
    await compareVersion(statement.says, args, context)
    await state(statement, context)
    const { governance } = context.parts
    const all = await (statement.says === 'boundary'
      ? governance.boundaries()
      : governance.policies())
    const now = all.find(({ name }) => name === statement.name)
    if (now !== undefined) return now
    throw new LinewardError('CONFLICT', 'It was accepted, and was changed again meanwhile')
  })
}

function nameIn({ name }: Versioned, context: ApiContext): string {
  const text = textWithin(nameCharactersMax, 'name', { value: name })
  refuseSecret('name', text, context)
  return text
}

async function boundaryNow(name: string, { parts }: ApiContext): Promise<Boundary | undefined> {
  return (await parts.governance.boundaries()).find((one) => one.name === name)
}

async function compareVersion(
  kind: Kind,
  { name, expectVersion }: Versioned,
  context: ApiContext,
): Promise<void> {
  if (expectVersion === null || expectVersion === undefined) return
  const version = await versionOf(kind, name, context)
  if (version === expectVersion) return
  throw new LinewardError(
    'CONFLICT',
    `The ${kind} ${quoted(name)} is at version ${version} and not at ${expectVersion}: look at it again`,
  )
}

/** How often something was stated of it, its removal too: it counts on when it is there again. */
async function versionOf(kind: Kind, name: string, { graph }: ApiContext): Promise<number> {
  const statements = await graph.statements()
  return statements.filter(({ statement }) => {
    const object = objectOf(statement)
    return object?.kind === kind && object.id === name
  }).length
}

async function refuseUnknown(name: string, { parts }: ApiContext): Promise<never> {
  const known = (await parts.governance.boundaries()).map((one) => quoted(one.name))
  const offer = known.length === 0 ? 'there is none' : `there are ${known.slice(0, 10).join(', ')}`
  throw new LinewardError('NOT_FOUND', `There is no boundary ${quoted(name)}; ${offer}`)
}
