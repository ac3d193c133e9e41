import type { GraphQLFormattedError } from 'graphql'
import { HubError } from '../../schema/index.js'
import {
  compileEntityBatch,
  type EntityBatch,
  type EntityField,
  type EntityMerging,
  type GatheredEntities,
} from './entity-batch.js'
import type { ResponsePath } from './error-positions.js'
import {
  type ClientOf,
  callSubgraph,
  type PlanRun,
  type PlanStep,
  pickVariables,
} from './plan-run.js'
import { readOperationType } from './root-fetch.js'
import type { SubgraphAnswer } from './subgraph-client.js'
import type { SupergraphModel } from './supergraph-model.js'

/** The parts that `Fetch` below `Flatten` and `BatchFetch` have in common. */
export interface EntityFetchNode {
  readonly serviceName: string
  readonly variableUsages?: string[]
  readonly operationKind?: 'query' | 'mutation' | 'subscription'
  readonly operationName?: string
  readonly operation: string
}

/** Compiles a fetch of entities: one request, whatever the number of entities, paths and aliases. */
export function compileEntityFetch(
  node: EntityFetchNode,
  fields: readonly EntityField[],
  merging: EntityMerging,
  clientOf: ClientOf,
  model: SupergraphModel,
): PlanStep {
  const client = clientOf(node.serviceName)
  const subgraph = node.serviceName
  const batches = fields.map((field) => compileEntityBatch(field, merging, model))
  const request = {
    query: node.operation,
    operationName: node.operationName,
    operationType: readOperationType(node),
  }
  return async (run) => {
    const representations: Record<string, readonly string[]> = {}
    const gathered: GatheredEntities[] = []
    let isNeeded = false
    for (const batch of batches) {
      const entities = batch.gather(run.data, run.shared)
      gathered.push(entities)
      representations[batch.variable] = entities.representations
      if (entities.representations.length > 0) isNeeded = true
    }
    if (!isNeeded) return
    const variables = pickVariables(node.variableUsages, run)
    const result = await callSubgraph(client, { ...request, variables, representations }, run)
    const asked = batches.map((batch, at) => ({ batch, gathered: gathered[at] ?? nothing }))
    if ('failure' in result) {
      reportFailure(subgraph, result.failure, asked, run)
      return
    }
    if (result.answer.errors !== undefined && result.answer.errors.length > 0) {
      reportErrors(subgraph, result.answer, asked, run)
    }
    mergeAnswer(subgraph, result.answer, asked, run)
  }
}

interface AskedBatch {
  readonly batch: EntityBatch
  readonly gathered: GatheredEntities
}

const nothing: GatheredEntities = { representations: [], waiting: [] }

function mergeAnswer(
  subgraph: string,
  { data, errors }: SubgraphAnswer,
  asked: readonly AskedBatch[],
  run: PlanRun,
): void {
  for (const { batch, gathered } of asked) {
    const value = gathered.representations.length
    const entities = data?.[batch.answerKey]
    if (value === 0 || ((entities ?? null) === null && errors?.length)) continue
    if (Array.isArray(entities) && entities.length === value) {
      batch.merge(entities, gathered, run.shared)
      continue
    }
    // Merging by index needs one entity per representation: anything else could put one's data into another.
    const count = Array.isArray(entities) ? `${entities.length} entities` : 'no list of entities'
    const message = `subgraph ${subgraph} answered ${count} for ${value} representations`
    const failure = new HubError('SUBGRAPH_ANSWER_INVALID', { message })
    reportFailure(subgraph, failure, [{ batch, gathered }], run)
  }
}

function reportFailure(
  subgraph: string,
  failure: unknown,
  asked: readonly AskedBatch[],
  run: PlanRun,
): void {
  const positions = asked.flatMap(({ batch, gathered }) => batch.locate(run.data, gathered).flat())
  run.failures.addFetchFailure(subgraph, failure, toCommonPath(positions))
  for (const position of positions) run.failures.cover(position)
}

function reportErrors(
  subgraph: string,
  { data, errors }: SubgraphAnswer,
  asked: readonly AskedBatch[],
  run: PlanRun,
): void {
  const located = new Map(
    asked.map(({ batch, gathered }) => [
      batch.answerKey,
      { batch, positions: batch.locate(run.data, gathered) },
    ]),
  )
  for (const error of errors ?? []) {
    const [answerKey, index, ...rest] = error.path ?? []
    const field = located.get(String(answerKey))
    const positions = typeof index === 'number' ? field?.positions[index] : undefined
    if (field === undefined || positions === undefined || positions.length === 0) {
      reportUnplaced(
        subgraph,
        error,
        [...located.values()].flatMap(({ positions: all }) => all.flat()),
        run,
      )
      continue
    }
    const tail = rest.map((key) => field.batch.renames.get(String(key)) ?? key)
    const entities = data?.[field.batch.answerKey]
    const isWholeEntity = !Array.isArray(entities) || (entities[Number(index)] ?? null) === null
    for (const position of positions) {
      run.failures.addSubgraphError(subgraph, error, [...position, ...tail])
      // The failure went up to the entity: all its fields are null for this one reason.
      if (isWholeEntity) run.failures.cover(position)
    }
  }
}

/** An error that does not say which entity it means stands for all of them. */
function reportUnplaced(
  subgraph: string,
  error: GraphQLFormattedError,
  positions: readonly ResponsePath[],
  run: PlanRun,
): void {
  run.failures.addSubgraphError(subgraph, error, toCommonPath(positions))
  for (const position of positions) run.failures.cover(position)
}

/** The longest path that all positions begin with: the position itself when there is only one. */
function toCommonPath(positions: readonly ResponsePath[]): ResponsePath {
  const [first = [], ...others] = positions
  let length = first.length
  for (const other of others) {
    let shared = 0
    while (shared < length && first[shared] === other[shared]) shared += 1
    length = shared
  }
  return first.slice(0, length)
}
