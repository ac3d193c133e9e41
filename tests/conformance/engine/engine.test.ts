import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine, createHttpSubgraphClient, type Engine } from '../../../gateway/index.js'
import { silentLogger } from '../../../infra/runtime/index.js'
import { expectErrors } from './compare-errors.js'
import { type CaseOperation, toOverrideChoice } from './federation-case.js'
import { loadCases } from './load-cases.js'
import { printCasePlans } from './print-case-plans.js'
import { type RunningCase, startCase } from './start-case.js'
import { createTestContext } from './test-context.js'

describe.each(await loadCases())('$name: the engine $title', (federationCase) => {
  let running: RunningCase
  let engine: Engine
  let overrides: CaseOperation['overrides']
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
      chooseOverrides: () => toOverrideChoice(overrides),
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
    overrides = operation.overrides
    for (const round of ['first', 'second']) {
      running.requests.clear()
      const result = await engine.execute(operation, createTestContext(operation.principal))
      expect(JSON.parse(JSON.stringify(result.data ?? null)), round).toEqual(operation.data)
      expectErrors(result.errors ?? [], operation.errors ?? [])
      for (const [name, count] of Object.entries(operation.requests ?? {})) {
        expect(running.requests.get(name) ?? 0, `${round}: requests to ${name}`).toBe(count)
      }
    }
  })

  test.each(federationCase.refusals ?? [])('refuses $query', ({ query, message }) => {
    const faults = validate(engine.apiSchema, parse(query)).map((fault) => fault.message)
    expect(faults.join('\n')).toContain(message)
  })

  test.each(federationCase.carried ?? [])('carries %s', (line) => {
    const lines = engine.supergraphSdl.split('\n').map((one) => one.trim())
    expect(lines).toContainEqual(expect.stringContaining(line))
  })

  test('plans as plans.txt says', async () => {
    const plans = await printCasePlans(federationCase, engine)
    await expect(plans).toMatchFileSnapshot(federationCase.fileNamed('plans.txt'))
  })
})
