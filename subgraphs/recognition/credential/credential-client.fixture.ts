import { expect } from 'vitest'
import type { Principal } from '../../../schema/index.js'
import type { TestRecognition } from '../recognition-server.fixture.js'

export const person = (subjectId: string, role?: 'registrar', member = 'utwente'): Principal => ({
  kind: 'person',
  subjectId,
  homeMember: 'utwente',
  grants: role === undefined ? [] : [{ role, member }],
  scopes: [],
  assurance: [],
})
export const registrar = person('registrar-1', 'registrar')

const awardMutation = `mutation ($input: MakeAwardInput!) {
  makeAward(input: $input) { award { id version } userErrors { code message } } }`
const issueMutation = `mutation ($input: IssueCredentialInput!) {
  issueCredential(input: $input) {
    credential { id format status document supersedes }
    userErrors { code path }
  } }`

export const learner = { givenName: 'Mirthe', familyName: 'Sample' }

/** What suites do with credentials over the API of a running recognition, each with idempotency keys of its own. */
export function createCredentialClient(hub: TestRecognition) {
  let keys = 0
  const nextKey = () => {
    keys += 1
    return `key-${keys}-of-this-suite`
  }

  async function award(learner: string): Promise<string> {
    const answer = await hub.ask(
      awardMutation,
      {
        input: {
          idempotencyKey: nextKey(),
          award: {
            learnerId: `alliance:learner:${learner}`,
            microCredentialId: 'alliance:microcredential:utwente-ai-foundations',
            awardedOn: '2026-11-20',
          },
        },
      },
      registrar,
    )
    expect(answer.data?.makeAward.userErrors ?? answer.errors).toEqual([])
    return answer.data.makeAward.award.id
  }

  async function issue(input: object, principal: Principal) {
    const variables = { input: { idempotencyKey: nextKey(), format: 'VC_JWT', ...input } }
    const answer = await hub.ask(issueMutation, variables, principal)
    return answer.data?.issueCredential ?? answer.errors
  }

  async function verify(document: string) {
    const query = `query ($document: String!) { verifyCredential(document: $document) {
      verdict format checks { name status reason reasons { code } } } }`
    const { data } = await hub.ask(query, { document })
    return data.verifyCredential
  }

  return { nextKey, award, issue, verify }
}
