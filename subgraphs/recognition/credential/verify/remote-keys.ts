import { LRUCache } from 'lru-cache'
import type { GuardedFetcher } from './guarded-fetcher.js'
import { toPublicKey } from './public-key.js'
import { isJsonObject, parseJsonObject, textOf, toList } from './strict-decoding.js'
import type { TrustedIssuer, TrustedKey, TrustStore } from './trust-store.js'

/** Keys of trusted issuers that we were not given and have to ask for. */
export interface RemoteKeys {
  /** The key a `kid` names, from the issuer's own published documents; null when it is not had. */
  find(kid: string, issuerId: string | null): Promise<TrustedKey | null>
}

const ttlMs = 600_000
const failureTtlMs = 30_000

/** Looks keys up in the DID document (`did:web`) or the key set (`/jwks.json`) of a trusted issuer. */
export function createRemoteKeys(deps: {
  readonly trust: TrustStore
  readonly fetchText: GuardedFetcher
  readonly now: () => number
}): RemoteKeys {
  const cache = new LRUCache<string, { until: number; keys: ReadonlyMap<string, TrustedKey> }>({
    max: 50,
  })
  return {
    find: async (kid, issuerId) => {
      const issuer = findIssuer(deps.trust, kid, issuerId)
      const id = issuer?.identifiers.find((name) => /^(?:did:web:|https?:)/.test(name))
      if (issuer === null || id === undefined || issuer.origin === null) return null
      let entry = cache.get(id)
      if (entry === undefined || entry.until <= deps.now()) {
        const keys = await fetchKeys(id, issuer, deps.fetchText).catch(() => null)
        entry = {
          until: deps.now() + (keys === null ? failureTtlMs : ttlMs),
          keys: keys ?? new Map(),
        }
        cache.set(id, entry)
      }
      return entry.keys.get(shortKid(kid)) ?? null
    },
  }
}

function findIssuer(trust: TrustStore, kid: string, issuerId: string | null): TrustedIssuer | null {
  const [base = ''] = kid.split('#', 1)
  return trust.findIssuer(base) ?? (issuerId === null ? null : trust.findIssuer(issuerId))
}

async function fetchKeys(
  id: string,
  issuer: TrustedIssuer,
  fetchText: GuardedFetcher,
): Promise<ReadonlyMap<string, TrustedKey>> {
  const isDid = id.startsWith('did:web:')
  const document = parseJsonObject(
    await fetchText(isDid ? toDidDocumentUrl(id) : `${id}/jwks.json`),
  )
  const keys = new Map<string, TrustedKey>()
  if (document === null || (isDid && document.id !== id)) return keys
  for (const method of toList(isDid ? document.verificationMethod : document.keys)) {
    if (!isJsonObject(method)) continue
    const jwk = isDid ? method.publicKeyJwk : method
    const kid = textOf(isDid ? method.id : method.kid)
    const key = isJsonObject(jwk) ? toPublicKey(jwk) : null
    if (key === null || kid === undefined) continue
    const algorithm = textOf((jwk as { alg?: unknown }).alg) ?? ''
    const trusted = { issuer, key, algorithm, signsFrom: 0, signsUntil: null, isWithdrawn: false }
    keys.set(shortKid(kid), trusted)
  }
  return keys
}

/** The last part of a `kid`, which is unique within one issuer. */
function shortKid(kid: string): string {
  return kid.slice(Math.max(kid.lastIndexOf('#'), kid.lastIndexOf('/')) + 1)
}

/** Where a `did:web` has its document (W3C did:web method, 3.2 Read). */
function toDidDocumentUrl(did: string): string {
  const [host = '', ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent)
  const folder = path.length === 0 ? '.well-known' : path.join('/')
  return `https://${host}/${folder}/did.json`
}
