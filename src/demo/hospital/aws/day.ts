import type { HospitalRequest } from '../posting.ts'
import type { Day } from '../time.ts'
import { bedsideDay } from './bedside.ts'
import { bystandersDay } from './bystanders.ts'
import { catalogDay } from './catalog.ts'
import { emrDay } from './emr.ts'
import { readersDay } from './readers.ts'
import { deliveriesOf } from './told.ts'
import { warehouseDay } from './warehouse.ts'

/** What AWS tells of a day in the hospital's account, as it is delivered. */
export function awsDay(day: Day): readonly HospitalRequest[] {
  return deliveriesOf(day, [
    ...bedsideDay(day),
    ...catalogDay(day),
    ...emrDay(day),
    ...warehouseDay(day),
    ...readersDay(day),
    ...bystandersDay(day),
  ])
}
