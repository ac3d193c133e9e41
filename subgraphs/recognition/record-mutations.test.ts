import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../schema/index.js'
import { learnerNamed, registrarOf } from './commands/open-commands.fixture.js'
import { startTestRecognition, type TestRecognition } from './recognition-server.fixture.js'

let recognition: TestRecognition
beforeAll(async () => {
  recognition = await startTestRecognition({ hasSampleRecords: true })
}, 180_000)
afterAll(() => recognition?.stop())

interface Outcome {
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
  readonly value: any
  /** `CODE path` of every user error, sorted. */
  readonly faults: readonly string[]
  /** Codes of GraphQL errors. */
  readonly errors: readonly string[]
}

const fields: Readonly<Record<string, readonly [input: string, payload: string]>> = {
  makeAward: ['MakeAwardInput', 'award { id version status }'],
  supersedeAward: ['SupersedeAwardInput', 'award { id version status grade { value } iscedF }'],
  suspendAward: ['ChangeAwardInput', 'award { id version status }'],
  reinstateAward: ['ChangeAwardInput', 'award { id version status }'],
  enrolInPathway: ['EnrolInPathwayInput', 'progress { state version completedSteps }'],
  withdrawFromPathway: ['WithdrawFromPathwayInput', 'progress { state version }'],
  proposeEquivalence: ['ProposeEquivalenceInput', 'agreement { id state version }'],
  agreeEquivalence: ['ChangeEquivalenceInput', 'agreement { id state version }'],
  endEquivalence: ['ChangeEquivalenceInput', 'agreement { id state version }'],
  requestRecognition: [
    'RequestRecognitionInput',
    'request { id state version decision { outcome agreement { id citation } } }',
  ],
  decideRecognition: [
    'DecideRecognitionInput',
    'request { id state version decision { outcome recognisedEcts } }',
  ],
  appealRecognition: ['AppealRecognitionInput', 'request { id state version }'],
  publishRule: ['PublishRuleInput', 'stackedCredential { id rule { version } }'],
}
let keys = 0

/** Runs a mutation under a key of its own unless one is given. */
async function act(
  principal: Principal | undefined,
  field: string,
  input: Readonly<Record<string, unknown>>,
  givenKey?: string,
): Promise<Outcome> {
  keys += 1
  const idempotencyKey = givenKey ?? `record-key-${keys}`
  const [type, payload] = fields[field] ?? []
  const { data, errors } = await recognition.ask(
    `mutation ($input: ${type}!) { ${field}(input: $input) {
      ${payload} userErrors { code path message } } }`,
    { input: { ...input, idempotencyKey } },
    principal,
  )
  const answer = data?.[field] ?? {}
  const { userErrors = [], ...rest } = answer
  return {
    value: Object.values(rest)[0] ?? null,
    faults: userErrors
      .map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)
      .sort(),
    errors: (errors ?? []).map(({ extensions }) => extensions.code),
  }
}

async function done(...[principal, field, input, key]: Parameters<typeof act>) {
  const outcome = await act(principal, field, input, key)
  expect(outcome, field).toMatchObject({ faults: [], errors: [] })
  return outcome.value
}

const dcu = registrarOf('dcu')
const aalborg = registrarOf('aalborg')
const idOf = (name: string) => `alliance:learner:${name}`

function award(name: string, microCredential = 'dcu-ai-foundations', registrar = dcu) {
  return done(registrar, 'makeAward', {
    award: {
      learnerId: idOf(name),
      microCredentialId: `alliance:microcredential:${microCredential}`,
      awardedOn: '2026-06-20',
    },
  })
}

async function statusesOf(name: string): Promise<readonly string[]> {
  const { data } = await recognition.ask(
    '{ me { awards { nodes { status } } } }',
    {},
    learnerNamed(name),
  )
  return data.me.awards.nodes.map(({ status }: { status: string }) => status).sort()
}

