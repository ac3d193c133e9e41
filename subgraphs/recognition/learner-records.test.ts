import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../schema/index.js'
import { learnerNamed, registrarOf } from './commands/open-commands.fixture.js'
import { startTestRecognition, type TestRecognition } from './recognition-server.fixture.js'
import { listSampleLearners } from './sample/sample-learner.js'

let recognition: TestRecognition
let learners: readonly Principal[]
beforeAll(async () => {
  recognition = await startTestRecognition({ hasSampleRecords: true })
  learners = listSampleLearners(recognition.memberSlugs).map(({ principal }) => principal)
}, 180_000)
afterAll(() => recognition?.stop())

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
async function ask(principal: Principal | undefined, query: string, variables = {}): Promise<any> {
  const { data, errors } = await recognition.ask(query, variables, principal)
  expect(errors).toBeUndefined()
  return data
}
const codesOf = async (principal: Principal | undefined, query: string) =>
  (await recognition.ask(query, {}, principal)).errors?.map(({ extensions }) => extensions.code)

describe('the learner that asks', () => {
  it('sees awards, stacks with what completes them, pathways, decisions and passport', async () => {
    const { me } = await ask(
      learners[0],
      `{ me {
        homeMember displayName synthetic
        awards { totalCount nodes { status microCredential { title } opportunity { id } history { action } } }
        stackedCredentials { nodes {
          stackedCredential { id title rule { text version } } status ectsCounted
          requirements { requirementId isMet missing }
          completions { kind size sets { totalEcts opportunities { id } microCredentials { title } } }
          history { nodes { causeKind sentences } }
        } }
        pathwaysInProgress { nodes { state pathway { title } nextSteps { position } } }
        recognitionDecisions { totalCount }
        competencePassport { totalEcts skills { title evidence { awardingMember } } mobility { jurisdictions ectsAbroad } }
      } }`,
    )
    expect(me).toMatchObject({ displayName: 'Sample learner 001', synthetic: true })
    expect(me.awards.totalCount).toBe(2)
    const stack = me.stackedCredentials.nodes.find(
      (one: { stackedCredential: { id: string } }) =>
        one.stackedCredential.id === 'alliance:stackedcredential:digital-literacy',
    )
    expect(stack).toMatchObject({
      status: 'PARTLY',
      ectsCounted: '4.5',
      completions: { kind: 'FOUND', size: 1 },
    })
    const owners = stack.completions.sets.map(
      (set: { opportunities: { id: string }[] }) => set.opportunities[0]?.id,
    )
    expect(owners.sort()).toEqual([
      'aalborg:opportunity:MM-CYB-01',
      'dcu:opportunity:MM-CYB-01',
      'ktu:opportunity:MM-CYB-01',
      'tuhh:opportunity:MM-CYB-01',
    ])
    expect(stack.history.nodes.at(-1).causeKind).toBe('award.made')
    expect(me.competencePassport.totalEcts).toBe('4.5')
  })

  it('is nobody without a token, and never a system', async () => {
    expect(await codesOf(undefined, '{ me { id } }')).toEqual(['UNAUTHENTICATED'])
    const system: Principal = { ...registrarOf('dcu'), kind: 'system' }
    expect(await codesOf(system, '{ me { id } }')).toEqual(['FORBIDDEN'])
  })

  it('sees an empty record the first time, and asking writes nothing', async () => {
    recognition.statements.length = 0
    const { me } = await ask(learnerNamed('new'), '{ me { id awards { totalCount } } }')
    expect(me).toEqual({ id: 'alliance:learner:new', awards: { totalCount: 0 } })
    const written = recognition.statements.filter((sql) => /insert/.test(sql))
    expect(written).toEqual([])
  })

  it('costs one statement per field asked, however many awards there are', async () => {
    recognition.statements.length = 0
    await ask(
      learners[20],
      '{ me { awards { nodes { microCredential { title } jurisdiction { code } history { action } } } } }',
    )
    const tables = ['learner', 'award', 'micro_credential', 'jurisdiction', 'audit_entry']
    for (const table of tables) {
      const pattern = new RegExp(`from "?${table}"?\\b`)
      const asking = recognition.statements.filter((sql) => pattern.test(sql))
      expect(asking.length, table).toBeLessThanOrEqual(1)
    }
  })
})

describe('revoking an award', () => {
  it('changes the dependent stack before the answer is there, and says why', async () => {
    const learner = learners[1] as Principal
    const query = `{ me { awards { nodes { id awardingMember version } } stackedCredentials { nodes {
      stackedCredential { id } status ectsCounted excludedAwards { awardId reasons }
      history(first: 1) { nodes { fromStatus toStatus causeKind causeAward { id } sentences
        differences { code awardId reasons sentence } } } } } } }`
    const before = await ask(learner, query)
    const [award] = before.me.awards.nodes
    const { revokeAward } = await ask(
      registrarOf(award.awardingMember),
      `mutation ($input: ChangeAwardInput!) { revokeAward(input: $input) {
        award { status version } userErrors { code } } }`,
      {
        input: {
          idempotencyKey: 'revoke-once',
          awardId: award.id,
          expectedVersion: award.version,
          reason: 'Awarded in error',
        },
      },
    )
    expect(revokeAward).toEqual({ award: { status: 'REVOKED', version: 2 }, userErrors: [] })
    const after = await ask(learner, query)
    const stack = after.me.stackedCredentials.nodes.find(
      (one: { stackedCredential: { id: string } }) =>
        one.stackedCredential.id === 'alliance:stackedcredential:digital-literacy',
    )
    expect(stack.excludedAwards).toContainEqual({ awardId: award.id, reasons: ['REVOKED'] })
    const [change] = stack.history.nodes
    expect(change).toMatchObject({ causeKind: 'award.revoked', causeAward: { id: award.id } })
    expect(change.differences).toContainEqual(
      expect.objectContaining({ code: 'AWARD_LEFT', awardId: award.id, reasons: ['REVOKED'] }),
    )
    expect(change.sentences.join(' ')).toContain('no longer counts: it was revoked')
  })
})

