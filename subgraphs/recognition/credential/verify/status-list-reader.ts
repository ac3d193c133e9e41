import { LRUCache } from 'lru-cache'
import { decodeBitstring } from '../status/bitstring.js'
import { toTime } from './instant.js'
import { parseCompactJws } from './parse-compact-jws.js'
import type { RemoteKeys } from './remote-keys.js'
import { isJsonObject, type JsonObject, textOf, toList } from './strict-decoding.js'
import type { TrustedIssuer, TrustStore } from './trust-store.js'
import { verifySignature } from './verify-signature.js'

/** A list that was fetched and whose seal was checked. */
export interface StatusList {
  readonly bits: Uint8Array
  readonly purposes: readonly string[]
  /** Who signed it. */
  readonly issuer: TrustedIssuer
}

/** Fails with one of the specification's processing errors. */
export type StatusListResult =
  | { readonly ok: true; readonly list: StatusList }
  | {
      readonly ok: false
      readonly code: 'STATUS_RETRIEVAL_ERROR' | 'STATUS_VERIFICATION_ERROR'
      readonly message: string
    }

export interface StatusListReader {
  /** The list at `url`; remembered for its own time to live, at most five minutes, and then not waited for. */
  read(url: string): StatusListResult | Promise<StatusListResult>
}

const maxTtlMs = 300_000
/** What could not be had is not asked for again at once: somebody may send many credentials with the same dead link. */
const failureTtlMs = 10_000
const cachedLists = 200

/**
 * A reader of status lists.
 *
 * @param deps.load - The signed list at a URL; rejects when it cannot be had. It alone decides what may be asked.
 * @param deps.readOwn - A list of this hub as it stands now, not as it was signed a while ago; null for others'.
 */
export function createStatusListReader(deps: {
  readonly load: (url: string) => Promise<string>
  readonly readOwn?: (url: string) => Promise<StatusList | null>
  readonly trust: TrustStore
  readonly remoteKeys: RemoteKeys | null
  readonly now: () => number
}): StatusListReader {
  const cache = new LRUCache<string, { readonly until: number; readonly result: StatusListResult }>(
    {
      max: cachedLists,
    },
  )
  const readForeign = (url: string): StatusListResult | Promise<StatusListResult> => {
    const known = cache.get(url)
    if (known !== undefined && known.until > deps.now()) return known.result
    return readList(url, deps).then(({ result, ttlMs }) => {
      cache.set(url, { until: deps.now() + ttlMs, result })
      return result
    })
  }
  const { readOwn } = deps
  if (readOwn === undefined) return { read: readForeign }
  return {
    read: async (url) => {
      const list = await readOwn(url)
      return list === null ? readForeign(url) : { ok: true, list }
    },
  }
}

type ReadDeps = Parameters<typeof createStatusListReader>[0]

async function readList(
  url: string,
  deps: ReadDeps,
): Promise<{ result: StatusListResult; ttlMs: number }> {
  let text: string
  try {
    text = await deps.load(url)
  } catch {
    const message = 'The list of statuses cannot be had.'
    return { result: { ok: false, code: 'STATUS_RETRIEVAL_ERROR', message }, ttlMs: failureTtlMs }
  }
  const refused = (message: string) => ({
    result: { ok: false as const, code: 'STATUS_VERIFICATION_ERROR' as const, message },
    ttlMs: failureTtlMs,
  })
  const jws = parseCompactJws(text.trim())
  if (jws === null) return refused('The list of statuses is no signed credential.')
  const { seal, payload } = jws
  const issuerId = textOf(isJsonObject(payload.issuer) ? payload.issuer.id : payload.issuer) ?? null
  const kid = textOf(seal.header.kid)
  if (kid === undefined) return refused('The list of statuses names no key.')
  const key =
    deps.trust.findKey(kid, issuerId) ?? (await deps.remoteKeys?.find(kid, issuerId)) ?? null
  if (key === null || key.isWithdrawn)
    return refused('The list of statuses is signed by a stranger.')
  if (verifySignature(seal.header.alg, key.key, seal.input, seal.signature) !== 'intact') {
    return refused('The seal of the list of statuses is broken.')
  }
  if (issuerId === null || !key.issuer.identifiers.includes(issuerId) || payload.id !== url) {
    return refused('The list of statuses is another one.')
  }
  return (
    openList(payload, key.issuer, deps.now()) ?? refused('The list of statuses cannot be read.')
  )
}

function openList(
  payload: JsonObject,
  issuer: TrustedIssuer,
  now: number,
): { result: StatusListResult; ttlMs: number } | null {
  const subject = isJsonObject(payload.credentialSubject) ? payload.credentialSubject : {}
  const until = toTime(payload.validUntil)
  const isList =
    toList(payload.type).includes('BitstringStatusListCredential') &&
    subject.type === 'BitstringStatusList'
  if (!isList || (until !== null && until <= now)) return null
  const bits = decodeBitstring(textOf(subject.encodedList) ?? '')
  if (bits === null) return null
  const purposes = toList(subject.statusPurpose).filter((value) => typeof value === 'string')
  const ttl = typeof subject.ttl === 'number' && subject.ttl >= 0 ? subject.ttl : maxTtlMs
  return { result: { ok: true, list: { bits, purposes, issuer } }, ttlMs: Math.min(ttl, maxTtlMs) }
}
