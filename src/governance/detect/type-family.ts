/** What a type can hold, as far as it says that a label cannot be right. */
type Family = 'text' | 'number' | 'integer' | 'date' | 'boolean' | 'other'

const families: readonly (readonly [Family, readonly string[]])[] = [
  ['boolean', ['bool', 'boolean', 'bit', 'logical']],
  [
    'date',
    [
      'date',
      'datetime',
      'datetime2',
      'smalldatetime',
      'timestamp',
      'timestamptz',
      'timestamp_ntz',
      'timestamp_ltz',
      'timestamp_tz',
      'time',
      'timetz',
    ],
  ],
  [
    'integer',
    [
      'int',
      'integer',
      'bigint',
      'smallint',
      'tinyint',
      'long',
      'short',
      'int2',
      'int4',
      'int8',
      'int32',
      'int64',
    ],
  ],
  [
    'number',
    ['float', 'double', 'real', 'decimal', 'numeric', 'number', 'money', 'float4', 'float8'],
  ],
]

/** Labels, or groups of them, and the families in which no such thing can be. */
const misfits: readonly (readonly [label: string, families: readonly Family[]])[] = [
  ['ID.DATE', ['boolean']],
  ['ID.GEO', ['boolean', 'date']],
  ['ID.NAME', ['boolean', 'date', 'number', 'integer']],
  ['ID.EMAIL', ['boolean', 'date', 'number', 'integer']],
  ['ID.URL', ['boolean', 'date', 'number', 'integer']],
  ['ID.PHOTO', ['boolean', 'date', 'number', 'integer']],
  ['ID.BIOMETRIC', ['boolean', 'date']],
  ['ID', ['boolean', 'date']],
  ['QI.AGE', ['boolean', 'date']],
  ['QI.SEX', ['date']],
  ['QI.RACE', ['date']],
  ['CLIN.NOTE', ['boolean', 'date', 'number', 'integer']],
  ['BILL.CLAIM', ['date']],
  ['PROV', ['boolean', 'date']],
]

/** Whether a column of that type cannot hold what the label says. None and `string` can hold all. */
export function isMisfit(label: string, type: string | undefined): boolean {
  const family = familyOf(type)
  if (family === 'text' || family === 'other') return false
  const line =
    misfits.find(([of]) => label === of) ?? misfits.find(([of]) => label.startsWith(`${of}.`))
  return line?.[1].includes(family) ?? false
}

/** Whether a type holds a day or a moment, and nothing else. */
export function isDateType(type: string | undefined): boolean {
  return familyOf(type) === 'date'
}

function familyOf(type: string | undefined): Family {
  const word = /^[a-z_0-9]{1,20}/.exec(type?.slice(0, 40).trim().toLowerCase() ?? '')?.[0]
  if (word === undefined) return 'text'
  return families.find(([, words]) => words.includes(word))?.[0] ?? 'other'
}
