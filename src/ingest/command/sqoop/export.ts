import type { Movement } from '../movement.ts'
import type { Job } from './job.ts'
import { known } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { hiveTable } from '../tables.ts'

/**
 * `sqoop export`: files or a table of HCatalog into a table of the database, or into a procedure. A
 * staging table holds the rows only on their way.
 */
export function exportRows(job: Job): Movement {
  const hcatalog = job.value('hcatalog-table')
  const input =
    hcatalog === undefined
      ? job.place('export-dir')
      : hiveTable(job.call.defaults, hcatalog, job.value('hcatalog-database'))
  const table = job.value('table')
  const output = table === undefined ? undefined : job.table(table)
  const staging = job.value('staging-table')
  const inputs = known([input])
  const outputs = known([output])
  const isCall = table === undefined && job.value('call') !== undefined
  return movementOf('sqoop export', {
    inputs,
    outputs,
    copies: copiesByName(inputs, outputs, job.columns),
    mentions: known([staging === undefined ? undefined : job.table(staging)]),
    unresolved: [
      ...(input === undefined ? [job.note('VALUE', 'the source')] : []),
      ...(isCall ? [job.note('PROCEDURE', '--call')] : []),
      ...(output === undefined && !isCall ? [job.note('VALUE', 'the target')] : []),
    ],
  })
}

/** `sqoop merge`: newer rows over older ones, into a third folder. */
export function merge(job: Job): Movement {
  const sources = [job.place('new-data'), job.place('onto')]
  const inputs = known(sources)
  const target = job.place('target-dir')
  const outputs = known([target])
  return movementOf('sqoop merge', {
    inputs,
    outputs,
    copies: copiesByName(inputs, outputs),
    unresolved: [
      ...(sources.includes(undefined) ? [job.note('VALUE', 'the source')] : []),
      ...(target === undefined ? [job.note('VALUE', 'the target')] : []),
    ],
  })
}
