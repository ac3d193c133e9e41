import type { GraphQLFormattedError } from 'graphql'
import { ownerOf } from '../../schema/index.js'
import { type FieldAnswer, type FieldFailure, fail, type MergedField } from './field-answer.js'
import { isRecord } from './json-value.js'
import { dropReserved } from './merge-lists.js'

/** The representations one owner is asked for, and where its answers belong. */
export interface EntityShare {
  readonly owner: string
  /** Places in the whole list of representations. */
  readonly slots: readonly number[]
  readonly ids: readonly string[]
  readonly types: readonly string[]
  /** JSON, as it came. */
  readonly printed: readonly string[]
}

export interface EntityShares {
  /** How many representations there are in all, ownerless ones included. */
  readonly size: number
  readonly byOwner: ReadonlyMap<string, EntityShare>
}

interface OpenShare extends EntityShare {
  readonly slots: number[]
  readonly ids: string[]
  readonly types: string[]
  readonly printed: string[]
}

/**
 * Splits representations by the owner their id names. One without a readable id belongs to nobody: it is asked of
 * nobody and its answer is null.
 */
export function splitRepresentations(printed: readonly string[]): EntityShares {
  const byOwner = new Map<string, OpenShare>()
  for (const [slot, json] of printed.entries()) {
    const representation: unknown = JSON.parse(json)
    const { id, __typename: type } = isRecord(representation) ? representation : {}
    const owner = typeof id === 'string' ? ownerOf(id) : null
    if (owner === null || typeof id !== 'string' || typeof type !== 'string') continue
    let share = byOwner.get(owner)
    if (share === undefined) {
      share = { owner, slots: [], ids: [], types: [], printed: [] }
      byOwner.set(owner, share)
    }
    share.slots.push(slot)
    share.ids.push(id)
    share.types.push(type)
    share.printed.push(json)
  }
  return { size: printed.length, byOwner }
}

/**
 * Puts the owners' entities back into the order of the representations. An answer that is too short, too long, out of
 * order or about other things is not merged at all: which of its entities to believe cannot be known.
 */
export function joinEntities(
  shares: EntityShares,
  answers: readonly FieldAnswer[],
  reserved: string,
): MergedField {
  const value: unknown[] = new Array(shares.size).fill(null)
  const errors: GraphQLFormattedError[] = []
  const failures: FieldFailure[] = []
  for (const answer of answers) {
    const share = shares.byOwner.get(answer.member)
    if (share === undefined) continue
    const fault = verifyEntities(share, answer.value, reserved)
    if (fault !== null) {
      failures.push(fault)
      continue
    }
    const entities = answer.value as readonly unknown[]
    for (const [index, slot] of share.slots.entries()) {
      value[slot] = dropReserved(entities[index], reserved)
    }
    for (const error of answer.errors) errors.push(moveError(error, share.slots))
  }
  return { value, errors, failures, contributors: answers.length - failures.length }
}

/** What is wrong with an owner's answer to its share as a whole, or null. */
export function verifyEntities(
  share: EntityShare,
  value: unknown,
  reserved: string,
): FieldFailure | null {
  const { owner, ids, types } = share
  if (!Array.isArray(value)) {
    return fail(owner, 'SUBGRAPH_ANSWER_INVALID', 'answered with something not a list of entities')
  }
  if (value.length !== ids.length) {
    const reason = `answered with ${value.length} entities instead of ${ids.length}`
    return fail(owner, 'ANSWER_LENGTH', reason)
  }
  for (const [index, entity] of value.entries()) {
    if (entity === null) continue
    if (!isRecord(entity)) {
      return fail(owner, 'SUBGRAPH_ANSWER_INVALID', 'answered with something not an entity')
    }
    const id = entity[`${reserved}_id`]
    const type = entity[`${reserved}_type`]
    if (id === ids[index] && type === types[index]) continue
    if (typeof id === 'string' && ownerOf(id) !== owner) {
      return fail(owner, 'FOREIGN_ID', 'answered with entities that another member owns')
    }
    return fail(owner, 'ANSWER_ORDER', 'answered with entities other than those asked for')
  }
  return null
}

function moveError(error: GraphQLFormattedError, slots: readonly number[]): GraphQLFormattedError {
  const [root, index, ...rest] = error.path ?? []
  const slot = typeof index === 'number' ? slots[index] : undefined
  if (root === undefined || slot === undefined) return error
  return { ...error, path: [root, slot, ...rest] }
}

/** Some of a share's representations as a share of its own. */
export function pickFromShare(share: EntityShare, indices: readonly number[]): EntityShare {
  const pick = <Value>(list: readonly Value[]): readonly Value[] =>
    indices.flatMap((index) => list[index] ?? [])
  return {
    owner: share.owner,
    slots: pick(share.slots),
    ids: pick(share.ids),
    types: pick(share.types),
    printed: pick(share.printed),
  }
}
