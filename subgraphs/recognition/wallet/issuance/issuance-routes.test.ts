import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allianceOwner, toGlobalId } from '../../../../schema/index.js'
import { createTestWallet, type TestWallet } from '../../../../tests/wallets/test-wallet.js'
import { openWalletServer, type WalletServer } from '../open-wallet-server.fixture.js'
import { type CreatedOffer, createOffer } from './create-offer.js'
import { preAuthorisedGrant, sdJwtConfigurationId } from './issuer-metadata.js'

const award = {
  id: toGlobalId('dcu', 'award', 'a-1'),
  learnerId: toGlobalId(allianceOwner, 'learner', 'sample-1'),
}

let server: WalletServer
let wallet: TestWallet

beforeAll(async () => {
  server = await openWalletServer()
  wallet = await createTestWallet()
})
afterAll(async () => {
  await server?.stop()
})

const offer = (): Promise<CreatedOffer> =>
  createOffer(server.orm.em.fork(), award, { publicUrl: server.url, now: server.now() })

const codeOf = ({ linkByValue }: CreatedOffer): string => {
  const text = new URL(linkByValue).searchParams.get('credential_offer') ?? ''
  return JSON.parse(text).grants[preAuthorisedGrant]['pre-authorized_code']
}

async function post(path: string, body: string, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(`${server.url}/wallet/${path}`, { method: 'POST', headers, body })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

const redeem = (code: string, transactionCode: string) =>
  post(
    'token',
    new URLSearchParams({
      grant_type: preAuthorisedGrant,
      'pre-authorized_code': code,
      tx_code: transactionCode,
    }).toString(),
    { 'content-type': 'application/x-www-form-urlencoded' },
  )

const claim = (token: string, body: object) =>
  post('credential', JSON.stringify(body), {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
  })

async function redeemNew(): Promise<string> {
  const made = await offer()
  return (await redeem(codeOf(made), made.transactionCode)).body.access_token
}

async function getNonce(): Promise<string> {
  const answer = await fetch(`${server.url}/wallet/nonce`, { method: 'POST' })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  return ((await answer.json()) as { c_nonce: string }).c_nonce
}

const proveNow = async (
  changes: { audience?: string; nonce?: string; header?: Readonly<Record<string, unknown>> } = {},
) =>
  wallet.prove({
    audience: `${server.url}/wallet`,
    nonce: await getNonce(),
    issuedAt: server.now(),
    ...changes,
  })

const wish = (jwt: string) => ({
  credential_configuration_id: sdJwtConfigurationId,
  proofs: { jwt: [jwt] },
})

describe('a wallet of other people', () => {
  it.each(['linkByReference', 'linkByValue'] as const)(
    'receives a credential bound to its key from an offer: %s',
    async (link) => {
      const made = await offer()
      const received = await wallet.receive(made[link], made.transactionCode)
      expect(received).toEqual({ credential: `credential of ${award.id}` })
      expect(server.issuedTo.at(-1)).toEqual(wallet.publicJwk)
    },
  )

  it('finds the metadata where the path stands between host and issuer', async () => {
    const url = `${server.url}/.well-known/openid-credential-issuer/wallet`
    const metadata = (await (await fetch(url)).json()) as { credential_issuer: string }
    expect(metadata.credential_issuer).toBe(`${server.url}/wallet`)
  })
})

describe('a pre-authorised code', () => {
  it('holds once', async () => {
    const made = await offer()
    const first = await redeem(codeOf(made), made.transactionCode)
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const second = await redeem(codeOf(made), made.transactionCode)
    expect([second.status, second.body.error]).toEqual([400, 'invalid_grant'])
  })

  it('holds once when two wallets come at the same time', async () => {
    const made = await offer()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => redeem(codeOf(made), made.transactionCode)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is worth nothing after five wrong transaction codes', async () => {
    const made = await offer()
    const wrong = made.transactionCode === '000000' ? '000001' : '000000'
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await redeem(codeOf(made), wrong)).body.error).toBe('invalid_grant')
    }
    expect((await redeem(codeOf(made), made.transactionCode)).body.error).toBe('invalid_grant')
  })

  it('does not outlive ten minutes', async () => {
    const made = await offer()
    server.moveClock(601_000)
    expect((await redeem(codeOf(made), made.transactionCode)).body.error).toBe('invalid_grant')
  })

  it('is not in the database, nor is any token or transaction code', async () => {
    const made = await offer()
    const { body } = await redeem(codeOf(made), made.transactionCode)
    const rows: unknown = await server.orm.em.fork().execute('select * from wallet_offer')
    const text = JSON.stringify(rows)
    for (const secret of [codeOf(made), body.access_token, `"${made.transactionCode}"`]) {
      expect(text).not.toContain(secret)
    }
  })

  it.each([
    ['another grant', { grant_type: 'authorization_code' }, 'unsupported_grant_type'],
    ['no grant', {}, 'invalid_request'],
    ['no code', { grant_type: preAuthorisedGrant }, 'invalid_request'],
    [
      'an unknown code',
      { grant_type: preAuthorisedGrant, 'pre-authorized_code': 'x' },
      'invalid_grant',
    ],
  ])('is not replaced by %s', async (_what, form, error) => {
    const answer = await post('token', new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect([answer.status, answer.body.error]).toEqual([400, error])
  })
})

