import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CredentialFormat,
  type CredentialSource,
  type Issuance,
  toCredentialUrn,
} from '../credential-source.js'
import { createRandom } from '../fuzz-verification.fixture.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from '../sample-source.fixture.js'
import { buildStatusEntries } from '../status/status-entry.js'
import { parseCredential } from '../verify/parse-credential.js'
import { buildOpenBadge } from './build-open-badge.js'
import { buildVerifiableCredential, learnerClaims } from './build-vc.js'
import { createMoulds, encodeOne } from './document-mould.js'
import { encodeText } from './encode-text.js'
import { issueCredential } from './issue-credential.js'
import { buildMicroCredentialClaims } from './micro-credential-claims.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>

beforeAll(async () => {
  issuer = await createSampleIssuer()
})
afterAll(() => issuer.remove())

const oddTexts = [
  'Zoë',
  'O’Brien "Bob"',
  '',
  'a\\b\n\u2028',
  '漢字 😀',
  '\u0000',
  '$&',
  'x'.repeat(30_000),
]

/** Awards of one definition that differ in everything awards may differ in. */
function listCases(count: number): readonly (readonly [CredentialSource, Issuance])[] {
  const random = createRandom(7)
  const pick = <Value>(values: readonly Value[]) =>
    values[Math.floor(random() * values.length)] as Value
  const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
  const { award, learner, stacksInto } = sampleSource
  return Array.from({ length: count }, (_, number) => [
    {
      ...sampleSource,
      award: {
        ...award,
        id: `utwente:award:${number}` as typeof award.id,
        awardedOn: pick(['2026-11-20', '2025-01-02']),
        ects: pick([award.ects, '3.5' as typeof award.ects]),
        eqfLevel: pick([6, 7, null]),
        iscedF: pick([['0613'], []]),
        accreditation: pick([null, 'NVAO-TEST-2024-0001']),
        grade: pick([null, { value: pick(oddTexts), scale: pick(['1–10', 'A–F']) }]),
        learningOutcomes: pick([award.learningOutcomes, copy(award.learningOutcomes), []]),
      },
      learner: {
        givenName: pick(oddTexts),
        familyName: pick(oddTexts),
        dateOfBirth: pick([null, '2001-02-03', learner.dateOfBirth]),
      },
      stacksInto: pick([stacksInto, copy(stacksInto), []]),
    },
    {
      ...sampleIssuance,
      id: `alliance:credential:${number}` as Issuance['id'],
      issuedAt: new Date(Date.UTC(2026, 10, 1, 0, 0, number)),
      status: pick([
        null,
        { list: pick(['https://a.example/1', 'https://a.example/2']), index: number },
      ]),
      validUntil: pick([null, null, new Date('2031-01-01T00:00:00Z')]),
      supersedes: pick([null, null, sampleIssuance.id]),
      holderKey: pick([null, null, { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }]),
    },
  ])
}

async function read(source: CredentialSource, issuance: Issuance, format: CredentialFormat) {
  const text = await issueCredential(source, format, issuance, issuer)
  const parsed = parseCredential(Buffer.from(text))
  if (!parsed.ok) throw new Error(parsed.reason.code)
  expect(parsed.credential.faults).toEqual([])
  return parsed.credential.document
}

describe('a document from a mould', () => {
  it('is byte for byte the one that is written without it, whatever differs', () => {
    const write = (...given: Parameters<typeof buildVerifiableCredential>) => [
      JSON.stringify(buildVerifiableCredential(...given)),
    ]
    const cast = createMoulds(write)
    for (const [source, issuance] of listCases(600)) {
      const [text = ''] = write(source, issuance, issuer.issuer)
      expect(encodeOne(cast(source, issuance, issuer.issuer))).toBe(encodeText(text))
    }
  })

  it('says of each award what is its own, in every format that is cast', async () => {
    for (const [source, issuance] of listCases(100)) {
      const { award, learner } = source
      const own = { ...learnerClaims(learner), ...buildMicroCredentialClaims(source) }
      const sdJwt = await read(source, issuance, 'dc+sd-jwt')
      expect(sdJwt).toMatchObject({
        ...own,
        jti: toCredentialUrn(issuance.id),
        iat: issuance.issuedAt.getTime() / 1000,
        ...(issuance.holderKey && { cnf: { jwk: issuance.holderKey } }),
        ...(issuance.status && { credentialStatus: buildStatusEntries(issuance.status) }),
      })
      const badge = await read(source, issuance, 'openbadge+jwt')
      expect(badge).toEqual({
        ...JSON.parse(JSON.stringify(buildOpenBadge(source, issuance, issuer.issuer))),
        iss: issuer.issuer.url,
        jti: toCredentialUrn(issuance.id),
        sub: expect.any(String),
        nbf: issuance.issuedAt.getTime() / 1000,
        ...(issuance.validUntil && { exp: issuance.validUntil.getTime() / 1000 }),
      })
      expect(badge).toMatchObject({
        credentialSubject: { microCredential: { identifier: award.id } },
      })
    }
  })

  it('is written once for many awards of a definition', () => {
    let written = 0
    const cast = createMoulds((...given) => {
      written += 1
      return [JSON.stringify(buildVerifiableCredential(...given))]
    })
    for (let index = 0; index < 50; index += 1) {
      const award = { ...sampleSource.award, id: `utwente:award:${index}` as never }
      const issuance = { ...sampleIssuance, status: { list: 'https://a.example/1', index } }
      encodeOne(cast({ ...sampleSource, award }, issuance, issuer.issuer))
    }
    // Once with marks, once to compare.
    expect(written).toBe(2)
  })
})
