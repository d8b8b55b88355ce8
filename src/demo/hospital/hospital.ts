import type { Posting } from './event.ts'
import type { HospitalRequest } from './posting.ts'
import type { Day } from './time.ts'
import { LinewardError } from '../../errors.ts'
import { awsDay } from './aws/day.ts'
import { bedsideHourly } from './bedside-hourly.ts'
import { billingNight } from './billing.ts'
import { deviceDay } from './devices.ts'
import { ehrNight, nightlyRun } from './ehr.ts'
import { incidents, leakedOn } from './incidents.ts'
import { martsNight } from './marts.ts'
import { patientIndexNight } from './patient-index.ts'
import { inPostingOrder } from './posting.ts'
import { researchDay } from './research.ts'
import { riskDay } from './risk.ts'
import { daysFrom } from './time.ts'

/** How long the story is, when it begins, and how much of it is told; see `hospitalRequests`. */
type HospitalOptions = Readonly<{ days?: number; start?: string; only?: 'openlineage' }>

const daysMax = 3650

/**
 * The events of a made-up hospital, Larkmere General, as its producers would hand them in, in the
 * order in which they would: OpenLineage of Airflow, Spark on EMR and Glue, dbt, Hive, Flink and SQL,
 * and what AWS tells itself of IoT, Kinesis, Firehose, Glue, EMR, S3 and Redshift. It goes from the
 * sources through raw and curated files to the warehouse and a de-identified extract, with the mishaps
 * of an ordinary month.
 *
 * `days` is the length of the period (1 to 3650, default 21), `start` its first day, which counts
 * as the first of a week (ISO date, UTC; default 2026-02-02); `only` leaves out what is no
 * OpenLineage. The same options give the same text, and every event time lies within the period. What
 * happens once happens in the first 18 days (`calendar.ts`): a shorter period ends before some of it.
 * What is not promised: that an event comes after those that it builds on, or comes once.
 *
 * @throws LinewardError ARGUMENT_INVALID when `days` or `start` cannot be used.
 */
export function hospitalRequests(options: HospitalOptions = {}): readonly HospitalRequest[] {
  const days = daysOf(options)
  const lineage = inPostingOrder(days.flatMap(dayOf), days[0]?.midnight ?? 0)
  const aws = options.only === 'openlineage' ? [] : days.flatMap(awsDay)
  return [...lineage, ...aws].toSorted(
    (one, other) => Math.sign(one.postedAt - other.postedAt) || 0,
  )
}

function daysOf({ days = 21, start = '2026-02-02' }: HospitalOptions): readonly Day[] {
  if (!Number.isInteger(days) || days < 1 || days > daysMax) {
    throw new LinewardError('ARGUMENT_INVALID', `days is a whole number from 1 to ${daysMax}`, {
      details: { days },
    })
  }
  const startAt = Date.parse(`${start}T00:00:00Z`) * 1000
  if (!/^\d{4}-\d\d-\d\d$/.test(start) || Number.isNaN(startAt)) {
    throw new LinewardError('ARGUMENT_INVALID', 'start is a date such as 2026-02-02', {
      details: { start },
    })
  }
  return daysFrom(startAt, days)
}

function dayOf(day: Day): readonly Posting[] {
  const dag = nightlyRun(day)
  return [
    ...ehrNight(day, dag, leakedOn(day)),
    ...patientIndexNight(day),
    ...martsNight(day, dag),
    ...billingNight(day),
    ...deviceDay(day),
    ...bedsideHourly(day),
    ...riskDay(day),
    ...researchDay(day),
    ...incidents(day, dag),
  ]
}
