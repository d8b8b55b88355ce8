import { holdFile } from '../../src/storage/index.ts'

// Owns a file, says so, and stays until it is killed.
const [file = ''] = process.argv.slice(2)
holdFile(file, 'The file')
process.stdout.write('held\n')
setInterval(() => {}, 1_000_000)
