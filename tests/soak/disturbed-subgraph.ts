import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, parse } from 'graphql'
import type { SoakSubgraph } from './soak-graph.js'

/** A subgraph that can be killed, hang and come back at its port. */
export interface DisturbedSubgraph {
  readonly url: string
  /** Cuts every connection and stops listening. */
  kill(): Promise<void>
  /** Takes requests and never answers, until `restore`. */
  hang(): void
  /** Listens and answers again, on fresh connections. */
  restore(): Promise<void>
  /** Whether it was away at some time between two points of `performance.now()`, or until `recoveryMs` before. */
  wasAway(from: number, to: number, recoveryMs: number): boolean
  close(): Promise<void>
}

/** Serves a subgraph on a free port. */
export async function startDisturbedSubgraph(subgraph: SoakSubgraph): Promise<DisturbedSubgraph> {
  const { typeDefs, resolvers } = subgraph
  const schema = buildSubgraphSchema([
    { typeDefs: parse(typeDefs), resolvers: resolvers as Record<string, never> },
  ])
  let isHanging = false
  const held = new Set<ServerResponse>()
  /** Times at which it went away and, unless it is still away, came back. */
  const absences: { readonly from: number; to: number }[] = []

  async function answer(body: unknown): Promise<string> {
    const { query, variables } = body as { query: string; variables?: Record<string, unknown> }
    const result = await execute({ schema, document: parse(query), variableValues: variables })
    return JSON.stringify(result)
  }

  const server = createServer((request, response) => {
    if (isHanging) {
      held.add(response)
      response.once('close', () => held.delete(response))
      request.resume()
      return
    }
    json(request)
      .then(answer)
      .then((text) => response.setHeader('content-type', 'application/json').end(text))
      // Cut off while it was reading or answering.
      .catch(() => response.destroy())
  })
  // Above the gateway's 4 s, so that it is the gateway that gives up idle connections.
  server.keepAliveTimeout = 10_000
  await listen(server, 0)
  const { port } = server.address() as AddressInfo

  function leave(): void {
    absences.push({ from: performance.now(), to: Number.POSITIVE_INFINITY })
  }

  return {
    url: `http://127.0.0.1:${port}/`,
    async kill() {
      leave()
      await closeNow(server)
    },
    hang() {
      leave()
      isHanging = true
    },
    async restore() {
      isHanging = false
      // What was held is not answered late: a server that comes back has forgotten it.
      for (const response of held) response.destroy()
      if (!server.listening) await listen(server, port)
      const last = absences.at(-1)
      if (last !== undefined) last.to = performance.now()
    },
    wasAway: (from, to, recoveryMs) =>
      absences.some((absence) => absence.from <= to && absence.to + recoveryMs >= from),
    close: () => closeNow(server),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function closeNow(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  await closed
}
