import { Worker } from 'node:worker_threads'
import type { StackingRule } from '../domain/stacking/stacking-rule.js'

/** What a thread is asked: a batch as text, and with the first batch of a date or of other rules what holds from now on. */
export interface ThreadRequest {
  readonly rules?: readonly StackingRule[]
  readonly date?: string
  readonly histories: string
}

export interface EvaluationThread {
  /** Answers come in the order of the calls. */
  readonly evaluate: (request: ThreadRequest) => Promise<string>
  readonly stop: () => Promise<void>
}

interface Waiting {
  readonly resolve: (evaluations: string) => void
  readonly reject: (error: Error) => void
}

/** Room for batches of a thousand long histories; a thread that needs more fails instead of taking the machine. */
const resourceLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 48 }

/** Starts a thread that evaluates batches. When it fails, every call that waits fails with it. */
export function startEvaluationThread(module: URL): EvaluationThread {
  const worker = new Worker(module, { resourceLimits })
  const waiting: Waiting[] = []
  let failure: Error | null = null
  worker.on('message', (evaluations: string) => waiting.shift()?.resolve(evaluations))
  worker.on('error', (cause) => fail(new Error('an evaluation thread failed', { cause })))
  worker.on('exit', () => fail(new Error('an evaluation thread ended')))
  return {
    evaluate: (request) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure)
        waiting.push({ resolve, reject })
        worker.postMessage(request)
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
