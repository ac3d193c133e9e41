import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousPrincipal, type HubError } from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import type { AwardInput } from './award-input.js'
import { reinstateAward, revokeAward, suspendAward } from './change-award-status.js'
import type { CommandResult } from './fault.js'
import { makeAward } from './make-award.js'
import {
  learnerNamed,
  openTestCommands,
  registrarOf,
  type TestCommands,
} from './open-commands.fixture.js'
import { supersedeAward } from './supersede-award.js'

let commands: TestCommands
beforeAll(async () => {
  commands = await openTestCommands()
})
afterAll(() => commands?.close())

const dcu = registrarOf('dcu')
const awardInput = (learner: string, change: Partial<AwardInput> = {}): { award: AwardInput } => ({
  award: {
    learnerId: `alliance:learner:${learner}`,
    microCredentialId: 'alliance:microcredential:dcu-ai-foundations',
    awardedOn: '2026-06-20',
    grade: { value: '72' },
    ...change,
  },
})

function valueFrom<Value>(result: CommandResult<Value>): Value {
  if (!result.isDone) throw new Error(JSON.stringify(result.faults))
  return result.value
}
const codesOf = (result: CommandResult<unknown>) =>
  result.isDone ? [] : result.faults.map(({ code, path }) => `${code} ${path.join('.')}`)

const award = async (learner: string): Promise<Award> =>
  valueFrom(await commands.run(dcu, makeAward, awardInput(learner)))

