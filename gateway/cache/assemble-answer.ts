import type { GraphQLFormattedError } from 'graphql'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { MemberAnswer } from '../fanout/member-answer.js'
import type { MemberCall } from '../fanout/plan-calls.js'
import { copyJson } from '../transport/copy-json.js'
import type { FieldQuestions } from './member-questions.js'
import type { Served } from './served.js'

/** One answer of a member, made of the answers to its questions in their order. */
export function assembleAnswer(
  { pruned }: MemberCall,
  kept: readonly FieldQuestions[],
  served: readonly Served[],
): MemberAnswer {
  const data: Record<string, unknown> = Object.create(null)
  const sharedKeys = new Set<string>()
  const errors = new Set<GraphQLFormattedError>()
  let staleAgeSeconds: number | undefined
  let failure: unknown
  let next = 0

  function take(path: readonly (string | number)[], isLeftWhole = false): unknown {
    const one = served[next]
    next += 1
    if (one === undefined) return undefined
    for (const error of one.errors) {
      errors.add(error.path === undefined ? error : { ...error, path: [...path, ...error.path] })
    }
    if (one.staleAgeSeconds !== undefined) {
      staleAgeSeconds = Math.max(staleAgeSeconds ?? 0, one.staleAgeSeconds)
    }
    failure ??= one.failure
    if (!one.isShared) return one.value
    if (!isLeftWhole) return copyJson(one.value)
    sharedKeys.add(String(path[0]))
    return one.value
  }

  for (const { field, questions, share } of kept) {
    const { key } = field.root
    if (share === undefined) {
      // Of pages few rows are taken; those are copied, and the merging of the same pages need not be done again.
      const value = take([key], field.detail.kind === 'PAGE' && pruned.length === 0)
      if (value !== undefined) data[key] = value
      continue
    }
    const list = questions.map((_question, index) => take([key, index]))
    if (!list.includes(undefined)) data[key] = list
  }
  return {
    data,
    sharedKeys,
    ...(errors.size > 0 && { errors: [...errors] }),
    ...(staleAgeSeconds !== undefined && { staleAgeSeconds }),
    ...(failure !== undefined && { failure }),
  }
}

/** An answer of which some fields were kept and the others asked. */
export function joinAnswers(kept: MemberAnswer, passed: SubgraphAnswer): MemberAnswer {
  const errors = [...(kept.errors ?? []), ...(passed.errors ?? [])]
  return {
    ...kept,
    data: Object.assign(kept.data ?? {}, passed.data),
    ...(errors.length > 0 && { errors }),
  }
}
