import { createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import type { Logger } from '../../infra/runtime/index.js'
import type { IssuerConfig } from './issuer-config.js'
import { discoverIssuer, type Fetch, fetchJson, type IssuerMetadata } from './issuer-metadata.js'

/** The keys of an issuer cannot be had, and there are none from before. */
export class IssuerUnavailable extends Error {}

/** Finds the key a token names in one set of keys. */
type KeyFinder = (...args: Parameters<ReturnType<typeof createLocalJWKSet>>) => Promise<CryptoKey>

/** One issuer's public keys over time. */
export interface IssuerKeys {
  /** For jose: the key a token names. @throws IssuerUnavailable; jose's `JWKSNoMatchingKey`. */
  readonly findKey: KeyFinder
  /** Where the issuer tells more about a person. @throws IssuerUnavailable when it has no such place. */
  findUserinfoEndpoint(): Promise<string>
}

export interface IssuerKeysOptions {
  readonly issuer: IssuerConfig
  readonly fetch: Fetch
  /** Milliseconds of a steady clock. */
  readonly now: () => number
  readonly log: Logger
}

/** Keys older than this are read again in the background: so a withdrawn key goes, too. */
const refreshMs = 10 * 60_000
/** An unknown key makes the set be read again at most this often: the key's name comes from whoever asks. */
const cooldownMs = 30_000
/** Keys that could not be read again are used this long: an issuer's short outage must not lock everybody out. */
const lastGoodMs = 24 * 3_600_000
/** After a failure the next attempt waits; while there are no keys at all, less. */
const retryMs = 5_000

/** Reads keys when first needed, again when a token names an unknown one, and keeps the last good ones meanwhile. */
export function createIssuerKeys(options: IssuerKeysOptions): IssuerKeys {
  const { issuer, fetch, now, log } = options
  let keys: { readonly find: KeyFinder; readonly readAt: number } | undefined
  let metadata: IssuerMetadata | undefined
  let triedAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  async function discover(): Promise<IssuerMetadata> {
    metadata = await discoverIssuer(issuer.issuer, fetch)
    return metadata
  }

  async function readKeys(): Promise<JSONWebKeySet> {
    switch (issuer.keys.kind) {
      case 'given':
        return issuer.keys.jwks as unknown as JSONWebKeySet
      case 'remote':
        return (await fetchJson(issuer.keys.jwksUri, fetch)) as JSONWebKeySet
      case 'discovered':
        // Discovered anew each time: an issuer may move its keys.
        return (await fetchJson((await discover()).jwksUri, fetch)) as JSONWebKeySet
    }
  }

  async function read(): Promise<void> {
    triedAt = now()
    try {
      const find = createLocalJWKSet(await readKeys())
      keys = { find, readAt: now() }
    } catch (error) {
      log.warn('the keys of an issuer cannot be read', {
        issuer: issuer.issuer,
        isUsingLastGood: keys !== undefined,
        reason: error instanceof Error ? error.message : 'unknown',
      })
    }
  }

  /** Reads now, or waits for the reading under way: a thousand tokens at once ask the issuer once. */
  function readOnce(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }

  async function currentKeys(): Promise<KeyFinder> {
    const sinceTryMs = now() - triedAt
    if (keys === undefined || now() - keys.readAt >= lastGoodMs) {
      if (reading !== undefined || sinceTryMs >= retryMs) await readOnce()
    } else if (now() - keys.readAt >= refreshMs && sinceTryMs >= cooldownMs) {
      void readOnce()
    }
    if (keys === undefined || now() - keys.readAt >= lastGoodMs) throw new IssuerUnavailable()
    return keys.find
  }

  return {
    async findKey(header, token) {
      const find = await currentKeys()
      try {
        return await find(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
        const isCoolingDown = now() - triedAt < cooldownMs && reading === undefined
        if (isCoolingDown || issuer.keys.kind === 'given') throw error
        await readOnce()
        return (await currentKeys())(header, token)
      }
    },
    async findUserinfoEndpoint() {
      const known = metadata ?? (await discover().catch(() => undefined))
      if (known?.userinfoEndpoint === undefined) throw new IssuerUnavailable()
      return known.userinfoEndpoint
    },
  }
}
