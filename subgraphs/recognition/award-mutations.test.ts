import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
