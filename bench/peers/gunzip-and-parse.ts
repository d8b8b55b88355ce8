import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/*
 * What a backfill is measured against: each file of a trail is unpacked and parsed, and nothing is made
 * of it.
 */

let records = 0
for (const file of process.argv.slice(2)) {
  const trail = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { Records: unknown[] }
  records += trail.Records.length
}
console.log(records)
