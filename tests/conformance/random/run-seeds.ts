import type { DocumentNode } from 'graphql'
import { generateOperation, type RandomOperation } from './generate-operation.js'
import { createRandomSource } from './random-source.js'
import type { RunningGraph } from './running-graph.js'
import { shrinkOperation } from './shrink-operation.js'

/** Says what is wrong with the engine's answer to an operation; undefined when nothing is. */
export type OperationCheck = (
  operation: RandomOperation,
  document: DocumentNode,
) => Promise<string | undefined>

export interface SeedRun {
  readonly executed: number
  /** Generated operations that were not valid. */
  readonly discarded: number
}

export interface SeedRange {
  readonly firstSeed: number
  /** Valid operations to execute. */
  readonly count: number
  /** Operations at once; more keep the loop busy while others wait for the planner. */
  readonly concurrency: number
}

/**
 * Checks one operation per seed until `count` valid ones have passed.
 *
 * @throws Error at the first failure, with its seed and the smallest operation that still fails in the same way.
 */
export async function runSeeds(
  running: RunningGraph,
  check: OperationCheck,
  { firstSeed, count, concurrency }: SeedRange,
): Promise<SeedRun> {
  let nextSeed = firstSeed
  let executed = 0
  let discarded = 0

  async function work(): Promise<void> {
    while (executed < count) {
      const seed = nextSeed
      nextSeed += 1
      const operation = generateOperation(running.merged.schema, createRandomSource(seed))
      const document = running.parseValid(operation)
      if (document === undefined) {
        discarded += 1
        continue
      }
      executed += 1
      const fault = await check(operation, document)
      if (fault !== undefined) throw await toFailure(running, check, seed, operation, fault)
    }
  }

  await Promise.all(Array.from({ length: concurrency }, work))
  return { executed, discarded }
}

async function toFailure(
  running: RunningGraph,
  check: OperationCheck,
  seed: number,
  operation: RandomOperation,
  fault: string,
): Promise<Error> {
  async function faultOf(candidate: RandomOperation): Promise<string | undefined> {
    const document = running.parseValid(candidate)
    return document && (await check(candidate, document))
  }
  const smallest = await shrinkOperation(
    operation,
    async (one) => (await faultOf(one)) !== undefined,
  )
  // A fault of one moment is gone by now: then the first words are all there is.
  const smallestFault = (await faultOf(smallest)) ?? `once only: ${fault}`
  return new Error(
    [
      `graph ${running.merged.name}, seed ${seed}: ${smallestFault}`,
      `shrunk operation: ${smallest.query}`,
      `variables: ${JSON.stringify(smallest.variables)}`,
    ].join('\n'),
  )
}
