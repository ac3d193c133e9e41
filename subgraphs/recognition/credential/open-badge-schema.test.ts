import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOpenBadge } from './issue/build-open-badge.js'
import { issueCredential } from './issue/issue-credential.js'
import { buildOpenBadgeSchema } from './open-badge-schema.fixture.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from './sample-source.fixture.js'

const ajv = new Ajv2019({ strict: false, allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(buildOpenBadgeSchema())
const faultsOf = (badge: unknown) =>
  validate(badge)
    ? []
    : (validate.errors ?? []).map((fault) => `${fault.instancePath} ${fault.message}`)

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>

beforeAll(async () => {
  issuer = await createSampleIssuer()
})
afterAll(() => issuer.remove())

const { award } = sampleSource
const holderKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }
const validUntil = new Date('2031-01-01T00:00:00Z')

describe('an Open Badge against the data model of Open Badges 3.0 as a JSON schema', () => {
  it.each([
    ['with a grade, for nobody’s key', sampleSource, {}],
    ['without a grade', { ...sampleSource, award: { ...award, grade: null } }, {}],
    ['for the holder of a key', sampleSource, { holderKey }],
    ['with an end and without a status', sampleSource, { validUntil, status: null }],
    ['that supersedes another', sampleSource, { supersedes: sampleIssuance.id }],
  ])('passes %s', async (_what, source, difference) => {
    const issuance = { ...sampleIssuance, ...difference }
    const text = await issueCredential(source, 'openbadge+jwt', issuance, issuer)
    // As it was sealed, with the registered claims beside the credential.
    const payload: unknown = JSON.parse(
      Buffer.from(text.split('.')[1] ?? '', 'base64url').toString(),
    )
    expect(faultsOf(payload)).toEqual([])
  })

  it.each([
    '@context',
    'id',
    'type',
    'issuer',
    'validFrom',
    'credentialSubject',
    'issuer.id',
    'issuer.type',
    'credentialStatus.id',
    'credentialStatus.type',
    'credentialSubject.id',
    'credentialSubject.type',
    'credentialSubject.achievement',
    'credentialSubject.achievement.id',
    'credentialSubject.achievement.type',
    'credentialSubject.achievement.name',
    'credentialSubject.achievement.description',
    'credentialSubject.achievement.criteria',
    'credentialSubject.achievement.alignment.0.targetUrl',
    'credentialSubject.achievement.resultDescription.0.resultType',
    'credentialSubject.result.0.type',
  ])('fails without %s, which the schema is worth nothing if it does not notice', (path) => {
    const badge = JSON.parse(
      JSON.stringify(buildOpenBadge(sampleSource, sampleIssuance, issuer.issuer)),
    )
    const names = path.split('.')
    const last = names.pop() ?? ''
    const parent = names.reduce((node, name) => node[name], badge)
    expect(parent).toHaveProperty([last])
    delete parent[last]
    expect(faultsOf(badge)).not.toEqual([])
  })

  it.each([
    [
      'an achievement type of no vocabulary',
      'credentialSubject.achievement.achievementType',
      'Micro',
    ],
    ['credits as text', 'credentialSubject.creditsEarned', '2'],
    ['a beginning without a zone', 'validFrom', '2026-11-22T09:30:00'],
    ['two statuses', 'credentialStatus', []],
    ['the contexts of version 1', '@context', ['https://www.w3.org/2018/credentials/v1']],
  ])('fails with %s', (_what, path, value) => {
    const badge = JSON.parse(
      JSON.stringify(buildOpenBadge(sampleSource, sampleIssuance, issuer.issuer)),
    )
    const names = path.split('.')
    const last = names.pop() ?? ''
    names.reduce((node, name) => node[name], badge)[last] = value
    expect(faultsOf(badge)).not.toEqual([])
  })
})
