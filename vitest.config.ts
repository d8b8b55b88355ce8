import { defineConfig } from 'vitest/config'

const long = process.env['LINEWARD_TEST_LONG'] === '1'

export default defineConfig({
  test: {
    include: long ? ['test/long/**/*.test.ts'] : ['test/**/*.test.ts'],
    exclude: long ? [] : ['test/long/**'],
  },
})
