import { getNamedType, isObjectType } from 'graphql'
import { HubError } from '../../schema/index.js'
import type { CompiledOperation, RootField } from './compile-operation.js'
import { joinEntities } from './entity-shares.js'
import {
  type FieldAnswer,
  type FieldFailure,
  isFailure,
  type MergedField,
  readFieldAnswer,
} from './field-answer.js'
import type { MemberAnswer } from './member-answer.js'
import { mergeFacets } from './merge-facets.js'
import { mergeLists, mergeNumbers, takeOwned } from './merge-lists.js'
import { mergePage, type PageMergeOptions } from './merge-page.js'
import type { PageArguments } from './page-arguments.js'
import type { PageReader } from './page-reader.js'
import type { FieldPlan } from './plan-request.js'

/**
 * Reads one member's answer to a root field and verifies what can be verified without the others'. Meant for when it comes:
 * what is done then does not hold up the page, unless it is the last one.
 */
export function readFieldPart(
  compiled: CompiledOperation,
  field: FieldPlan,
  member: string,
  answer: MemberAnswer,
  read: PageReader,
): FieldAnswer | FieldFailure {
  const { root, detail } = field
  const value = readFieldAnswer(member, answer, root.key, { mayBeNull: detail.kind === 'ROUTE' })
  if (isFailure(value) || detail.kind !== 'PAGE') return value
  return read(value, toPageOptions(compiled, root, detail.page))
}

/** Makes one value of the members' answers to a root field, as its strategy says. */
export function mergeField(
  compiled: CompiledOperation,
  { root, detail }: FieldPlan,
  answers: readonly FieldAnswer[],
): MergedField {
  const { fragments, reserved } = compiled
  const { selected, strategy } = root
  switch (detail.kind) {
    case 'PAGE':
      return mergePage(answers, toPageOptions(compiled, root, detail.page))
    case 'ROUTE':
      return takeOwned(answers, detail.id, reserved)
    case 'ENTITIES':
      return joinEntities(detail.shares, answers, reserved)
    case 'PLAIN': {
      if (strategy.kind === 'SUM') return mergeNumbers(answers)
      if (strategy.kind === 'CONCAT') return mergeLists(answers, reserved)
      const type = getNamedType(root.definition?.type)
      if (isObjectType(type)) return mergeFacets(answers, { type, reserved, selected, fragments })
      throw new HubError('SUPERGRAPH_INVALID', { message: `${root.name} cannot be merged` })
    }
  }
}

function toPageOptions(
  { reserved, fragments }: CompiledOperation,
  { selected, rowKeys }: RootField,
  page: PageArguments,
): PageMergeOptions {
  return { page, reserved, selected, rowKeys, fragments }
}
