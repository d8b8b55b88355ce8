import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ResultsPage } from './test/long/results.ts'

/**
 * `vitest run` takes everything but `test/long`, `vitest run --mode long` takes only that. A mode
 * and not a variable: servers that a test starts inherit the environment and refuse what they do
 * not know.
 */
export default defineConfig(({ mode }) => ({
  resolve: {
    // One copy of graphql: mercurius requires the CommonJS file while vite would give a test the
    // ES module, and a schema made with one is not a schema to the other.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    include: mode === 'long' ? ['test/long/**/*.test.ts'] : ['test/**/*.test.ts'],
    exclude: mode === 'long' ? [] : ['test/long/**'],
    // A process for each file: a store, a server or a crash of one test never meets another's.
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: mode === 'long' ? 3_600_000 : 240_000,
    hookTimeout: 240_000,
    // Order means nothing, so none is kept; the seed makes a run repeatable.
    sequence: { shuffle: { files: false, tests: true }, seed: 1 },
    expect: { requireAssertions: true },
    // Only `npm run golden` writes what tests compare with.
    update: 'none',
    // The file is what .ci/run counts.
    reporters: [
      'default',
      ...(process.env['CI'] ? ['json' as const] : []),
      ...(mode === 'long' ? [new ResultsPage()] : []),
    ],
    outputFile: { json: 'test-results/vitest.json' },
  },
}))
