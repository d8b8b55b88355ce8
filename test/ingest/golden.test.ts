import type { Fact } from '../../src/model/index.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { translate } from '../../src/ingest/index.ts'
import { entryOf } from './entry-of.ts'

const root = join(import.meta.dirname, '../golden/openlineage')

describe('the golden events', () => {
  const events = globSync('*/*.event.json', { cwd: root }).toSorted()

  it('cover every kind of event', () => {
    const kinds = new Set(events.map((event) => event.split(/[\\/]/)[0]))
    expect([...kinds].toSorted()).toEqual(['dataset-event', 'job-event', 'run-event'])
    expect(events.length).toBeGreaterThan(60)
  })

  it.each(events)('%s gives the facts beside it', async (event) => {
    const facts = translate(entryOf(readFileSync(join(root, event), 'utf8')))
    await expect(linesOf(facts)).toMatchFileSnapshot(
      join(root, event.replace(/\.event\.json$/, '.facts.json')),
    )
  })
})

/** One fact a line, so that a difference reads as facts that came and went; ASCII, to be seen. */
function linesOf(facts: readonly Fact[]): string {
  return `[\n${facts.map((fact) => `  ${asciiOf(JSON.stringify(fact))}`).join(',\n')}\n]\n`
}

function asciiOf(text: string): string {
  return text.replace(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
