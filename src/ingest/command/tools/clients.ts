import type { SqlDialect } from '../../sql/index.ts'
import { sparkOptions } from './spark-options.ts'

/** How a client of the metastore is called: the names of its options for each thing that matters. */
export type Client = Readonly<{
  dialect: SqlDialect
  statement: readonly string[]
  file: readonly string[]
  database: readonly string[]
  variables: readonly string[]
  /** Options with a value that say nothing of data. */
  others: readonly string[]
  /** Without a statement, operands are one: `trino`'s server URL is not. */
  url?: readonly string[]
  letters?: string
}>

const hiveVariables = ['hivevar', 'hiveconf', 'define', 'd']

/** By the name of the command. */
export const clients: ReadonlyMap<string, Client> = new Map<string, Client>([
  [
    'hive',
    {
      dialect: 'hive',
      statement: ['e'],
      file: ['f'],
      database: ['database'],
      variables: hiveVariables,
      others: ['i', 'p', 'h', 'service', 'auxpath', 'config'],
    },
  ],
  [
    'beeline',
    {
      dialect: 'hive',
      statement: ['e'],
      file: ['f'],
      database: [],
      variables: hiveVariables,
      url: ['u'],
      others: [
        'n',
        'p',
        'w',
        'i',
        'c',
        'a',
        'property-file',
        'password-file',
        'outputformat',
        'showHeader',
        'silent',
      ],
    },
  ],
  [
    'spark-sql',
    {
      dialect: 'spark',
      statement: ['e'],
      file: ['f'],
      database: ['database'],
      variables: hiveVariables,
      others: ['i', ...sparkOptions],
    },
  ],
  [
    'impala-shell',
    {
      dialect: 'hive',
      statement: ['q', 'query'],
      file: ['f', 'query_file'],
      database: ['d', 'database'],
      variables: ['var'],
      others: [
        'i',
        'impalad',
        'u',
        'user',
        'o',
        'output_file',
        'output_delimiter',
        'ca_cert',
        's',
        'b',
      ],
    },
  ],
])
