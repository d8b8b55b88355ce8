import type { ReadSql } from '../../../src/ingest/command/sql.ts'

/**
 * Reads `[INSERT OVERWRITE|INTO [TABLE] t | CREATE TABLE t AS] SELECT a, b FROM t [WHERE c …]` and no
 * other SQL.
 */
export const tinySql: ReadSql = (text) =>
  text
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .map((statement) => {
      const [, overwrite, into, made] =
        /^(?:insert\s+(?:(overwrite)\s+|into\s+)(?:table\s+)?(\S+)|create\s+table\s+(\S+)\s+as)\s/i.exec(
          statement,
        ) ?? []
      const [, list = '', source] = /select\s+(.*?)\s+from\s+(\S+)/is.exec(statement) ?? []
      const [, filter] = /\swhere\s+([a-z]\w*)/i.exec(statement) ?? []
      const output = into ?? made
      const name = (dotted: string) => ({ parts: dotted.split('.') })
      const inputs = source === undefined ? [] : [name(source)]
      const outputs = output === undefined ? [] : [name(output)]
      const columns = list.split(',').map((column) => column.trim())
      const pairs = outputs.flatMap((to) => inputs.map((from) => ({ from, to })))
      return {
        inputs,
        outputs,
        maps:
          list === '*' && filter === undefined
            ? []
            : pairs.map(({ from, to }) => ({
                output: to,
                map: {
                  fields: (list === '*' ? [] : columns).map((column) => ({
                    column,
                    inputs: [
                      {
                        dataset: from,
                        column,
                        transformations: [
                          { type: 'DIRECT', subtype: 'IDENTITY', masking: false } as const,
                        ],
                      },
                    ],
                  })),
                  whole:
                    filter === undefined
                      ? []
                      : [
                          {
                            dataset: from,
                            column: filter,
                            transformations: [
                              { type: 'INDIRECT', subtype: 'FILTER', masking: false } as const,
                            ],
                          },
                        ],
                },
              })),
        copies:
          list === '*'
            ? pairs.map(({ from, to }) => ({
                input: from,
                output: to,
                columns: { by: 'name' } as const,
              }))
            : [],
        changes:
          overwrite === undefined
            ? []
            : outputs.map((dataset) => ({ dataset, change: 'OVERWRITE', whole: true })),
        ...(inputs.length === 0 ? { unresolved: 'Nothing was read' } : {}),
      }
    })
