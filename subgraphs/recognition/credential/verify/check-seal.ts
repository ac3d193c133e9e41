import { createHash } from 'node:crypto'
import { type ChainResult, followChain, isValidAt } from './certificate-chain.js'
import type { CredentialFacts } from './credential-facts.js'
import { toTime } from './instant.js'
import type { ParsedCredential, Seal } from './parsed-credential.js'
import { type Check, type CheckPart, type CheckReason, combineParts, toCheck } from './report.js'
import type { ResolvedKey } from './resolve-key.js'
import { textOf } from './strict-decoding.js'
import type { TrustedIssuer, TrustStore } from './trust-store.js'
import { verifySignature } from './verify-signature.js'

/** The seal's check, and whom it proves the credential to come from. */
export interface SealFinding {
  readonly check: Check
  /** The issuer whose key sealed it; null when it is nobody's we trust, or the seal is broken. */
  readonly sealer: TrustedIssuer | null
  /** The certificate it was sealed with; null for a bare key. */
  readonly chain: ChainResult | null
  readonly isIntact: boolean
}

/** Critical header parameters we act on; any other one means that we do not understand the seal. */
const understood: ReadonlySet<unknown> = new Set(['b64', 'sigT', 'adoTst'])
const clockSkewMs = 120_000

/** Checks signature, chain and time of a seal. */
export function checkSeal(
  credential: ParsedCredential,
  facts: CredentialFacts,
  key: ResolvedKey,
  deps: { readonly trust: TrustStore; readonly now: number },
): SealFinding {
  const { seal, format } = credential
  if (seal === null) {
    const reason = { code: 'SEAL_ABSENT', message: 'Nothing seals this document.' }
    return { check: toCheck('SEAL', 'fail', [reason]), sealer: null, chain: null, isIntact: false }
  }
  const chain = followChain(seal.header.x5c, deps.trust.anchors)
  const signature = checkSignature(seal, format, key, chain)
  if (signature.status !== 'pass') {
    return { check: combineParts('SEAL', [signature]), sealer: null, chain, isIntact: false }
  }
  const origin = checkOrigin(key, chain)
  const time = checkTime(key, chain, readSealingTime(facts, deps.now), deps.now)
  const check = combineParts('SEAL', [signature, origin, time, ...timeStampPart(seal)])
  const sealer = key.trusted?.issuer ?? chain?.anchor?.issuer ?? null
  return { check, sealer: origin.status === 'pass' ? sealer : null, chain, isIntact: true }
}

function checkSignature(
  seal: Seal,
  format: ParsedCredential['format'],
  key: ResolvedKey,
  chain: ChainResult | null,
): CheckPart {
  const part = (status: CheckPart['status'], code: string, message: string): CheckPart => ({
    name: 'SIGNATURE',
    status,
    reasons: [{ code, message }],
  })
  const stranger = strangeCriticalHeader(seal, format)
  if (stranger !== null) {
    return part('fail', 'CRITICAL_HEADER_UNKNOWN', `The seal demands '${stranger}', unknown here.`)
  }
  const digest = textOf(seal.header['x5t#S256'])
  if (digest !== undefined && chain !== null) {
    const actual = createHash('sha256').update(chain.leaf.raw).digest('base64url')
    if (digest !== actual) {
      return part('fail', 'CERTIFICATE_MISMATCH', 'The seal names another certificate.')
    }
  }
  if (key.key === null) return part(key.isFault ? 'fail' : 'unknown', key.code, key.message)
  switch (verifySignature(seal.header.alg, key.key, seal.input, seal.signature)) {
    case 'intact':
      return part('pass', 'SEAL_INTACT', 'The document is as it was sealed.')
    case 'broken':
      return part('fail', 'SEAL_BROKEN', 'The document was changed, or another key sealed it.')
    case 'algorithmUnknown':
      return part('fail', 'ALGORITHM_REFUSED', 'Its algorithm is not accepted here.')
    case 'keyUnfit':
      return part('fail', 'KEY_UNFIT', 'The key is too short or of another kind.')
  }
}

/** The first critical parameter we do not act on; null when there is none. */
function strangeCriticalHeader(
  { header }: Seal,
  format: ParsedCredential['format'],
): string | null {
  const { crit } = header
  const isJades = format === 'elm+jades' || format === 'vc'
  if (crit === undefined) return header.b64 === undefined ? null : 'b64'
  if (!Array.isArray(crit) || !isJades) return 'crit'
  const stranger = crit.findIndex(
    (name) => !understood.has(name) || header[name as string] === undefined,
  )
  return stranger < 0 ? null : (textOf(crit[stranger])?.slice(0, 40) ?? 'crit')
}

