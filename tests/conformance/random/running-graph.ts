import { type DocumentNode, parse, validate } from 'graphql'
import {
  createEngine,
  createHttpSubgraphClient,
  createOutcomeLog,
  type Engine,
  type EngineResult,
} from '../../../gateway/index.js'
import { silentLogger } from '../../../infra/runtime/index.js'
import { anonymousPrincipal, type Principal } from '../../../schema/index.js'
import { startCase } from '../engine/start-case.js'
import type { RandomOperation } from './generate-operation.js'
import { type GraphFacts, readGraphFacts } from './graph-facts.js'
import { createGraphWorld, type Failure, type GraphWorld } from './graph-world.js'
import { type MergedGraph, mergeGraph, type RandomGraph } from './random-graph.js'
import { hashText } from './random-source.js'
import { toFederationCase } from './world-subgraphs.js'

/** A graph served by HTTP subgraphs, with our engine before them and the same world for local execution. */
export interface RunningGraph {
  readonly merged: MergedGraph
  readonly facts: GraphFacts
  readonly world: GraphWorld
  /** The document, if it is valid against the merged schema. */
  parseValid(operation: RandomOperation): DocumentNode | undefined
  /** Default nobody. */
  execute(operation: RandomOperation, principal?: Principal): Promise<EngineResult>
  stop(): Promise<void>
}

/**
 * @param failureAt - Makes fields fail, in the subgraphs and locally alike.
 * @param change - Changes the supergraph before the engine gets it.
 */
export async function startGraph(
  graph: RandomGraph,
  failureAt?: (place: string, isDependedOn: boolean) => Failure | undefined,
  change: (supergraphSdl: string) => string = (sdl) => sdl,
): Promise<RunningGraph> {
  const merged = mergeGraph(graph)
  const facts = readGraphFacts(merged)
  const world = createGraphWorld(merged, facts, failureAt)
  const running = await startCase(toFederationCase(merged, facts, world))
  const clients: { close(): Promise<void> }[] = []
  const engine: Engine = createEngine({
    supergraphSdl: change(running.supergraphSdl),
    openClient: (name, url) => {
      const client = createHttpSubgraphClient({
        name,
        url,
        timeoutMs: 60_000,
        maximumBodyBytes: 50_000_000,
        log: silentLogger,
      })
      clients.push(client)
      return client
    },
    // By request, so that a seed always takes the same overrides.
    chooseOverrides: ({ requestId }) => ({
      labels: new Set(),
      percentage: hashText(requestId) % 100,
    }),
    // A busy machine must not look like a slow planner.
    planningTimeoutMs: 60_000,
    log: silentLogger,
  })
  return {
    merged,
    facts,
    world,
    parseValid({ query }) {
      const document = parse(query)
      return validate(merged.schema, document).length === 0 ? document : undefined
    },
    execute: ({ query, variables }, principal = anonymousPrincipal) =>
      engine.execute(
        { query, variables },
        {
          requestId: query,
          signal: new AbortController().signal,
          deadlineAt: performance.now() + 60_000,
          headers: {},
          principal,
          outcomes: createOutcomeLog(),
        },
      ),
    async stop() {
      await Promise.all(clients.map((client) => client.close()))
      await running.stop()
    },
  }
}
