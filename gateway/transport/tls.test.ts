import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { createLayeredClient, type LayeredClient } from './layered-client.js'
import {
  answerWith,
  openUpstream,
  plainQuery,
  toContext,
  type Upstream,
} from './open-upstream.fixture.js'
import { createSelfSignedCertificate } from './self-signed-certificate.fixture.js'

const certificate = createSelfSignedCertificate()

describe('a subgraph over TLS', () => {
  let upstream: Upstream
  const clients: LayeredClient[] = []

  beforeAll(async () => {
    upstream = await openUpstream(certificate)
    upstream.respond = answerWith(200, '{"data":{"a":1}}')
  })
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()))
    await upstream.close()
  })

  function openClient(url: string, ca?: string): LayeredClient {
    const client = createLayeredClient({
      name: 'recognition',
      url,
      timeoutMs: 2_000,
      maximumBodyBytes: 10_000,
      log: silentLogger,
      ...(ca !== undefined && { tls: { ca } }),
    })
    clients.push(client)
    return client
  }

  it('is asked when its authority is trusted, on connections that are kept', async () => {
    const sockets = new Set<unknown>()
    upstream.respond = (request, body, response) => {
      sockets.add(request.socket)
      answerWith(200, '{"data":{"a":1}}')(request, body, response)
    }
    const client = openClient(upstream.url, certificate.certPem)
    for (let call = 0; call < 10; call += 1) {
      expect(await client.execute(plainQuery, toContext())).toEqual({ data: { a: 1 } })
    }
    // Two, not one: the pool may be given a call while the last answer's socket is not yet free again.
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  it.each([
    ['no authority that is known', undefined],
    ['another authority', createSelfSignedCertificate().certPem],
  ])('is not reachable when its certificate is from %s', async (_name, ca) => {
    let calls = 0
    upstream.respond = () => {
      calls += 1
    }
    const error: unknown = await openClient(upstream.url, ca)
      .execute(plainQuery, toContext())
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      code: 'SUBGRAPH_UNREACHABLE',
      message: "subgraph 'recognition' could not be reached",
      details: { subgraph: 'recognition' },
    })
    expect(calls).toBe(0)
  })
})
