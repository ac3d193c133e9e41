import { createVerifier, httpbis } from 'http-message-signatures'
import { describe, expect, it } from 'vitest'
import { toKeyRing } from './key-ring.js'
import { createRootKey, deriveRequestKeys, type RequestKey } from './request-keys.js'
import { createRequestSigner } from './sign-requests.js'
import { createRequestVerifier, type IncomingHead } from './verify-requests.js'

const roots = [createRootKey()]
const keys = deriveRequestKeys(roots, 'dcu')
const startedAt = Date.parse('2026-11-25T12:00:00Z')
const call = {
  method: 'POST',
  target: '/graphql?trace=1',
  body: '{"query":"{ __typename }"}',
  principal: 'anonymous',
}

/** A verifier that started at noon, and a signer, each with a clock that a test may move. */
function open(signingKeys: readonly RequestKey[] = keys) {
  const clock = { signer: startedAt, verifier: startedAt }
  const sign = createRequestSigner(signingKeys, () => clock.signer)
  const verify = createRequestVerifier({ keys: toKeyRing(keys), wallNow: () => clock.verifier })
  const head = (changes: Partial<IncomingHead> = {}): IncomingHead => ({
    method: call.method,
    target: call.target,
    headers: sign(call),
    ...changes,
  })
  return { clock, verify, head }
}

describe('a signed request', () => {
  it('passes once, and tells who asks and what its body must be', async () => {
    const { verify, head } = open()
    const request = head()
    expect(await verify(request)).toEqual({
      ok: true,
      principal: 'anonymous',
      contentDigest: request.headers['content-digest'],
    })
    expect(await verify(request)).toMatchObject({ code: 'SIGNATURE_INVALID', message: /before/ })
    expect(await verify(head())).toMatchObject({ ok: true })
  })

  it('is signed as RFC 9421 says: an independent implementation agrees', async () => {
    const sign = createRequestSigner(keys)
    const secret = keys[0]?.secret.export() ?? Buffer.alloc(0)
    const config = {
      keyLookup: async () => ({
        id: 'any',
        algs: ['hmac-sha256'],
        verify: createVerifier(secret, 'hmac-sha256'),
      }),
      requiredFields: ['@method', '@path', '@query', 'content-digest', 'hub-principal'],
    }
    for (const target of ['/graphql', '/wallet/a%20b?x=1&y=%C3%A9']) {
      const headers = { ...sign({ ...call, target }) }
      const message = { method: 'POST', url: `https://dcu.example${target}`, headers }
      expect(await httpbis.verifyMessage(config, message)).toBe(true)
      const changed = { ...headers, 'hub-principal': 'somebody' }
      expect(await httpbis.verifyMessage(config, { ...message, headers: changed })).toBe(false)
    }
  })

  it.each([
    ['another method', { method: 'PUT' }],
    ['another path', { target: '/other?trace=1' }],
    ['another query', { target: '/graphql?trace=2' }],
    ['no query', { target: '/graphql' }],
  ])('does not pass with %s', async (_what, changes) => {
    const { verify, head } = open()
    expect(await verify(head(changes))).toMatchObject({ code: 'SIGNATURE_INVALID' })
  })

  it.each([
    ['another principal', { 'hub-principal': 'eyJraW5kIjoicGVyc29uIn0' }],
    ['another digest', { 'content-digest': 'sha-256=:AAAA:' }],
    ['another signature', { signature: `hub=:${'A'.repeat(43)}=:` }],
    ['a signature of another form', { signature: 'hub=:AA==:' }],
    ['a header sent twice', { 'hub-principal': ['anonymous', 'anonymous'] }],
    ['no principal', { 'hub-principal': undefined }],
    ['no digest', { 'content-digest': undefined }],
    ['no signature', { signature: undefined }],
  ])('does not pass with %s', async (_what, changes) => {
    const { verify, head } = open()
    const headers = { ...head().headers, ...changes }
    expect(await verify(head({ headers }))).toMatchObject({ code: 'SIGNATURE_INVALID' })
  })

  it.each([
    ['less covered', (text: string) => text.replace(' "hub-principal"', '')],
    [
      'the components in another order',
      (text: string) => text.replace('"@method" "@path"', '"@path" "@method"'),
    ],
    ['a longer life', (text: string) => text.replace(/expires=\d+/, 'expires=9999999999')],
    ['another nonce', (text: string) => text.replace(/nonce="[^"]+"/, 'nonce="x"')],
    ['no nonce', (text: string) => text.replace(/;nonce="[^"]+"/, '')],
    ['another algorithm', (text: string) => text.replace('hmac-sha256', 'none')],
    ['another application', (text: string) => text.replace('alliance-hub', 'other')],
    ['a parameter twice', (text: string) => text.replace(';alg=', ';nonce="y";alg=')],
    ['a second signature', (text: string) => `${text}, ${text}`],
  ])('does not pass with %s in signature-input', async (_what, change) => {
    const { verify, head } = open()
    const { headers } = head()
    const input = change(String(headers['signature-input']))
    expect(input).not.toBe(headers['signature-input'])
    const verdict = await verify(head({ headers: { ...headers, 'signature-input': input } }))
    expect(verdict).toMatchObject({ code: 'SIGNATURE_INVALID' })
  })

  it('does not pass unsigned', async () => {
    const { verify, head } = open()
    expect(await verify(head({ headers: {} }))).toMatchObject({ code: 'SIGNATURE_REQUIRED' })
  })

  it.each([
    ['36 seconds later', 36, /expired/],
    ['before it is signed', -6, /future/],
  ])('does not pass %s', async (_what, seconds, reason) => {
    const { clock, verify, head } = open()
    clock.signer += 60_000
    const request = head()
    clock.verifier = clock.signer + seconds * 1_000
    expect(await verify(request)).toMatchObject({ code: 'SIGNATURE_INVALID', message: reason })
  })

  it('passes within the clocks’ tolerance', async () => {
    const { clock, verify, head } = open()
    clock.signer += 60_000
    const [early, late] = [head(), head()]
    clock.verifier = clock.signer - 4_000
    expect(await verify(early)).toMatchObject({ ok: true })
    clock.verifier = clock.signer + 34_000
    expect(await verify(late)).toMatchObject({ ok: true })
  })

  it('does not pass when it was signed before the process started, which cannot know whether it came before', async () => {
    const { clock, verify, head } = open()
    clock.signer -= 1_000
    expect(await verify(head())).toMatchObject({ message: /before this process started/ })
  })

  it('does not pass with the key of another subgraph, nor with the root key itself', async () => {
    for (const others of [deriveRequestKeys(roots, 'uis'), roots, [createRootKey()]]) {
      const { verify, head } = open(others)
      expect(await verify(head())).toMatchObject({ code: 'SIGNATURE_INVALID' })
    }
  })
})
