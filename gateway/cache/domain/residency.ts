import type { DataOwner } from './cache-policy.js'

/** Where entries of an owner may be: `memory` of this process, a Redis by its name, or nowhere. */
export interface Placement {
  readonly isInMemory: boolean
  /** `alliance`, or the code of a jurisdiction; null for no Redis. */
  readonly redis: string | null
}

/** Name of the Redis that is not a jurisdiction's. */
export const alliancePlace = 'alliance'

const nowhere: Placement = { isInMemory: false, redis: null }

/**
 * Where an owner's data may be kept. `alliance`: in the Redis of its jurisdiction if there is one, else in the
 * alliance's, and in memory. `local`: in the Redis of its jurisdiction and nowhere else, a gateway's memory included: a
 * gateway may run anywhere. Without that Redis, and for `none`, nowhere.
 */
export function decidePlacement(
  { jurisdiction, policy }: DataOwner,
  places: ReadonlySet<string>,
): Placement {
  const hasOwn = places.has(jurisdiction)
  switch (policy.residency) {
    case 'none':
      return nowhere
    case 'local':
      return hasOwn ? { isInMemory: false, redis: jurisdiction } : nowhere
    case 'alliance': {
      const shared = places.has(alliancePlace) ? alliancePlace : null
      return { isInMemory: true, redis: hasOwn ? jurisdiction : shared }
    }
  }
}

/** Whether a Redis may hold an owner's data, whatever was decided: the last check before bytes leave. */
export function mayHold({ jurisdiction, policy }: DataOwner, place: string): boolean {
  switch (policy.residency) {
    case 'none':
      return false
    case 'local':
      return place === jurisdiction
    case 'alliance':
      return true
  }
}
