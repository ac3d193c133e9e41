import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLogger } from '../../../infra/runtime/index.js'
import { makeAward } from '../commands/make-award.js'
import {
  learnerNamed,
  openTestCommands,
  registrarOf,
  type TestCommands,
} from '../commands/open-commands.fixture.js'
import { publishRule } from '../commands/publish-rule.js'
import { ruleOf } from '../domain/stacking/stack.fixture.js'
import { startFollowUp } from './start-follow-up.js'

let commands: TestCommands
beforeAll(async () => {
  commands = await openTestCommands()
}, 60_000)
afterAll(() => commands?.close())

it('looks at a stack again on the day an award is too old for it, though nothing happened', async () => {
  const operator = { ...registrarOf('dcu'), grants: [{ role: 'operator', member: null } as const] }
  const rule = ruleOf({
    titles: { en: 'Recent work' },
    inForceFrom: '2026-01-01',
    eligible: [{ kind: 'RECENCY', months: 6 }],
    requirements: [
      { kind: 'MIN_ECTS', id: 'size', titles: null, use: 'SHARED', ects: '1', where: [] },
    ],
  })
  const published = await commands.run(operator, (unit, given) => publishRule(unit, given), {
    rule,
    description: 'Synthetic.',
  })
  expect(published).toMatchObject({ isDone: true })
  const learner = learnerNamed('ageing')
  const made = await commands.run(registrarOf('dcu'), (unit, given) => makeAward(unit, given), {
    award: {
      learnerId: `alliance:learner:${learner.kind === 'person' ? learner.subjectId : ''}`,
      microCredentialId: 'alliance:microcredential:dcu-ai-foundations',
      awardedOn: '2026-06-20',
    },
  })
  expect(made).toMatchObject({ isDone: true })
  const clock = { now: new Date('2026-11-23T12:00:00Z') }
  const followUp = startFollowUp({
    em: commands.orm.em,
    now: () => clock.now,
    log: silentLogger,
    pollMs: 3_600_000,
    evaluation: { threads: 0 },
  })
  const look = async () => {
    await followUp.settle(20_000)
    return commands.query(
      `select status, (select cause from stack_change as change
         where change.stacked_credential_id = state.stacked_credential_id
         order by sequence desc limit 1) as cause,
         (select due_on::text from learner_due) as due_on
       from stack_state as state where stacked_credential_id = ?`,
      [rule.id],
    )
  }
  try {
    expect(await look()).toMatchObject([
      { status: 'FULFILLED', cause: { kind: 'EVENT' }, due_on: '2026-12-21' },
    ])
    clock.now = new Date('2026-12-20T23:59:59Z')
    expect(await look()).toMatchObject([{ status: 'FULFILLED' }])
    clock.now = new Date('2026-12-21T00:00:00Z')
    expect(await look()).toMatchObject([
      { status: 'NOT', cause: { kind: 'DATE', date: '2026-12-21' }, due_on: null },
    ])
    expect((await commands.eventKinds()).at(-1)).toBe('stack.reopened')
  } finally {
    await followUp.stop()
  }
})
