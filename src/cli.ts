import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Types are taken off and code is compiled once for all starts. It lies beside the code, whose owner is
// the only one who can write there; where nobody can, each start does it again.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/lineward', import.meta.url)))
const { runCommandLine } = await import('./cli/run-command-line.ts')

const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The second time means it: what was accepted is on disk, and nothing else can be lost.
  process.once(signal, () => {
    ending.abort()
    process.once(signal, () => process.exit(1))
  })
}
// `lineward … | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  streams: process,
  signal: ending.signal,
})
