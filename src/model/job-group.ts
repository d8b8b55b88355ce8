import type { Brand } from './brand.ts'
import type { JobName } from './job-name.ts'
import { digestId } from './id.ts'

export type JobGroupId = Brand<string, 'JobGroupId'>

/** How the names of jobs begin that run on one thing, and hand each other data there. */
const groups: readonly (readonly [namespace: RegExp, beginning: RegExp])[] = [
  // Steps of a cluster, jobs of an application, statements of a database's cluster.
  [/^arn:[^:]*:elasticmapreduce:/, /^[^/]*/],
  [/^arn:[^:]*:emr-serverless:/, /^application\/[^/]*/],
  [/^redshift:/, /^/],
]

/**
 * The jobs that this one is among: those that run on the same thing, else it alone. What one of them
 * did in secret can be what is missing between the others.
 */
export function jobGroupIdOf({ namespace, name }: JobName): JobGroupId {
  const beginning = groups.find(([pattern]) => pattern.test(namespace))?.[1]
  const group = beginning?.exec(name)?.[0] ?? name
  return digestId('group', namespace, group) as JobGroupId
}
