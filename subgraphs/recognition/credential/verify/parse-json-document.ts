import { type ParseResult, parseFault, type Seal } from './parsed-credential.js'
import {
  decodeBase64Url,
  decodeUtf8,
  isDeeperThan,
  isJsonObject,
  type JsonObject,
  parseJsonObject,
  textOf,
  toList,
} from './strict-decoding.js'

const maxDepth = 40
const envelopeMembers = new Set(['payload', 'signatures', 'signature', 'protected', 'header'])
const signatureMembers = new Set(['protected', 'signature', 'header'])

/** Takes a JSON document apart: a JAdES seal around a European credential, or a credential without a seal. */
export function parseJsonDocument(text: string): ParseResult {
  const json = parseJsonObject(text)
  if (json === null) return parseFault('JSON_INVALID', 'It begins like JSON and is none.')
  if ('payload' in json) return parseSealed(json)
  return parseDocument(json, null)
}

function parseSealed(envelope: JsonObject): ParseResult {
  const malformed = (message: string) => parseFault('SEAL_MALFORMED', message)
  const stranger = Object.keys(envelope).find((name) => !envelopeMembers.has(name))
  if (stranger !== undefined) return malformed('The seal has a member that JWS does not know.')
  const { payload } = envelope
  if (typeof payload !== 'string') return malformed('The payload is not text.')
  const signatures = 'signatures' in envelope ? toList(envelope.signatures) : [envelope]
  const [entry] = signatures
  if (signatures.length !== 1 || !isJsonObject(entry)) {
    return malformed('There is not exactly one signature.')
  }
  if (entry !== envelope && Object.keys(entry).some((name) => !signatureMembers.has(name))) {
    return malformed('The signature has a member that JWS does not know.')
  }
  const protectedHeader = textOf(entry.protected)
  const headerBytes = protectedHeader === undefined ? null : decodeBase64Url(protectedHeader)
  const header = headerBytes === null ? null : parseJsonObject(decodeUtf8(headerBytes) ?? '')
  const signature = decodeBase64Url(textOf(entry.signature) ?? '.')
  if (header === null || signature === null) return malformed('Header or signature cannot be read.')
  const content = header.b64 === false ? payload : decodePayload(payload)
  const document = content === null ? null : parseJsonObject(content)
  if (document === null) return malformed('The payload is no JSON object.')
  const input = `${protectedHeader}.${payload}`
  const hasTimeStamp = carriesTimeStamp(entry.header)
  return parseDocument(document, { header, input, signature, hasTimeStamp })
}

/** ETSI TS 119 182-1, 5.3.1: `etsiU` is an array of objects, or of their base64url. */
function carriesTimeStamp(unprotected: unknown): boolean {
  if (!isJsonObject(unprotected)) return false
  return toList(unprotected.etsiU).some((entry) => {
    const object =
      typeof entry === 'string'
        ? parseJsonObject(Buffer.from(entry, 'base64url').toString())
        : entry
    return isJsonObject(object) && timeStamps.some((name) => name in object)
  })
}

const timeStamps = ['sigTst', 'rfsTst', 'sigRTst', 'arcTst'] as const

function decodePayload(payload: string): string | null {
  const bytes = decodeBase64Url(payload)
  return bytes === null ? null : decodeUtf8(bytes)
}

function parseDocument(document: JsonObject, seal: Seal | null): ParseResult {
  if (isDeeperThan(document, maxDepth)) {
    return parseFault('TOO_DEEP', `It nests deeper than ${maxDepth} levels.`)
  }
  const types = toList(document.type)
  const isEuropean = types.includes('EuropeanDigitalCredential')
  const isOther =
    types.includes('VerifiableCredential') || types.includes('EnvelopedVerifiableCredential')
  if (!isEuropean && !isOther) {
    return parseFault('NOT_A_CREDENTIAL', 'Its type is no credential.')
  }
  const sealed = seal === null ? null : 'elm+jades'
  return {
    ok: true,
    credential: {
      format: isEuropean ? (sealed ?? 'elm') : 'vc',
      document,
      seal,
      disclosure: null,
      keyBinding: null,
      faults: [],
    },
  }
}
