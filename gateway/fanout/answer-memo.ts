import { LRUCache } from 'lru-cache'
import type { MemberOutcome } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'
import type { SubgraphAnswer, SubgraphRequest } from '../engine/subgraph-client.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import { printHeaderKey } from '../transport/request-headers.js'
import type { CompiledOperation } from './compile-operation.js'
import type { MemberAnswer, Standing } from './member-answer.js'
import type { ScatterResult } from './scatter.js'

/** A request, and whom it was answered by. */
export interface AskedRequest {
  readonly compiled: CompiledOperation
  readonly request: SubgraphRequest
  /** The directory's entries of that moment. */
  readonly entries: readonly DirectoryEntry[]
  readonly context: RequestContext
}

/** What an answer was made of: each member's part, and how it took part. */
export interface MadeOf {
  readonly parts: readonly ScatterResult<MemberAnswer>[]
  readonly outcomes: readonly MemberOutcome[]
}

/**
 * Merged answers, each remembered only while every part of it stands: the same members, each of which would be answered for,
 * now, with the very same. So a merged list never lives longer than any of its parts, and what a purge hides from one of them
 * hides the list.
 */
export interface AnswerMemo {
  /** The answer to the same request, if all of its parts stand; then they have been noted. */
  recall(
    compiled: CompiledOperation,
    request: SubgraphRequest,
    entries: readonly DirectoryEntry[],
    context: RequestContext,
  ): SubgraphAnswer | undefined
  /**
   * Remembers an answer without errors, if all members have answered at once, from the second time on: what is asked but once
   * would push out what is asked again.
   *
   * @returns The answer; what is remembered is shared from now on.
   */
  remember(asked: AskedRequest, made: MadeOf, answer: SubgraphAnswer): SubgraphAnswer
  /** Forgets everything. */
  forget(): void
  /** Estimated bytes held. */
  bytes(): number
}

interface Remembered {
  readonly entries: readonly DirectoryEntry[]
  readonly standings: readonly Standing[]
  readonly outcomes: readonly MemberOutcome[]
  readonly answer: SubgraphAnswer
  readonly bytes: number
}

/** Rows as objects, here and completed by the engine, and the engine's text of them. */
const objectFactor = 9
const bytesOfPart = 500
const longestKey = 1_000
const requestsSeen = 1_000

/** @param maximumBytes - Most bytes to hold; the least recently used goes first. */
export function createAnswerMemo({ maximumBytes }: { readonly maximumBytes: number }): AnswerMemo {
  const memos = new LRUCache<string, Remembered>({
    maxSize: Math.max(1, Math.floor(maximumBytes)),
    sizeCalculation: ({ bytes }, key) => bytes + 2 * key.length,
  })
  const seen = new LRUCache<string, true>({
    max: requestsSeen,
    maxSize: requestsSeen * longestKey,
    sizeCalculation: (_seen, key) => key.length,
  })
  const numbers = new WeakMap<CompiledOperation, number>()
  let next = 0

  function toKey(
    compiled: CompiledOperation,
    { variables, representations }: SubgraphRequest,
    context: RequestContext,
  ): string | undefined {
    for (const _name in representations) return undefined
    let number = numbers.get(compiled)
    if (number === undefined) {
      next += 1
      number = next
      numbers.set(compiled, number)
    }
    const key = `${number} ${JSON.stringify(variables)} ${printHeaderKey(context)}`
    return key.length > longestKey ? undefined : key
  }

  return {
    recall(compiled, request, entries, context) {
      const key = toKey(compiled, request, context)
      const known = key === undefined ? undefined : memos.get(key)
      if (key === undefined || known === undefined) return undefined
      const { standings, outcomes, answer } = known
      if (known.entries !== entries || !standings.every((one) => one.stands())) {
        memos.delete(key)
        return undefined
      }
      for (const standing of standings) standing.note(context)
      for (const outcome of outcomes) context.outcomes.record(outcome)
      return answer
    },
    remember({ compiled, request, entries, context }, { parts, outcomes }, answer) {
      const standings = parts.flatMap((part) =>
        part.kind === 'answered' ? (part.value.standing ?? []) : [],
      )
      const isRepeatable =
        standings.length === parts.length &&
        parts.length > 0 &&
        outcomes.every(({ outcome }) => outcome === 'ok')
      const key = isRepeatable ? toKey(compiled, request, context) : undefined
      if (key === undefined) return answer
      if (!seen.has(key)) {
        seen.set(key, true)
        return answer
      }
      const shared = { ...answer, isShared: true, isRemembered: true }
      const bytes = estimateText(answer.data) * objectFactor + standings.length * bytesOfPart
      memos.set(key, { entries, standings, outcomes, answer: shared, bytes })
      return shared
    },
    forget: () => {
      memos.clear()
      seen.clear()
    },
    bytes: () => memos.calculatedSize,
  }
}

/** About the length of the JSON of a value: printing it to know would cost as much as the answer itself. */
function estimateText(value: unknown): number {
  if (typeof value === 'string') return value.length + 3
  if (typeof value !== 'object' || value === null) return 8
  let length = 2
  if (Array.isArray(value)) for (const item of value) length += estimateText(item)
  else {
    for (const key in value) {
      length += key.length + 3 + estimateText((value as Record<string, unknown>)[key])
    }
  }
  return length
}
