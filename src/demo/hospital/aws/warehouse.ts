import type { Day, Micros } from '../time.ts'
import type { Told } from './told.ts'
import { calendar, isExtractDay, isPumpDay, isWorkday } from '../calendar.ts'
import { drawn } from '../random.ts'
import { secondsAfter, secondTime, spanOn } from '../time.ts'
import * as sql from './warehouse-sql.ts'

/** One session with the warehouse, and what it ran, each statement some seconds after the other. */
type Session = Readonly<{
  user: string
  minutes: number
  statements: readonly string[]
  /** All of them are one transaction: they share its id. */
  isOne?: boolean
}>

/**
 * What the activity log of the warehouse has of a day: loads in one transaction and without, an
 * unload for research, reports, and once an export that was rolled back.
 */
export function warehouseDay(day: Day): readonly Told[] {
  return sessionsOf(day).flatMap((session) => linesOf(day, session))
}

function sessionsOf(day: Day): readonly Session[] {
  const { index } = day
  return [
    ...(index === calendar.clusterStarted
      ? [{ user: 'dwh_admin', minutes: 15, statements: sql.made }]
      : []),
    ...(isWorkday(day)
      ? [
          { user: 'etl_loader', minutes: 190, statements: sql.loadAccounts, isOne: true },
          { user: 'etl_loader', minutes: 196, statements: sql.rebuildBalances },
          { user: 'bi_reports', minutes: 545, statements: [sql.report(day)] },
        ]
      : []),
    ...(isPumpDay(day) ? [{ user: 'etl_loader', minutes: 356, statements: sql.loadBedside }] : []),
    ...(isExtractDay(day)
      ? [{ user: 'research_export', minutes: 470, statements: sql.unloadResearch }]
      : []),
    ...(index === calendar.exportRolledBack
      ? [{ user: 'lab_analyst', minutes: 830, statements: sql.exportAndRollBack, isOne: true }]
      : []),
  ]
}

const userIds: Readonly<Record<string, number>> = {
  dwh_admin: 100,
  etl_loader: 104,
  bi_reports: 107,
  research_export: 109,
  lab_analyst: 118,
}

function linesOf(day: Day, { user, minutes, statements, isOne }: Session): readonly Told[] {
  const { at } = spanOn(day, `session/${user}/${minutes}`, minutes, 1)
  const pid = drawn(`pid/${user}/${at}`, 1_000_000, 1_200_000)
  // Ids of transactions only go up.
  const xid = Math.floor(at / 60_000_000) % 100_000_000
  return statements.map((statement, index): Told => {
    const time: Micros = secondsAfter(at, 3 * index)
    const head = `db=dwh user=${user} pid=${pid} userid=${userIds[user] ?? 0} xid=${isOne === true ? xid : xid + index}`
    return {
      way: 'log',
      at: time,
      line: `'${secondTime(time)} UTC [ ${head} ]' LOG: ${statement};`,
    }
  })
}
