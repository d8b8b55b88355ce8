import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePages } from './reference-pages.ts'

/** `npm run docs`: writes the pages that are made from tables of the source. */
for (const [path, text] of referencePages()) {
  writeFileSync(join(import.meta.dirname, '..', path), text)
  console.log(path)
}
