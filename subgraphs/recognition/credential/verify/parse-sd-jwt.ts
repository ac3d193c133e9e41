import { hash } from 'node:crypto'
import { parseCompactJws } from './parse-compact-jws.js'
import { type KeyBinding, type ParseResult, parseFault } from './parsed-credential.js'
import type { CheckReason } from './report.js'
import { decodeBase64UrlText, isJsonObject, type JsonObject } from './strict-decoding.js'

/** More disclosures than any credential of ours has claims; each costs a hash. */
const maxDisclosures = 200
const maxDepth = 12

/**
 * Takes an SD-JWT apart and puts what is disclosed in its place.
 *
 * @see RFC 9901, section 7.1 (verification of the SD-JWT).
 */
export function parseSdJwt(text: string): ParseResult {
  const parts = text.split('~')
  const jwt = parseCompactJws(parts[0] ?? '')
  if (jwt === null) return parseFault('SD_JWT_MALFORMED', 'The part before the first ~ is no JWS.')
  const last = parts.at(-1) ?? ''
  const disclosures = parts.slice(1, -1)
  if (disclosures.length > maxDisclosures) {
    return parseFault('TOO_LARGE', `There are more than ${maxDisclosures} disclosures.`)
  }
  const keyBinding = last === '' ? null : parseKeyBinding(last, text.slice(0, -last.length))
  if (keyBinding === undefined) {
    return parseFault('SD_JWT_MALFORMED', 'The part after the last ~ is no key binding JWT.')
  }
  const reader = createDisclosureReader(disclosures)
  if (reader === null) return parseFault('SD_JWT_MALFORMED', 'A disclosure cannot be read.')
  // Before it is revealed: that takes away what only SD-JWTs have.
  const formFaults = headerFaults(jwt.seal.header, jwt.payload)
  const document = reader.reveal(jwt.payload, 0) as JsonObject
  const faults = [...reader.finish(), ...formFaults]
  return {
    ok: true,
    credential: {
      format: 'dc+sd-jwt',
      document,
      seal: jwt.seal,
      disclosure: { withheld: reader.withheld() },
      keyBinding,
      faults,
    },
  }
}

function headerFaults(header: JsonObject, payload: JsonObject): readonly CheckReason[] {
  const faults: CheckReason[] = []
  if (header.typ !== 'dc+sd-jwt' && header.typ !== 'vc+sd-jwt') {
    faults.push({ code: 'TYPE_WRONG', message: 'The header has another typ.', property: 'typ' })
  }
  if (payload._sd_alg !== undefined && payload._sd_alg !== 'sha-256') {
    faults.push({ code: 'SD_ALG_UNSUPPORTED', message: 'Only SHA-256 digests are known here.' })
  }
  return faults
}

/** Undefined when it cannot be read. */
function parseKeyBinding(text: string, presented: string): KeyBinding | undefined {
  const jws = parseCompactJws(text)
  if (jws === null) return undefined
  return {
    ...jws.seal,
    payload: jws.payload,
    presentedHash: hash('sha256', presented, 'base64url'),
  }
}

interface DisclosureReader {
  reveal(value: unknown, depth: number): unknown
  /** Digests without a disclosure: what the holder kept back, or decoys. */
  withheld(): number
  finish(): readonly CheckReason[]
}

function createDisclosureReader(disclosures: readonly string[]): DisclosureReader | null {
  const open = new Map<string, readonly unknown[]>()
  for (const disclosure of disclosures) {
    const parsed = parseDisclosure(disclosure)
    if (parsed === null) return null
    open.set(hash('sha256', disclosure, 'base64url'), parsed)
  }
  const faults: CheckReason[] = []
  const seen = new Set<string>()
  let withheld = 0
  const take = (digest: unknown, length: number): readonly unknown[] | null => {
    if (typeof digest !== 'string') return null
    if (seen.has(digest)) faults.push({ code: 'DIGEST_TWICE', message: 'A digest occurs twice.' })
    seen.add(digest)
    const found = open.get(digest)
    if (found === undefined) withheld += 1
    return found?.length === length ? found : null
  }
  // In its place: what was parsed is nobody else's yet, and a copy of it all costs more than all the hashes.
  const reveal = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null || depth > maxDepth) return value
    return Array.isArray(value) ? revealList(value, depth) : revealObject(value as Open, depth)
  }
  const revealList = (list: unknown[], depth: number): unknown => {
    if (!list.some(isPlaceholder)) {
      for (const [at, entry] of list.entries()) list[at] = reveal(entry, depth + 1)
      return list
    }
    return list.flatMap((entry) => {
      if (!isPlaceholder(entry)) return [reveal(entry, depth + 1)]
      const found = take(entry['...'], 2)
      return found === null ? [] : [reveal(found[1], depth + 1)]
    })
  }
  const revealObject = (object: Open, depth: number): unknown => {
    const digests = object._sd
    // The last first, as issuers put them at the end: what is taken away from there leaves the object quick.
    if (object._sd_alg !== undefined) delete object._sd_alg
    if (digests !== undefined) delete object._sd
    for (const name of Object.keys(object)) {
      const entry = object[name]
      // Most are texts.
      if (typeof entry === 'object') object[name] = reveal(entry, depth + 1)
    }
    for (const digest of Array.isArray(digests) ? digests : []) {
      const found = take(digest, 3)
      if (found === null) continue
      const name = String(found[1])
      if (Object.hasOwn(object, name)) {
        faults.push({
          code: 'CLAIM_TWICE',
          message: 'A disclosure repeats a claim.',
          property: name,
        })
      }
      object[name] = reveal(found[2], depth + 1)
    }
    return object
  }
  return {
    reveal,
    withheld: () => withheld,
    finish: () => [
      ...faults,
      ...(seen.size - withheld < open.size
        ? [
            {
              code: 'DISCLOSURE_FOREIGN',
              message: 'A disclosure belongs to no digest that was signed.',
            },
          ]
        : []),
    ],
  }
}

type Open = Record<string, unknown>

function isPlaceholder(entry: unknown): entry is { readonly '...': string } {
  return isJsonObject(entry) && typeof entry['...'] === 'string'
}

const reservedNames: ReadonlySet<unknown> = new Set(['_sd', '...', '__proto__'])

function parseDisclosure(disclosure: string): readonly unknown[] | null {
  // Its digest is taken of the text as it stands: another spelling of the same bytes would have another.
  const text = decodeBase64UrlText(disclosure)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || typeof value[0] !== 'string') return null
    if (value.length === 2) return value
    const isNamed =
      value.length === 3 && typeof value[1] === 'string' && !reservedNames.has(value[1])
    return isNamed ? value : null
  } catch {
    return null
  }
}
