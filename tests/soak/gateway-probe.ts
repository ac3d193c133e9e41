import { readdirSync } from 'node:fs'

/** What the gateway process holds, after a forced garbage collection. */
export interface ProcessSample {
  readonly heapUsedBytes: number
  /** Kinds of active resources (timers, sockets, servers) and their numbers. */
  readonly resources: Readonly<Record<string, number>>
  /** Open file descriptors, or null where the system does not list them. */
  readonly openFiles: number | null
}

// Loaded before the gateway with `--import`: answers every message of the soak with a sample. Nothing in the gateway knows of it.
process.on('message', () => {
  process.send?.(takeSample())
})
process.channel?.unref()

function takeSample(): ProcessSample {
  const collect = globalThis.gc
  if (collect === undefined) throw new Error('the gateway must run with --expose-gc')
  // Twice: the first run only queues what finalizers hold.
  collect()
  collect()
  const resources: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1
  return { heapUsedBytes: process.memoryUsage().heapUsed, resources, openFiles: countOpenFiles() }
}

function countOpenFiles(): number | null {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return null
  }
}