describe('supersedeAward', () => {
  it('puts a corrected award in the place of a wrong one, once for its key', async () => {
    const made = await award('superseded')
    const input = {
      awardId: made.id,
      expectedVersion: 1,
      reason: 'The grade was left out',
      replacement: { awardedOn: '2026-06-21', grade: { value: '62' } },
    }
    const corrected = await done(dcu, 'supersedeAward', input, 'supersede-once')
    // The field of study is the opportunity's where nobody says another.
    expect(corrected).toMatchObject({ status: 'VALID', grade: { value: '62' }, iscedF: ['0613'] })
    expect(await done(dcu, 'supersedeAward', input, 'supersede-once')).toEqual(corrected)
    expect(await statusesOf('superseded')).toEqual(['SUPERSEDED', 'VALID'])
    const reused = { ...input, reason: 'Something else' }
    expect((await act(dcu, 'supersedeAward', reused, 'supersede-once')).errors).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ])
    expect((await act(dcu, 'supersedeAward', input)).faults).toEqual([
      'STATE_FORBIDS awardId',
      'VERSION_CONFLICT expectedVersion',
    ])
  })

  it('tells all faults at once, and nothing to others', async () => {
    const { id: awardId } = await award('not-superseded')
    const replacement = { awardedOn: '2027-06-31', iscedF: ['computing'] }
    const input = { awardId, expectedVersion: 7, reason: ' ', replacement }
    expect((await act(dcu, 'supersedeAward', input)).faults).toEqual([
      'VALUE_REQUIRED reason',
      'VERSION_CONFLICT expectedVersion',
    ])
    const late = { ...input, expectedVersion: 1, reason: 'Wrong' }
    expect((await act(dcu, 'supersedeAward', late)).faults).toEqual([
      'DATE_INVALID replacement.awardedOn',
      'VALUE_INVALID replacement.iscedF',
    ])
    for (const other of [aalborg, learnerNamed('not-superseded')]) {
      expect((await act(other, 'supersedeAward', late)).faults).toEqual(['NOT_FOUND awardId'])
    }
    expect((await act(undefined, 'supersedeAward', late)).errors).toEqual(['UNAUTHENTICATED'])
    expect(await statusesOf('not-superseded')).toEqual(['VALID'])
  })
})

describe('suspendAward and reinstateAward', () => {
  it('take an award out of every stack and put it back, each once', async () => {
    const { id: awardId } = await award('suspended')
    const see = async () => {
      const { data } = await recognition.ask(
        `{ me { stackedCredentials { nodes { stackedCredential { id } ectsCounted } } } }`,
        {},
        learnerNamed('suspended'),
      )
      return data.me.stackedCredentials.nodes.find(
        (one: { stackedCredential: { id: string } }) =>
          one.stackedCredential.id === 'alliance:stackedcredential:digital-literacy',
      )?.ectsCounted
    }
    const before = await see()
    expect(Number(before)).toBeGreaterThan(0)
    const input = { awardId, expectedVersion: 1, reason: 'Under review' }
    const suspended = await done(dcu, 'suspendAward', input, 'suspend-once')
    expect(suspended).toMatchObject({ status: 'SUSPENDED', version: 2 })
    expect(await done(dcu, 'suspendAward', input, 'suspend-once')).toEqual(suspended)
    expect(await see()).toBe('0')
    expect((await act(dcu, 'reinstateAward', input)).faults).toEqual([
      'VERSION_CONFLICT expectedVersion',
    ])
    expect((await act(aalborg, 'reinstateAward', input)).faults).toEqual(['NOT_FOUND awardId'])
    const cleared = { awardId, expectedVersion: 2, reason: 'Nothing was found' }
    expect(await done(dcu, 'reinstateAward', cleared)).toMatchObject({ status: 'VALID' })
    expect(await see()).toBe(before)
    expect((await act(dcu, 'reinstateAward', cleared)).faults).toEqual([
      'STATE_FORBIDS awardId',
      'VERSION_CONFLICT expectedVersion',
    ])
  })
})

