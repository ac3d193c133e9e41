import { expect, test } from 'vitest'
import { openContext } from '../fanout/open-fan-out.fixture.js'
import { limitCalls } from './limit-calls.js'

const request = {
  query: '{ a }',
  operationName: undefined,
  operationType: 'query' as const,
  variables: {},
  representations: {},
}

function open(concurrency: number, callsPerSecond: number) {
  const pending: (() => void)[] = []
  const clock = { time: 0 }
  const client = limitCalls(
    { execute: () => new Promise((resolve) => pending.push(() => resolve({ data: {} }))) },
    { origin: { member: 'dcu' }, budget: { concurrency, callsPerSecond }, now: () => clock.time },
  )
  const finishAll = (): void => {
    for (const finish of pending.splice(0)) finish()
  }
  const ask = () =>
    client.execute(request, openContext()).then(
      () => 'answered',
      (error: { code: string }) => error.code,
    )
  return { ask, clock, finishAll }
}

test('asks a member no more than its budget at the same time, and again when there is room', async () => {
  const { ask, finishAll } = open(2, 0)
  const first = [ask(), ask(), ask()]
  finishAll()
  expect(await Promise.all(first)).toEqual(['answered', 'answered', 'MEMBER_BUDGET_EXCEEDED'])
  const second = ask()
  finishAll()
  expect(await second).toBe('answered')
})

test('asks a member no more often per second than its budget', async () => {
  const { ask, clock, finishAll } = open(100, 10)
  const askMany = async (count: number) => {
    const asked = Array.from({ length: count }, ask)
    finishAll()
    return (await Promise.all(asked)).filter((outcome) => outcome === 'answered').length
  }
  expect(await askMany(25)).toBe(10)
  clock.time = 500
  expect(await askMany(25)).toBe(5)
  // What was not used is not saved up for longer than a second.
  clock.time = 60_000
  expect(await askMany(25)).toBe(10)
})
