import type { Day } from './time.ts'

/** On which day of the period (from 0) something out of the ordinary happens. */
export const calendar = {
  bedsideBuilt: 0,
  clusterStarted: 0,
  referenceLoaded: 0,
  registryDeclared: 1,
  catalogDescribed: 2,
  curationFailed: 3,
  passwordLeaked: 4,
  loadFailedAndCompleted: 5,
  oldRuleDeleted: 6,
  importFailed: 7,
  ruleReplaced: 8,
  exportRolledBack: 9,
  streamCancelled: 9,
  readInAChain: 10,
  riskRebuilt: 10,
  argumentsHidden: 11,
  registryDeclaredAnew: 12,
  trackerCreated: 13,
  partnerRefused: 14,
  riskOldDropped: 17,
} as const

/** The first day of the period is the first of a week; the warehouse rests on the last two. */
export function isWorkday(day: Day): boolean {
  return day.index % 7 < 5
}

/** The night in which the week's extract for research is made. */
export function isExtractDay(day: Day): boolean {
  return day.index % 7 === 6
}

/** Pumps are read out every third day. */
export function isPumpDay(day: Day): boolean {
  return day.index % 3 === 0
}

/** Patients are scored once a week. */
export function isScoringDay(day: Day): boolean {
  return day.index % 7 === 0
}
