import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { CacheNote } from '../engine/cache-log.js'

/** What the cache counts. No label holds anything a client can choose freely. */
export interface CacheMetrics {
  served(note: Pick<CacheNote, 'status' | 'member' | 'subject'>): void
  /** An answer as a whole, from or past the response grain. */
  response(status: 'hit' | 'miss' | 'bypass'): void
  written(jurisdiction: string, bytes: number): void
  /** Something would have been written to a Redis where it must not be, and was not. */
  residencyViolated(jurisdiction: string): void
  purgeArrived(delaySeconds: number): void
  redisFailed(): void
  refreshFailed(): void
  /** What is kept, of a member's part or of a whole answer, was compared with what is live. */
  compared(grain: 'part' | 'answer', isSame: boolean): void
}

/** @param memoryBytes - Bytes of entries in this process now. */
export function createCacheMetrics(registry: Registry, memoryBytes: () => number): CacheMetrics {
  const registers = [registry]
  // Every page counts one for each member: a map here, and the counter made of it when somebody reads it.
  const counts = new Map<string, Map<string, Map<string, number>>>()
  new Counter({
    name: 'hub_cache_answers_total',
    help: 'Answers of members by how they came about.',
    labelNames: ['member', 'subject', 'status'],
    registers,
    collect() {
      this.reset()
      for (const [member, subjects] of counts) {
        for (const [subject, statuses] of subjects) {
          for (const [status, count] of statuses) this.inc({ member, subject, status }, count)
        }
      }
    },
  })
  const responses = new Counter({
    name: 'hub_cache_responses_total',
    help: 'Whole answers to clients by whether they were kept ones.',
    labelNames: ['status'],
    registers,
  })
  const bytes = new Counter({
    name: 'hub_cache_written_bytes_total',
    help: 'Bytes of entries written to Redis, by jurisdiction of the data.',
    labelNames: ['jurisdiction'],
    registers,
  })
  const violations = new Counter({
    name: 'hub_cache_residency_violations_total',
    help: 'Attempts to write an entry to a Redis where its jurisdiction does not allow it; each was refused. Must be 0.',
    registers,
  })
  const propagation = new Histogram({
    name: 'hub_cache_purge_propagation_seconds',
    help: 'Time from a purge to this process knowing of it.',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
    registers,
  })
  const redisFailures = new Counter({
    name: 'hub_cache_redis_failures_total',
    help: 'Writes and locks that Redis did not take.',
    registers,
  })
  const refreshFailures = new Counter({
    name: 'hub_cache_refresh_failures_total',
    help: 'Entries that could not be fetched again in the background.',
    registers,
  })
  const comparisons = new Counter({
    name: 'hub_cache_shadow_comparisons_total',
    help: 'Kept answers compared with live ones in shadow mode.',
    labelNames: ['grain', 'result'],
    registers,
  })
  new Gauge({
    name: 'hub_cache_memory_bytes',
    help: 'Estimated bytes of entries in the memory of this process.',
    registers,
    collect() {
      this.set(memoryBytes())
    },
  })
  return {
    served({ member, subject, status }) {
      const statuses = childOf(childOf(counts, member), subject)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    },
    response: (status) => responses.inc({ status }),
    written: (jurisdiction, length) => bytes.inc({ jurisdiction }, length),
    residencyViolated: () => violations.inc(),
    purgeArrived: (delaySeconds) => propagation.observe(Math.max(0, delaySeconds)),
    redisFailed: () => redisFailures.inc(),
    refreshFailed: () => refreshFailures.inc(),
    compared: (grain, isSame) => comparisons.inc({ grain, result: isSame ? 'same' : 'different' }),
  }
}

function childOf<Value>(map: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const known = map.get(name)
  if (known !== undefined) return known
  const made = new Map<string, Value>()
  map.set(name, made)
  return made
}
