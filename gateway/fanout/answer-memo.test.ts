import { beforeEach, expect, test } from 'vitest'
import { anonymousPrincipal, type MemberOutcome } from '../../schema/index.js'
import { createOutcomeLog } from '../engine/outcome-log.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import { type AnswerMemo, type AskedRequest, createAnswerMemo, type MadeOf } from './answer-memo.js'
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

/** An answer is remembered from the second time on. */
function rememberTwice(memo: AnswerMemo, given: AskedRequest, made: MadeOf): SubgraphAnswer {
  memo.remember(given, made, answer)
  return memo.remember(given, made, answer)
}

test('gives the very same answer while every part stands, and reports and notes all members again', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  const shared = rememberTwice(memo, asked(), madeOf(ok('a'), ok('b')))
  const context = openContext()
  const recalled = memo.recall(compiled, request, entries, context)
  expect(recalled?.data).toBe(shared.data)
  expect(recalled).toMatchObject({ isShared: true, isRemembered: true })
  expect(context.outcomes.list()).toEqual([ok('a'), ok('b')])
  expect(standing.noted).toBe(2)
})

test('gives nothing once one part does not stand, and has forgotten the answer then', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  rememberTwice(memo, asked(), madeOf(ok('a')))
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
  rememberTwice(memo, asked(), madeOf(ok('a')))
  const other = asked(changes)
  const recalled = memo.recall(other.compiled, other.request, other.entries, other.context)
  expect(recalled).toBeUndefined()
})

test('remembers nothing in which a member did not take part, or answered otherwise than at once', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  rememberTwice(memo, asked(), madeOf(ok('a'), { member: 'b', outcome: 'stale', tookMs: 0 }))
  const waited = { kind: 'answered', value: { data: {} }, tookMs: 3 } as const
  rememberTwice(memo, asked(), { outcomes: [ok('a')], parts: [waited] })
  rememberTwice(memo, asked(), { outcomes: [], parts: [] })
  expect(memo.bytes()).toBe(0)
})

test('remembers nothing that is asked for the first time', () => {
  const memo = createAnswerMemo({ maximumBytes: 100_000 })
  expect(memo.remember(asked(), madeOf(ok('a')), answer)).toBe(answer)
  expect(memo.recall(compiled, request, entries, openContext())).toBeUndefined()
  expect(memo.bytes()).toBe(0)
})

test('stays within its bytes, and can forget all', () => {
  const memo = createAnswerMemo({ maximumBytes: 20_000 })
  for (let n = 0; n < 1_000; n += 1) {
    rememberTwice(memo, asked({ request: { ...request, variables: { n } } }), madeOf(ok('a')))
    expect(memo.bytes()).toBeLessThanOrEqual(20_000)
  }
  expect(memo.bytes()).toBeGreaterThan(10_000)
  memo.forget()
  expect(memo.bytes()).toBe(0)
})
