import type { CompiledStack } from '../domain/evaluate-all-stacks.js'
import { evaluateLearners, type LearnerHistory } from '../domain/evaluate-learners.js'
import type { StackEvaluation } from '../domain/stacking/stack-evaluation.js'
import { decodeEvaluations } from './encode-evaluations.js'
import { encodeHistories } from './encode-histories.js'
import { type EvaluationThread, startEvaluationThread } from './evaluation-thread.js'

/** Evaluates stacks for many learners, wherever it does so. */
export interface StackEvaluator {
  /** The evaluations of each learner, in their order. */
  readonly evaluate: (
    stacks: readonly CompiledStack[],
    histories: readonly LearnerHistory[],
    date: string,
  ) => Promise<readonly (readonly StackEvaluation[])[]>
  /** Ends its threads; the next call starts new ones. */
  readonly rest: () => Promise<void>
}

export interface StackEvaluatorOptions {
  /** Threads beside the caller's; 0 evaluates in the caller's own. */
  readonly threads: number
  /** The thread's module, when this one does not run from where it was built. */
  readonly threadModule?: URL
}

/** Fewer learners than this are evaluated where they are: sending them would take longer. */
const smallestBatch = 20

/**
 * An evaluator whose threads start with the first batch worth it. A batch is cut into as many parts as there are
 * threads; each prepares the rules once, until they or the date change. Memory is bounded by the batches under way.
 *
 * A call fails when a thread does; the call after it starts with new threads.
 */
export function createStackEvaluator({
  threads,
  threadModule = new URL('./thread/main.js', import.meta.url),
}: StackEvaluatorOptions): StackEvaluator {
  let pool: EvaluationThread[] = []
  let prepared = ''

  async function rest(): Promise<void> {
    const ending = pool
    pool = []
    prepared = ''
    await Promise.all(ending.map((thread) => thread.stop()))
  }

  return {
    rest,
    evaluate: async (stacks, histories, date) => {
      if (threads === 0 || histories.length < smallestBatch) {
        return evaluateLearners(stacks, histories, date)
      }
      if (pool.length === 0) {
        pool = Array.from({ length: threads }, () => startEvaluationThread(threadModule))
      }
      const rules = stacks.map(({ compiled }) => compiled.rule)
      const key = JSON.stringify([date, rules.map(({ id, version }) => [id, version])])
      const preparation = key === prepared ? {} : { rules, date }
      prepared = key
      const size = Math.ceil(histories.length / pool.length)
      const parts = pool.map((_, place) => histories.slice(place * size, (place + 1) * size))
      try {
        const texts = await Promise.all(
          pool.map((thread, place) =>
            thread.evaluate({ ...preparation, histories: encodeHistories(parts[place] ?? []) }),
          ),
        )
        return texts.flatMap((text, place) =>
          decodeEvaluations(text, stacks, { histories: parts[place] ?? [], date }),
        )
      } catch (error) {
        await rest()
        throw error
      }
    },
  }
}
