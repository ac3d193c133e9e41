import { createHash, randomBytes } from 'node:crypto'
import {
  BitstringStatusList,
  createCredential,
  createList,
} from '@digitalbazaar/vc-bitstring-status-list'
import { ES256 } from '@sd-jwt/crypto-nodejs'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { compactVerify, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify } from 'jose'
import jsonld from 'jsonld'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vcContextUrl } from './issue/build-vc.js'
import { signCompactJws } from './issue/compact-jws.js'
import { issueCredential } from './issue/issue-credential.js'
import { disclosableClaims, microCredentialType } from './issue/issue-sd-jwt.js'
import { buildMicroCredentialContext } from './json-ld/micro-credential-context.js'
import { buildOfflineContexts } from './json-ld/offline-contexts.js'
import { toDidKeyId } from './keys/issuer-identity.js'
import { buildJwks } from './keys/key-documents.js'
import {
  createSampleIssuer,
  sampleIssuance,
  sampleNow,
  sampleSource,
} from './sample-source.fixture.js'
import { createSampleVerifier } from './sample-verifier.fixture.js'
import { decodeBitstring, encodeBitstring, readBit, writeBit } from './status/bitstring.js'
import { buildStatusListCredential } from './status/status-list-credential.js'
import { type VerifyDeps, verifyCredential } from './verify/verify-credential.js'

let issuer: Awaited<ReturnType<typeof createSampleIssuer>>
let deps: VerifyDeps

beforeAll(async () => {
  issuer = await createSampleIssuer()
  deps = await createSampleVerifier(issuer)
})
afterAll(() => issuer.remove())

const publishedKey = async (algorithm: string) => {
  const { keys } = buildJwks(issuer.keys.published(sampleNow)) as { keys: JWK[] }
  const jwk = keys.find(({ alg }) => alg === algorithm) ?? {}
  return importJWK(jwk, algorithm)
}
const issue = (format: Parameters<typeof issueCredential>[1], changes = {}) =>
  issueCredential(sampleSource, format, { ...sampleIssuance, ...changes }, issuer)

describe('vc+jwt', () => {
  it('is verified by jose with the published key, and its payload is the credential', async () => {
    const text = await issue('vc+jwt')
    const { payload, protectedHeader } = await compactVerify(text, await publishedKey('ES256'))
    const credential = JSON.parse(Buffer.from(payload).toString())
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc' })
    expect(credential['@context'][0]).toBe(vcContextUrl)
    for (const claim of ['vc', 'vp', 'iss', 'nbf', 'jti', 'exp']) {
      expect(credential).not.toHaveProperty(claim)
    }
  })

  it.each(['vc+jwt', 'openbadge+jwt'] as const)(
    'and what %s says has a meaning for every term in JSON-LD',
    async (format) => {
      const text = await issue(format)
      const document = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString())
      for (const claim of ['iss', 'jti', 'sub', 'nbf']) delete document[claim]
      // The badge's own context is not ours to ship; its terms are left to the specification.
      document['@context'] = document['@context'].filter(
        (url: string) => !url.includes('imsglobal'),
      )
      const own = document['@context'].at(-1)
      const contexts = new Map<string, object>([
        ...buildOfflineContexts(),
        [own, buildMicroCredentialContext(own)],
      ])
      const claims = {
        '@context': document['@context'],
        ...document.credentialSubject.microCredential,
      }
      for (const checked of format === 'vc+jwt' ? [document, claims] : [claims]) {
        const quads = await jsonld.toRDF(checked, {
          safe: true,
          documentLoader: async (url: string) => ({
            contextUrl: undefined,
            documentUrl: url,
            document: contexts.get(url),
          }),
        } as jsonld.Options.ToRdf)
        expect((quads as unknown as unknown[]).length).toBeGreaterThan(20)
      }
    },
  )

  it.each([
    ['another media type', { typ: 'JWT' }, {}, 'FORMAT_UNKNOWN'],
    ['a vc claim', {}, { vc: { id: 'urn:x' } }, 'CLAIM_FORBIDDEN'],
    ['an issuer claim that contradicts', {}, { iss: 'https://other.example' }, 'CLAIM_CONTRADICTS'],
    [
      'an expiry that contradicts',
      {},
      { exp: 1, validUntil: '2030-01-01T00:00:00Z' },
      'CLAIM_CONTRADICTS',
    ],
    ['no issuer', {}, { issuer: undefined }, 'PROPERTY_MISSING'],
  ])('with %s fails FORMAT', async (_what, header, claims, code) => {
    const text = await issue('vc+jwt')
    const payload = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString())
    const signer = issuer.keys.signer('ES256', sampleNow)
    const kid = toDidKeyId(issuer.issuer, signer.keyId)
    const resigned = await signCompactJws(
      { alg: 'ES256', typ: 'vc+jwt', kid, ...header },
      { ...payload, ...claims },
      signer,
    )
    const [format] = (await verifyCredential(Buffer.from(resigned), deps)).checks
    expect(format?.status).toBe('fail')
    expect(format?.reasons.map((reason) => reason.code)).toContain(code)
  })
})

