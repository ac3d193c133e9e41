import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialFormats } from './credential-source.js'
import { issueCredential } from './issue/issue-credential.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import type { CheckName, VerificationReport } from './verify/report.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
let deps: VerifyDeps

beforeAll(async () => {
  issuer = await createSampleIssuer()
  deps = await createSampleVerifier(issuer)
})
afterAll(() => issuer.remove())

const checkOf = (report: VerificationReport, name: CheckName) =>
  report.checks.find((check) => check.name === name)

describe.each(credentialFormats)('a credential issued as %s', (format) => {
  const issue = () => issueCredential(sampleSource, format, sampleIssuance, issuer)

  it('is verified by its own report', async () => {
    const report = await verifyCredential(Buffer.from(await issue()), deps)
    expect(report).toMatchObject({ verdict: 'VERIFIED', format })
    const found = Object.fromEntries(report.checks.map(({ name, status }) => [name, status]))
    expect(found).toEqual({
      FORMAT: 'pass',
      SEAL: 'pass',
      REVOCATION: 'pass',
      ACCREDITATION: 'neutral',
      VALIDITY: 'pass',
      ISSUER: 'pass',
      HOLDER: 'neutral',
    })
  })

  it.each([
    ['revocation', 'REVOKED'],
    ['suspension', 'SUSPENDED'],
  ])('fails REVOCATION after %s, and nothing else', async (purpose, code) => {
    const set = { [`https://hub.example/credentials/status/1/${purpose}`]: 4711 }
    const other = await createSampleVerifier(issuer, { set })
    const report = await verifyCredential(Buffer.from(await issue()), other)
    expect(report.verdict).toBe('FAILED')
    expect(report.checks.filter((check) => check.status === 'fail')).toHaveLength(1)
    expect(checkOf(report, 'REVOCATION')?.reasons[0]?.code).toBe(code)
  })

  it('is undetermined when the list of statuses cannot be had', async () => {
    const status = { list: 'https://hub.example/credentials/status/2', index: 1 }
    const text = await issueCredential(sampleSource, format, { ...sampleIssuance, status }, issuer)
    const report = await verifyCredential(Buffer.from(text), deps)
    expect(report.verdict).toBe('UNDETERMINED')
    expect(checkOf(report, 'REVOCATION')?.reasons[0]?.code).toBe('STATUS_RETRIEVAL_ERROR')
  })

  it('fails VALIDITY after its end and before its beginning', async () => {
    const validUntil = new Date('2026-11-23T00:00:00Z')
    const text = await issueCredential(
      sampleSource,
      format,
      { ...sampleIssuance, validUntil },
      issuer,
    )
    const expired = await verifyCredential(Buffer.from(text), deps)
    expect(checkOf(expired, 'VALIDITY')?.reasons[0]?.code).toBe('EXPIRED')
    const early = { ...deps, now: () => Date.parse('2026-11-21T00:00:00Z') }
    const notYet = await verifyCredential(Buffer.from(text), early)
    expect(checkOf(notYet, 'VALIDITY')?.reasons[0]?.code).toBe('NOT_YET_VALID')
  })

  it('is undetermined for who trusts nobody, though its seal is intact', async () => {
    const stranger = await createSampleIssuer()
    const other = await createSampleVerifier(stranger)
    const report = await verifyCredential(Buffer.from(await issue()), other)
    expect(report.verdict).not.toBe('VERIFIED')
    expect(checkOf(report, 'SEAL')?.status).not.toBe('pass')
    await stranger.remove()
  })

  it('fails ISSUER when the awarding body has not mandated the issuer', async () => {
    const awardingBody = {
      ...sampleSource.awardingBody,
      id: 'https://other.example',
      legalNames: { en: 'Another University' },
      homepage: null,
    }
    const text = await issueCredential(
      { ...sampleSource, awardingBody },
      format,
      sampleIssuance,
      issuer,
    )
    const report = await verifyCredential(Buffer.from(text), deps)
    expect(checkOf(report, 'ISSUER')?.reasons[0]?.code).toBe('MANDATE_UNKNOWN')
  })

  it('is the same text for the same award, issuance and salts, but for the signature', async () => {
    const fixed = { ...issuer, salt: () => 'AAAAAAAAAAAAAAAAAAAAAAAA' }
    const [first, second] = await Promise.all(
      [1, 2].map(() => issueCredential(sampleSource, format, sampleIssuance, fixed)),
    )
    const unsigned = (text = '') =>
      text.startsWith('{') ? JSON.parse(text).payload : text.split('.').slice(0, 2)
    expect(unsigned(first)).toEqual(unsigned(second))
  })
})
