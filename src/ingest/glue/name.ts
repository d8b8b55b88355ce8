import type { JobName, Json, Spelling } from '../../model/index.ts'
import type { Where } from '../aws/arn.ts'
import { namespaceIn } from '../aws/arn.ts'
import { textAt } from '../aws/members.ts'

/** The catalog that a call means: the one it names, or that of the account. */
export function catalogIn(where: Where, request: Json | undefined): string {
  const account = /^\d{12}$/.exec(textAt(request, 'catalogId') ?? '')?.[0] ?? where.account
  return namespaceIn({ ...where, account }, 'glue')
}

/** A table of a database; undefined when either is not named. */
export function tableNamed(
  catalog: string,
  database: string | undefined,
  table: string | undefined,
): Spelling | undefined {
  return database === undefined || table === undefined
    ? undefined
    : { namespace: catalog, name: `table/${database}/${table}` }
}

export function databaseNamed(catalog: string, database: string | undefined): Spelling | undefined {
  return database === undefined ? undefined : { namespace: catalog, name: `database/${database}` }
}

/** `job/{name}` or `crawler/{name}`, where it runs. */
export function glueJob(
  where: Where,
  kind: 'job' | 'crawler',
  name: string | undefined,
): JobName | undefined {
  return name === undefined
    ? undefined
    : { namespace: namespaceIn(where, 'glue'), name: `${kind}/${name}` }
}
