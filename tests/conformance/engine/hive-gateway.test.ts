import { createGatewayRuntime } from '@graphql-hive/gateway'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CaseOperation } from './federation-case.js'
import { loadCases } from './load-cases.js'
import { type RunningCase, startCase } from './start-case.js'

/**
 * Another gateway gives each case's data, too: what we expect is not only what we do. Where it answers otherwise the case says
 * why; that it still does is checked as well, so that the reasons do not grow old.
 */
describe.each(await loadCases())('$name: Hive Gateway $title', (federationCase) => {
  let running: RunningCase
  let gateway: ReturnType<typeof createGatewayRuntime>
  let labels: readonly string[] = []

  beforeAll(async () => {
    running = await startCase(federationCase)
    const { supergraphSdl } = running
    gateway = createGatewayRuntime({
      supergraph: () => supergraphSdl,
      progressiveOverride: (label) => labels.includes(label),
      logging: false,
    })
  })

  afterAll(async () => {
    await gateway[Symbol.asyncDispose]()
    await running.stop()
  })

  test.each(federationCase.operations)('$title', async (operation: CaseOperation) => {
    const { query, operationName, variables, data, overrides, hiveDiffers } = operation
    labels = overrides?.labels ?? []
    // Hive throws its own dice for `percent(n)`.
    if (overrides?.percentage !== undefined) {
      vi.spyOn(Math, 'random').mockReturnValue(overrides.percentage / 100)
    }
    const response = await gateway.fetch('http://hive.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, operationName, variables }),
    })
    const answer = (await response.json()) as { data?: unknown }
    vi.restoreAllMocks()
    if (hiveDiffers === undefined) expect(answer.data ?? null).toEqual(data)
    else expect(answer.data ?? null).not.toEqual(data)
  })
})
