import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of our own beside the gateway: subgraphs, members or load. It ends with us, whatever ends us. */
export interface Companion {
  readonly pid: number
  /** Sends a message and resolves with the next one that comes back; one at a time. */
  ask<Reply>(message: object): Promise<Reply>
  /** The first message it sends by itself. */
  hello<Reply>(): Promise<Reply>
  stop(): Promise<void>
}

/**
 * Starts a script of ours with an IPC channel; the script ends when the channel closes.
 *
 * @param pin - Command prefix, see `chooseCores`.
 */
export function startCompanion(
  script: URL,
  args: readonly string[],
  pin: readonly string[],
): Companion {
  const [command = '', ...rest] = [...pin, process.execPath, fileURLToPath(script), ...args]
  const child = spawn(command, rest, {
    // In a session of its own: Ctrl-C is for us, and we close the channel.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // JSON would turn figures that are not numbers into null.
    serialization: 'advanced',
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    pid: child.pid ?? 0,
    hello: () => nextMessage(child),
    ask(message) {
      const reply = nextMessage<never>(child)
      child.send(message)
      return reply
    },
    async stop() {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}

function nextMessage<Reply>(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off('exit', onExit)
      resolve(message as Reply)
    }
    const onExit = (code: number | null): void => {
      child.off('message', onMessage)
      reject(new Error(`${child.spawnargs.join(' ')} ended with ${code ?? 'a signal'}`))
    }
    child.once('message', onMessage)
    child.once('exit', onExit)
  })
}
