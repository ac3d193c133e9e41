import { HubError } from '../../schema/index.js'
import type { CacheMetrics } from './cache-metrics.js'
import type { CacheStore } from './cache-store.js'
import type { DataOwner } from './domain/cache-policy.js'
import { mayHold } from './domain/residency.js'

export interface ResidencyGuardOptions {
  /** Name of the Redis: `alliance` or a jurisdiction. */
  readonly place: string
  /** By slug; undefined for nobody the register knows. */
  readonly findOwner: (slug: string) => DataOwner | undefined
  readonly metrics: CacheMetrics
}

/**
 * Refuses and counts writes that a member's residency does not allow here. It reads the owner from the key and decides
 * anew: a mistake in what decided the place before must not carry data out of a jurisdiction.
 */
export function guardResidency(store: CacheStore, options: ResidencyGuardOptions): CacheStore {
  const { place, findOwner, metrics } = options
  return {
    ...store,
    write: async (key, entry) => {
      const [, , jurisdiction = '', member = ''] = key.split(':', 4)
      const owner = findOwner(member)
      if (owner === undefined || owner.jurisdiction !== jurisdiction || !mayHold(owner, place)) {
        metrics.residencyViolated(jurisdiction)
        throw new HubError('INTERNAL_SERVER_ERROR', { member })
      }
      await store.write(key, entry)
    },
  }
}
