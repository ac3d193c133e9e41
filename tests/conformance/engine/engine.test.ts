import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine, createHttpSubgraphClient, type Engine } from '../../../gateway/index.js'
import { silentLogger } from '../../../infra/runtime/index.js'
import { expectErrors } from './compare-errors.js'
import type { CaseOperation } from './federation-case.js'
import { loadCases } from './load-cases.js'
import { type RunningCase, startCase } from './start-case.js'
import { createTestContext } from './test-context.js'

describe.each(await loadCases())('The engine $title', (federationCase) => {
  let running: RunningCase
  let engine: Engine
  const clients: { close(): Promise<void> }[] = []

  beforeAll(async () => {
    running = await startCase(federationCase)
    engine = createEngine({
      supergraphSdl: running.supergraphSdl,
      openClient: (name, url) => {
        const client = createHttpSubgraphClient({
          name,
          url,
          timeoutMs: 5_000,
          maximumBodyBytes: 1_000_000,
          log: silentLogger,
        })
        clients.push(client)
        return client
      },
      log: silentLogger,
    })
  })

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()))
    await running.stop()
  })

  test.each(federationCase.operations)('$title', async (operation: CaseOperation) => {
    // The engine relies on validated documents; a case with an invalid one would prove nothing.
    expect(validate(engine.apiSchema, parse(operation.query))).toEqual([])
    // Twice: the second time the prepared operation comes from the cache.
    for (const round of ['first', 'second']) {
      running.requests.clear()
      const result = await engine.execute(operation, createTestContext())
      expect(JSON.parse(JSON.stringify(result.data ?? null)), round).toEqual(operation.data)
      expectErrors(result.errors ?? [], operation.errors ?? [])
      for (const [name, count] of Object.entries(operation.requests ?? {})) {
        expect(running.requests.get(name) ?? 0, `${round}: requests to ${name}`).toBe(count)
      }
    }
  })
})
