import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scrub } from '../../scrub.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/scrubbing.md'), 'utf8')

test('the page on scrubbing has the version of the rules', () => {
  expect(page).toContain(`now **${scrub.version}**`)
})

test('the page names each identifier that is looked for', () => {
  for (const detector of ['ssn', 'card', 'npi', 'mbi', 'mrn', 'phone', 'email']) {
    expect(page).toContain(`| \`${detector}\``)
  }
})
