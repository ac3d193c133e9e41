import type { Logger } from '../../infra/runtime/index.js'
import { mayHold } from './domain/residency.js'
import type { RedisPlace } from './entry-places.js'
import type { MemoryStore } from './memory-store.js'
import type { OwnerBook, OwnerFacts } from './owner-book.js'
import type { ResponseCache } from './response-cache.js'

export interface LeftBehindOptions {
  readonly memory: Pick<MemoryStore, 'erase'>
  readonly responses: Pick<ResponseCache, 'sweep'>
  /** Every Redis, by name. */
  readonly places: ReadonlyMap<string, Pick<RedisPlace, 'store'>>
  readonly owners: Pick<OwnerBook, 'bySlug'>
  readonly log: Logger
}

/**
 * Erases what another register has made out of place: entries of owners as they were are found no more, so they go from
 * memory at once; where they may not be any more at all, from Redis, too, in the background.
 */
export function createLeftBehindEraser(
  options: LeftBehindOptions,
): (changed: readonly OwnerFacts[]) => void {
  const { memory, responses, places, owners, log } = options

  function mayStay({ owner, placement }: OwnerFacts): boolean {
    const now = owners.bySlug(owner.member)?.owner
    if (placement.redis === null) return true
    // In another jurisdiction its keys are others, and nobody would find these to erase them.
    return now?.jurisdiction === owner.jurisdiction && mayHold(now, placement.redis)
  }

  async function sweep(facts: readonly OwnerFacts[]): Promise<void> {
    let count = 0
    for (const { owner, placement } of facts) {
      const { member, jurisdiction } = owner
      count += (await places.get(placement.redis ?? '')?.store.sweep({ member, jurisdiction })) ?? 0
    }
    // Their keys do not say whose data is in them.
    if (facts.length > 0) count += await responses.sweep()
    if (facts.length > 0) log.info('entries out of place erased', { count })
  }

  return (changed) => {
    for (const { owner } of changed) memory.erase(owner)
    sweep(changed.filter((facts) => !mayStay(facts))).catch((error: unknown) => {
      log.error('entries out of place could not be erased', { error: String(error) })
    })
  }
}
