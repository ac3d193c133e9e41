import type { Logger } from '../../infra/runtime/index.js'
import type { GatewaySources } from './gateway-sources.js'
import {
  countCrash,
  defaultRestartRules,
  type RestartRules,
  toRestartDelay,
} from './restart-delay.js'
import {
  followWorker,
  type ReadyMessage,
  type RunningWorker,
  type WorkerChild,
  WorkerFailure,
} from './worker-place.js'

export interface WorkerPoolOptions {
  readonly count: number
  readonly fork: () => WorkerChild
  readonly sources: GatewaySources
  /** Port to listen on, not 0. */
  readonly port: number
  /** How long a worker may take to finish what is under way. */
  readonly stopTimeoutMs: number
  readonly rules?: RestartRules
  readonly log: Logger
  /** Milliseconds of a steady clock; default `performance.now`. */
  readonly now?: () => number
}

/** Processes that serve the same sources on one port. */
export interface WorkerPool {
  /** What the workers said when they were ready. */
  readonly ready: ReadyMessage
  /** Process ids of the workers that run, in order of their places. */
  pids(): readonly number[]
  /**
   * Changes all workers to other sources: one tries first, the others follow.
   *
   * @throws WorkerFailure with the reason of the first one; then all stay as they are.
   */
  apply(sources: GatewaySources): Promise<void>
  /** Lets every worker finish what is under way; kills those that take too long. */
  stop(): Promise<void>
}

/** A worker's seat: it keeps the count of crashes over the workers that sit there. */
interface Place {
  worker: RunningWorker | undefined
  isReady: boolean
  crashesInARow: number
  timer: NodeJS.Timeout | undefined
}

/**
 * Starts workers and replaces those that crash, after a wait that grows.
 *
 * @throws WorkerFailure when a worker of the first round cannot start: its reason would be the next one's, too.
 */
export async function startWorkerPool(options: WorkerPoolOptions): Promise<WorkerPool> {
  const { count, fork, log, rules = defaultRestartRules, now = () => performance.now() } = options
  let { sources } = options
  let version = 0
  let isStopping = false
  const places: Place[] = Array.from({ length: count }, () => ({
    worker: undefined,
    isReady: false,
    crashesInARow: 0,
    timer: undefined,
  }))

  function startWorker(place: Place): RunningWorker {
    const worker = followWorker(fork(), now())
    place.worker = worker
    worker.send({ kind: 'start', sources, port: options.port })
    return worker
  }

  /** From the moment the whole is up: a worker that goes away is replaced. */
  function keepUp(place: Place, worker: RunningWorker): void {
    void worker.exited.then((how) => {
      place.worker = undefined
      place.isReady = false
      if (isStopping) return
      place.crashesInARow = countCrash(place.crashesInARow, now() - worker.startedAt, rules)
      const delayMs = toRestartDelay(place.crashesInARow, rules)
      log.error('a worker ended and will be replaced', { pid: worker.pid, how, delayMs })
      place.timer = setTimeout(() => replace(place), delayMs)
    })
  }

  function replace(place: Place): void {
    const worker = startWorker(place)
    keepUp(place, worker)
    worker.ready.then(
      () => {
        place.isReady = true
        log.info('a worker has been replaced', { pid: worker.pid })
      },
      () => {
        // keepUp logs the end and starts the next one.
      },
    )
  }

  /** A worker that is still starting takes the message after its start. */
  function follow({ worker }: Place, id: number): void {
    worker?.reload({ kind: 'reload', id, sources }).catch((error: unknown) => {
      log.error('a worker did not follow and is replaced', {
        pid: worker.pid,
        error: String(error),
      })
      worker.kill()
    })
  }

  async function stop(): Promise<void> {
    isStopping = true
    await Promise.all(
      places.map(async ({ worker, timer }) => {
        clearTimeout(timer)
        if (worker === undefined) return
        worker.send({ kind: 'stop' })
        const killer = setTimeout(() => worker.kill(), options.stopTimeoutMs)
        await worker.exited
        clearTimeout(killer)
      }),
    )
  }

  async function startAll(): Promise<ReadyMessage> {
    const [first, ...others] = places
    if (first === undefined) throw new RangeError('a pool needs at least one worker')
    // The first one alone: what is wrong is reported once.
    const ready = await startWorker(first).ready
    await Promise.all(others.map((place) => startWorker(place).ready))
    return ready
  }

  const ready = await startAll().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  for (const place of places) {
    place.isReady = true
    if (place.worker !== undefined) keepUp(place, place.worker)
  }

  return {
    ready,
    pids: () => places.flatMap(({ worker }) => worker?.pid ?? []),
    async apply(next) {
      const first = places.find(({ isReady }) => isReady)
      if (first?.worker === undefined) throw new WorkerFailure('no worker runs to try them')
      version += 1
      const id = version
      // What kills the first one is refused, too: it would kill the others.
      await first.worker.reload({ kind: 'reload', id, sources: next })
      sources = next
      for (const place of places) if (place !== first) follow(place, id)
    },
    stop,
  }
}
