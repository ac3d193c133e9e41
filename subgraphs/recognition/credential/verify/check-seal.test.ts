import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildVerifiableCredential } from '../issue/build-vc.js'
import { signCompactJws } from '../issue/compact-jws.js'
import { buildEuropeanCredential } from '../issue/elm/build-european-credential.js'
import { issueCredential } from '../issue/issue-credential.js'
import { sealJades } from '../issue/issue-european.js'
import { toDidKeyId } from '../keys/issuer-identity.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from '../sample-source.fixture.js'
import { createSampleVerifier } from '../sample-verifier.fixture.js'
import { verifyCredential } from './verify-credential.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>

beforeAll(async () => {
  issuer = await createSampleIssuer()
})
afterAll(() => issuer.remove())

const sealedAt = (at: string) => {
  const credential = buildEuropeanCredential(sampleSource, sampleIssuance, 'NTRNL-TEST00000000')
  const signer = issuer.keys.signer('RS256', sampleIssuance.issuedAt)
  return sealJades(JSON.stringify(credential), signer, new Date(at))
}

async function look(text: string, now?: Date) {
  const deps = await createSampleVerifier(issuer, now && { now })
  const { checks, verdict } = await verifyCredential(Buffer.from(text), deps)
  const seal = checks.find(({ name }) => name === 'SEAL')
  return { verdict, status: seal?.status, codes: seal?.reasons.map(({ code }) => code) ?? [] }
}

describe('the time of a seal (sigT)', () => {
  it('within the certificate’s validity passes, and what was not asked is said', async () => {
    const { verdict, status, codes } = await look(await sealedAt('2026-11-22T09:30:00Z'))
    expect([verdict, status]).toEqual(['VERIFIED', 'pass'])
    expect(codes).toEqual([
      'SEAL_INTACT',
      'CHAIN_TRUSTED',
      'TEST_SEAL',
      'CERTIFICATE_REVOCATION_UNCHECKED',
      'TIME_PLAUSIBLE',
    ])
  })

  it.each([
    ['before the certificate began', '2026-10-01T00:00:00Z', 'CERTIFICATE_NOT_VALID_THEN'],
    ['in the future', '2026-11-24T00:00:00Z', 'SEALED_IN_FUTURE'],
  ])('%s fails', async (_when, at, code) => {
    const { status, codes } = await look(await sealedAt(at))
    expect(status).toBe('fail')
    expect(codes).toContain(code)
  })

  it('before the certificate’s end is not believed after that end', async () => {
    const text = await sealedAt('2026-11-22T09:30:00Z')
    const { verdict, status, codes } = await look(text, new Date('2029-06-01T00:00:00Z'))
    expect([verdict, status]).toEqual(['UNDETERMINED', 'unknown'])
    expect(codes).toContain('CERTIFICATE_EXPIRED')
  })
})

describe('the time of a seal that says nothing of it', () => {
  it('is not taken for the future when a credential is valid from later on: VALIDITY says so', async () => {
    const issuance = { ...sampleIssuance, issuedAt: new Date('2026-12-24T00:00:00Z'), status: null }
    const text = await issueCredential(sampleSource, 'vc+jwt', issuance, issuer)
    const deps = await createSampleVerifier(issuer)
    const { verdict, checks } = await verifyCredential(Buffer.from(text), deps)
    const codes = checks.map(({ name, status, reasons }) => [name, status, reasons.at(-1)?.code])
    expect(verdict).toBe('FAILED')
    expect(codes).toContainEqual(['VALIDITY', 'fail', 'NOT_YET_VALID'])
    expect(checks[1]).toMatchObject({ status: 'unknown' })
    expect(checks[1]?.reasons.map(({ code }) => code)).toContain('SEALING_TIME_UNKNOWN')
  })
})

describe('the time of a seal (iat, as JAdES has it since version 1.2.1)', () => {
  const sealedWithIat = (iat: number) => {
    const signer = issuer.keys.signer('ES256', sampleIssuance.issuedAt)
    const header = {
      alg: signer.algorithm,
      kid: toDidKeyId(issuer.issuer, signer.keyId),
      typ: 'vc+jwt',
      iat,
    }
    return signCompactJws(
      header,
      buildVerifiableCredential(sampleSource, sampleIssuance, issuer.issuer),
      signer,
    )
  }

  it.each([
    ['when the key was in use', '2026-11-22T09:30:00Z', 'TIME_PLAUSIBLE', 'pass'],
    ['before the key was in use', '2026-10-01T00:00:00Z', 'KEY_NOT_IN_USE', 'fail'],
    ['in the future', '2026-11-24T00:00:00Z', 'SEALED_IN_FUTURE', 'fail'],
  ])('%s', async (_when, at, code, status) => {
    const found = await look(await sealedWithIat(Date.parse(at) / 1000))
    expect(found.codes).toContain(code)
    expect(found.status).toBe(status)
  })
})

describe('a time-stamp beside a seal', () => {
  it.each([
    ['in clear', [{ sigTst: { tstTokens: [{ val: 'MIIK' }] } }]],
    ['in base64url', [Buffer.from('{"sigTst":{"tstTokens":[]}}').toString('base64url')]],
  ])('%s is reported as not judged', async (_form, etsiU) => {
    const envelope = JSON.parse(await sealedAt('2026-11-22T09:30:00Z'))
    envelope.signatures[0].header = { etsiU }
    const { verdict, codes } = await look(JSON.stringify(envelope))
    expect(verdict).toBe('VERIFIED')
    expect(codes).toContain('TIME_STAMP_NOT_JUDGED')
  })

  it('is not reported where there is none', async () => {
    const envelope = JSON.parse(await sealedAt('2026-11-22T09:30:00Z'))
    envelope.signatures[0].header = { etsiU: ['no JSON', 7, { xVals: [] }] }
    expect((await look(JSON.stringify(envelope))).codes).not.toContain('TIME_STAMP_NOT_JUDGED')
  })
})
