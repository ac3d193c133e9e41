import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchSigned } from '../../../tests/setup/fetch-signed.js'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'
import { createCredentialClient, learner, person, registrar } from './credential-client.fixture.js'

let hub: TestRecognition
let client: ReturnType<typeof createCredentialClient>

beforeAll(async () => {
  hub = await startTestRecognition()
  client = createCredentialClient(hub)
})
afterAll(() => hub?.stop())

const restUrl = (path: string) => new URL(path, hub.url).href

describe('credentials over the API', () => {
  it('are issued by a registrar, verified by anybody, listed for the learner and revoked with their award', async () => {
    const awardId = await client.award('mirthe')
    const { credential } = await client.issue({ awardId, learner }, registrar)
    expect(credential).toMatchObject({ format: 'VC_JWT', status: 'VALID', supersedes: null })
    expect(await client.verify(credential.document)).toMatchObject({
      verdict: 'VERIFIED',
      format: 'vc+jwt',
    })
    const mine = await hub.ask(
      '{ me { credentials(first: 5) { totalCount nodes { id status awardId } } } }',
      {},
      person('mirthe'),
    )
    expect(mine.data.me.credentials).toEqual({
      totalCount: 1,
      nodes: [{ id: credential.id, status: 'VALID', awardId }],
    })
    const revoked = await hub.ask(
      `mutation ($input: RevokeCredentialInput!) { revokeCredential(input: $input) {
        credential { id status } userErrors { code } } }`,
      {
        input: {
          idempotencyKey: client.nextKey(),
          credentialId: credential.id,
          reason: 'An error',
        },
      },
      registrar,
    )
    expect(revoked.data.revokeCredential).toEqual({
      credential: { id: credential.id, status: 'REVOKED' },
      userErrors: [],
    })
    const after = await client.verify(credential.document)
    expect(after.verdict).toBe('FAILED')
    const failed = after.checks.filter((check: { status: string }) => check.status === 'FAIL')
    expect(failed).toMatchObject([{ name: 'REVOCATION', reasons: [{ code: 'REVOKED' }, {}] }])
    const awards = await hub.ask('{ me { awards { nodes { status } } } }', {}, person('mirthe'))
    expect(awards.data.me.awards.nodes).toEqual([{ status: 'REVOKED' }])
  })

  it('are issued at the learner’s own request once a registrar has attested who that is', async () => {
    const awardId = await client.award('noor')
    const noor = person('noor')
    expect(await client.issue({ awardId }, noor)).toMatchObject({
      credential: null,
      userErrors: [{ code: 'IDENTITY_MISSING' }],
    })
    expect(await client.issue({ awardId, learner }, noor)).toMatchObject({
      userErrors: [{ code: 'NOT_PERMITTED' }],
    })
    await client.issue({ awardId, learner, format: 'ELM_JADES' }, registrar)
    const first = await client.issue({ awardId, format: 'SD_JWT_VC' }, noor)
    const again = await client.issue({ awardId, format: 'SD_JWT_VC' }, noor)
    expect(first.credential.document).toContain('~')
    expect(again).toEqual(first)
  })

  it('are nobody else’s business', async () => {
    const awardId = await client.award('owner')
    for (const other of [person('stranger'), person('registrar-2', 'registrar', 'dcu')]) {
      expect(await client.issue({ awardId, learner }, other)).toMatchObject({
        userErrors: [{ code: 'NOT_FOUND' }],
      })
    }
  })

  it('name every fault of an attested identity, and repeat none of it', async () => {
    const awardId = await client.award('faulty')
    const bad = { givenName: ' ', familyName: 'x'.repeat(300), dateOfBirth: '2001-02-30' }
    const answer = await client.issue({ awardId, learner: bad }, registrar)
    expect(answer.userErrors).toEqual([
      { code: 'VALUE_REQUIRED', path: ['learner', 'givenName'] },
      { code: 'VALUE_TOO_LONG', path: ['learner', 'familyName'] },
      { code: 'DATE_INVALID', path: ['learner', 'dateOfBirth'] },
    ])
  })

  it('are issued for a cohort in the background, with progress', async () => {
    const awardIds = [await client.award('c1'), await client.award('c2'), await client.award('c3')]
    await client.issue({ awardId: awardIds[0], learner }, registrar)
    const ordered = await hub.ask(
      `mutation ($input: IssueCredentialsInput!) { issueCredentials(input: $input) {
        job { id total } userErrors { code } } }`,
      {
        input: {
          idempotencyKey: client.nextKey(),
          member: 'utwente',
          awardIds,
          format: 'OPEN_BADGE_JWT',
        },
      },
      registrar,
    )
    expect(ordered.data.issueCredentials).toMatchObject({ job: { total: 3 }, userErrors: [] })
    const { id } = ordered.data.issueCredentials.job
    const query = `query ($id: ID!) { issuingJob(id: $id) {
      total issued refused waiting refusals { reason count } } }`
    let progress = await hub.ask(query, { id }, registrar)
    while (progress.data.issuingJob.waiting > 0) {
      progress = await hub.ask(query, { id }, registrar)
    }
    expect(progress.data.issuingJob).toEqual({
      total: 3,
      issued: 1,
      refused: 2,
      waiting: 0,
      refusals: [{ reason: 'LEARNER_IDENTITY_MISSING', count: 2 }],
    })
    const stranger = await hub.ask(query, { id }, person('registrar-2', 'registrar', 'dcu'))
    expect(stranger.data.issuingJob).toBeNull()
  })
})

