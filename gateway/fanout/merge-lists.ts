import type { GraphQLFormattedError } from 'graphql'
import { ownerOf } from '../../schema/index.js'
import { type FieldAnswer, type FieldFailure, fail, type MergedField } from './field-answer.js'
import { isRecord } from './json-value.js'

/** Puts the lists of members behind each other, in the order given. Rows with ids must be the member's own. */
export function mergeLists(answers: readonly FieldAnswer[], reserved: string): MergedField {
  const value: unknown[] = []
  const errors: GraphQLFormattedError[] = []
  const failures: FieldFailure[] = []
  for (const answer of answers) {
    const { member, value: list } = answer
    if (!Array.isArray(list)) {
      failures.push(fail(member, 'SUBGRAPH_ANSWER_INVALID', 'answered with something not a list'))
      continue
    }
    if (!list.every((item) => isOwn(item, member, reserved))) {
      failures.push(fail(member, 'FOREIGN_ID', 'answered with rows that another member owns'))
      continue
    }
    const offset = value.length
    for (const item of list) value.push(item)
    for (const error of answer.errors) {
      const [root, index, ...rest] = error.path ?? []
      const isInRow = root !== undefined && typeof index === 'number'
      errors.push(isInRow ? { ...error, path: [root, offset + index, ...rest] } : error)
    }
  }
  return { value, errors, failures, contributors: answers.length - failures.length }
}

/** Adds up the members' numbers. */
export function mergeNumbers(answers: readonly FieldAnswer[]): MergedField {
  const failures: FieldFailure[] = []
  let sum = 0
  for (const { member, value } of answers) {
    if (typeof value === 'number') sum += value
    else
      failures.push(fail(member, 'SUBGRAPH_ANSWER_INVALID', 'answered with something not a number'))
  }
  return { value: sum, errors: [], failures, contributors: answers.length - failures.length }
}

/** The one answer of a field that only the owner is asked. Null is an answer: the owner has no such thing. */
export function takeOwned(
  answers: readonly FieldAnswer[],
  id: string,
  reserved: string,
): MergedField {
  const [answer] = answers
  if (answer === undefined) return { value: null, errors: [], failures: [], contributors: 0 }
  const { member, value, errors } = answer
  const found = isRecord(value) ? value[`${reserved}_id`] : undefined
  if (typeof found === 'string' && found !== id) {
    const failure = fail(member, 'FOREIGN_ID', 'answered with another thing than was asked for')
    return { value: null, errors: [], failures: [failure], contributors: 0 }
  }
  return { value: dropReserved(value, reserved), errors, failures: [], contributors: 1 }
}

/** The object without the names we added, changed in place. Lists and leaves are returned as they are. */
export function dropReserved(value: unknown, reserved: string): unknown {
  if (!isRecord(value)) return value
  for (const key of Object.keys(value)) if (key.startsWith(reserved)) delete value[key]
  return value
}

function isOwn(item: unknown, member: string, reserved: string): boolean {
  if (!isRecord(item)) return item === null || typeof item !== 'object'
  const id = item[`${reserved}_id`]
  dropReserved(item, reserved)
  return typeof id !== 'string' || ownerOf(id) === member
}
