import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { anonymousPrincipal } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import type { SelfSignedCertificate } from './self-signed-certificate.fixture.js'

export type Respond = (request: IncomingMessage, body: string, response: ServerResponse) => void

/** A real HTTP server whose answers the test decides, one request at a time. */
export interface Upstream {
  readonly url: string
  respond: Respond
  close(): Promise<void>
}

/** @param certificate - Makes it an HTTPS server. */
export async function openUpstream(certificate?: SelfSignedCertificate): Promise<Upstream> {
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => upstream.respond(request, Buffer.concat(chunks).toString(), response))
  }
  const server: Server =
    certificate === undefined
      ? createServer(listener)
      : createTlsServer({ cert: certificate.certPem, key: certificate.keyPem }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const upstream: Upstream = {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}/graphql`,
    respond: answerWith(200, '{"data":{}}'),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return upstream
}

export function answerWith(status: number, body: string | Buffer, headers = {}): Respond {
  return (_request, _body, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}

export const plainQuery: SubgraphRequest = {
  query: '{ a }',
  operationName: undefined,
  operationType: 'query',
  variables: {},
  representations: {},
}

/** A context with five seconds left. */
export function toContext(parts: Partial<RequestContext> = {}): RequestContext {
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
