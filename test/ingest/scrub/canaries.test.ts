import type { Canary } from './canary.ts'
import { describe, expect, test } from 'vitest'
import { createScrub } from '../../../src/ingest/scrub/index.ts'
import { bodiesOf } from './canary-bodies.ts'
import { canaries, canaryRules } from './canary.ts'

const scrub = createScrub(canaryRules)
const cleaned = ({ event, format }: Canary) => JSON.stringify(scrub.event(event, format).value)
const goes = canaries.filter(({ fate }) => fate === 'goes')
const stays = canaries.filter(({ fate }) => fate === 'stays')
const formats = [...new Set(canaries.map(({ format }) => format))]

/** Whether a JSON text holds it, as it is or as it is written in a string of JSON. */
const holds = (json: string, text: string) =>
  json.includes(text) || json.includes(JSON.stringify(text).slice(1, -1))

/** All of each format as one list of events. */
const together = (list: readonly Canary[]) =>
  formats
    .map((format) => {
      const events = list.filter((canary) => canary.format === format).map(({ event }) => event)
      return JSON.stringify(scrub.event(events, format).value)
    })
    .join('\n')

describe('what must go', () => {
  test.each(goes)('$id, $format, $place: $planted', (canary) => {
    expect(holds(JSON.stringify(canary.event), canary.planted)).toBe(true)
    expect(holds(cleaned(canary), canary.planted)).toBe(false)
  })

  test('nothing of it is left when all events of a format are one list', () => {
    const all = together(goes)
    expect(goes.map(({ planted }) => planted).filter((text) => holds(all, text))).toEqual([])
    expect(goes.length).toBeGreaterThan(200)
  })

  test('is told as a find, but where a token stands for what is no identifier', () => {
    const untold = goes.filter(({ event, format }) => scrub.event(event, format).finds.length === 0)
    expect(untold.filter((canary) => !/~[a-z2-7]{16}/.test(cleaned(canary)))).toEqual([])
  })
})

describe('what must stay', () => {
  test.each(stays)('$id, $format, $place: $planted', (canary) => {
    expect(holds(cleaned(canary), canary.planted)).toBe(true)
  })

  test('all of it is there when all events of a format are one list', () => {
    const all = together(stays)
    expect(stays.map(({ planted }) => planted).filter((text) => !holds(all, text))).toEqual([])
    expect(stays.length).toBeGreaterThan(120)
  })
})

describe('every canary', () => {
  test.each(formats)('of %s is clean after one reading: a second one changes nothing', (format) => {
    for (const { event } of canaries.filter((canary) => canary.format === format)) {
      const once = scrub.event(event, format).value
      expect(scrub.event(once, format)).toEqual({ value: once, finds: [] })
    }
  })

  test('has a body to post that holds what is planted', () => {
    const missing = bodiesOf(goes).filter(({ canary, body }) => !holds(body, canary.planted))
    expect(missing).toEqual([])
    expect(new Set(bodiesOf(goes).map(({ body }) => body)).size).toBe(goes.length)
  })
})
