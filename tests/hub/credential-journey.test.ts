import type { JWK } from 'jose'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { issueTestToken } from '../setup/issue-test-token.js'
import { testCallers } from '../setup/test-request-keys.js'
import { createTestWallet, type TestWallet } from '../wallets/test-wallet.js'
import { startTestHub, type TestHub, testNow } from './start-test-hub.js'

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
type Json = any

let hub: TestHub
let origin: string
let wallet: TestWallet
let registrar: string
let learner: string
let learnerId: string

beforeAll(async () => {
  // The wallet library reads the world's clock, and the hub of the tests has one of its own.
  vi.useFakeTimers({ toFake: ['Date'], now: testNow() })
  // With the sample's rules: what was earned counts towards something.
  hub = await startTestHub(8_000, testCallers('recognition'), true)
  origin = new URL(hub.gateway.url).origin
  registrar = await issueTestToken({ role: 'registrar', member: 'dcu' })
  learner = await issueTestToken({ role: 'learner', member: 'dcu', subject: 'journey' })
  learnerId = (await ask('{ me { id } }', {}, learner)).me.id
  wallet = await createTestWallet({ trusted: await publishedKeys() })
}, 240_000)
afterAll(async () => {
  await hub?.stop()
  vi.useRealTimers()
})

async function ask(
  query: string,
  variables: Record<string, unknown>,
  token: string,
): Promise<Json> {
  const answer = await hub.ask(query, variables, token)
  expect(answer.errors).toBeUndefined()
  return answer.data
}

/** The issuing body's keys as its DID document publishes them, by the key id in signed requests. */
async function publishedKeys(): Promise<Record<string, JWK>> {
  const answer = await fetch(`${origin}/credentials/issuers/foundation/did.json`)
  const document = (await answer.json()) as {
    verificationMethod: { id: string; publicKeyJwk: JWK }[]
  }
  return Object.fromEntries(
    document.verificationMethod.map(({ id, publicKeyJwk }) => [id, publicKeyJwk]),
  )
}

async function makeAward(): Promise<string> {
  const definitions = await ask(
    '{ microCredentials(first: 20, filter: { awardingMembers: ["dcu"] }) { edges { node { id } } } }',
    {},
    registrar,
  )
  const [{ node }] = definitions.microCredentials.edges
  const { makeAward: payload } = await ask(
    `mutation ($input: MakeAwardInput!) {
      makeAward(input: $input) { award { id version } userErrors { code path message } }
    }`,
    {
      input: {
        idempotencyKey: 'journey-award-1',
        award: { learnerId, microCredentialId: node.id, awardedOn: '2026-10-01' },
      },
    },
    registrar,
  )
  expect(payload.userErrors).toEqual([])
  const { issueCredential: issued } = await ask(
    `mutation ($input: IssueCredentialInput!) {
      issueCredential(input: $input) { credential { id } userErrors { code path message } }
    }`,
    {
      input: {
        idempotencyKey: 'journey-issue-1',
        awardId: payload.award.id,
        format: 'ELM_JADES',
        learner: { givenName: 'Sample', familyName: 'Learner' },
      },
    },
    registrar,
  )
  expect(issued.userErrors).toEqual([])
  return payload.award.id
}

/** The learner's stacks that an award counted towards, with the latest evaluation's cause. */
async function stacks(): Promise<Json[]> {
  const { me } = await ask(
    `{ me { stackedCredentials(first: 50) { nodes { stackedCredential { id } ectsCounted
      history(first: 1) { nodes { causeKind sentences } } } } } }`,
    {},
    learner,
  )
  return me.stackedCredentials.nodes
}