function checkOrigin(key: ResolvedKey, chain: ChainResult | null): CheckPart {
  const part = (status: CheckPart['status'], reasons: readonly CheckReason[]): CheckPart => ({
    name: 'CHAIN',
    status,
    reasons,
  })
  const { trusted } = key
  if (trusted?.isWithdrawn) {
    const message = 'The issuer has withdrawn the key: nothing it sealed can be relied on.'
    return part('fail', [{ code: 'KEY_WITHDRAWN', message }])
  }
  const issuer = trusted?.issuer ?? chain?.anchor?.issuer
  if (issuer !== undefined) {
    const message = `The key is one of ${issuer.name}.`
    const reasons = [
      { code: 'CHAIN_TRUSTED', message },
      ...(issuer.isTest ? [testSeal] : []),
      ...(chain === null ? [] : [revocationUnchecked]),
    ]
    return part('pass', reasons)
  }
  const message =
    chain === null
      ? 'The key belongs to nobody trusted here.'
      : 'The certificate leads to no authority trusted here.'
  return part('unknown', [
    { code: 'CHAIN_UNTRUSTED', message },
    ...(chain === null ? [] : [revocationUnchecked]),
  ])
}

const testSeal = { code: 'TEST_SEAL', message: 'It is a test seal without legal value.' }

/** An authority would have to be asked (CRL, OCSP), and would learn who verifies what. */
const revocationUnchecked = {
  code: 'CERTIFICATE_REVOCATION_UNCHECKED',
  message: 'Whether its authority has revoked the certificate was not checked.',
}

/** Says of a time-stamp that it is there and proves nothing here: only then nobody takes it for checked. */
function timeStampPart({ header, hasTimeStamp }: Seal): readonly CheckPart[] {
  if (!hasTimeStamp && header.adoTst === undefined) return []
  const message =
    'It carries a time-stamp, which is not judged here: the time of sealing is the sealer’s own account.'
  const reasons = [{ code: 'TIME_STAMP_NOT_JUDGED', message }]
  return [{ name: 'TIME_STAMP', status: 'neutral', reasons }]
}

/** What the seal says, else when it was issued, unless that lies ahead: then it was sealed at some time before. */
function readSealingTime(facts: CredentialFacts, now: number): number | null {
  if (facts.sealedAt !== undefined) return toTime(facts.sealedAt)
  const issuedAt = toTime(facts.issuedAt)
  return issuedAt === null || issuedAt > now + clockSkewMs ? null : issuedAt
}

function checkTime(
  { trusted }: ResolvedKey,
  chain: ChainResult | null,
  sealedAt: number | null,
  now: number,
): CheckPart {
  const part = (status: CheckPart['status'], code: string, message: string): CheckPart => ({
    name: 'TIME',
    status,
    reasons: [{ code, message }],
  })
  if (sealedAt === null) {
    return part('unknown', 'SEALING_TIME_UNKNOWN', 'It does not say when it was sealed.')
  }
  if (sealedAt > now + clockSkewMs) {
    return part('fail', 'SEALED_IN_FUTURE', 'It says it was sealed in the future.')
  }
  if (chain !== null && !isValidAt(chain.path, sealedAt)) {
    const message = 'The certificate was not valid when the document was sealed.'
    return part('fail', 'CERTIFICATE_NOT_VALID_THEN', message)
  }
  if (chain !== null && !isValidAt(chain.path, now)) {
    // Only a trusted time-stamp could show that the seal is older than the certificate's end.
    const message =
      'The certificate has expired since, and no time-stamp trusted here shows that it was sealed before.'
    return part('unknown', 'CERTIFICATE_EXPIRED', message)
  }
  if (trusted && sealedAt < trusted.signsFrom - clockSkewMs) {
    return part('fail', 'KEY_NOT_IN_USE', 'The key was not in use yet when it was sealed.')
  }
  if (trusted?.signsUntil && sealedAt > trusted.signsUntil + clockSkewMs) {
    return part('fail', 'KEY_NOT_IN_USE', 'The key was no longer in use when it was sealed.')
  }
  return part('pass', 'TIME_PLAUSIBLE', 'The key was in use when the document was sealed.')
}
