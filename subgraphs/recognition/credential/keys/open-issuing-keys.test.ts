import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issueCredential } from '../issue/issue-credential.js'
import { createSampleIssuer, sampleIssuance, sampleSource } from '../sample-source.fixture.js'
import { createSampleVerifier } from '../sample-verifier.fixture.js'
import { verifyCredential } from '../verify/verify-credential.js'
import { addCertifiedKey } from './add-certified-key.js'
import { ensureTestKeys } from './make-test-keys.js'
import { openIssuingKeys } from './open-issuing-keys.js'
import { rsaModulusBits } from './signer.js'
import { createTestAuthority } from './test-authority.js'

const now = new Date('2026-11-23T12:00:00Z')
const made = new Date('2026-11-01T00:00:00Z')
const { issuingBody } = sampleSource
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
})
afterEach(() => rm(directory, { recursive: true }))

const inProduction = () => openIssuingKeys(directory, issuingBody, { allowsTestKeys: false, now })

/** A key with a certificate of an authority of the test's own, in PEM as one is delivered. */
async function orderCertificate(
  algorithm: 'ES256' | 'RS256',
  modulusLength = rsaModulusBits,
): Promise<{ privateKey: string; certificates: string }> {
  const authority = await createTestAuthority(
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    made,
  )
  const { privateKey, publicKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength })
  const leaf = await authority.certify(issuingBody, { publicKey, algorithm }, made)
  return {
    privateKey: toPem(privateKey),
    certificates: [leaf, authority.certificate].map(toCertificatePem).join(''),
  }
}

function toPem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' }).toString()
}

function toCertificatePem(text: string): string {
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`
}

describe('in production', () => {
  it('nothing is issued without keys, none are made, and the error names the command', async () => {
    await expect(inProduction()).rejects.toMatchObject({
      code: 'SIGNING_KEYS_INVALID',
      message: expect.stringContaining('npm run keys'),
    })
    expect(await readdir(directory)).toEqual([])
  })

  it('nothing is issued with test keys', async () => {
    await ensureTestKeys(directory, issuingBody, now)
    await expect(inProduction()).rejects.toMatchObject({
      message: expect.stringContaining('has test keys'),
    })
  })

  it('certified keys seal, and a report on what they sealed says nothing of a test', async () => {
    for (const algorithm of ['ES256', 'RS256'] as const) {
      const order = await orderCertificate(algorithm)
      await addCertifiedKey(directory, { algorithm, ...order, now: made, overlapSeconds: 600 })
    }
    const keys = await inProduction()
    const sample = await createSampleIssuer()
    const issuer = { ...sample, keys }
    const deps = await createSampleVerifier(issuer)
    for (const format of ['elm+jades', 'dc+sd-jwt'] as const) {
      const text = await issueCredential(sampleSource, format, sampleIssuance, issuer)
      const report = await verifyCredential(Buffer.from(text), deps)
      expect(report.verdict).toBe('VERIFIED')
      expect(JSON.stringify(report)).not.toMatch(/test/i)
    }
    await sample.remove()
  })
})

it('says of what test keys sealed, in SEAL and in ISSUER, that it is a test', async () => {
  const sample = await createSampleIssuer()
  const deps = await createSampleVerifier(sample)
  const text = await issueCredential(sampleSource, 'vc+jwt', sampleIssuance, sample)
  const { checks } = await verifyCredential(Buffer.from(text), deps)
  const codes = checks.flatMap(({ reasons }) => reasons.map(({ code }) => code))
  expect(codes).toEqual(expect.arrayContaining(['TEST_SEAL', 'TEST_ISSUER']))
  await sample.remove()
})

describe('a certified key', () => {
  const add = (order: { privateKey: string; certificates: string }, at = now) =>
    addCertifiedKey(directory, { algorithm: 'ES256', ...order, now: at, overlapSeconds: 600 })

  it('follows the one before it after the overlap', async () => {
    const first = await add(await orderCertificate('ES256'))
    const second = await add(await orderCertificate('ES256'))
    const keys = await inProduction()
    expect(keys.signer('ES256', now).keyId).toBe(first.keyId)
    expect(keys.signer('ES256', new Date(now.getTime() + 600_000)).keyId).toBe(second.keyId)
  })

  it.each([
    [
      'another’s certificate',
      async () => ({
        ...(await orderCertificate('ES256')),
        privateKey: (await orderCertificate('ES256')).privateKey,
      }),
      /another key’s/,
    ],
    ['a key of another kind', () => orderCertificate('RS256'), /not fit for ES256/],
    [
      'no certificate of an authority',
      async () => {
        const { privateKey, certificates } = await orderCertificate('ES256')
        return {
          privateKey,
          certificates: certificates.slice(0, certificates.indexOf('-----END') + 26),
        }
      },
      /are not the seal’s and its authority’s/,
    ],
    [
      'another authority',
      async () => {
        const [one, two] = [await orderCertificate('ES256'), await orderCertificate('ES256')]
        const leaf = one.certificates.slice(0, one.certificates.indexOf('-----END') + 26)
        const root = two.certificates.slice(two.certificates.lastIndexOf('-----BEGIN'))
        return { privateKey: one.privateKey, certificates: leaf + root }
      },
      /did not sign/,
    ],
    [
      'no key',
      async () => ({ ...(await orderCertificate('ES256')), privateKey: 'secret?' }),
      /no PEM/,
    ],
  ] as const)('is refused with %s, and nothing is written', async (_what, order, message) => {
    await expect(add(await order())).rejects.toMatchObject({
      code: 'SIGNING_KEYS_INVALID',
      message: expect.stringMatching(message),
    })
    expect(await readdir(directory)).toEqual([])
  })

  it('is refused with an RSA key that European suites no longer allow', async () => {
    const order = await orderCertificate('RS256', 2048)
    const added = addCertifiedKey(directory, {
      algorithm: 'RS256',
      ...order,
      now,
      overlapSeconds: 600,
    })
    await expect(added).rejects.toMatchObject({
      message: expect.stringMatching(/not fit for RS256 .*3000 bits/),
    })
    expect(await readdir(directory)).toEqual([])
  })

  it('is refused when its certificate has run out, and beside test keys', async () => {
    const order = await orderCertificate('ES256')
    const late = new Date('2029-11-23T12:00:00Z')
    await expect(add(order, late)).rejects.toMatchObject({
      message: expect.stringMatching(/not valid now/),
    })
    await ensureTestKeys(directory, issuingBody, now)
    await expect(add(order)).rejects.toMatchObject({
      message: expect.stringMatching(/has test keys/),
    })
  })
})
