import type { EntityManager } from '@mikro-orm/postgresql'
import { LRUCache } from 'lru-cache'
import { findStatusList } from '../../store/status-list.store.js'
import type { IssueDeps } from '../issue/issue-vc-jwt.js'
import {
  type StatusPurpose,
  statusPath,
  statusPurposes,
  toStatusListUrl,
} from '../status/status-entry.js'
import { signStatusList } from '../status/status-list-credential.js'
import type { StatusList } from '../verify/status-list-reader.js'
import type { TrustedIssuer } from '../verify/trust-store.js'

/** A signed list as it is served. */
export interface PublishedList {
  /** A `vc+jwt`. */
  readonly text: string
  readonly version: number
}

/** Serves the lists of statuses this hub keeps, and looks into them without signing anything. */
export interface StatusListPublisher {
  /** The signed list; null when there is none of that number. */
  publish(id: number, purpose: StatusPurpose): Promise<PublishedList | null>
  /** The list at a URL of this hub as it stands now; null for the URLs of others. */
  readOwn(url: string): Promise<StatusList | null>
}

/** A signature is kept until the list changes, and for an hour at most: the list says it is valid for a day. */
const signatureLifetimeMs = 3_600_000
const cachedLists = 100

/** A publisher over the lists in the database. */
export function createStatusListPublisher(deps: {
  readonly em: EntityManager
  readonly issuing: IssueDeps
  readonly self: TrustedIssuer
  readonly now: () => Date
}): StatusListPublisher {
  const { em, issuing, self, now } = deps
  const { origin } = issuing.issuer
  const base = `${origin}${statusPath}`
  const signed = new LRUCache<string, PublishedList & { readonly signedAt: number }>({
    max: cachedLists,
  })
  return {
    publish: async (id, purpose) => {
      const row = await findStatusList(em.fork(), id, purpose)
      if (row === null || row.issuingBody !== issuing.issuer.slug) return null
      const at = now()
      const url = toStatusListUrl(`${base}/${id}`, purpose)
      const known = signed.get(url)
      const isFresh = known !== undefined && at.getTime() - known.signedAt < signatureLifetimeMs
      if (isFresh && known.version === row.version) return known
      const signer = issuing.keys.signer('ES256', at)
      const list = { url, purpose, bits: row.bits }
      const text = await signStatusList(list, issuing.issuer, signer, at)
      const entry = { text, version: row.version, signedAt: at.getTime() }
      signed.set(url, entry)
      return entry
    },
    readOwn: async (url) => {
      if (!url.startsWith(`${base}/`)) return null
      const [id = '', purpose] = url.slice(base.length + 1).split('/')
      const known = statusPurposes.find((candidate) => candidate === purpose)
      if (known === undefined || !/^\d{1,9}$/.test(id)) return null
      const row = await findStatusList(em.fork(), Number(id), known)
      if (row === null) return null
      return { bits: row.bits, purposes: [known], issuer: self }
    },
  }
}
