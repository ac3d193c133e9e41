import { beforeEach, expect, test } from 'vitest'
import { anonymousPrincipal, type MemberOutcome } from '../../schema/index.js'
import { createOutcomeLog } from '../engine/outcome-log.js'
import type { RequestContext } from '../engine/request-context.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import { type AskedRequest, createAnswerMemo, type MadeOf } from './answer-memo.js'
import type { CompiledOperation } from './compile-operation.js'

const compiled = {} as CompiledOperation
const entries: readonly DirectoryEntry[] = []
const request = {
  query: '{ a }',
  operationName: undefined,
  operationType: 'query',
  variables: { n: 1 },
  representations: {},
} as const
const answer = { data: { a: 'x'.repeat(100) } }
const ok = (member: string): MemberOutcome => ({ member, outcome: 'ok', tookMs: 0 })

function openContext(headers: Record<string, string> = {}): RequestContext {
  return {
    ...{ requestId: 'r', signal: new AbortController().signal, deadlineAt: 0, headers },
    ...{ principal: anonymousPrincipal, outcomes: createOutcomeLog() },
  }
}

let standing: { isStanding: boolean; noted: number }

function madeOf(...outcomes: readonly MemberOutcome[]): MadeOf {
  const own = standing
  const value = {
    data: {},
    standing: {
      stands: () => own.isStanding,
      note: () => {
        own.noted += 1
      },
    },
  }
  return { outcomes, parts: outcomes.map(() => ({ kind: 'answered', value, tookMs: 0 })) }
}

function asked(changes: Partial<AskedRequest> = {}): AskedRequest {
  return { compiled, request, entries, context: openContext(), ...changes }
}

beforeEach(() => {
  standing = { isStanding: true, noted: 0 }
})

test('gives the very same answer while every part stands, and reports and notes all members again', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  const shared = memo.remember(asked(), madeOf(ok('a'), ok('b')), answer)
  const context = openContext()
  const recalled = memo.recall(compiled, request, entries, context)
  expect(recalled?.data).toBe(shared.data)
  expect(recalled?.isShared).toBe(true)
  expect(context.outcomes.list()).toEqual([ok('a'), ok('b')])
  expect(standing.noted).toBe(2)
})

test('gives nothing once one part does not stand, and has forgotten the answer then', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  memo.remember(asked(), madeOf(ok('a')), answer)
  standing.isStanding = false
  const context = openContext()
  expect(memo.recall(compiled, request, entries, context)).toBeUndefined()
  expect([context.outcomes.list(), standing.noted, memo.bytes()]).toEqual([[], 0, 0])
})

test.each([
  ['another operation', { compiled: {} as CompiledOperation }],
  ['other variables', { request: { ...request, variables: { n: 2 } } }],
  ['representations', { request: { ...request, representations: { r: ['{}'] } } }],
  ['other members', { entries: [] }],
  ['another header that can change an answer', { context: openContext({ 'x-tenant': 'b' }) }],
])('does not give it for %s', (_what, changes) => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  memo.remember(asked(), madeOf(ok('a')), answer)
  const other = asked(changes)
  const recalled = memo.recall(other.compiled, other.request, other.entries, other.context)
  expect(recalled).toBeUndefined()
})

test('remembers nothing in which a member did not take part, or answered otherwise than at once', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  memo.remember(asked(), madeOf(ok('a'), { member: 'b', outcome: 'stale', tookMs: 0 }), answer)
  const waited = { kind: 'answered', value: { data: {} }, tookMs: 3 } as const
  memo.remember(asked(), { outcomes: [ok('a')], parts: [waited] }, answer)
  memo.remember(asked(), { outcomes: [], parts: [] }, answer)
  expect(memo.bytes()).toBe(0)
})

test('stays within its bytes, and can forget all', () => {
  const memo = createAnswerMemo({ maximumBytes: 20_000 })
  for (let n = 0; n < 1_000; n += 1) {
    memo.remember(asked({ request: { ...request, variables: { n } } }), madeOf(ok('a')), answer)
    expect(memo.bytes()).toBeLessThanOrEqual(20_000)
  }
  expect(memo.bytes()).toBeGreaterThan(10_000)
  memo.forget()
  expect(memo.bytes()).toBe(0)
})