async function askForPresentation(): Promise<{ link: string; resultUrl: string }> {
  const answer = await fetch(`${origin}/wallet/presentations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  return (await answer.json()) as { link: string; resultUrl: string }
}

async function presentAndRead(credential: string): Promise<Json> {
  const { link, resultUrl } = await askForPresentation()
  expect((await wallet.present(link, credential, ['grade'])).status).toBe(200)
  return ((await (await fetch(resultUrl)).json()) as Json).result.report
}

const statusOf = (report: Json, name: string): string =>
  report.report.checks.find((check: Json) => check.name === name).status

it('goes from an award to a wallet, to a verifier, and after a revocation no further; the stack is evaluated anew', async () => {
  const awardId = await makeAward()
  const counting = (await stacks()).filter(({ ectsCounted }) => Number(ectsCounted) > 0)
  expect(counting.length).toBeGreaterThan(0)
  const { offerCredentialToWallet: offered } = await ask(
    `mutation ($awardId: ID!) {
      offerCredentialToWallet(awardId: $awardId) {
        offer { linkByReference transactionCode } userErrors { code message }
      }
    }`,
    { awardId },
    learner,
  )
  expect(offered.userErrors).toEqual([])
  const { linkByReference, transactionCode } = offered.offer
  const received = (await wallet.receive(linkByReference, transactionCode)) as Json
  const credential: string = received.credential

  const before = await presentAndRead(credential)
  expect([
    before.report.verdict,
    statusOf(before, 'HOLDER'),
    statusOf(before, 'REVOCATION'),
  ]).toEqual(['VERIFIED', 'pass', 'pass'])
  expect(before.claims).not.toHaveProperty('familyName')

  const link = await shareIt(awardId)
  const page = await fetch(link.url, { headers: { 'accept-language': 'fi' } })
  const text = await page.text()
  expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex, nofollow'])
  expect(text).toContain('Vahvistettu')
  expect(text).not.toContain('Sample Learner')

  const { revokeAward } = await ask(
    `mutation ($input: ChangeAwardInput!) {
      revokeAward(input: $input) { award { status } userErrors { code message } }
    }`,
    {
      input: {
        idempotencyKey: 'journey-revoke-1',
        awardId,
        expectedVersion: 1,
        reason: 'awarded by mistake',
      },
    },
    registrar,
  )
  expect(revokeAward).toEqual({ award: { status: 'REVOKED' }, userErrors: [] })

  const after = await presentAndRead(credential)
  expect([after.report.verdict, statusOf(after, 'REVOCATION')]).toEqual(['FAILED', 'fail'])
  expect(after).not.toHaveProperty('claims')
  expect(await (await fetch(link.url)).text()).toContain('Not verified')

  for (const { stackedCredential } of counting) {
    const stack = (await stacks()).find((one) => one.stackedCredential.id === stackedCredential.id)
    expect(Number(stack.ectsCounted)).toBe(0)
    expect(stack.history.nodes[0].causeKind).toBe('award.revoked')
    expect(stack.history.nodes[0].sentences.join(' ')).toContain('it was revoked')
  }

  await ask(
    'mutation ($id: ID!) { withdrawCredentialShare(id: $id) { userErrors { code } } }',
    { id: link.id },
    learner,
  )
  expect((await fetch(link.url)).status).toBe(410)
}, 60_000)

async function shareIt(awardId: string): Promise<{ url: string; id: string }> {
  const { shareCredential } = await ask(
    `mutation ($input: ShareCredentialInput!) {
      shareCredential(input: $input) { url share { id } userErrors { code message } }
    }`,
    { input: { awardId } },
    learner,
  )
  expect(shareCredential.userErrors).toEqual([])
  return { url: shareCredential.url, id: shareCredential.share.id }
}

it('offers and shares only what is one’s own', async () => {
  const stranger = await issueTestToken({ role: 'learner', member: 'uis', subject: 'stranger' })
  const { me } = await ask('{ me { awards(first: 1) { edges { node { id } } } } }', {}, learner)
  const awardId = me.awards.edges[0].node.id
  const answer = await ask(
    `mutation ($awardId: ID!) {
      offerCredentialToWallet(awardId: $awardId) { offer { linkByValue } userErrors { code } }
      shareCredential(input: { awardId: $awardId }) { url userErrors { code } }
    }`,
    { awardId },
    stranger,
  )
  expect(answer).toEqual({
    offerCredentialToWallet: { offer: null, userErrors: [{ code: 'NOT_FOUND' }] },
    shareCredential: { url: null, userErrors: [{ code: 'NOT_FOUND' }] },
  })
})

it('offers a page to verify a credential on, which tells a document that is none', async () => {
  const page = await fetch(`${origin}/credentials/verify`)
  expect(await page.text()).toContain('Verify a credential')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  const report = await fetch(`${origin}/credentials/verify/form`, {
    method: 'POST',
    body: new URLSearchParams({ document: 'no credential' }),
  })
  expect(await report.text()).toContain('Not verified')
  expect((await fetch(`${origin}/credentials/verify/page.js`)).status).toBe(200)
})