describe('a request for the credential', () => {
  it('is answered once for a token', async () => {
    const token = await redeemNew()
    expect((await claim(token, wish(await proveNow()))).status).toBe(200)
    const again = await claim(token, wish(await proveNow()))
    expect([again.status, again.body.error]).toEqual([401, 'invalid_token'])
    expect(again.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  it('is refused with a token that has run out', async () => {
    const token = await redeemNew()
    server.moveClock(301_000)
    expect((await claim(token, wish(await proveNow()))).body.error).toBe('invalid_token')
  })

  it('takes a nonce once, and only one it has given', async () => {
    const nonce = await getNonce()
    const first = await claim(await redeemNew(), wish(await proveNow({ nonce })))
    expect(first.status).toBe(200)
    const token = await redeemNew()
    for (const used of [nonce, 'made-up']) {
      expect((await claim(token, wish(await proveNow({ nonce: used })))).body.error).toBe(
        'invalid_nonce',
      )
    }
    // A refused request costs the token nothing.
    expect((await claim(token, wish(await proveNow()))).status).toBe(200)
  })

  it.each([
    ['for another issuer', { audience: 'https://elsewhere.test' }],
    ['of another type', { header: { typ: 'JWT' } }],
    ['with a key id beside the key', { header: { kid: 'did:example:1' } }],
    [
      'with a private key',
      { header: { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' } } },
    ],
    ['with a key that is none', { header: { jwk: { kty: 'EC', crv: 'P-256', x: '!', y: '!' } } }],
  ])('refuses a proof %s', async (_what, changes) => {
    const answer = await claim(await redeemNew(), wish(await proveNow(changes)))
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_proof'])
  })

  it('refuses a proof whose signature belongs to another key', async () => {
    const other = await createTestWallet()
    const jwt = await proveNow({ header: { jwk: other.publicJwk } })
    expect((await claim(await redeemNew(), wish(jwt))).body.error).toBe('invalid_proof')
  })

  it.each([
    ['no proof', { credential_configuration_id: sdJwtConfigurationId }, 'invalid_proof'],
    [
      'another configuration',
      { credential_configuration_id: 'x' },
      'unknown_credential_configuration',
    ],
    ['an identifier', { credential_identifier: 'x' }, 'invalid_credential_request'],
    [
      'two proofs',
      { credential_configuration_id: sdJwtConfigurationId, proofs: { jwt: ['a', 'b'] } },
      'invalid_credential_request',
    ],
  ])('is refused with %s', async (_what, body, error) => {
    const answer = await claim(await redeemNew(), body)
    expect([answer.status, answer.body.error]).toEqual([400, error])
  })

  it('is denied when the award is not valid any more', async () => {
    const token = await redeemNew()
    server.revokeAwards()
    const answer = await claim(token, wish(await proveNow()))
    expect([answer.status, answer.body.error]).toEqual([400, 'credential_request_denied'])
  })
})
