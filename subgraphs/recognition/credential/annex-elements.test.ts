import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CredentialFormat } from './credential-source.js'
import { signCompactJws } from './issue/compact-jws.js'
import { issueCredential } from './issue/issue-credential.js'
import { sealJades } from './issue/issue-european.js'
import { toDidKeyId, toKeyUrl } from './keys/issuer-identity.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import { parseCredential } from './verify/parse-credential.js'
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

async function reportWithout(path: string, format: CredentialFormat) {
  const text = await issueCredential(sampleSource, format, sampleIssuance, issuer)
  const parsed = parseCredential(Buffer.from(text))
  if (!parsed.ok) throw new Error(parsed.reason.code)
  // An SD-JWT with everything in the open: what is only withheld is not missing.
  const json = JSON.parse(JSON.stringify(parsed.credential.document))
  remove(json, path.split('.'))
  return verifyCredential(Buffer.from(await seal(json, format)), deps)
}

async function seal(json: object, format: CredentialFormat): Promise<string> {
  const at = sampleIssuance.issuedAt
  const ec = issuer.keys.signer('ES256', at)
  const rsa = issuer.keys.signer('RS256', at)
  switch (format) {
    case 'elm+jades':
      return sealJades(JSON.stringify(json), rsa, at)
    case 'vc+jwt': {
      const kid = toDidKeyId(issuer.issuer, ec.keyId)
      return signCompactJws({ alg: 'ES256', typ: 'vc+jwt', kid }, json, ec)
    }
    case 'openbadge+jwt': {
      const kid = toKeyUrl(issuer.issuer, rsa.keyId)
      return signCompactJws({ alg: 'RS256', typ: 'JWT', kid }, json, rsa)
    }
    case 'dc+sd-jwt':
      return `${await signCompactJws({ alg: 'ES256', typ: 'dc+sd-jwt', kid: ec.keyId }, json, ec)}~`
  }
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

const inClaims = [
  [2, 'title'],
  [3, 'issuerCountry'],
  [4, 'awardingBody'],
  [5, 'awardedOn'],
  [6, 'learningOutcomes'],
  [6, 'learningOutcomes.title'],
  [7, 'notionalWorkload'],
  [9, 'typeOfAssessment'],
  [10, 'formOfParticipation'],
  [11, 'qualityAssurance'],
] as const

describe.each([
  ['vc+jwt', 'credentialSubject.', 'credentialSubject.microCredential.'],
  ['openbadge+jwt', 'credentialSubject.', 'credentialSubject.microCredential.'],
  ['dc+sd-jwt', '', ''],
] as const)('a %s sealed without a mandatory element of Annex I', (format, ofLearner, ofClaims) => {
  const elements: readonly (readonly [number, string])[] = [
    [1, `${ofLearner}familyName`],
    [1, `${ofLearner}givenName`],
    ...inClaims.map(([number, path]) => [number, `${ofClaims}${path}`] as const),
  ]
  it.each(elements)('fails FORMAT and names element %i (%s)', async (number, path) => {
    const [found, sealed] = (await reportWithout(path, format)).checks
    expect(sealed?.status).toBe('pass')
    expect(found?.status).toBe('fail')
    expect(found?.reason).toContain(`element ${number} (`)
    expect(found?.reasons.some(({ property }) => property?.startsWith(path))).toBe(true)
  })

  it('passes with all of them', async () => {
    expect((await reportWithout('nothing', format)).checks[0]?.status).toBe('pass')
  })
})
