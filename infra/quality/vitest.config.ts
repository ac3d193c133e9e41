import { defineConfig } from 'vitest/config'

const root = new URL('../..', import.meta.url).pathname

export default defineConfig({
  root,
  resolve: {
    // Two module formats of one graphql package end in "another module or realm".
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['{schema,gateway,subgraphs,infra,tests}/**/*.test.ts'],
    globalSetup: ['tests/setup/global-setup.ts'],
    // Suites start whole hubs with real servers, two at a time on two cores. What depends on such a machine's mood gets a
    // second chance; what is wrong fails twice.
    testTimeout: 40_000,
    hookTimeout: 180_000,
    retry: 1,
    // Two cores: more workers only take turns, and each suite talks to the same Postgres and Redis.
    maxWorkers: 2,
  },
})
