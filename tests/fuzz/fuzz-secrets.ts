import type { TestHub } from '../hub/start-test-hub.js'
import { issueTestToken, testIssuer } from '../setup/issue-test-token.js'
import type { TokenBox } from './hostile-token.js'

/** Data of one learner that nobody else may see, and tokens of everybody else. */
export interface FuzzSecrets {
  readonly secrets: readonly string[]
  /** Operations that ask for them. */
  readonly probes: readonly string[]
  readonly tokens: TokenBox
  /** Whether the owner still sees them: else the fuzzer would look for nothing. */
  isVisibleToOwner(): Promise<boolean>
}

const secret = 'only-for-the-learner-7f3a9c'
const victim = { role: 'learner', member: 'dcu', subject: 'fuzz-victim' } as const
const awards = 'edges { node { id accreditation learnerId grade { value } } }'

/** Awards a learner something through the hub itself. */
export async function plantSecrets(hub: TestHub): Promise<FuzzSecrets> {
  const { subjectId } = testIssuer.toPrincipal(victim)
  const learnerId = `alliance:learner:${subjectId}`
  const registrar = await issueTestToken({ role: 'registrar', member: 'dcu' })
  const made = await hub.ask(
    `mutation ($input: MakeAwardInput!) { makeAward(input: $input) { award { id } userErrors { code path message } } }`,
    {
      input: {
        idempotencyKey: 'fuzz-award-1',
        award: {
          learnerId,
          microCredentialId: 'alliance:microcredential:dcu-ai-foundations',
          awardedOn: '2026-06-20',
          grade: { value: '72' },
          accreditation: secret,
        },
      },
    },
    registrar,
  )
  const payload = made.data?.makeAward as { award: { id: string } | null } | undefined
  const awardId = payload?.award?.id
  if (awardId === undefined) throw new Error(`no award to protect: ${JSON.stringify(made)}`)
  const owner = await issueTestToken(victim)
  const ownQuery = `{ me { id awards(first: 5) { ${awards} } } }`
  const change = (name: string) =>
    `mutation { ${name}(input: { idempotencyKey: "fuzz-steal", awardId: ${JSON.stringify(awardId)}, version: 1, reason: "x" }) { award { id accreditation } userErrors { code message } } }`
  return {
    secrets: [secret],
    probes: [
      ownQuery,
      `{ memberAwards(member: "dcu", first: 100) { ${awards} } }`,
      `{ a: memberAwards(member: "liu") { ${awards} } b: memberAwards(member: "dcu") { ${awards} } }`,
      change('revokeAward'),
      change('suspendAward'),
      `query ($id: ID!) { microCredential(id: $id) { id } me { awards { ${awards} } } }`,
      `{ me { ...L } } fragment L on Learner { awards { edges { node { ... on Award { accreditation } } } } }`,
    ],
    tokens: {
      strangers: await Promise.all([
        issueTestToken({ role: 'learner', member: 'liu', subject: 'fuzz-stranger' }),
        issueTestToken({ role: 'learner', member: 'dcu', subject: 'fuzz-classmate' }),
        issueTestToken({ role: 'registrar', member: 'liu' }),
        issueTestToken({ role: 'admission', member: 'liu' }),
        issueTestToken({ role: 'analyst' }),
        issueTestToken({ role: 'partner', member: 'liu' }),
      ]),
      expired: await issueTestToken({ ...victim, lifeSeconds: -3_600 }),
      publicKey: JSON.stringify(testIssuer.config.keys),
    },
    async isVisibleToOwner() {
      const answer = await hub.ask(ownQuery, {}, owner)
      return JSON.stringify(answer.data ?? null).includes(secret)
    },
  }
}
