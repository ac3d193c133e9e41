import type { FetchNode } from '@graphql-hive/router-query-planner'
import { getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql'
import { HubError } from '../../schema/index.js'
import type { ResponsePath } from './error-positions.js'
import { mergeObject } from './merge-data.js'
import { type ClientOf, callSubgraph, type PlanStep, pickVariables } from './plan-run.js'
import { compileRewrites, readRenames } from './rewrites.js'
import type { SupergraphModel } from './supergraph-model.js'

/**
 * Compiles a fetch of root fields.
 *
 * @param isOnly - Whether it is all of its plan: then nothing is merged into what it brings.
 */
export function compileRootFetch(
  node: FetchNode,
  clientOf: ClientOf,
  model: SupergraphModel,
  isOnly: boolean,
): PlanStep {
  const client = clientOf(node.serviceName)
  const subgraph = node.serviceName
  const operationType = readOperationType(node)
  const rewrite = compileRewrites(node.outputRewrites, model)
  const leavesData = isOnly && rewrite === undefined
  const renames = readRenames(node.outputRewrites)
  const rootKeys = readRootKeys(node).map((key) => renames.get(key) ?? key)
  // A failure of one root field has that field's path; of several, none: it is none of them alone.
  const fetchPath: ResponsePath = rootKeys.length === 1 ? rootKeys : []
  const request = {
    query: node.operation,
    operationName: node.operationName,
    operationType,
    representations: {},
  }
  return async (run) => {
    const variables = pickVariables(node.variableUsages, run)
    const result = await callSubgraph(client, { ...request, variables }, run, leavesData)
    if ('failure' in result) {
      run.failures.addFetchFailure(subgraph, result.failure, fetchPath)
      for (const key of rootKeys) run.failures.cover([key])
      return
    }
    const { data, errors, isRemembered } = result.answer
    for (const error of errors ?? []) {
      const path = error.path?.map((key) => renames.get(String(key)) ?? key)
      run.failures.addSubgraphError(subgraph, error, path ?? fetchPath)
      if (path === undefined) for (const key of rootKeys) run.failures.cover([key])
    }
    if (data === null || data === undefined) {
      for (const key of rootKeys) run.failures.cover([key])
      return
    }
    if (leavesData && isRemembered) run.source = data
    rewrite?.(data)
    mergeObject(run.data, data, model.objectTypes)
  }
}

/** @throws HubError `OPERATION_NOT_PLANNABLE` for a subscription. */
export function readOperationType(node: {
  readonly operationKind?: 'query' | 'mutation' | 'subscription'
}): 'query' | 'mutation' {
  if (node.operationKind === 'subscription') {
    throw new HubError('OPERATION_NOT_PLANNABLE', { message: 'subscriptions are not supported' })
  }
  return node.operationKind ?? 'query'
}

function readRootKeys(node: FetchNode): string[] {
  const document = parse(node.operation, { noLocation: true })
  const operation = getOperationAST(document, node.operationName)
  const keys = new Set<string>()
  function collect(set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) keys.add(selection.alias?.value ?? selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else {
        for (const definition of document.definitions) {
          const isSpread =
            definition.kind === Kind.FRAGMENT_DEFINITION &&
            definition.name.value === selection.name.value
          if (isSpread) collect(definition.selectionSet)
        }
      }
    }
  }
  if (operation) collect(operation.selectionSet)
  return [...keys]
}
