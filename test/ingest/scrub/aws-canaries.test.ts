import type { Json } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { createScrub } from '../../../src/ingest/index.ts'
import { recognise } from '../../../src/ingest/recognise.ts'
import { unwrap } from '../../../src/ingest/unwrap/unwrap.ts'
import { record } from '../aws-events.ts'
import { foldersThatHide, plantedInAws, staysInAws } from './aws-canaries.ts'

const rules = createScrub({ tokenKey: Buffer.alloc(32, 5), mrn: [/(?<![A-Za-z0-9])H\d{7}/] })

/** Everything of an event that would be kept, and the same scrubbed once more. */
function keptOf(event: Json): readonly [once: string, twice: string] {
  const once = [...unwrap({ value: event, context: {} })].map((item) => {
    if ('text' in item) return rules.text(item.text).text
    const format = recognise(item.value)?.name ?? 'json'
    return [format, rules.event(item.value, format).value] as const
  })
  const twice = once.map((one) =>
    typeof one === 'string' ? rules.text(one).text : [one[0], rules.event(one[1], one[0]).value],
  )
  return [JSON.stringify(once), JSON.stringify(twice)]
}

/** Whether a JSON text holds it, as it is or as it is written in a string of JSON. */
const holds = (json: string, text: string): boolean =>
  json.includes(text) || json.includes(JSON.stringify(text).slice(1, -1))

describe('what must go', () => {
  it('is planted often enough, and never the same twice', () => {
    expect(plantedInAws.length).toBeGreaterThan(190)
    expect(new Set(plantedInAws.map(({ text }) => text)).size).toBe(plantedInAws.length)
  })

  it.each(plantedInAws.map((one) => [one.what, one] as const))('%s', (_, { text, event }) => {
    const [once, twice] = keptOf(event)
    expect(holds(once, text)).toBe(false)
    expect(twice).toBe(once)
  })
})

describe('what must stay', () => {
  it.each(staysInAws.map((one) => [one.what, one] as const))('%s', (_, { text, event }) => {
    expect(holds(keptOf(event)[0], text)).toBe(true)
  })
})

describe('the folders of an object', () => {
  const shown = (key: string): string => {
    const event = record({ eventSource: 's3.amazonaws.com', requestParameters: { key } })
    return keptOf(event)[0]
  }

  it.each(foldersThatHide)('$key', ({ key, hides, shows }) => {
    expect(shown(key)).not.toContain(hides)
    expect(shown(key)).toContain(shows)
  })

  it('have the same token wherever they stand, and another under another key', () => {
    const tokens = (text: string) => text.match(/~[a-z2-7]{16}/g)
    const [one] = tokens(shown('a/98765432/x/')) ?? []
    const [other] = tokens(shown('b/c/98765432/')) ?? []
    expect(one).toBeDefined()
    expect(other).toBe(one)
    const elsewhere = createScrub({ tokenKey: Buffer.alloc(32, 6), mrn: [] })
    const value = record({
      eventSource: 's3.amazonaws.com',
      requestParameters: { key: 'a/98765432/x/' },
    })
    expect(JSON.stringify(elsewhere.event(value, 'cloudtrail').value)).not.toContain(one)
  })

  it('and the id of an access key, which is how chains of roles are told', () => {
    const id = ['AS', 'IA', 'V7KDP2WQ9LMXTRBC'].join('')
    const [given] = keptOf(record({ responseElements: { credentials: { accessKeyId: id } } }))
    const [used] = keptOf(record({ userIdentity: { type: 'AssumedRole', accessKeyId: id } }))
    const tokenIn = (text: string) => /"accessKeyId":"(~[a-z2-7]{16})"/.exec(text)?.[1]
    expect(tokenIn(given)).toBeDefined()
    expect(tokenIn(used)).toBe(tokenIn(given))
  })
})
