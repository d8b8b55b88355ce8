import type { DatasetName, Micros } from '../../src/model/index.ts'
import type { Told } from '../contract/told.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf } from '../../src/model/index.ts'
import { FedStore, storeKinds } from '../contract/stores.ts'
import { event, glue, lake, minute, touched } from '../contract/told.ts'

const table = glue('table/db/t')
const place = lake('t')

describe.each(storeKinds)('epochs of a table and its only location, on the $name store', (kind) => {
  test('do not end with the catalog name, and end with what is stored there', async () => {
    await using fed = new FedStore(kind)
    await fed.tell(
      event(minute(1), [
        touched(minute(1), table),
        touched(minute(1), place),
        { kind: 'location', at: minute(1), table, location: place, by: 'symlink' },
      ]),
      dropped(minute(3), table),
      dropped(minute(5), place),
    )
    expect(await fed.store.datasetByName(table)).toEqual(await fed.store.datasetByName(place))
    expect(await fed.store.epochs(datasetIdOf(table), undefined)).toEqual([minute(5)])
  })
})

function dropped(at: Micros, dataset: DatasetName): Told {
  const drop = { kind: 'lifecycle', at, dataset, change: 'DROP', whole: false } as const
  return event(at, [touched(at, dataset), drop])
}
