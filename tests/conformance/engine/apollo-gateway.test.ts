import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseOperation } from './federation-case.js'
import { loadCases } from './load-cases.js'
import { type RunningCase, startCase } from './start-case.js'

/** Apollo's gateway gives each case's data, too; see `hive-gateway.test.ts` for what a reason to differ means. */
describe.each(await loadCases())('$name: Apollo Gateway $title', (federationCase) => {
  let running: RunningCase
  let server: ApolloServer
  const { apolloRefuses } = federationCase
  const operations = apolloRefuses === undefined ? federationCase.operations : []

  beforeAll(async () => {
    running = await startCase(federationCase)
    const { supergraphSdl } = running
    server = new ApolloServer({
      gateway: new ApolloGateway({ supergraphSdl, logger: silent }),
      introspection: true,
      logger: silent,
      stopOnTerminationSignals: false,
    })
    if (apolloRefuses === undefined) await server.start()
  })

  afterAll(async () => {
    if (apolloRefuses === undefined) await server.stop()
    await running.stop()
  })

  if (apolloRefuses !== undefined) {
    test('does not load', async () => {
      await expect(server.start()).rejects.toThrow(apolloRefuses.message)
    })
  }

  test.each(operations)('$title', async (operation: CaseOperation) => {
    const { query, operationName, variables, data, apolloDiffers } = operation
    const { body } = await server.executeOperation({
      query,
      variables: { ...variables },
      ...(operationName !== undefined && { operationName }),
    })
    const answer = body.kind === 'single' ? body.singleResult.data : undefined
    const given = JSON.parse(JSON.stringify(answer ?? null))
    if (apolloDiffers === undefined) expect(given).toEqual(data)
    else expect(given).not.toEqual(data)
  })
})

const silent = { debug() {}, info() {}, warn() {}, error() {} }
