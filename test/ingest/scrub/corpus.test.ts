import { describe, expect, test } from 'vitest'
import { scrub } from '../../scrub.ts'
import { sampleFiles, samplesAreThere } from '../shared-samples.ts'

/**
 * Everything that is found in the events of real producers, looked at by hand: each is a password,
 * a user with a password, or a person's address. In how many events, by folder and place.
 */
const reviewed = {
  version: 3,
  finds: {
    'debezium password /run/facets/debezium_config/configs/16': 1,
    'marquez-seed uri-userinfo /outputs/0/facets/dataSource/uri': 12,
    'marquez-seed uri-userinfo /outputs/1/facets/dataSource/uri': 1,
    'spark email /run/facets/environment-properties/environment-properties/user': 1,
    'spec-docs email /run/facets/my_facet/email': 1,
  },
}

describe.skipIf(!samplesAreThere)('in the shared samples of OpenLineage (../shared)', () => {
  test('nothing is found but what was looked at by hand', () => {
    const finds = new Map<string, number>()
    let events = 0
    for (const file of sampleFiles()) {
      for (const event of file.events) {
        events += 1
        for (const { detector, path } of scrub.event(event, 'openlineage').finds) {
          const key = `${file.folder} ${detector} ${path}`
          finds.set(key, (finds.get(key) ?? 0) + 1)
        }
      }
    }
    expect(events).toBeGreaterThan(300)
    expect({ version: scrub.version, finds: Object.fromEntries(finds) }).toEqual(reviewed)
  })

  test('scrubbing again changes nothing', () => {
    const cleaned = sampleFiles().flatMap((file) =>
      file.events.map((event) => scrub.event(event, 'openlineage').value),
    )
    for (const event of cleaned) {
      expect(scrub.event(event, 'openlineage')).toEqual({ value: event, finds: [] })
    }
  })
})
