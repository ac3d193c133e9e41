import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A subgraph that answers as its test says, over real HTTP. */
export interface PlainSubgraph {
  readonly url: string
  /** Bodies received so far. */
  readonly received: string[]
  stop(): Promise<void>
}

/** Starts a server; `answer` gives the JSON body for a request's body. */
export async function startPlainSubgraph(
  answer: (body: string) => unknown | Promise<unknown>,
): Promise<PlainSubgraph> {
  const received: string[] = []
  const server = createServer((request, response) => {
    text(request)
      .then(async (body) => {
        received.push(body)
        const answered = JSON.stringify(await answer(body))
        response.setHeader('content-type', 'application/json').end(answered)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
