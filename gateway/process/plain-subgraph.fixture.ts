import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

/** A subgraph that answers as its test says, over real HTTP. */
export interface PlainSubgraph {
  readonly url: string
  /** Bodies received so far. */
  readonly received: string[]
  /** Sockets open at this moment. */
  countSockets(): Promise<number>
  stop(): Promise<void>
}

/** Starts a server; `answer` gives the JSON body for a request's body. */
export async function startPlainSubgraph(
  answer: (body: string) => unknown | Promise<unknown>,
): Promise<PlainSubgraph> {
  const received: string[] = []
  const server = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      received.push(body)
      const text = JSON.stringify(await answer(body))
      response.setHeader('content-type', 'application/json').end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    countSockets: () => countConnections(server),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A supergraph of one subgraph called `words`. */
export function composeWords(typeDefs: string, url: string): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'words', url, typeDefs: parse(typeDefs) },
  ])
  if (supergraphSdl === undefined) throw new Error(`not composable: ${errors?.join('; ')}`)
  return supergraphSdl
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}
