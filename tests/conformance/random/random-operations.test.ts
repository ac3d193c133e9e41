import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executeLocally } from './execute-locally.js'
import { allGraphs } from './graphs/all-graphs.js'
import { readRandomCount } from './random-count.js'
import { runSeeds } from './run-seeds.js'
import { type RunningGraph, startGraph } from './running-graph.js'

const { count, firstSeed } = readRandomCount(1_300)

describe.each(allGraphs)('Random operations on the graph $name', (graph) => {
  let running: RunningGraph

  beforeAll(async () => {
    running = await startGraph(graph)
  })
  afterAll(() => running.stop())

  test(
    `give what local execution gives, key order included, without errors (${count} operations)`,
    async () => {
      const { merged, world } = running
      const { executed, discarded } = await runSeeds(
        running,
        async (operation, document) => {
          const local = executeLocally(merged.schema, world, document, operation.variables)
          if (local.errors !== undefined) return `local execution failed: ${local.errors}`
          const answer = await running.execute(operation)
          if (answer.errors !== undefined) return `errors: ${answer.errors.join('; ')}`
          const expected = JSON.stringify(local.data)
          const printed = answer.printData?.()
          if (printed !== expected) return `expected ${expected}\nbut printed ${printed}`
          const given = JSON.stringify(answer.data)
          return given === expected ? undefined : `expected ${expected}\nbut got  ${given}`
        },
        { firstSeed, count, concurrency: 8 },
      )
      expect(executed).toBeGreaterThanOrEqual(count)
      expect(discarded / (executed + discarded)).toBeLessThan(0.1)
    },
    count * 400,
  )
})
