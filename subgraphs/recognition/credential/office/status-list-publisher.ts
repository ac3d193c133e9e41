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

/** A signed list as it is served. */
export interface PublishedList {
  /** A `vc+jwt`. */
  readonly text: string
  /** Counts changes of bits. */
  readonly version: number
  /** Another one for every text: also when the same bits are signed again, because what was signed before runs out. */
  readonly tag: string
}

interface SignedList extends PublishedList {
  readonly keyId: string
  readonly signedAt: number
}

/** Serves the lists of statuses this hub keeps, and looks into them without signing anything. */
export interface StatusListPublisher {
  /** The signed list; null when there is none of that number. */
  publish(id: number, purpose: StatusPurpose): Promise<PublishedList | null>
  /** The list at a URL of this hub as it stands now, unsigned; null for the URLs of others. */
  readOwn(url: string): Promise<Omit<StatusList, 'issuer'> | null>
}

/** A signature is kept until the list changes, and for an hour at most: the list says it is valid for a day. */
const signatureLifetimeMs = 3_600_000
const cachedLists = 100

/** A publisher over the lists in the database. */
export function createStatusListPublisher(deps: {
  readonly em: EntityManager
  readonly issuing: IssueDeps
  readonly now: () => Date
}): StatusListPublisher {
  const { em, issuing, now } = deps
  const { origin } = issuing.issuer
  const base = `${origin}${statusPath}`
  const signed = new LRUCache<string, SignedList>({
    max: cachedLists,
  })
  return {
    publish: async (id, purpose) => {
      const row = await findStatusList(em.fork(), id, purpose)
      if (row === null || row.issuingBody !== issuing.issuer.slug) return null
      const at = now()
      const url = toStatusListUrl(`${base}/${id}`, purpose)
      const known = signed.get(url)
      const signer = issuing.keys.signer('ES256', at)
      const isFresh = known !== undefined && at.getTime() - known.signedAt < signatureLifetimeMs
      // A key that was withdrawn signs nothing that still counts.
      const isCurrent = known?.keyId === signer.keyId && known.version === row.version
      if (isFresh && isCurrent) return known
      const list = { url, purpose, bits: row.bits }
      const text = await signStatusList(list, issuing.issuer, signer, at)
      const { keyId } = signer
      const { version } = row
      const signing = `${at.getTime().toString(36)}-${keyId.slice(0, 8)}`
      const tag = `${id}-${purpose}-${version}-${signing}`
      const entry = { text, tag, version, keyId, signedAt: at.getTime() }
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
      return { bits: row.bits, purposes: [known] }
    },
  }
}
