import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportSPKI, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { createDevelopmentKey } from './development-issuer.js'
import { type IssuerConfig, parseIssuers } from './issuer-config.js'
import { createTokenVerifier } from './verify-token.js'

const now = Date.parse('2026-11-25T12:00:00Z')
const seconds = now / 1_000
const issuer = 'https://login.example'
const good: JWTPayload = {
  iss: issuer,
  aud: 'hub',
  sub: 'jane@dcu.ie',
  iat: seconds,
  exp: seconds + 60,
}

let key: JWK
let stranger: JWK
let userinfo: Server
let userinfoAnswer: unknown

beforeAll(async () => {
  key = await createDevelopmentKey()
  stranger = { ...(await createDevelopmentKey()), ...(key.kid && { kid: key.kid }) }
  userinfo = createServer((request, response) => {
    const { port } = userinfo.address() as AddressInfo
    const base = `http://127.0.0.1:${port}`
    const isMetadata = request.url?.includes('.well-known')
    const metadata = { issuer: base, jwks_uri: `${base}/keys`, userinfo_endpoint: `${base}/me` }
    const { d: _private, ...publicKey } = key
    const keys = request.url === '/keys' ? { keys: [publicKey] } : userinfoAnswer
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isMetadata ? metadata : keys))
  })
  await new Promise<void>((resolve) => userinfo.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  userinfo?.closeAllConnections()
  userinfo?.close()
})

function open(changes: Partial<IssuerConfig> = {}) {
  const { d: _private, ...publicKey } = key
  const text = JSON.stringify({
    issuers: [
      {
        issuer,
        audience: 'hub',
        algorithms: ['ES256'],
        keys: { kind: 'given', jwks: { keys: [publicKey] } },
        clockSkewSeconds: 10,
        ...changes,
      },
    ],
  })
  return createTokenVerifier({
    issuers: parseIssuers(text, { origin: 'test', isProduction: false }),
    findMember: () => null,
    fetch: (url, init) => fetch(url, init),
    now: () => 0,
    wallNow: () => now,
    log: silentLogger,
  })
}

interface Changes {
  readonly payload?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  readonly signer?: JWK
}

async function sign({ payload = {}, header = {}, signer = key }: Changes = {}): Promise<string> {
  return new SignJWT({ ...good, ...payload })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid ?? '', ...header })
    .sign(await importJWK(signer, 'ES256'), { crit: { odd: false } })
}

describe('an access token', () => {
  it('passes when everything about it is right', async () => {
    const { principal, expiresAt } = await open()(await sign())
    expect(principal.kind).toBe('person')
    expect(expiresAt).toBe(now + 70_000)
  })

  it.each([
    ['at its very end, within the skew', { exp: seconds - 9 }],
    ['before its beginning, within the skew', { nbf: seconds + 9 }],
    ['for several audiences', { aud: ['other', 'hub'] }],
  ])('passes %s', async (_what, payload) => {
    expect((await open()(await sign({ payload }))).principal.kind).toBe('person')
  })

  it.each<[string, Changes, RegExp]>([
    ['of another issuer', { payload: { iss: 'https://evil.example' } }, /issuer/],
    ['of an issuer with a slash more', { payload: { iss: `${issuer}/` } }, /issuer/],
    ['without an issuer', { payload: { iss: undefined } }, /issuer/],
    ['for another audience', { payload: { aud: 'portal' } }, /audience/],
    ['for no audience', { payload: { aud: undefined } }, /audience/],
    ['that has expired', { payload: { exp: seconds - 11 } }, /expired/],
    ['that never expires', { payload: { exp: undefined } }, /exp/],
    ['that expires at a text', { payload: { exp: 'never' } }, /exp/],
    ['that is not valid yet', { payload: { nbf: seconds + 11 } }, /beginning/],
    ['without a subject', { payload: { sub: undefined } }, /subject/],
    ['with an empty subject', { payload: { sub: '' } }, /wrong type/],
    ['whose entitlements are numbers', { payload: { eduperson_entitlement: [1] } }, /wrong type/],
    ['that is an ID token', { header: { typ: 'JWT' } }, /type/],
    ['without a type', { header: { typ: undefined } }, /type/],
    [
      'with an extension that must be understood',
      { header: { crit: ['odd'], odd: 1 } },
      /cannot be read|extension/,
    ],
    ['of a key nobody knows', { header: { kid: 'other' } }, /key/],
  ])('is refused: one %s', async (_what, changes, reason) => {
    const refusal = await open()(await sign(changes).catch(() => forge(changes))).catch((e) => e)
    expect(refusal).toMatchObject({ code: 'TOKEN_INVALID' })
    expect(refusal.message).toMatch(reason)
    expect(refusal.message).not.toContain('jane')
  })

  it('is refused when somebody else signed it', async () => {
    const token = await sign({ signer: stranger })
    await expect(open()(token)).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      message: /signature/,
    })
  })

  it('is refused when one letter of it is another', async () => {
    const [header, , signature] = (await sign()).split('.')
    const payload = encode({ ...good, sub: 'joan@dcu.ie' })
    await expect(open()(`${header}.${payload}.${signature}`)).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
    })
  })

  it('is refused unsigned, and with the public key taken for a shared secret', async () => {
    const head = (alg: string) => encode({ alg, typ: 'at+jwt', kid: key.kid })
    const { d: _private, ...publicKey } = key
    const imported = await importJWK(publicKey, 'ES256', { extractable: true })
    const publicText = await exportSPKI(imported as CryptoKey)
    const confused = `${head('HS256')}.${encode(good)}`
    const mac = createHmac('sha256', publicText).update(confused).digest('base64url')
    for (const token of [`${head('none')}.${encode(good)}.`, `${confused}.${mac}`]) {
      await expect(open()(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' })
    }
  })

  it('is refused with an algorithm its issuer is not pinned to, although the key fits', async () => {
    const refusal = open({ algorithms: ['RS256'] })(await sign())
    await expect(refusal).rejects.toMatchObject({ code: 'TOKEN_INVALID', message: /algorithm/ })
  })

  it.each(['', '.', '..', 'a.b', 'a.b.c.d.e', '{}', 'x'.repeat(20_000), 'é.è.à'])(
    'is refused when it is none: %j',
    async (token) => {
      await expect(open()(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' })
    },
  )

  it('gets the claims of the userinfo endpoint where the issuer keeps them there, but only of its own subject', async () => {
    const { port } = userinfo.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    const verify = open({
      issuer: url,
      keys: { kind: 'discovered' },
      claimsFrom: 'userinfo',
      entitlementNamespaces: ['urn:geant:eciu.eu'],
    })
    const token = await sign({ payload: { iss: url } })
    const eduperson_entitlement = 'urn:geant:eciu.eu:group:hub:role=analyst'
    userinfoAnswer = { sub: good.sub, eduperson_entitlement, iss: 'https://evil.example' }
    expect((await verify(token)).principal.grants).toContainEqual({ role: 'analyst', member: null })
    for (const answer of [
      { sub: 'joan', eduperson_entitlement },
      { eduperson_entitlement },
      null,
      [],
    ]) {
      userinfoAnswer = answer
      await expect(verify(token)).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
    }
  })
})

/** What jose itself will not sign. */
function forge({ payload, header }: Changes): string {
  const head = { alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header }
  return `${encode(head)}.${encode({ ...good, ...payload })}.${'A'.repeat(86)}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
