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
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores: more workers only take turns, and each suite talks to the same Postgres and Redis.
    maxWorkers: 2,
  },
})
