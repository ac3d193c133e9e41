import { getNamedType, isObjectType } from 'graphql'
import { HubError } from '../../schema/index.js'
import type { CompiledOperation } from './compile-operation.js'
import { joinEntities } from './entity-shares.js'
import type { FieldAnswer, MergedField } from './field-answer.js'
import { mergeFacets } from './merge-facets.js'
import { mergeLists, mergeNumbers, takeOwned } from './merge-lists.js'
import { mergePage } from './merge-page.js'
import type { FieldPlan } from './plan-request.js'

/** Makes one value of the members' answers to a root field, as its strategy says. */
export function mergeField(
  { fragments, reserved }: CompiledOperation,
  { root, detail }: FieldPlan,
  answers: readonly FieldAnswer[],
): MergedField {
  const { selected, strategy } = root
  switch (detail.kind) {
    case 'PAGE':
      return mergePage(answers, { page: detail.page, reserved, selected, fragments })
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
