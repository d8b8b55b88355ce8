import type { Context } from '../format.ts'

const defaultPort = 5439

/** The cluster, or the workgroup of a serverless one, that a log is of. */
export function hostOf({ cluster, workgroup }: Context): string | undefined {
  return cluster ?? workgroup
}

/** The namespace of the tables and statements of a cluster or workgroup, as `naming.md` has it. */
export function databaseOf(context: Context): string | undefined {
  const { account, region, cluster, workgroup, port = String(defaultPort) } = context
  if (region === undefined) return undefined
  if (cluster !== undefined) return `redshift://${cluster}.${region}:${port}`
  if (workgroup === undefined || account === undefined) return undefined
  return `redshift://${workgroup}.${account}.${region}:${port}`
}
