import type { KeyRing } from './key-ring.js'
import { createNonceMemory } from './nonce-memory.js'
import {
  buildSignatureBase,
  coveredComponents,
  isSignatureOf,
  signatureLabel,
  signatureTag,
} from './request-signature.js'
import { signatureLifeSeconds } from './sign-requests.js'

/** The head of a request as it came: a signature is checked before its body is read. */
export interface IncomingHead {
  readonly method: string
  /** Path and query as on the request line. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Why a request is refused; codes of `schema/wire/error-codes.ts`. */
export interface SignatureRefusal {
  readonly ok: false
  readonly code: 'SIGNATURE_REQUIRED' | 'SIGNATURE_INVALID' | 'OVERLOADED'
  readonly message: string
}

export type SignatureVerdict =
  | { readonly ok: true; readonly principal: string; readonly contentDigest: string }
  | SignatureRefusal

export type RequestVerifier = (head: IncomingHead) => Promise<SignatureVerdict>

export interface RequestVerifierOptions {
  readonly keys: KeyRing
  /** Milliseconds since 1970. */
  readonly wallNow?: () => number
}

/** How far the two clocks may be apart. */
const skewSeconds = 5
/** About 2,800 requests a second over the life of a nonce. */
const noncesRemembered = 200_000

const inputPattern = new RegExp(
  `^${signatureLabel}=(\\(.*?\\))((?:;[a-z]+=(?:\\d{1,12}|"[^"]{0,128}"))+)$`,
)
const signaturePattern = new RegExp(`^${signatureLabel}=:([A-Za-z0-9+/]{43}=):$`)

/**
 * Checks that a request is the gateway's own, recent, and has not been here before. Exactly our profile of RFC 9421
 * passes: what would be a choice there is fixed here, so that there is nothing to bargain about.
 */
export function createRequestVerifier(options: RequestVerifierOptions): RequestVerifier {
  const { keys, wallNow = Date.now } = options
  // A message signed before this process began may have been answered by the one before it, which took its memory along.
  const startedAt = Math.floor(wallNow() / 1_000)
  const nonces = createNonceMemory({
    lifeMs: (signatureLifeSeconds + 2 * skewSeconds) * 1_000,
    maximum: noncesRemembered,
    now: () => performance.now(),
  })

  function findTimeFault(created: number, expires: number): string | undefined {
    const now = wallNow() / 1_000
    if (created > now + skewSeconds) return 'it is signed in the future'
    if (expires < now - skewSeconds) return 'its signature has expired'
    if (expires - created > signatureLifeSeconds) return 'its signature lives too long'
    if (created < startedAt) return 'it was signed before this process started'
    return undefined
  }

  return async ({ method, target, headers }) => {
    const { 'signature-input': input, signature, 'content-digest': digest } = headers
    const { 'hub-principal': principal } = headers
    if (input === undefined && signature === undefined) return unsigned
    if (!isText(input) || !isText(signature) || !isText(digest) || !isText(principal)) {
      return invalid(
        'it lacks one of the headers signature-input, signature, content-digest, hub-principal',
      )
    }
    const [, covered, parameterText = ''] = inputPattern.exec(input) ?? []
    const [, given] = signaturePattern.exec(signature) ?? []
    if (covered !== coveredComponents || given === undefined) {
      return invalid('it is signed, but not over what it has to be')
    }
    const parameters = parseParameters(parameterText)
    const { nonce, keyid = '' } = parameters
    if (parameters.alg !== 'hmac-sha256' || parameters.tag !== signatureTag || !nonce) {
      return invalid('it is signed, but not for the hub')
    }
    const key = await keys.find(keyid)
    if (key === undefined) return invalid('its key is not known here')
    const parts = { method, target, contentDigest: digest, principal }
    const base = buildSignatureBase(parts, `${covered}${parameterText}`)
    if (!isSignatureOf(base, key.secret, given)) return invalid('its signature does not fit')
    const fault = findTimeFault(Number(parameters.created), Number(parameters.expires))
    if (fault !== undefined) return invalid(fault)
    // Last: only what the gateway signed may fill the memory.
    switch (nonces.note(nonce)) {
      case 'new':
        return { ok: true, principal, contentDigest: digest }
      case 'seen':
        return invalid('it has been here before')
      case 'full':
        return { ok: false, code: 'OVERLOADED', message: 'too many requests to tell new from old' }
    }
  }
}

const unsigned: SignatureRefusal = {
  ok: false,
  code: 'SIGNATURE_REQUIRED',
  message: "this service answers only the hub's gateway, and the request is not signed",
}

function invalid(reason: string): SignatureRefusal {
  return { ok: false, code: 'SIGNATURE_INVALID', message: `the request is refused: ${reason}` }
}

function isText(value: string | string[] | undefined): value is string {
  return typeof value === 'string'
}

function parseParameters(text: string): Readonly<Partial<Record<string, string>>> {
  const parameters: Record<string, string> = Object.create(null)
  for (const part of text.slice(1).split(';')) {
    const equals = part.indexOf('=')
    const name = part.slice(0, equals)
    // Twice the same name could be read one way here and another way elsewhere.
    if (name in parameters) return {}
    parameters[name] = part.slice(equals + 1).replaceAll('"', '')
  }
  return parameters
}
