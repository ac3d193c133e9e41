import type { CredentialFormat } from '../credential-source.js'
import type { CheckReason } from './report.js'
import type { JsonObject } from './strict-decoding.js'

/** `elm` and `vc`: a European credential or a W3C one that nobody has sealed. */
export type DetectedFormat = CredentialFormat | 'elm' | 'vc'

/** A document taken apart; nothing of it is believed yet. */
export interface ParsedCredential {
  readonly format: DetectedFormat
  /** The credential itself; of an SD-JWT with what is disclosed put back in its place. */
  readonly document: JsonObject
  /** Null when nothing seals it. */
  readonly seal: Seal | null
  /** Only SD-JWT. */
  readonly disclosure: { readonly withheld: number } | null
  /** What the holder added to present it; null when nobody presents it. */
  readonly keyBinding: KeyBinding | null
  /** What is wrong with its form though it could be read. */
  readonly faults: readonly CheckReason[]
}

export interface Seal {
  readonly header: JsonObject
  /** What was signed: this text's UTF-8. */
  readonly input: string
  readonly signature: Uint8Array
  /** Whether a time-stamp over the signature lies beside it (JAdES `etsiU` with `sigTst` or `arcTst`). */
  readonly hasTimeStamp?: boolean
}

export interface KeyBinding {
  readonly header: JsonObject
  readonly payload: JsonObject
  readonly input: string
  readonly signature: Uint8Array
  /** SHA-256 of what is presented, base64url: the value `sd_hash` must have. */
  readonly presentedHash: string
}

export type ParseResult =
  | { readonly ok: true; readonly credential: ParsedCredential }
  | { readonly ok: false; readonly reason: CheckReason }

export function parseFault(code: string, message: string): ParseResult {
  return { ok: false, reason: { code, message } }
}
