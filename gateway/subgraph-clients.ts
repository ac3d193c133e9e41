import type { Logger } from '../infra/runtime/index.js'
import type { SubgraphClient } from './engine/subgraph-client.js'
import type { SubgraphEntry } from './engine/supergraph-model.js'
import type { HttpSubgraphClient } from './transport/http-subgraph-client.js'

/** The clients a gateway has open over any number of supergraphs, one for each subgraph and place. */
export interface SubgraphClients {
  /** The client of a subgraph; a subgraph that stays where it is keeps its client, and with it the connections. */
  open(name: string, url: string): SubgraphClient
  /** Closes what is not in `kept` once `unused` resolves, unless it is asked for again before. */
  retain(kept: readonly SubgraphEntry[], unused: Promise<void>): void
  /** How many are open, those still to be closed included. */
  count(): number
  close(): Promise<void>
}

interface Entry {
  readonly client: HttpSubgraphClient
  isKept: boolean
}

/** @param create - Opens a client for a subgraph at its place. */
export function createSubgraphClients(
  create: (name: string, url: string) => HttpSubgraphClient,
  log: Logger,
): SubgraphClients {
  const entries = new Map<string, Entry>()

  async function closeEntry(client: HttpSubgraphClient): Promise<void> {
    try {
      await client.close()
    } catch (error) {
      log.warn('a client did not close', { error: String(error) })
    }
  }

  function dropUnused(): Promise<unknown> {
    const closing: Promise<void>[] = []
    for (const [key, { client, isKept }] of entries) {
      if (isKept) continue
      entries.delete(key)
      closing.push(closeEntry(client))
    }
    return Promise.all(closing)
  }

  return {
    open(name, url) {
      const key = toKey(name, url)
      const known = entries.get(key)
      const entry = known ?? { client: create(name, url), isKept: true }
      entry.isKept = true
      entries.set(key, entry)
      return entry.client
    },
    retain(kept, unused) {
      const keys = new Set(kept.map(({ name, url }) => toKey(name, url)))
      let isAllKept = true
      for (const [key, entry] of entries) {
        entry.isKept = keys.has(key)
        isAllKept &&= entry.isKept
      }
      if (!isAllKept) void unused.then(dropUnused)
    },
    count: () => entries.size,
    async close() {
      for (const entry of entries.values()) entry.isKept = false
      await dropUnused()
    },
  }
}

function toKey(name: string, url: string): string {
  return `${name} ${url}`
}
