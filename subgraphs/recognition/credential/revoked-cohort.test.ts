import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../../schema/index.js'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'
import { createCredentialClient, learner, person, registrar } from './credential-client.fixture.js'

let hub: TestRecognition
let client: ReturnType<typeof createCredentialClient>

beforeAll(async () => {
  hub = await startTestRecognition()
  client = createCredentialClient(hub)
})
afterAll(() => hub?.stop())

describe('a cohort that is revoked', () => {
  const mutation = `mutation ($input: RevokeCredentialsInput!) { revokeCredentials(input: $input) {
    revocation { revoked unchanged documents waiting } userErrors { code path } } }`
  const revoke = async (input: object, principal: Principal, idempotencyKey = client.nextKey()) => {
    const variables = {
      input: { idempotencyKey, member: 'utwente', reason: 'A wrong key', ...input },
    }
    const answer = await hub.ask(mutation, variables, principal)
    return answer.data?.revokeCredentials ?? answer.errors
  }

  it('fails in every document, once for its key, with an audit trail and the learners’ awards following', async () => {
    const names = ['cohort-1', 'cohort-2', 'cohort-3']
    const awardIds: string[] = []
    const documents: string[] = []
    for (const name of names) {
      const awardId = await client.award(name)
      awardIds.push(awardId)
      for (const format of ['VC_JWT', 'OPEN_BADGE_JWT']) {
        const { credential } = await client.issue({ awardId, learner, format }, registrar)
        documents.push(credential.document)
      }
    }
    const [first = ''] = awardIds
    await revoke({ awardIds: [first] }, registrar)
    const key = client.nextKey()
    let answer = await revoke({ awardIds }, registrar, key)
    expect(answer.userErrors).toEqual([])
    // The same key again tells how far it is, and revokes nothing more.
    while (answer.revocation.waiting > 0) answer = await revoke({ awardIds }, registrar, key)
    expect(answer.revocation).toEqual({ revoked: 2, unchanged: 1, documents: 6, waiting: 0 })
    for (const document of documents) {
      const { verdict, checks } = await client.verify(document)
      expect(verdict).toBe('FAILED')
      expect(checks.find(({ name }: { name: string }) => name === 'REVOCATION').status).toBe('FAIL')
    }
    for (const name of names) {
      const { data } = await hub.ask('{ me { awards { nodes { status } } } }', {}, person(name))
      expect(data.me.awards.nodes).toEqual([{ status: 'REVOKED' }])
    }
    const trail = (await hub.dump('audit_entry')) as Record<string, unknown>[]
    const noted = trail.filter(
      (entry) => entry.action === 'award.revoked' && awardIds.includes(String(entry.entity_id)),
    )
    expect(noted.map((entry) => [entry.to_state, entry.reason, entry.actor_subject])).toEqual(
      awardIds.map(() => ['REVOKED', 'A wrong key', 'registrar-1']),
    )
  })

  it('is refused as a whole when one award is not the member’s, and to everybody but its registrars', async () => {
    const awardIds = [await client.award('kept'), 'dcu:award:none']
    expect(await revoke({ awardIds }, registrar)).toEqual({
      revocation: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['awardIds'] }],
    })
    for (const other of [person('kept'), person('registrar-2', 'registrar', 'dcu')]) {
      expect(await revoke({ awardIds: awardIds.slice(0, 1) }, other)).toMatchObject({
        userErrors: [{ code: 'NOT_PERMITTED', path: ['member'] }],
      })
    }
    expect(await revoke({ awardIds: [], reason: ' ' }, registrar)).toMatchObject({
      userErrors: [
        { code: 'VALUE_REQUIRED', path: ['reason'] },
        { code: 'VALUE_REQUIRED', path: ['awardIds'] },
      ],
    })
    const { data } = await hub.ask('{ me { awards { nodes { status } } } }', {}, person('kept'))
    expect(data.me.awards.nodes).toEqual([{ status: 'VALID' }])
  })
})
