import { Worker } from 'node:worker_threads'
import type { LearnerHistory, StackStanding } from '../domain/stacking/evaluate-batch.js'
import type { StackingRule } from '../domain/stacking/stacking-rule.js'

export interface EvaluationThread {
  /** Answers come in the order of the calls. */
  readonly evaluate: (batch: readonly LearnerHistory[]) => Promise<readonly StackStanding[]>
  readonly stop: () => Promise<void>
}

interface Waiting {
  readonly resolve: (standings: readonly StackStanding[]) => void
  readonly reject: (error: Error) => void
}

/** Room for batches of a thousand long histories; a thread that needs more fails instead of taking the machine. */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 48 }

/** Starts a thread that evaluates one rule. When it fails, every call that waits fails with it. */
export function startEvaluationThread({
  rule,
  date,
  module = new URL('./thread/main.js', import.meta.url),
}: {
  readonly rule: StackingRule
  readonly date: string
  readonly module?: URL
}): EvaluationThread {
  const worker = new Worker(module, { workerData: { rule, date }, resourceLimits })
  const waiting: Waiting[] = []
  let failure: Error | null = null
  worker.on('message', (standings: readonly StackStanding[]) => waiting.shift()?.resolve(standings))
  worker.on('error', (cause) => fail(new Error('an evaluation thread failed', { cause })))
  worker.on('exit', () => fail(new Error('an evaluation thread ended')))
  return {
    evaluate: (batch) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure)
        waiting.push({ resolve, reject })
        worker.postMessage(batch)
      }),
    stop: async () => {
      await worker.terminate()
    },
  }

  function fail(error: Error): void {
    failure ??= error
    for (const { reject } of waiting.splice(0)) reject(failure)
  }
}
