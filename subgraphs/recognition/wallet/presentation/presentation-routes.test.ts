import { Openid4vpClient } from '@openid4vc/openid4vp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestWallet } from '../../../../tests/wallets/test-wallet.js'
import {
  credentialType,
  openWalletServer,
  verifierKeyId,
  type WalletServer,
} from '../open-wallet-server.fixture.js'
import { credentialQueryId, defaultClaims } from './presentation-request.js'

let server: WalletServer
let wallet: Openid4vpClient
let stranger: Openid4vpClient

beforeAll(async () => {
  server = await openWalletServer()
  const trusting = await createTestWallet({ trusted: { [verifierKeyId]: server.verifierKey } })
  wallet = new Openid4vpClient({ callbacks: trusting.callbacks })
  const { callbacks } = await createTestWallet()
  stranger = new Openid4vpClient({ callbacks })
})
afterAll(async () => {
  await server?.stop()
})

async function askForOne(body: object = {}): Promise<{ link: string; resultUrl: string }> {
  const answer = await fetch(`${server.url}/wallet/presentations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as { link: string; resultUrl: string }
}

async function resolve(client: Openid4vpClient, link: string) {
  const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link })
  return client.resolveOpenId4vpAuthorizationRequest({ authorizationRequestPayload: params })
}

async function present(client: Openid4vpClient, link: string, presentation: string) {
  const { authorizationRequestPayload } = await resolve(client, link)
  const { authorizationResponsePayload } = await client.createOpenid4vpAuthorizationResponse({
    authorizationRequestPayload,
    authorizationResponsePayload: { vp_token: { [credentialQueryId]: [presentation] } },
  })
  const { response_uri: responseUri } = authorizationRequestPayload
  return client.submitOpenid4vpAuthorizationResponse({
    authorizationRequestPayload: { response_uri: String(responseUri) },
    authorizationResponsePayload,
  })
}

const resultOf = async (url: string) => {
  const answer = await fetch(url)
  return { status: answer.status, body: await answer.json() }
}

describe('a request for a presentation', () => {
  it('is understood by a wallet of other people as version 1.0, and asks for little', async () => {
    const resolved = await resolve(wallet, (await askForOne()).link)
    expect(resolved.client.prefix).toBe('decentralized_identifier')
    expect(resolved.dcql?.query).toEqual({
      credentials: [
        {
          id: credentialQueryId,
          format: 'dc+sd-jwt',
          meta: { vct_values: [credentialType] },
          claims: defaultClaims.map((claim) => ({ path: [claim] })),
        },
      ],
    })
  })

  it('is refused by a wallet that does not know its signer', async () => {
    await expect(askForOne().then(({ link }) => resolve(stranger, link))).rejects.toThrow()
  })

  it('is answered once; the asker reads what was verified, for which audience and nonce', async () => {
    const { link, resultUrl } = await askForOne()
    expect((await resultOf(resultUrl)).body).toEqual({ state: 'WAITING' })
    const { response } = await present(wallet, link, 'presented~')
    expect(response.status).toBe(200)
    const { body } = await resultOf(resultUrl)
    expect(body).toMatchObject({
      state: 'ANSWERED',
      result: {
        kind: 'presented',
        report: { presentation: 'presented~', audience: server.clientId },
      },
    })
    await expect(present(wallet, link, 'another~')).rejects.toThrow()
    expect(await resultOf(resultUrl)).toMatchObject({ body })
  })

  it('keeps a refusal of the holder as such', async () => {
    const { link, resultUrl } = await askForOne()
    const place = new URL(new URL(link).searchParams.get('request_uri') ?? '')
    const answer = await fetch(place.href.replace(/request$/, 'response'), {
      method: 'POST',
      body: new URLSearchParams({ error: 'access_denied' }),
    })
    expect(answer.status).toBe(200)
    expect((await resultOf(resultUrl)).body.result).toEqual({ kind: 'refused' })
  })

  it('is gone after ten minutes, with what was disclosed', async () => {
    const { link, resultUrl } = await askForOne()
    await present(wallet, link, 'presented~')
    server.moveClock(601_000)
    expect(await resultOf(resultUrl)).toEqual({ status: 404, body: { state: 'GONE' } })
    await askForOne()
    const rows: unknown = await server.orm.em.fork().execute('select * from wallet_presentation')
    expect(JSON.stringify(rows)).not.toContain('presented~')
  })

  it.each([
    ['no token', {}],
    ['no JSON', { vp_token: 'x' }],
    ['another query', { vp_token: '{"other":["x"]}' }],
    ['two presentations', { vp_token: `{"${credentialQueryId}":["x","y"]}` }],
  ])('does not count an answer with %s', async (_what, form) => {
    const { link, resultUrl } = await askForOne()
    const place = new URL(link).searchParams.get('request_uri') ?? ''
    const answer = await fetch(place.replace(/request$/, 'response'), {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    expect(answer.status).toBe(400)
    expect((await resultOf(resultUrl)).body).toEqual({ state: 'WAITING' })
  })

  it('cannot ask for claims there are not', async () => {
    const answer = await fetch(`${server.url}/wallet/presentations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ claims: ['dateOfBirth'] }),
    })
    expect(answer.status).toBe(400)
  })
})