describe('Open Badges', () => {
  it('follow the JWT rules: RS256, allowed headers only, claims equal to properties', async () => {
    const text = await issue('openbadge+jwt', { validUntil: new Date('2030-01-01T00:00:00Z') })
    const { payload, protectedHeader } = await jwtVerify(text, await publishedKey('RS256'), {
      currentDate: sampleNow,
    })
    expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'kid', 'typ'])
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' })
    const { issuer: badgeIssuer, credentialSubject } = payload as never as Record<
      string,
      { id: string }
    >
    expect(payload.iss).toBe(badgeIssuer?.id)
    expect(payload.sub).toBe(credentialSubject?.id)
    expect(payload.jti).toBe(payload.id)
    expect(payload.nbf).toBe(Date.parse(String(payload.validFrom)) / 1000)
    expect(payload.exp).toBe(Date.parse('2030-01-01T00:00:00Z') / 1000)
  })
})

const sdJwt = async () => {
  const jwk = await publishedKey('ES256').then((key) => exportJWK(key as CryptoKey))
  return new SDJwtVcInstance({
    verifier: await ES256.getVerifier(jwk),
    hasher: (data, algorithm) =>
      createHash(algorithm.replace('-', '')).update(String(data)).digest(),
    hashAlg: 'sha-256',
    kbVerifier: async (data, signature, payload) => {
      const key = (payload as { cnf?: { jwk?: JWK } }).cnf?.jwk ?? {}
      return (await ES256.getVerifier(key))(data, signature)
    },
  })
}