describe('registrars', () => {
  it('see the awards and requests of their own member, and no other', async () => {
    const own = await ask(
      registrarOf('dcu'),
      '{ memberAwards(member: "dcu", first: 100) { nodes { awardingMember } } recognitionRequests(member: "dcu") { totalCount } }',
    )
    expect(own.memberAwards.nodes.length).toBeGreaterThan(3)
    expect(
      own.memberAwards.nodes.every(
        (one: { awardingMember: string }) => one.awardingMember === 'dcu',
      ),
    ).toBe(true)
    for (const field of ['memberAwards', 'recognitionRequests']) {
      expect(
        await codesOf(registrarOf('dcu'), `{ ${field}(member: "ktu") { totalCount } }`),
      ).toEqual(['FORBIDDEN'])
      expect(await codesOf(learners[0], `{ ${field}(member: "dcu") { totalCount } }`)).toEqual([
        'FORBIDDEN',
      ])
      expect(await codesOf(undefined, `{ ${field}(member: "dcu") { totalCount } }`)).toEqual([
        'UNAUTHENTICATED',
      ])
    }
  })
})

describe('recognition', () => {
  const request = `mutation ($input: RequestRecognitionInput!) { requestRecognition(input: $input) {
    request { id state version decision { outcome recognisedEcts agreement { citation } } }
    userErrors { code path } } }`

  it('is decided at once, with the agreement cited, where two members have agreed on it', async () => {
    const learner = learnerNamed('agreed')
    const { makeAward } = await ask(
      registrarOf('uis'),
      `mutation ($input: MakeAwardInput!) { makeAward(input: $input) { award { id } userErrors { code } } }`,
      {
        input: {
          idempotencyKey: 'award-agreed',
          award: {
            learnerId: 'alliance:learner:agreed',
            microCredentialId: 'alliance:microcredential:uis-working-with-data',
            awardedOn: '2026-05-01',
          },
        },
      },
    )
    const { requestRecognition } = await ask(learner, request, {
      input: {
        idempotencyKey: 'request-agreed',
        awardId: makeAward.award.id,
        recognisingMember: 'dcu',
        targetOpportunityId: 'dcu:opportunity:MM-DATA-01',
      },
    })
    expect(requestRecognition).toMatchObject({
      request: {
        state: 'DECIDED',
        decision: {
          outcome: 'RECOGNISED',
          recognisedEcts: '2.5',
          agreement: { citation: expect.stringContaining('Synthetic recognition accord') },
        },
      },
      userErrors: [],
    })
    const free = await ask(learner, request, {
      input: {
        idempotencyKey: 'request-free-credits',
        awardId: makeAward.award.id,
        recognisingMember: 'dcu',
      },
    })
    expect(free.requestRecognition.request.state).toBe('PENDING')
    const decide = `mutation ($input: DecideRecognitionInput!) { decideRecognition(input: $input) {
      request { state decision { outcome } } userErrors { code path } } }`
    const input = {
      idempotencyKey: 'decide-refusal',
      requestId: free.requestRecognition.request.id,
      expectedVersion: 1,
      outcome: 'REFUSED_SUBSTANTIAL_DIFFERENCE',
    }
    const silent = await ask(registrarOf('dcu'), decide, { input })
    expect(silent.decideRecognition.userErrors).toEqual([
      { code: 'VALUE_REQUIRED', path: ['verdict'] },
    ])
    const foreign = await ask(registrarOf('ktu'), decide, { input })
    expect(foreign.decideRecognition.userErrors).toEqual([
      { code: 'NOT_FOUND', path: ['requestId'] },
    ])
    const reasons = [{ difference: 'WORKLOAD', explanation: 'Half of it' }]
    const decided = await ask(registrarOf('dcu'), decide, { input: { ...input, reasons } })
    expect(decided.decideRecognition).toEqual({
      request: {
        state: 'DECIDED',
        decision: { outcome: 'REFUSED_SUBSTANTIAL_DIFFERENCE' },
      },
      userErrors: [],
    })
    const { appealRecognition } = await ask(
      learner,
      `mutation ($input: AppealRecognitionInput!) { appealRecognition(input: $input) {
        request { state appealGrounds history { action actorRole } } userErrors { code } } }`,
      {
        input: {
          idempotencyKey: 'appeal-refusal',
          requestId: free.requestRecognition.request.id,
          expectedVersion: 2,
          grounds: 'The same hours',
        },
      },
    )
    expect(appealRecognition.request).toEqual({
      state: 'APPEALED',
      appealGrounds: 'The same hours',
      history: [
        { action: 'recognition.requested', actorRole: 'learner' },
        { action: 'recognition.decided', actorRole: 'registrar' },
        { action: 'recognition.appealed', actorRole: 'learner' },
      ],
    })
  })

  it('is not asked for with the award of somebody else', async () => {
    const { me } = await ask(learners[2], '{ me { awards { nodes { id } } } }')
    const { requestRecognition } = await ask(learners[3], request, {
      input: {
        idempotencyKey: 'request-theft',
        awardId: me.awards.nodes[0].id,
        recognisingMember: 'ktu',
      },
    })
    expect(requestRecognition).toEqual({
      request: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['awardId'] }],
    })
  })
})
