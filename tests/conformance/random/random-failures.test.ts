import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareFailures } from './compare-failures.js'
import { createFaultFinder, executeLocally } from './execute-locally.js'
import type { Failure } from './graph-world.js'
import { allGraphs } from './graphs/all-graphs.js'
import { readRandomCount } from './random-count.js'
import { hashText } from './random-source.js'
import { runSeeds } from './run-seeds.js'
import { type RunningGraph, startGraph } from './running-graph.js'

const { count, firstSeed } = readRandomCount(400)
const failures: readonly Failure[] = ['error', 'error', 'null', 'item error', 'item null']

/** About every twentieth field of an object. Keys and required fields never fail: what then is asked at all depends on the plan. */
function failAt(place: string, isDependedOn: boolean): Failure | undefined {
  const hash = hashText(`fails? ${place}`)
  return isDependedOn || hash % 20 !== 0 ? undefined : failures[(hash >>> 8) % failures.length]
}

describe.each(allGraphs)('Random operations on the graph $name, where fields fail,', (graph) => {
  let running: RunningGraph

  beforeAll(async () => {
    running = await startGraph(graph, failAt)
  })
  afterAll(() => running.stop())

  test(
    `give the data and the error paths the specification determines (${count} operations)`,
    async () => {
      const { merged, world } = running
      const findFaults = createFaultFinder(merged.schema, world)
      let failing = 0
      await runSeeds(
        running,
        async (operation, document) => {
          const local = executeLocally(merged.schema, world, document, operation.variables)
          const everyFault = findFaults(document, operation.variables)
          const engine = await running.execute(operation)
          if (local.errors !== undefined) failing += 1
          return compareFailures({ local, everyFault, engine })
        },
        { firstSeed: firstSeed + 1_000_000, count, concurrency: 8 },
      )
      // Otherwise this test would prove nothing.
      expect(failing).toBeGreaterThan(count / 20)
    },
    count * 400,
  )
})
