// How tests run: one project for everything on Node with a real PostgreSQL, one for journeys in a browser.
import { defineConfig } from 'vitest/config'

/** Walks through rooms that the others pass by; with them the browser alone would take a quarter of an hour. ALL_JOURNEYS=1 walks them too. */
const further = ['batches', 'cases', 'complexes', 'roster', 'together'].map((name) => `web/test/journeys/${name}.test.ts`)

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['server/test/global-setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['contract/**/*.test.ts', 'server/**/*.test.ts', 'tools/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
          // On a server of its own the embedded one is not what is tried.
          exclude: ['**/node_modules/**', '**/dist/**', 'web/test/journeys/**', 'tools/house/fixtures/**', ...(process.env['TEST_DATABASE_URL'] ? ['server/base/embedded-postgres.test.ts'] : [])],
          // Modules are read once for each worker, not once for each file: half of the time. Files share no state but what they import.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys', include: ['web/test/journeys/**/*.test.ts'], exclude: process.env['ALL_JOURNEYS'] ? [] : further, fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000,
        },
      },
    ],
  },
})
