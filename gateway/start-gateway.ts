import { join } from 'node:path'
import type { Logger } from '../infra/runtime/index.js'
import type { MemberRegister } from '../schema/index.js'
import type { GatewayConfig } from './config.js'
import { loadExampleOperations } from './console/example-operations.js'
import { createEngineGateway } from './engine/engine-gateway.js'
import { createCatalogueEndpoint } from './fanout/catalogue-endpoint.js'
import { createFanOutClient } from './fanout/fan-out-client.js'
import { startHttpServer } from './http/server.js'
import { createMemberDirectory, type MemberStatus } from './registry/member-directory.js'
import {
  createHttpSubgraphClient,
  type HttpSubgraphClient,
} from './transport/http-subgraph-client.js'
import { createMemberClient } from './transport/member-client.js'

export interface GatewayOptions {
  readonly config: GatewayConfig
  readonly register: MemberRegister
  readonly supergraphSdl: string
  /** The contract every member implements; its directives say how answers are merged. */
  readonly catalogueSdl: string
  /** URLs of subgraphs other than `catalogue`, by name; what is missing is taken from the supergraph. */
  readonly subgraphUrls: ReadonlyMap<string, string>
  /** The project's root, where `schema/operations` and the explorer's files are. */
  readonly rootDirectory: string
  readonly log: Logger
}

export interface RunningGateway {
  readonly url: string
  readonly port: number
  listMembers(): readonly MemberStatus[]
  /** Adds, removes or moves members while running. */
  applyRegister(register: MemberRegister): Promise<void>
  stop(): Promise<void>
}

/** Name of the logical subgraph behind which the members stand. */
const catalogueSubgraph = 'catalogue'

/** Starts the federated gateway: checks the members, loads the supergraph, listens. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config, log, catalogueSdl } = options
  const transport = { maximumBodyBytes: config.answerLimitBytes, log }
  const directory = createMemberDirectory({
    register: options.register,
    catalogueSdl,
    createMemberClient: (member) =>
      createMemberClient(member, { ...transport, timeoutMs: config.memberTimeoutMs }),
    log,
  })
  const fanOut = createFanOutClient({
    catalogueSdl,
    directory,
    memberTimeoutMs: config.memberTimeoutMs,
    log,
  })
  const others = new Map<string, HttpSubgraphClient>()
  const engineGateway = createEngineGateway({
    supergraphSdl: options.supergraphSdl,
    openClient: (name, url) => {
      if (name === catalogueSubgraph) return fanOut
      const client = createHttpSubgraphClient({
        ...transport,
        name,
        url: options.subgraphUrls.get(name) ?? url,
        timeoutMs: config.requestTimeoutMs,
      })
      others.set(name, client)
      return client
    },
    log,
  })
  const [examples] = await Promise.all([
    loadExampleOperations(join(options.rootDirectory, 'schema', 'operations')),
    directory.start(),
  ])
  const server = await startHttpServer({
    config,
    engineGateway,
    catalogueEndpoint: createCatalogueEndpoint(fanOut, catalogueSdl),
    listMembers: directory.list,
    explorer: {
      assetsDirectory: join(options.rootDirectory, 'gateway', 'console', 'assets'),
      examples,
    },
  })
  return {
    port: server.port,
    url: `http://${config.host}:${server.port}/graphql`,
    listMembers: directory.list,
    applyRegister: directory.apply,
    stop: async () => {
      await server.stop()
      await directory.stop()
      await Promise.all([...others.values()].map((client) => client.close()))
    },
  }
}