describe('awarding', () => {
  it('copies what was earned into the award and says so in audit trail and outbox', async () => {
    const made = await award('copy')
    expect(made).toMatchObject({
      id: expect.stringMatching(/^dcu:award:/),
      ects: '2.5',
      eqfLevel: 6,
      jurisdictionCode: 'IE',
      opportunityId: 'dcu:opportunity:MM-AI-01',
      grade: { value: '72' },
      status: 'VALID',
      version: 1,
    })
    const [event] = await commands.query(
      "select kind, fact->>'ects' as ects from outbox_event where fact->>'awardId' = ?",
      [made.id],
    )
    expect(event).toEqual({ kind: 'award.made', ects: '2.5' })
    const [entry] = await commands.query('select * from audit_entry where entity_id = ?', [made.id])
    expect(entry).toMatchObject({ action: 'award.made', actor_member: 'dcu', to_state: 'VALID' })
  })

  it('lists every fault of an input at once and writes nothing', async () => {
    const before = await commands.eventKinds()
    const result = await commands.run(dcu, makeAward, {
      award: {
        learnerId: 'somebody',
        microCredentialId: 'alliance:microcredential:ktu-ai-foundations',
        awardedOn: '2027-02-30',
        grade: { value: ' ' },
        iscedF: ['computing'],
      },
    })
    expect(codesOf(result)).toEqual([
      'ID_INVALID award.learnerId',
      'DATE_INVALID award.awardedOn',
      'VALUE_REQUIRED award.grade.value',
      'VALUE_INVALID award.iscedF',
      'NOT_PERMITTED award.microCredentialId',
    ])
    expect(await commands.eventKinds()).toEqual(before)
  })

  it('refuses a second award of the same micro-credential, also when two registrars award at once', async () => {
    const results = await Promise.all(
      ['one', 'two', 'three'].map(() => commands.run(dcu, makeAward, awardInput('twice'))),
    )
    expect(results.filter(({ isDone }) => isDone)).toHaveLength(1)
    expect(results.flatMap(codesOf)).toEqual(['AWARD_EXISTS award', 'AWARD_EXISTS award'])
  })

  it.each([
    ['a learner', learnerNamed('copy')],
    ['a registrar of another member', registrarOf('ktu')],
    ['an admission officer', { ...dcu, grants: [{ role: 'admission', member: 'dcu' } as const] }],
  ])('is refused to %s', async (_who, principal) => {
    const result = await commands.run(principal, makeAward, awardInput('nobody'))
    expect(codesOf(result)).toEqual(['NOT_PERMITTED award.microCredentialId'])
  })

  it('is refused to the anonymous before anything else', async () => {
    await expect(
      commands.run(anonymousPrincipal, makeAward, awardInput('nobody')),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' } satisfies Partial<HubError>)
  })
})

describe('an idempotency key', () => {
  it('gives the same answer to the same input, once or ten times at once', async () => {
    const input = awardInput('repeat')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => commands.run(dcu, makeAward, input, 'repeated-key')),
    )
    const ids = new Set(answers.map((answer) => valueFrom(answer).id))
    expect(ids.size).toBe(1)
    const [count] = await commands.query(
      "select count(*)::int from outbox_event where learner_id = 'alliance:learner:repeat'",
    )
    expect(count).toEqual({ count: 1 })
  })

  it('is refused for another input', async () => {
    await commands.run(dcu, makeAward, awardInput('first'), 'used-key')
    await expect(
      commands.run(dcu, makeAward, awardInput('second'), 'used-key'),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('may be used again for a corrected input when the first one was faulty', async () => {
    const wrong = await commands.run(
      dcu,
      makeAward,
      awardInput('mended', { awardedOn: 'today' }),
      'mended-key',
    )
    expect(codesOf(wrong)).toEqual(['DATE_INVALID award.awardedOn'])
    const right = await commands.run(dcu, makeAward, awardInput('mended'), 'mended-key')
    expect(right.isDone).toBe(true)
  })

  it('of another person is another key', async () => {
    await commands.run(dcu, makeAward, awardInput('mine'), 'shared-key')
    const other = await commands.run(
      registrarOf('ktu'),
      makeAward,
      awardInput('theirs', { microCredentialId: 'alliance:microcredential:ktu-ai-foundations' }),
      'shared-key',
    )
    expect(other.isDone).toBe(true)
  })
})

describe('changing an award', () => {
  it('goes through suspension and reinstatement to revocation, and from there nowhere', async () => {
    const made = await award('states')
    const change = (expectedVersion: number) => ({
      awardId: made.id,
      expectedVersion,
      reason: 'Under review',
    })
    expect(valueFrom(await commands.run(dcu, suspendAward, change(1))).status).toBe('SUSPENDED')
    expect(valueFrom(await commands.run(dcu, reinstateAward, change(2))).status).toBe('VALID')
    expect(valueFrom(await commands.run(dcu, revokeAward, change(3))).status).toBe('REVOKED')
    expect(codesOf(await commands.run(dcu, reinstateAward, change(4)))).toEqual([
      'STATE_FORBIDS awardId',
    ])
    const trail = await commands.query(
      'select action, from_state, to_state, reason from audit_entry where entity_id = ? order by sequence',
      [made.id],
    )
    expect(trail.map(({ from_state, to_state }) => [from_state, to_state])).toEqual([
      [null, 'VALID'],
      ['VALID', 'SUSPENDED'],
      ['SUSPENDED', 'VALID'],
      ['VALID', 'REVOKED'],
    ])
  })

  it('is refused when somebody else changed it in between', async () => {
    const made = await award('lost-update')
    const input = { awardId: made.id, expectedVersion: 1, reason: 'Misconduct' }
    const results = await Promise.all([
      commands.run(dcu, revokeAward, input),
      commands.run(dcu, revokeAward, input),
    ])
    expect(results.filter(({ isDone }) => isDone)).toHaveLength(1)
    expect(results.flatMap(codesOf)).toEqual([
      'VERSION_CONFLICT expectedVersion',
      'STATE_FORBIDS awardId',
    ])
  })

  it('tells a registrar of another member no more than that there is nothing of theirs', async () => {
    const made = await award('foreign')
    const input = { awardId: made.id, expectedVersion: 1, reason: 'Curiosity' }
    const foreign = await commands.run(registrarOf('ktu'), revokeAward, input)
    const absent = await commands.run(registrarOf('ktu'), revokeAward, {
      ...input,
      awardId: 'dcu:award:nothing',
    })
    expect(foreign).toEqual(absent)
  })

  it('keeps the superseded award beside the one that corrects it', async () => {
    const made = await award('corrected')
    const next = valueFrom(
      await commands.run(dcu, supersedeAward, {
        awardId: made.id,
        expectedVersion: 1,
        reason: 'Grade corrected',
        replacement: { awardedOn: '2026-06-20', grade: { value: '78' } },
      }),
    )
    const rows = await commands.query(
      'select id, status, superseded_by, version, grade_value from award where learner_id = ? order by status',
      ['alliance:learner:corrected'],
    )
    expect(rows).toEqual([
      { id: made.id, status: 'SUPERSEDED', superseded_by: next.id, version: 2, grade_value: '72' },
      { id: next.id, status: 'VALID', superseded_by: null, version: 1, grade_value: '78' },
    ])
    const kinds = await commands.query(
      'select kind from outbox_event where learner_id = ? order by sequence',
      ['alliance:learner:corrected'],
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['award.made', 'award.superseded', 'award.made'])
  })
})
