import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { base64url, type JSONWebKeySet } from 'jose'
import { RuntimeFailure } from '../runtime-failure.js'

/** A symmetrical key for requests from the gateway to one subgraph, or the root such keys are derived from. */
export interface RequestKey {
  readonly id: string
  readonly secret: KeyObject
}

const keyBytes = 32
const idPattern = /^[\w.-]{1,64}$/

/** A new root key with a random id. */
export function createRootKey(): RequestKey {
  const id = randomBytes(6).toString('base64url')
  return { id, secret: createSecretKey(randomBytes(keyBytes)) }
}

/**
 * The keys of one subgraph, made from the gateway's root keys: each subgraph has its own, so that none can sign for
 * another, and the gateway keeps one secret however many members there are. The order stays: the first one signs.
 */
export function deriveRequestKeys(
  roots: readonly RequestKey[],
  subgraph: string,
): readonly RequestKey[] {
  return roots.map(({ id, secret }) => {
    const info = `alliance-hub request key of ${subgraph}`
    const derived = hkdfSync('sha256', secret, '', info, keyBytes)
    return { id, secret: createSecretKey(Buffer.from(derived)) }
  })
}

/**
 * Reads keys from a JSON Web Key Set of `oct` keys of 32 bytes.
 *
 * @param origin - Where the text comes from, for the message.
 * @throws RuntimeFailure `CONFIG_INVALID`; the message holds nothing of a key.
 */
export function parseRequestKeys(text: string, origin: string): readonly RequestKey[] {
  let keys: unknown
  try {
    keys = (JSON.parse(text) as Partial<JSONWebKeySet> | null)?.keys
  } catch {
    // The parser's message quotes the text, which is secret.
    throw new RuntimeFailure('CONFIG_INVALID', `${origin} is not JSON`)
  }
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new RuntimeFailure('CONFIG_INVALID', `${origin} is no JSON Web Key Set with a key`)
  }
  const parsed = keys.map((key: unknown, index) => parseKey(key, `key ${index + 1} of ${origin}`))
  if (new Set(parsed.map(({ id }) => id)).size < parsed.length) {
    throw new RuntimeFailure('CONFIG_INVALID', `${origin} has two keys with the same kid`)
  }
  return parsed
}

/** The keys as a JSON Web Key Set, to be stored where only their owner can read. */
export function printRequestKeys(keys: readonly RequestKey[]): string {
  const set = keys.map(({ id, secret }) => ({
    kty: 'oct',
    alg: 'HS256',
    kid: id,
    k: secret.export().toString('base64url'),
  }))
  return `${JSON.stringify({ keys: set }, null, 2)}\n`
}

function parseKey(key: unknown, origin: string): RequestKey {
  const { kty, kid, k } = (key ?? {}) as Record<string, unknown>
  if (kty !== 'oct' || typeof k !== 'string') {
    throw new RuntimeFailure('CONFIG_INVALID', `${origin} is not a symmetrical key ("kty": "oct")`)
  }
  if (typeof kid !== 'string' || !idPattern.test(kid)) {
    throw new RuntimeFailure('CONFIG_INVALID', `${origin} has no kid of letters, digits, . _ -`)
  }
  const bytes = decode(k)
  if (bytes?.length !== keyBytes) {
    throw new RuntimeFailure('CONFIG_INVALID', `${origin} has not ${keyBytes} bytes`)
  }
  return { id: kid, secret: createSecretKey(bytes) }
}

function decode(text: string): Uint8Array | undefined {
  try {
    return base64url.decode(text)
  } catch {
    return undefined
  }
}
