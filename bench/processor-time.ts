import { existsSync, readFileSync } from 'node:fs'

/** Of Linux on every processor that Node runs on. */
const ticksPerSecond = 100
const userField = 11
const systemField = 12

/** Seconds of processor time that a process has used so far; undefined where the system does not say. */
export function processorSecondsOf(pid: number): number | undefined {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return undefined
  // The name of the program stands in brackets and can hold anything.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[userField]) + Number(fields[systemField])) / ticksPerSecond
}