describe('enrolInPathway and withdrawFromPathway', () => {
  it('set a learner on a way and off it, each once', async () => {
    const { data } = await recognition.ask('{ learningPathways(first: 1) { nodes { id } } }')
    const input = { pathwayId: data.learningPathways.nodes[0].id }
    const learner = learnerNamed('walker')
    const enrolled = await done(learner, 'enrolInPathway', input, 'enrol-once')
    expect(enrolled).toMatchObject({ state: 'ENROLLED', version: 1 })
    expect(await done(learner, 'enrolInPathway', input, 'enrol-once')).toEqual(enrolled)
    expect((await act(learner, 'enrolInPathway', input)).faults).toEqual([
      'STATE_FORBIDS pathwayId',
    ])
    const stale = { ...input, expectedVersion: 9 }
    expect((await act(learner, 'withdrawFromPathway', stale)).faults).toEqual([
      'VERSION_CONFLICT expectedVersion',
    ])
    const leave = { ...input, expectedVersion: 1 }
    const another = learnerNamed('somebody-else')
    expect((await act(another, 'withdrawFromPathway', leave)).faults).toEqual([
      'NOT_FOUND pathwayId',
    ])
    expect(await done(learner, 'withdrawFromPathway', leave)).toMatchObject({ state: 'WITHDRAWN' })
    const system: Principal = { ...dcu, kind: 'system' }
    expect((await act(system, 'enrolInPathway', input)).errors).toEqual(['FORBIDDEN'])
    expect((await act(undefined, 'enrolInPathway', input)).errors).toEqual(['UNAUTHENTICATED'])
    const wrong = { pathwayId: 'alliance:pathway:none' }
    expect((await act(learner, 'enrolInPathway', wrong)).faults).toEqual(['NOT_FOUND pathwayId'])
  })
})

describe('an equivalence agreement', () => {
  const proposal = {
    opportunityId: 'dcu:opportunity:MM-AI-01',
    recognisingMember: 'lodz',
    targetOpportunityId: null,
    validFrom: '2025-09-01',
    citation: 'Synthetic accord, annex 2',
  }
  const lodz = registrarOf('lodz')

  it('is made by two members, decides requests, is cited, and ends', async () => {
    const proposed = await done(dcu, 'proposeEquivalence', proposal, 'propose-once')
    expect(proposed).toMatchObject({ state: 'PROPOSED', version: 1 })
    expect(await done(dcu, 'proposeEquivalence', proposal, 'propose-once')).toEqual(proposed)
    expect((await act(dcu, 'proposeEquivalence', proposal)).faults).toEqual([
      'AGREEMENT_EXISTS opportunityId',
    ])
    const change = { agreementId: proposed.id, expectedVersion: 1 }
    expect((await act(dcu, 'agreeEquivalence', change)).faults).toEqual([
      'NOT_PERMITTED agreementId',
    ])
    expect((await act(aalborg, 'agreeEquivalence', change)).faults).toEqual([
      'NOT_FOUND agreementId',
    ])
    expect((await act(lodz, 'agreeEquivalence', { ...change, expectedVersion: 3 })).faults).toEqual(
      ['VERSION_CONFLICT expectedVersion'],
    )
    expect(await done(lodz, 'agreeEquivalence', change)).toMatchObject({ state: 'AGREED' })
    const { id: awardId } = await award('agreed')
    const request = await done(learnerNamed('agreed'), 'requestRecognition', {
      awardId,
      recognisingMember: 'lodz',
    })
    expect(request.decision).toEqual({
      outcome: 'RECOGNISED',
      agreement: { id: proposed.id, citation: proposal.citation },
    })
    const end = { agreementId: proposed.id, expectedVersion: 2 }
    expect(await done(dcu, 'endEquivalence', end)).toMatchObject({ state: 'ENDED' })
    const other = await award('agreed-too-late')
    const late = await done(learnerNamed('agreed-too-late'), 'requestRecognition', {
      awardId: other.id,
      recognisingMember: 'lodz',
    })
    expect(late).toMatchObject({ state: 'PENDING', decision: null })
  })

  it('is refused with all faults at once', async () => {
    const wrong = {
      opportunityId: 'nonsense',
      recognisingMember: 'lodz',
      targetOpportunityId: 'dcu:opportunity:MM-AI-01',
      validFrom: '2025-02-30',
      citation: '',
    }
    expect((await act(dcu, 'proposeEquivalence', wrong)).faults).toEqual([
      'DATE_INVALID validFrom',
      'ID_INVALID opportunityId',
      'NOT_PERMITTED opportunityId',
      'VALUE_INVALID targetOpportunityId',
      'VALUE_REQUIRED citation',
    ])
  })
})

