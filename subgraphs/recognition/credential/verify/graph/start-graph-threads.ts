import { Worker } from 'node:worker_threads'
import type { CheckPart } from '../report.js'
import type { JsonObject } from '../strict-decoding.js'
import type { GraphCheck } from './create-graph-check.js'

export interface GraphThreadOptions {
  readonly shapesDirectory: string | null
  /** Compiled module of a thread; default the one beside this. Tests, which run from source, name it. */
  readonly module?: URL
  /** Time for one document in ms, default 5,000: a credential takes 10 to 300, more on a busy machine. */
  readonly deadlineMs?: number
  /** Default 2. */
  readonly threads?: number
}

export interface GraphThreads {
  readonly checkGraph: GraphCheck
  readonly stop: () => Promise<void>
}

/** Documents that wait. Ten that each take the whole deadline make the last one wait for 25 seconds. */
const maxWaiting = 10
/** A thread that needs more fails instead of taking the machine. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }
/** Until the first thread starts by itself: by then a hub is up, and nobody has to wait for shapes to be read. */
const warmUpAfterMs = 20_000
/** To read the shapes and build the validators. */
const startMs = 20_000

interface Job {
  readonly document: JsonObject
  readonly finish: (parts: readonly CheckPart[]) => void
}

/**
 * Checks graphs in threads of their own: a document that takes too long ends its thread and is reported as not checked,
 * and nobody else waits for it. The first thread starts after a while or with the first document, whichever comes first.
 */
export function startGraphThreads(options: GraphThreadOptions): GraphThreads {
  const { shapesDirectory, deadlineMs = 5_000, threads = 2 } = options
  const module = options.module ?? new URL('./thread/main.js', import.meta.url)
  const waiting: Job[] = []
  const idle: Worker[] = []
  const all = new Set<Worker>()
  let isStopped = false
  const warmUp = setTimeout(() => {
    if (all.size === 0) startThread()
  }, warmUpAfterMs).unref()

  return {
    checkGraph: (document) =>
      new Promise((finish) => {
        if (isStopped || waiting.length >= maxWaiting) return finish([notChecked('CHECK_BUSY')])
        waiting.push({ document, finish })
        dispatch()
      }),
    stop: async () => {
      isStopped = true
      clearTimeout(warmUp)
      for (const { finish } of waiting.splice(0)) finish([notChecked('CHECK_BUSY')])
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }

  function dispatch(): void {
    if (waiting.length > 0 && idle.length === 0 && all.size < threads) startThread()
    const worker = waiting.length === 0 ? undefined : idle.pop()
    const job = worker === undefined ? undefined : waiting.shift()
    if (worker !== undefined && job !== undefined) run(worker, job)
  }

  function startThread(): void {
    const worker = new Worker(module, { workerData: { shapesDirectory }, resourceLimits })
    all.add(worker)
    const timer = setTimeout(() => void worker.terminate(), startMs)
    worker.once('message', () => {
      clearTimeout(timer)
      release(worker)
    })
    // An error ends the thread, too; how it ended, the exit tells.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      clearTimeout(timer)
      all.delete(worker)
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
      // Without a thread nobody would ever take those that wait: one that cannot start must not be tried for ever.
      if (all.size === 0)
        for (const { finish } of waiting.splice(0)) finish([notChecked('CHECK_FAILED')])
    })
  }

  function run(worker: Worker, { document, finish }: Job): void {
    worker.ref()
    const end = (parts: readonly CheckPart[]) => {
      clearTimeout(timer)
      worker.off('message', succeed)
      worker.off('exit', fail)
      finish(parts)
    }
    const succeed = (parts: readonly CheckPart[]) => {
      end(parts)
      release(worker)
    }
    const fail = () => {
      end([notChecked('CHECK_FAILED')])
      dispatch()
    }
    const timer = setTimeout(() => {
      end([notChecked('CHECK_TIMED_OUT')])
      all.delete(worker)
      void worker.terminate()
      dispatch()
    }, deadlineMs)
    worker.once('message', succeed)
    worker.once('exit', fail)
    worker.postMessage(document)
  }

  function release(worker: Worker): void {
    if (isStopped) return
    // Alone it keeps no process alive.
    worker.unref()
    idle.push(worker)
    dispatch()
  }
}

const messages = {
  CHECK_BUSY: 'Too many documents are being checked; ask again.',
  CHECK_TIMED_OUT: 'It takes too long to check: its graph was not looked at.',
  CHECK_FAILED: 'Its graph could not be checked.',
} as const

/** Not as the part SHACL, whose absence is forgiven: a document that cannot be looked at must not pass. */
function notChecked(code: keyof typeof messages): CheckPart {
  return { name: 'JSON_LD', status: 'unknown', reasons: [{ code, message: messages[code] }] }
}
