import { migrate, openDatabase } from '../../src/storage/index.ts'

// Migrates a file and prints what it applied.
const [file = '', folder = ''] = process.argv.slice(2)
const failure = { subject: 'The store' }
const database = openDatabase({ file, synchronous: 'NORMAL', busyTimeoutMs: 20_000, failure })
process.stdout.write(`${JSON.stringify(migrate(database, folder))}\n`)
database.close()
