import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, parse } from 'graphql'
import { LRUCache } from 'lru-cache'
import { resolversBySubgraph } from './workload/resolvers.js'
import { subgraphSdl } from './workload/subgraph-sdl.js'

/**
 * The four subgraphs, near free: graphql-js answers a request body when it is seen for the first time, afterwards the
 * same bytes are sent again. Every gateway plans differently, so answers cannot be prepared any earlier than that.
 */
const answers = new LRUCache<string, Buffer>({
  maxSize: 1_000_000_000,
  sizeCalculation: (answer, key) => answer.length + key.length + 100,
})

/** Sends the ports by IPC and ends with the parent. */
async function serveSubgraphs(): Promise<void> {
  const urls: Record<string, string> = {}
  for (const name of Object.keys(subgraphSdl)) urls[name] = await serve(name)
  process.send?.({ urls })
  process.on('disconnect', () => process.exit(0))
}

async function serve(name: string): Promise<string> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(subgraphSdl[name] ?? ''), resolvers: resolversBySubgraph[name] ?? {} },
  ])
  const server = createServer((request, response) => {
    readBody(request, (body) => {
      const key = `${name} ${body}`
      const known = answers.get(key)
      if (known !== undefined) return send(response, known)
      answer(body).then(
        (fresh) => {
          answers.set(key, fresh)
          send(response, fresh)
        },
        (error: unknown) => {
          response.writeHead(500).end(String(error))
        },
      )
    })
  })

  async function answer(body: string): Promise<Buffer> {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string
      variables?: Record<string, unknown>
      operationName?: string
    }
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName,
    })
    return Buffer.from(JSON.stringify(result))
  }
  // Gateways close idle connections first; a subgraph that did would make them fail or retry.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

function send(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}

function readBody(request: IncomingMessage, onBody: (body: string) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const [first] = chunks
    onBody((chunks.length === 1 && first ? first : Buffer.concat(chunks)).toString())
  })
}

await serveSubgraphs()
