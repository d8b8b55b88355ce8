import { randomBytes } from 'node:crypto'
import { readOrCreateSecret } from '../../src/storage/index.ts'

// Prints the secret of a file, or makes it.
const [file = ''] = process.argv.slice(2)
process.stdout.write(`${readOrCreateSecret(file, () => randomBytes(32)).toString('hex')}\n`)
