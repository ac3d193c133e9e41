import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { anonymousPrincipal, HubError } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import {
  createHttpSubgraphClient,
  type HttpSubgraphClient,
  type HttpSubgraphOptions,
} from './http-subgraph-client.js'

type Respond = (request: IncomingMessage, body: string, response: ServerResponse) => void

const maximumBodyBytes = 10_000
const baseRequest: SubgraphRequest = {
  query: '{ a }',
  operationName: undefined,
  operationType: 'query',
  variables: {},
  representations: {},
}

describe.each([false, true])('HTTP subgraph client, own sockets %s', (hasOwnSockets) => {
  let respond: Respond
  let client: HttpSubgraphClient
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => respond(request, Buffer.concat(chunks).toString(), response))
  })

  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    client = openClient({ timeoutMs: 1_000 })
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await client.close()
  })

  function openClient(
    limits: Pick<HttpSubgraphOptions, 'timeoutMs' | 'connections'>,
  ): HttpSubgraphClient {
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/graphql`
    const name = 'recognition'
    return createHttpSubgraphClient({
      ...limits,
      ...{ name, url, maximumBodyBytes, hasOwnSockets },
      log: silentLogger,
    })
  }
  function toContext(parts: Partial<RequestContext> = {}): RequestContext {
    return {
      requestId: 'test',
      signal: new AbortController().signal,
      deadlineAt: performance.now() + 5_000,
      headers: {},
      principal: anonymousPrincipal,
      outcomes: { record: () => {}, list: () => [] },
      ...parts,
    }
  }
  function answer(status: number, body: string | Buffer, headers = {}): Respond {
    return (_request, _body, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(body)
    }
  }

  it('sends variables and pre-printed representations as one JSON body', async () => {
    let received: unknown
    respond = (request, body, response) => {
      received = JSON.parse(body)
      answer(200, '{"data":{}}')(request, body, response)
    }
    await client.execute(
      {
        ...baseRequest,
        operationName: 'Name',
        variables: { first: 2, absent: undefined, 'odd "name"': null },
        representations: { representations: ['{"id":"a"}', '{"id":"b"}'] },
      },
      toContext(),
    )
    expect(received).toEqual({
      query: '{ a }',
      operationName: 'Name',
      variables: { first: 2, 'odd "name"': null, representations: [{ id: 'a' }, { id: 'b' }] },
    })
  })

  it('passes on the context’s headers and none that HTTP itself needs', async () => {
    let received: IncomingMessage['headers'] = {}
    respond = (request, body, response) => {
      received = request.headers
      answer(200, '{"data":{}}')(request, body, response)
    }
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const headers = { traceparent, 'content-type': 'text/plain', host: 'evil.example' }
    await client.execute(baseRequest, toContext({ headers }))
    expect(received.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/)
    expect(received.traceparent).not.toBe(traceparent)
    expect(received['content-type']).toBe('application/json')
    expect(received.host).toMatch(/^127\.0\.0\.1/)
  })

  it('takes a 4xx with a GraphQL body for a GraphQL answer', async () => {
    respond = answer(400, '{"errors":[{"message":"no"}]}')
    const { errors, data } = await client.execute(baseRequest, toContext())
    expect(errors).toEqual([{ message: 'no' }])
    expect(data).toBeUndefined()
  })

  it.each([
    [500, '{"errors":[{"message":"no"}]}', {}, 'SUBGRAPH_UNREACHABLE'],
    [503, 'down', {}, 'SUBGRAPH_UNREACHABLE'],
    [429, '{"errors":[{"message":"slow down"}]}', {}, 'SUBGRAPH_UNREACHABLE'],
    [200, '<html>', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [200, '[]', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [200, '{}', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [200, '{"data":null}', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [200, '{"data":[]}', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [200, '{"data":{},"errors":"no"}', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [404, 'not found', {}, 'SUBGRAPH_ANSWER_INVALID'],
    [302, '{"data":{}}', { location: '/elsewhere' }, 'SUBGRAPH_ANSWER_INVALID'],
    [200, 'x'.repeat(maximumBodyBytes + 1), {}, 'SUBGRAPH_ANSWER_TOO_LARGE'],
    [
      200,
      gzipSync('x'.repeat(maximumBodyBytes + 1)),
      { 'content-encoding': 'gzip' },
      'SUBGRAPH_ANSWER_TOO_LARGE',
    ],
    [200, 'no gzip', { 'content-encoding': 'gzip' }, 'SUBGRAPH_ANSWER_INVALID'],
    [200, 'x', { 'content-encoding': 'exotic' }, 'SUBGRAPH_ANSWER_INVALID'],
  ] as const)(
    'turns HTTP %i with %.30s into a coded error',
    async (status, body, headers, code) => {
      respond = answer(status, body, headers)
      const error = await client
        .execute(baseRequest, toContext())
        .catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code, details: { subgraph: 'recognition' } })
      expect((error as Error).message).not.toContain('127.0.0.1')
    },
  )

  it('reads a compressed answer', async () => {
    respond = answer(200, gzipSync('{"data":{"a":1}}'), { 'content-encoding': 'gzip' })
    expect(await client.execute(baseRequest, toContext())).toEqual({ data: { a: 1 } })
  })

  it('gives up at its own timeout, or sooner at the request’s deadline, and names the time', async () => {
    respond = () => {}
    await expect(client.execute(baseRequest, toContext())).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
      details: { timeoutMs: 1_000 },
    })
    const startedAt = performance.now()
    const late = client.execute(baseRequest, toContext({ deadlineAt: startedAt + 40 }))
    await expect(late).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' })
    expect(performance.now() - startedAt).toBeLessThan(150)
  })

  it('cancels the call when the client goes away', async () => {
    const controller = new AbortController()
    const hungUp = new Promise<void>((resolve) => {
      respond = (_request, _body, response) => {
        response.on('close', resolve)
        controller.abort()
      }
    })
    const call = client.execute(baseRequest, toContext({ signal: controller.signal }))
    await expect(call).rejects.toMatchObject({ code: 'REQUEST_ABORTED' })
    await hungUp
    await expect(
      client.execute(baseRequest, toContext({ signal: controller.signal })),
    ).rejects.toMatchObject({ code: 'REQUEST_ABORTED' })
  })

  it('asks once more on a fresh connection when the server dropped the old one unanswered', async () => {
    let calls = 0
    respond = (request, body, response) => {
      calls += 1
      if (calls === 1) request.socket.destroy()
      else answer(200, '{"data":{"a":1}}')(request, body, response)
    }
    expect(await client.execute(baseRequest, toContext())).toEqual({ data: { a: 1 } })
    expect(calls).toBe(2)
  })

  it('stops asking again at once when every fresh connection is dropped, too', async () => {
    let calls = 0
    respond = (request) => {
      calls += 1
      request.socket.destroy()
    }
    const patient = openClient({ timeoutMs: 10_000, connections: 4 })
    for (let asked = 0; asked < 10; asked += 1) {
      await patient
        .execute(baseRequest, toContext({ deadlineAt: Number.MAX_SAFE_INTEGER }))
        .catch(() => {})
    }
    await patient.close()
    // 10 queries, and one more attempt for each of the 4 sockets that could have been stale.
    expect(calls).toBe(14)
  })

  it('fails with the reason when the caller aborts for a coded one', async () => {
    const controller = new AbortController()
    respond = () => controller.abort(new HubError('DEADLINE_EXCEEDED'))
    await expect(
      client.execute(baseRequest, toContext({ signal: controller.signal })),
    ).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' })
  })

  it('never asks a mutation twice, nor after part of an answer', async () => {
    let calls = 0
    respond = (request) => {
      calls += 1
      request.socket.destroy()
    }
    const mutation: SubgraphRequest = { ...baseRequest, operationType: 'mutation' }
    await expect(client.execute(mutation, toContext())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNREACHABLE',
    })
    expect(calls).toBe(1)
    respond = (request, _body, response) => {
      calls += 1
      response.writeHead(200)
      response.write('{"data"', () => request.socket.destroy())
    }
    await expect(client.execute(baseRequest, toContext())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNREACHABLE',
    })
    expect(calls).toBe(2)
  })
})