describe('SD-JWT VC', () => {
  it('is verified by @sd-jwt/sd-jwt-vc, with everything and with nothing disclosed', async () => {
    const text = await issue('dc+sd-jwt')
    const library = await sdJwt()
    const { payload } = await library.verify(text, { currentDate: sampleNow.getTime() / 1000 })
    expect(payload).toMatchObject({
      vct: microCredentialType,
      familyName: 'Sample',
      grade: { value: '8.5' },
    })
    const minimal = await library.present(text, {})
    expect(minimal.split('~')).toHaveLength(2)
    const hidden = await library.verify(minimal, { currentDate: sampleNow.getTime() / 1000 })
    for (const claim of disclosableClaims) expect(hidden.payload).not.toHaveProperty(claim)
    const report = await verifyCredential(Buffer.from(minimal), deps)
    expect(report.verdict).toBe('VERIFIED')
  })

  it('of @sd-jwt/sd-jwt-vc is verified by us, under either media type', async () => {
    const pair = await ES256.generateKeyPair()
    const library = new SDJwtVcInstance({
      signer: await ES256.getSigner(pair.privateKey as JWK),
      signAlg: 'ES256',
      hasher: (data, algorithm) =>
        createHash(algorithm.replace('-', '')).update(String(data)).digest(),
      hashAlg: 'sha-256',
      saltGenerator: async (length) => randomBytes(length).toString('base64url'),
    })
    const kid = `did:jwk:${Buffer.from(JSON.stringify(pair.publicKey)).toString('base64url')}`
    for (const typ of ['dc+sd-jwt', 'vc+sd-jwt']) {
      const text = await library.issue(
        {
          iss: 'https://other.example',
          iat: 1_763_800_000,
          vct: 'urn:other:thing',
          name: 'x',
          nested: { a: 1, b: 2 },
        },
        { _sd: ['name'], nested: { _sd: ['a', 'b'] } },
        { header: { kid, typ } },
      )
      const report = await verifyCredential(Buffer.from(text), deps)
      const [format, seal, , , , who] = report.checks
      expect(format?.status).toBe('pass')
      expect(seal?.parts.find(({ name }) => name === 'SIGNATURE')?.status).toBe('pass')
      expect(who?.reasons[0]?.code).toBe('ISSUER_UNKNOWN')
      expect(report.verdict).toBe('UNDETERMINED')
      const [jwt = '', ...disclosures] = text.split('~')
      const foreign = Buffer.from('["salt","name","y"]').toString('base64url')
      const forged = [jwt, foreign, ...disclosures.slice(1)].join('~')
      expect((await verifyCredential(Buffer.from(forged), deps)).verdict).toBe('FAILED')
    }
  })

  it('is bound to its holder: a presentation passes for whom it was made, and for nobody else', async () => {
    const holder = await generateKeyPair('ES256', { extractable: true })
    const holderKey = await exportJWK(holder.publicKey)
    const text = await issue('dc+sd-jwt', { holderKey })
    const presenter = new SDJwtVcInstance({
      hasher: (data, algorithm) =>
        createHash(algorithm.replace('-', '')).update(String(data)).digest(),
      hashAlg: 'sha-256',
      kbSigner: await ES256.getSigner(await exportJWK(holder.privateKey)),
      kbSignAlg: 'ES256',
    })
    const expected = { audience: 'https://verifier.example', nonce: 'n-1' }
    const presentation = await presenter.present(text, { familyName: true } as never, {
      kb: {
        payload: { aud: expected.audience, nonce: expected.nonce, iat: sampleNow.getTime() / 1000 },
      },
    })
    const holderCheck = async (other: typeof expected | null) =>
      (await verifyCredential(Buffer.from(presentation), deps, other)).checks.at(-1)
    expect(await holderCheck(expected)).toMatchObject({ status: 'pass' })
    expect(await holderCheck({ ...expected, nonce: 'n-2' })).toMatchObject({ status: 'fail' })
    expect(await holderCheck({ ...expected, audience: 'https://x.example' })).toMatchObject({
      status: 'fail',
    })
    expect(await holderCheck(null)).toMatchObject({ status: 'unknown' })
    const without = await verifyCredential(Buffer.from(text), deps, expected)
    expect(without.checks.at(-1)).toMatchObject({ status: 'fail' })
  })
})

describe('status lists', () => {
  it('of ours are read by @digitalbazaar/vc-bitstring-status-list', async () => {
    const bits = new Uint8Array(16_384)
    for (const index of [0, 7, 8, 4711, 131_071]) writeBit(bits, index, true)
    const url = 'https://hub.example/credentials/status/1/revocation'
    const list = { url, purpose: 'revocation' as const, bits }
    const credential = buildStatusListCredential(list, issuer.issuer, sampleNow) as {
      credentialSubject: { encodedList: string }
    }
    const theirs = await BitstringStatusList.decode(credential.credentialSubject)
    expect(theirs.length).toBe(131_072)
    const set = Array.from({ length: 131_072 }, (_, index) => index).filter((index) =>
      theirs.getStatus(index),
    )
    expect(set).toEqual([0, 7, 8, 4711, 131_071])
  })

  it('of theirs are read by us', async () => {
    const list = await createList({ length: 131_072 })
    for (const index of [1, 9, 99_999]) list.setStatus(index, true)
    const url = 'https://theirs.example/list'
    const theirs = await createCredential({ id: url, list, statusPurpose: 'suspension' })
    const bits = decodeBitstring(theirs.credentialSubject.encodedList) ?? new Uint8Array()
    const set = Array.from({ length: 131_072 }, (_, index) => index).filter((index) =>
      readBit(bits, index),
    )
    expect(set).toEqual([1, 9, 99_999])
    expect(decodeBitstring(encodeBitstring(bits))).toEqual(bits)
  })

  it('that unpack to more than is sane are refused', () => {
    expect(decodeBitstring(encodeBitstring(new Uint8Array(4_000_000)))).toBeNull()
    expect(decodeBitstring('uAAAA')).toBeNull()
    expect(decodeBitstring('zAAAA')).toBeNull()
  })
})
