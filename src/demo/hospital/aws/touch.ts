import type { JsonObject } from '../event.ts'
import type { Table } from '../tables.ts'
import type { Micros } from '../time.ts'
import type { Identity } from './account.ts'
import type { Told } from './told.ts'
import { drawn, uuidOf } from '../random.ts'
import { objectCall } from './record.ts'

/** The name of a part file of Spark or Sqoop that was written then. */
export const part = (at: Micros, index: number): string =>
  `part-0000${index}-${uuidOf(`part/${at}`)}-c000.snappy.parquet`

/** One object of a dataset, and who touched it; `below` is the folder of its partition. */
type Touch = Readonly<{
  files: Table
  below?: string
  name: string
  by: Identity
  more?: JsonObject
}>

/** A read or a write of an object, as the trail has it. */
export function touched(at: Micros, operation: 'GetObject' | 'PutObject', touch: Touch): Told {
  const { files, below = '', name, by, more = {} } = touch
  const record = objectCall({
    at,
    operation,
    bucket: files.namespace.slice('s3://'.length),
    key: `${files.name}/${below}${name}`,
    by,
    bytes: drawn(`bytes/${at}/${name}`, 40_000, 9_000_000),
    more,
  })
  return { way: 'trail', at, record }
}