describe('an appeal', () => {
  it('is made by the learner, once, and decided by somebody else than the first decision', async () => {
    const { id: awardId } = await award('appellant')
    const learner = learnerNamed('appellant')
    const { id: requestId } = await done(learner, 'requestRecognition', {
      awardId,
      recognisingMember: 'aalborg',
    })
    const change = { requestId, expectedVersion: 1 }
    const partial = { ...change, outcome: 'PARTIAL', recognisedEcts: '99', reasons: [] }
    expect(
      (await act(aalborg, 'decideRecognition', { ...partial, expectedVersion: 5 })).faults,
    ).toEqual([
      'VALUE_INVALID verdict',
      'VALUE_REQUIRED verdict',
      'VERSION_CONFLICT expectedVersion',
    ])
    const reasons = [{ difference: 'WORKLOAD', explanation: 'Half of it' }]
    const verdict = { ...change, outcome: 'PARTIAL', recognisedEcts: '1', reasons }
    expect(await done(aalborg, 'decideRecognition', verdict)).toMatchObject({ state: 'DECIDED' })
    const appeal = { requestId, expectedVersion: 2, grounds: 'The hours are the same' }
    expect((await act(learnerNamed('nobody'), 'appealRecognition', appeal)).faults).toEqual([
      'NOT_FOUND requestId',
    ])
    const empty = { ...appeal, expectedVersion: 1, grounds: ' ' }
    expect((await act(learner, 'appealRecognition', empty)).faults).toEqual([
      'VALUE_REQUIRED grounds',
      'VERSION_CONFLICT expectedVersion',
    ])
    const appealed = await done(learner, 'appealRecognition', appeal, 'appeal-once')
    expect(appealed).toMatchObject({ state: 'APPEALED', version: 3 })
    expect(await done(learner, 'appealRecognition', appeal, 'appeal-once')).toEqual(appealed)
    const final = { requestId, expectedVersion: 3, outcome: 'RECOGNISED' }
    expect((await act(aalborg, 'decideRecognition', final)).faults).toEqual([
      'SAME_DECIDER verdict',
    ])
    const second: Principal = { ...aalborg, subjectId: 'second-registrar' } as Principal
    expect(await done(second, 'decideRecognition', final)).toMatchObject({
      state: 'FINAL',
      decision: { outcome: 'RECOGNISED', recognisedEcts: '2.5' },
    })
  })
})

describe('publishRule', () => {
  it('publishes a version once, for whoever awards the whole', async () => {
    const rule = {
      language: 1,
      id: 'alliance:stackedcredential:of-dublin',
      version: 1,
      titles: { en: 'Of Dublin' },
      inForceFrom: '2026-01-01',
      inForceUntil: null,
      source: null,
      illustrative: true,
      creditUse: 'SHARED',
      eligible: [],
      prerequisites: [],
      limits: [],
      requirements: [
        { kind: 'RESIDENCY', id: 'here', titles: null, use: 'SHARED', member: 'dcu', ects: '2' },
      ],
    }
    const input = {
      ruleJson: JSON.stringify(rule),
      description: 'Synthetic.',
      awardingMember: 'dcu',
    }
    const published = await done(dcu, 'publishRule', input, 'publish-once')
    expect(published).toMatchObject({ rule: { version: 1 } })
    expect(await done(dcu, 'publishRule', input, 'publish-once')).toEqual(published)
    expect((await act(dcu, 'publishRule', input)).faults).toEqual(['VERSION_CONFLICT rule.version'])
    const next = { ...input, ruleJson: JSON.stringify({ ...rule, version: 2 }) }
    expect((await act(aalborg, 'publishRule', next)).faults).toEqual([
      'NOT_PERMITTED awardingMember',
    ])
    const taken = { ...next, awardingMember: 'aalborg' }
    expect((await act(aalborg, 'publishRule', taken)).faults).toEqual([
      'VALUE_INVALID awardingMember',
    ])
    expect((await act(learnerNamed('x'), 'publishRule', next)).value).toBeNull()
  })
})
