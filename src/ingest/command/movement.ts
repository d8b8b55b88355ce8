import type { ColumnMap, Copy, Spelling } from '../../model/index.ts'

/**
 * What one command of a command line moves. Names are spelled by naming.md; paths keep their
 * partitions, which `canonicalNames` takes off. Whoever binds it to a job or run knows when.
 */
export type Movement = Readonly<{
  /** The tool, and its subcommand if it has one: `sqoop import`, `s3-dist-cp`, `hive`. */
  tool: string
  inputs: readonly Spelling[]
  outputs: readonly Spelling[]
  maps: readonly MovedColumns[]
  copies: readonly Copy[]
  /** Those outputs that hold afterwards only what this movement put there. */
  replaces: readonly Spelling[]
  /** Named, though nothing tells that data was read or written there. */
  mentions: readonly Spelling[]
  /** A saved job that this defines (`sqoop job --create`): nothing has moved yet. */
  saves: Saved | undefined
  /** A saved job that this executes (`sqoop job --exec`). */
  uses: SavedName | undefined
  unresolved: readonly Unresolved[]
}>

export type MovedColumns = Readonly<{ output: Spelling; map: ColumnMap }>

/** `store`: the server that keeps saved jobs for others too; else they are kept where it runs. */
export type SavedName = Readonly<{ name: string; store: string | undefined }>

export type Saved = SavedName & Readonly<{ movements: readonly Movement[] }>

/** `what` names a tool, a script or an option, never a value that could be a secret. */
export type Unresolved = Readonly<{ reason: UnresolvedReason; what: string }>

export type UnresolvedReason =
  /** A program of the user's own: its reads and writes are in its code. */
  | 'PROGRAM'
  /** A script that the command line only names. */
  | 'SCRIPT'
  /** A tool that is not known here. */
  | 'TOOL'
  /** A file of options that the command line only names. */
  | 'OPTIONS_FILE'
  /** A value that decides what is moved is unknown: unset, computed, or hidden. */
  | 'VALUE'
  /** A statement that the SQL reader could not read, or not wholly. */
  | 'STATEMENT'
  /** A stored procedure: its writes are in the database. */
  | 'PROCEDURE'
  /** Options given to a saved job on top of its own. */
  | 'OVERRIDES'
  /** The tool itself would refuse these arguments: nothing moves. */
  | 'REFUSED'
  /** The shell's syntax is broken, or deeper or longer than is read here. */
  | 'SYNTAX'

/** A movement of the tool with nothing in it but what is given. */
export function movementOf(tool: string, parts: Partial<Movement>): Movement {
  return {
    tool,
    inputs: [],
    outputs: [],
    maps: [],
    copies: [],
    replaces: [],
    mentions: [],
    saves: undefined,
    uses: undefined,
    unresolved: [],
    ...parts,
  }
}

export function unresolvedMovement(tool: string, reason: UnresolvedReason, what = tool): Movement {
  return movementOf(tool, { unresolved: [{ reason, what }] })
}

/** Every input copied to every output: all columns by name, or those listed. */
export function copiesByName(
  inputs: readonly Spelling[],
  outputs: readonly Spelling[],
  only?: readonly string[],
): readonly Copy[] {
  const columns = only === undefined ? ({ by: 'name' } as const) : ({ by: 'name', only } as const)
  return inputs.flatMap((input) => outputs.map((output) => ({ input, output, columns })))
}
