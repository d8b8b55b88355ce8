type Times = readonly (number | null)[]

/**
 * What a settled graph says, as rows of plain data: what the digest is over. Lists within a row are
 * sorted; an absent time is null.
 */
export type LogicalState = Readonly<{
  /** [id, namespace, name] */
  names: readonly (readonly [string, string, string])[]
  /** [leader, names, [location, from, until][]], for classes of several names or with locations. */
  classes: readonly (readonly [
    string,
    readonly string[],
    readonly (readonly [string, number | null, number | null])[],
  ])[]
  /** [id, job, state, started, ended, parent] */
  runs: readonly (readonly [
    string,
    string | null,
    string,
    number | null,
    number | null,
    string | null,
  ])[]
  /** [id, job, kind, inputs, outputs] */
  flows: readonly (readonly [string, string | null, string, readonly string[], readonly string[]])[]
  /** [flow, mover, basis, [shown from, shown until, start, end, last seen], [output, map key][]] */
  members: readonly (readonly [
    string,
    string,
    string,
    Times,
    readonly (readonly [string, string])[],
  ])[]
  /** [dataset, at, run] */
  replaced: readonly (readonly [string, number, string])[]
  /** [subject, entry keys] */
  evidence: readonly (readonly [string, readonly string[]])[]
  /** [name, principal, action, hour, via, entry keys] */
  accesses: readonly (readonly [string, string, string, number, string | null, readonly string[]])[]
  /** [principal, session or run, who stands behind it, as members of cells] */
  origins: readonly (readonly [string, readonly string[]])[]
  /** [source, name, entry keys] of what no translator knows. */
  unknown: readonly (readonly [string, string, readonly string[]])[]
}>
