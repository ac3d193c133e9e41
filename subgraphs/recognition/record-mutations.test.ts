import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../schema/index.js'
import { learnerNamed, registrarOf } from './commands/open-commands.fixture.js'
import { createMutationTester, type MutationTester } from './mutation-tester.fixture.js'
import { startTestRecognition, type TestRecognition } from './recognition-server.fixture.js'

let recognition: TestRecognition
let act: MutationTester['act']
let done: MutationTester['done']
let award: MutationTester['award']
beforeAll(async () => {
  recognition = await startTestRecognition({ hasSampleRecords: true })
  ;({ act, done, award } = createMutationTester(recognition))
}, 180_000)
afterAll(() => recognition?.stop())

const dcu = registrarOf('dcu')
const aalborg = registrarOf('aalborg')

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
