import { lookup as lookupAddress } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Fetches a text from somebody we decided to ask. Rejects on anything else. */
export type GuardedFetcher = (url: string) => Promise<string>

export interface GuardedFetcherOptions {
  /** Origins that may be asked; everything else is refused before a name is even looked up. */
  readonly allowedOrigins: ReadonlySet<string>
  /** Origins among them that may lie on this machine or a private network, e.g. a hub under development. */
  readonly privateOrigins?: ReadonlySet<string>
  /** For the whole answer. Default 3,000 ms. */
  readonly timeoutMs?: number
  /** Default 262,144 bytes: ten times a packed list of 131,072 random entries. */
  readonly maxBytes?: number
}

/**
 * A fetcher that asks only allowed origins, follows no redirect, reads no more than it should, and refuses addresses of
 * private networks where the connection is made: a name that changes its address between check and use gains nothing.
 */
export function createGuardedFetcher(options: GuardedFetcherOptions): GuardedFetcher {
  const {
    allowedOrigins,
    privateOrigins = new Set(),
    timeoutMs = 3_000,
    maxBytes = 262_144,
  } = options
  return async (text) => {
    const url = parseUrl(text)
    if (url === null || !allowedOrigins.has(url.origin)) throw new Error('origin is not allowed')
    const isPrivate = privateOrigins.has(url.origin)
    if (url.protocol !== 'https:' && !isPrivate) throw new Error('only https is asked')
    // An address in the URL itself is never looked up, so the look-up's check would not see it.
    if (!isPrivate && isPrivateHost(url.hostname)) throw new Error('address is private')
    const response = await get(url, isPrivate, AbortSignal.timeout(timeoutMs))
    try {
      return await readText(response, maxBytes)
    } finally {
      response.destroy()
    }
  }
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

/** Asks once. A redirect is an answer like any other, and not the one that was wanted. */
function get(url: URL, isPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    request(url, {
      headers: { accept: 'application/vc+jwt, application/json' },
      signal,
      // A connection of its own: a kept one would not be looked up anew.
      agent: false,
      ...(!isPrivate && { lookup: lookupPublicAddress }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end()
  })
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Error('answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const lookupPublicAddress: LookupFunction = (hostname, options, callback) => {
  lookupAddress(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const isPublic = addresses.every(({ address }) => isPublicAddress(address))
    const [first] = addresses
    if (!isPublic || first === undefined) {
      return callback(new Error('address is private'), '', 0)
    }
    if (options.all) return callback(null, addresses)
    return callback(null, first.address, first.family)
  })
}

function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) && !isPublicAddress(bare)
}

/** Whether an address belongs to the public internet: not loopback, private, link-local, carrier-grade or reserved. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}
