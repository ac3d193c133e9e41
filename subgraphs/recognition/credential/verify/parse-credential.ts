import { parseCompactJws } from './parse-compact-jws.js'
import { parseJsonDocument } from './parse-json-document.js'
import { parseSdJwt } from './parse-sd-jwt.js'
import { type ParsedCredential, type ParseResult, parseFault } from './parsed-credential.js'
import type { CheckReason } from './report.js'
import {
  decodeUtf8,
  holds,
  isJsonObject,
  type JsonObject,
  textOf,
  toList,
} from './strict-decoding.js'

/** Largest document looked at. A European credential with pictures in it has 130 KB. */
export const maxDocumentBytes = 1_048_576

/** Takes a document apart, in whichever format it is. Never throws, never believes. */
export function parseCredential(bytes: Uint8Array): ParseResult {
  if (bytes.length > maxDocumentBytes) {
    return parseFault('TOO_LARGE', `It is larger than ${maxDocumentBytes} bytes.`)
  }
  const decoded = decodeUtf8(bytes)
  if (decoded === null) return parseFault('NOT_UTF8', 'It is not text in UTF-8.')
  // Editors end files with a line break; inside, nothing is forgiven.
  let end = decoded.length
  while (end > 0 && (decoded[end - 1] === '\n' || decoded[end - 1] === '\r')) end -= 1
  const text = decoded.slice(0, end)
  if (text === '') return parseFault('EMPTY', 'There is nothing to look at.')
  if (text.startsWith('{')) return unwrapEnvelope(parseJsonDocument(text))
  return parseTokenText(text)
}

function parseTokenText(text: string): ParseResult {
  if (text.includes('~')) return parseSdJwt(text)
  const jws = parseCompactJws(text)
  if (jws === null) {
    return parseFault('FORMAT_UNKNOWN', 'It is neither JSON, nor a JWT, nor an SD-JWT.')
  }
  const { typ } = jws.seal.header
  const format = detectJwtFormat(typ, jws.payload)
  if (format === null) {
    return parseFault('FORMAT_UNKNOWN', 'It is a JWT, but no credential in a format known here.')
  }
  return {
    ok: true,
    credential: {
      format,
      document: jws.payload,
      seal: jws.seal,
      disclosure: null,
      keyBinding: null,
      faults:
        format === 'vc+jwt' ? vcJwtFaults(jws.payload) : badgeFaults(jws.seal.header, jws.payload),
    },
  }
}

function detectJwtFormat(typ: unknown, payload: JsonObject): ParsedCredential['format'] | null {
  if (typ === 'vc+jwt' || typ === 'application/vc+jwt') return 'vc+jwt'
  if (typ !== undefined && typ !== 'JWT') return null
  const { type } = payload
  const isBadge = holds(type, 'OpenBadgeCredential') || holds(type, 'AchievementCredential')
  return isBadge ? 'openbadge+jwt' : null
}

/** The JWT claims that say the same as a property of the credential. */
const sameMeaning = [
  ['iss', (vc: JsonObject) => (isJsonObject(vc.issuer) ? vc.issuer.id : vc.issuer)],
  ['jti', (vc: JsonObject) => vc.id],
  [
    'sub',
    (vc: JsonObject) => (isJsonObject(vc.credentialSubject) ? vc.credentialSubject.id : undefined),
  ],
  ['nbf', (vc: JsonObject) => toSeconds(vc.validFrom)],
  ['exp', (vc: JsonObject) => toSeconds(vc.validUntil)],
] as const

/** Faults by VC-JOSE-COSE, section 3.1.1: no `vc` claim, and no claim that contradicts the credential. */
function vcJwtFaults(payload: JsonObject): readonly CheckReason[] {
  const faults: CheckReason[] = []
  for (const claim of ['vc', 'vp']) {
    if (claim in payload) {
      faults.push({
        code: 'CLAIM_FORBIDDEN',
        message: 'This claim must not be there.',
        property: claim,
      })
    }
  }
  for (const [claim, property] of sameMeaning) {
    const value = payload[claim]
    const expected = value === undefined ? undefined : property(payload)
    if (expected !== undefined && value !== expected) {
      faults.push({
        code: 'CLAIM_CONTRADICTS',
        message: 'It contradicts the credential.',
        property: claim,
      })
    }
  }
  return faults
}

/** Faults by Open Badges 3.0, 8.2.2 and 8.2.4.1: header parameters, and claims that must equal properties. */
function badgeFaults(header: JsonObject, payload: JsonObject): readonly CheckReason[] {
  const faults: CheckReason[] = []
  for (const name of Object.keys(header)) {
    if (!badgeHeaders.has(name)) {
      faults.push({
        code: 'HEADER_FORBIDDEN',
        message: 'Open Badges do not allow it.',
        property: name,
      })
    }
  }
  if (header.kid === undefined && header.jwk === undefined) {
    faults.push({
      code: 'KEY_MISSING',
      message: 'The header has neither kid nor jwk.',
      property: 'kid',
    })
  }
  for (const [claim, property] of sameMeaning) {
    const expected = property(payload)
    const isRequired = claim !== 'exp' || expected !== undefined
    if (isRequired && (payload[claim] === undefined || payload[claim] !== expected)) {
      faults.push({
        code: 'CLAIM_CONTRADICTS',
        message: 'It must equal the badge’s own.',
        property: claim,
      })
    }
  }
  return faults
}

const badgeHeaders: ReadonlySet<string> = new Set(['alg', 'kid', 'jwk', 'typ'])

function toSeconds(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}

/** A `vc+jwt` or SD-JWT in an EnvelopedVerifiableCredential (VCDM 2.0, 4.13) is looked at as itself. */
function unwrapEnvelope(result: ParseResult): ParseResult {
  if (!result.ok || result.credential.format !== 'vc') return result
  const { document } = result.credential
  if (!toList(document.type).includes('EnvelopedVerifiableCredential')) return result
  const match = /^data:application\/(?:vc\+jwt|vc\+sd-jwt|dc\+sd-jwt),(.+)$/.exec(
    textOf(document.id) ?? '',
  )
  return match?.[1] === undefined ? result : parseTokenText(match[1])
}
