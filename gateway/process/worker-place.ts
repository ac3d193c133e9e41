import { type FromWorker, parseFromWorker, type ToWorker } from './worker-messages.js'

/** One child process as the supervisor sees it; `cluster.Worker` is one. */
export interface WorkerChild {
  readonly process: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): boolean }
  send(message: ToWorker): boolean
  isConnected(): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

export type ReadyMessage = Extract<FromWorker, { kind: 'ready' }>

/** One running worker. */
export interface RunningWorker {
  readonly pid: number
  readonly startedAt: number
  /** Resolves when it listens; rejects with its reason when it ends before. */
  readonly ready: Promise<ReadyMessage>
  /** Resolves with how it ended. */
  readonly exited: Promise<string>
  /** Sends a message; one that has gone already misses nothing. */
  send(message: ToWorker): void
  /** Resolves when it has taken over, rejects with its reason or when it ends. */
  reload(message: Extract<ToWorker, { kind: 'reload' }>): Promise<void>
  kill(): void
}

/** A worker ended before it listened. The message is its own reason where it gave one. */
export class WorkerFailure extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'WorkerFailure'
  }
}

/** Longest time for taking over new sources; a check of slow members is part of it. */
const reloadTimeoutMs = 30_000

/** Turns a child's messages into promises. */
export function followWorker(child: WorkerChild, startedAt: number): RunningWorker {
  const ready = Promise.withResolvers<ReadyMessage>()
  const exited = Promise.withResolvers<string>()
  const reloads = new Map<number, PromiseWithResolvers<void>>()
  let failure: string | undefined

  child.on('message', (raw) => {
    const message = parseFromWorker(raw)
    switch (message.kind) {
      case 'ready':
        return ready.resolve(message)
      case 'failed':
        failure = message.line
        return ready.reject(new WorkerFailure(message.line))
      case 'reloaded':
        return reloads.get(message.id)?.resolve()
      case 'refused':
        return reloads.get(message.id)?.reject(new WorkerFailure(message.line))
    }
  })
  child.on('exit', (code, signal) => {
    const how = failure ?? (signal === null ? `exit code ${code}` : `signal ${signal}`)
    ready.reject(new WorkerFailure(`a worker ended with ${how} before it listened`))
    for (const reload of reloads.values()) reload.reject(new WorkerFailure('the worker ended'))
    exited.resolve(how)
  })
  // A message crossed the end of its receiver (EPIPE); 'exit' says all there is to say about that.
  child.on('error', () => {})
  // Whoever awaits it sees the failure; nobody has to.
  ready.promise.catch(() => {})

  const kill = () => {
    child.process.kill('SIGKILL')
  }
  const send = (message: ToWorker) => {
    if (child.isConnected()) child.send(message)
  }
  return {
    pid: child.process.pid ?? 0,
    startedAt,
    ready: ready.promise,
    exited: exited.promise,
    send,
    async reload(message) {
      const answer = Promise.withResolvers<void>()
      reloads.set(message.id, answer)
      // One that hangs must not hold up the reloads of the others; its exit rejects the answer.
      const killer = setTimeout(kill, reloadTimeoutMs)
      try {
        send(message)
        await answer.promise
      } finally {
        clearTimeout(killer)
        reloads.delete(message.id)
      }
    },
    kill,
  }
}
