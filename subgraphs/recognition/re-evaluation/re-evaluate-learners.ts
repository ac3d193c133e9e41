import { compileRule } from '../domain/stacking/compile-rule.js'
import {
  evaluateBatch,
  type LearnerHistory,
  type StackStanding,
} from '../domain/stacking/evaluate-batch.js'
import type { StackingRule } from '../domain/stacking/stacking-rule.js'
import { startEvaluationThread } from './evaluation-thread.js'

export interface ReEvaluation {
  readonly rule: StackingRule
  /** ISO date of evaluation. */
  readonly date: string
  /** Threads beside the caller's; 0 evaluates in the caller's own, between its other work. Default 0. */
  readonly threads?: number
  /** The thread's module, when this one does not run from where it was built. */
  readonly threadModule?: URL
}

/**
 * Evaluates a stacked credential again for any number of learners, e.g. after its rule changed. Batches stream in,
 * standings stream out in the same order, so that whoever stores them knows where to go on after a crash.
 *
 * Memory is bounded: at most two batches per thread are on their way, and no batch is read before there is room.
 *
 * @throws whatever reading a batch throws, and an error when a thread ends early; no thread outlives the loop.
 */
export async function* reEvaluateLearners(
  batches: AsyncIterable<readonly LearnerHistory[]> | Iterable<readonly LearnerHistory[]>,
  { rule, date, threads = 0, threadModule }: ReEvaluation,
): AsyncGenerator<readonly StackStanding[]> {
  if (threads === 0) {
    const compiled = compileRule(rule)
    for await (const batch of batches) yield evaluateBatch(compiled, batch, date)
    return
  }
  const pool = Array.from({ length: threads }, () =>
    startEvaluationThread({ rule, date, ...(threadModule && { module: threadModule }) }),
  )
  const underWay: Promise<readonly StackStanding[]>[] = []
  let turn = 0
  try {
    for await (const batch of batches) {
      const oldest = underWay.length >= threads * 2 ? underWay.shift() : undefined
      if (oldest !== undefined) yield await oldest
      const thread = pool[turn % threads]
      turn += 1
      if (thread === undefined) continue
      const result = thread.evaluate(batch)
      // Awaited in its turn; until then a failure must not count as unhandled.
      result.catch(() => {})
      underWay.push(result)
    }
    for (const result of underWay) yield await result
  } finally {
    await Promise.all(pool.map((thread) => thread.stop()))
  }
}
