import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/model/index.ts'
import { scrub as rules } from '../../scrub.ts'
import { mustGo, mustStay } from './canaries.ts'

const cleaned = (event: Json) => JSON.stringify(rules.event(event, 'openlineage').value)

/** Whether a JSON text holds it, as it is or as it is written in a string of JSON. */
const holds = (json: string, text: string) =>
  json.includes(text) || json.includes(JSON.stringify(text).slice(1, -1))

describe('what must go', () => {
  test.each(mustGo)('%s: %s', (_what, text, event) => {
    expect(holds(JSON.stringify(event), text)).toBe(true)
    expect(holds(cleaned(event), text)).toBe(false)
    expect(rules.event(event, 'openlineage').finds).not.toEqual([])
  })

  test('nothing of it is left when all events are one list', () => {
    const all = cleaned(mustGo.map(([, , event]) => event))
    expect(mustGo.map(([, text]) => text).filter((text) => holds(all, text))).toEqual([])
    expect(mustGo.length).toBeGreaterThan(100)
  })
})

describe('what must stay', () => {
  test.each(mustStay)('%s: %s', (_what, text, event) => {
    expect(holds(cleaned(event), text)).toBe(true)
  })

  test('all of it is there when all events are one list', () => {
    const all = cleaned(mustStay.map(([, , event]) => event))
    expect(mustStay.map(([, text]) => text).filter((text) => !holds(all, text))).toEqual([])
    expect(mustStay.length).toBeGreaterThan(60)
  })
})
