import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signCompactJws } from './issue/compact-jws.js'
import { issueCredential } from './issue/issue-credential.js'
import { sealJades } from './issue/issue-european.js'
import { toDidKeyId } from './keys/issuer-identity.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
let deps: VerifyDeps

beforeAll(async () => {
  issuer = await createSampleIssuer()
  deps = await createSampleVerifier(issuer)
})
afterAll(() => issuer.remove())

type Json = Record<string, unknown>

/** Takes what a path leads to out of a document, in every entry of a list. */
function remove(value: unknown, [name = '', ...rest]: readonly string[]): void {
  for (const entry of Array.isArray(value) ? value : [value]) {
    const object = entry as Json
    if (rest.length > 0) remove(object[name], rest)
    else delete object[name]
  }
}

async function reportWithout(path: string, format: 'elm+jades' | 'vc+jwt') {
  const text = await issueCredential(sampleSource, format, sampleIssuance, issuer)
  const json =
    format === 'elm+jades'
      ? JSON.parse(JSON.parse(text).payload)
      : JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString())
  remove(json, path.split('.'))
  const at = sampleIssuance.issuedAt
  const ec = issuer.keys.signer('ES256', at)
  const kid = toDidKeyId(issuer.issuer, ec.keyId)
  const sealed =
    format === 'elm+jades'
      ? await sealJades(JSON.stringify(json), issuer.keys.signer('RS256', at), at)
      : await signCompactJws({ alg: 'ES256', typ: 'vc+jwt', kid }, json, ec)
  return verifyCredential(Buffer.from(sealed), deps)
}

const claim = 'credentialSubject.hasClaim'

describe('a European credential sealed without a mandatory element of Annex I', () => {
  it.each([
    [1, 'credentialSubject.familyName'],
    [1, 'credentialSubject.givenName'],
    [2, 'displayParameter.title'],
    [2, `${claim}.title`],
    [2, `${claim}.specifiedBy.title`],
    [3, 'issuer.location'],
    [3, 'issuer.location.address.countryCode'],
    [4, `${claim}.awardedBy.awardingBody`],
    [4, `${claim}.awardedBy.awardingBody.legalName`],
    [5, 'issued'],
    [5, `${claim}.awardedBy.awardingDate`],
    [6, `${claim}.specifiedBy.learningOutcome`],
    [6, `${claim}.specifiedBy.learningOutcome.title`],
    [7, `${claim}.specifiedBy.creditPoint`],
    [9, `${claim}.provenBy`],
    [9, `${claim}.provenBy.specifiedBy`],
    [10, `${claim}.specifiedBy.mode`],
    [11, `${claim}.specifiedBy.accreditation`],
  ])('fails FORMAT and names element %i (%s)', async (number, path) => {
    const report = await reportWithout(path, 'elm+jades')
    const [format, seal] = report.checks
    expect(seal?.status).toBe('pass')
    expect(format?.status).toBe('fail')
    const named = format?.reasons.filter(({ code }) => code === 'ANNEX_ELEMENT_MISSING')
    expect(named?.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`element ${number} (`),
    )
    expect(named?.every(({ property }) => property?.startsWith(path))).toBe(true)
  })

  it('passes FORMAT without a level, which not every jurisdiction has, and says so', async () => {
    const report = await reportWithout(`${claim}.specifiedBy.eqfLevel`, 'elm+jades')
    expect(report.checks[0]?.status).toBe('pass')
    expect(report.checks[0]?.reasons.map(({ code }) => code)).toContain('LEVEL_ABSENT')
  })
})

describe('a vc+jwt sealed without a mandatory element of Annex I', () => {
  const at = 'credentialSubject.microCredential'
  it.each([
    [1, 'credentialSubject.familyName'],
    [2, `${at}.title`],
    [3, `${at}.issuerCountry`],
    [4, `${at}.awardingBody`],
    [5, `${at}.awardedOn`],
    [6, `${at}.learningOutcomes`],
    [7, `${at}.notionalWorkload`],
    [9, `${at}.typeOfAssessment`],
    [10, `${at}.formOfParticipation`],
    [11, `${at}.qualityAssurance`],
  ])('fails FORMAT and names element %i (%s)', async (number, path) => {
    const [format] = (await reportWithout(path, 'vc+jwt')).checks
    expect(format?.status).toBe('fail')
    expect(format?.reason).toContain(`element ${number} (`)
  })
})