describe('documents about credentials', () => {
  it('are verified over REST, as they are or in JSON', async () => {
    const awardId = await client.award('rest')
    const { credential } = await client.issue({ awardId, learner, format: 'ELM_JADES' }, registrar)
    for (const [body, type] of [
      [credential.document, 'application/jose+json'],
      [credential.document, 'application/octet-stream'],
      [JSON.stringify({ document: credential.document }), 'application/json'],
    ]) {
      const answer = await fetchSigned(restUrl('/credentials/verify'), {
        body,
        headers: { 'content-type': type },
      })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.json()).toMatchObject({ verdict: 'VERIFIED', format: 'elm+jades' })
    }
    const odd = await fetchSigned(restUrl('/credentials/verify'), {
      body: 'not a credential',
      headers: { 'content-type': 'text/plain' },
    })
    expect(odd.status).toBe(200)
    expect(await odd.json()).toMatchObject({ verdict: 'FAILED', format: null })
  })

  it('publish keys, a DID document and issuer metadata, and nothing private', async () => {
    const base = '/credentials/issuers/foundation'
    const read = async (path: string) => (await fetchSigned(restUrl(path))).json()
    const jwks = await read(`${base}/jwks.json`)
    expect(jwks.keys.map((key: { alg: string }) => key.alg)).toEqual(['ES256', 'RS256'])
    expect(await read(`${base}/did.json`)).toMatchObject({
      id: 'did:web:hub.test:credentials:issuers:foundation',
      alsoKnownAs: ['https://hub.test/credentials/issuers/foundation'],
    })
    expect(await read(`${base}/keys/${jwks.keys[1].kid}`)).toEqual(jwks.keys[1])
    expect(await read(`/.well-known/jwt-vc-issuer${base}`)).toEqual({
      issuer: `https://hub.test${base}`,
      jwks_uri: `https://hub.test${base}/jwks.json`,
    })
    for (const key of jwks.keys) {
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'])
        expect(key).not.toHaveProperty(secret)
    }
  })

  it('serve lists of statuses with an entity tag, and nothing for a list that is not there', async () => {
    await client.issue({ awardId: await client.award('list'), learner }, registrar)
    const list = await fetchSigned(restUrl('/credentials/status/1/revocation'))
    expect(list.headers.get('content-type')).toContain('application/vc+jwt')
    const tag = list.headers.get('etag') ?? ''
    const again = await fetchSigned(restUrl('/credentials/status/1/revocation'), {
      headers: { 'if-none-match': tag },
    })
    expect(again.status).toBe(304)
    expect(await (await fetchSigned(restUrl('/credentials/status/1'))).json()).toEqual({
      revocation: 'https://hub.test/credentials/status/1/revocation',
      suspension: 'https://hub.test/credentials/status/1/suspension',
    })
    for (const path of ['99/revocation', '1/other', 'x/revocation']) {
      expect((await fetchSigned(restUrl(`/credentials/status/${path}`))).status).toBe(404)
    }
  })
})
