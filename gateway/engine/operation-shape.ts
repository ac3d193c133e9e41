import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { HubError } from '../../schema/index.js'
import { refuseManyMergePairs } from './merge-pairs.js'
import { measureOperation, type OperationLimits, type OperationSize } from './operation-size.js'

/** A client's operation, taken apart once and kept for its next use. */
export interface OperationShape {
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly size: OperationSize
  /** Variables that `@skip` and `@include` ask for; their values choose among the operation's plans. */
  readonly conditionVariables: readonly string[]
}

/**
 * Picks the operation out of a validated document and checks its size.
 *
 * @throws HubError `QUERY_TOO_LARGE`, or `OPERATION_NOT_PLANNABLE` when no such operation exists or it is a subscription.
 */
export function parseOperationShape(
  document: DocumentNode,
  operationName: string | undefined,
  limits: OperationLimits,
): OperationShape {
  const operation = getOperationAST(document, operationName)
  if (!operation) {
    const message =
      operationName === undefined
        ? 'the document has no operation, or several and none is named'
        : `the document has no operation named ${operationName}`
    throw new HubError('OPERATION_NOT_PLANNABLE', { message })
  }
  if (operation.operation === 'subscription') {
    throw new HubError('OPERATION_NOT_PLANNABLE', { message: 'subscriptions are not supported' })
  }
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition)
  }
  const size = measureOperation(operation.selectionSet, fragments, limits)
  refuseManyMergePairs(operation.selectionSet, fragments, limits.maximumMergePairs)
  const conditionVariables = new Set<string>()
  collectConditionVariables(operation.selectionSet, conditionVariables)
  for (const fragment of fragments.values()) {
    collectConditionVariables(fragment.selectionSet, conditionVariables)
  }
  return { operation, fragments, size, conditionVariables: [...conditionVariables].sort() }
}

function collectConditionVariables(set: SelectionSetNode, into: Set<string>): void {
  for (const selection of set.selections) {
    for (const directive of selection.directives ?? []) {
      if (directive.name.value !== 'skip' && directive.name.value !== 'include') continue
      for (const { value } of directive.arguments ?? []) {
        if (value.kind === Kind.VARIABLE) into.add(value.name.value)
      }
    }
    if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined) {
      collectConditionVariables(selection.selectionSet, into)
    }
  }
}
