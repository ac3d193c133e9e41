import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeServices } from '@theguild/federation-composition'
import { execute, type GraphQLSchema, parse, validate } from 'graphql'
import type { CaseSubgraph, FederationCase } from './federation-case.js'

/** A case's subgraphs, served over HTTP, and their supergraph. */
export interface RunningCase {
  readonly supergraphSdl: string
  /** Requests by subgraph since the last reset. */
  readonly requests: Map<string, number>
  stop(): Promise<void>
}

const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@tag",
  "@authenticated", "@requiresScopes", "@policy", "@composeDirective"
])\n`

/** Serves every subgraph of a case on a free port and composes them. */
export async function startCase(federationCase: FederationCase): Promise<RunningCase> {
  const { subgraphs } = federationCase
  const requests = new Map<string, number>()
  const running = await Promise.all(
    Object.entries(subgraphs).map(async ([name, subgraph]) => {
      const { typeDefs, resolvers, isDown } = subgraph
      const document = parse(federationLink + typeDefs)
      const schema = buildSubgraphSchema([
        { typeDefs: document, resolvers: resolvers as Record<string, never> },
      ])
      const server = serve(schema, subgraph, () => {
        requests.set(name, (requests.get(name) ?? 0) + 1)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      if (isDown) await close(server)
      return { server, service: { name, url: `http://127.0.0.1:${port}/`, typeDefs: document } }
    }),
  )
  const stop = async () => {
    await Promise.all(running.map(({ server }) => close(server)))
  }
  if (federationCase.supergraphSdl !== undefined) {
    const supergraphSdl = running.reduce(
      (sdl, { service }) => sdl.replaceAll(`http://${service.name}.test/`, service.url),
      federationCase.supergraphSdl,
    )
    return { supergraphSdl, requests, stop }
  }
  const composed = composeServices(running.map(({ service }) => service))
  if (composed.supergraphSdl === undefined) {
    await stop()
    throw new Error(composed.errors.map((error) => error.message).join('\n'))
  }
  return { supergraphSdl: composed.supergraphSdl, requests, stop }
}

interface GraphQLBody {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Record<string, unknown>
}

/** A subgraph that refuses invalid documents, so that a wrong fetch cannot go unnoticed. */
function serve(schema: GraphQLSchema, { respond }: CaseSubgraph, count: () => void): Server {
  async function answer(body: GraphQLBody): Promise<unknown> {
    const document = parse(body.query)
    const faults = validate(schema, document)
    if (faults.length > 0) return { errors: faults }
    return execute({
      schema,
      document,
      variableValues: body.variables,
      operationName: body.operationName,
    })
  }
  return createServer((request, response) => {
    count()
    json(request)
      .then((body) => answer(body as GraphQLBody))
      .catch((error: unknown) => ({ errors: [{ message: String(error) }] }))
      .then((result) => {
        const { status, body } = respond?.(result) ?? { status: 200, body: JSON.stringify(result) }
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(body)
      })
      .catch(() => response.destroy())
  })
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
