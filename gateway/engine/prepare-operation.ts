import type { QueryPlan } from '@graphql-hive/router-query-planner'
import type { GraphQLSchema } from 'graphql'
import { HubError } from '../../schema/index.js'
import { createClientPath } from './client-path.js'
import { compilePlan } from './compile-plan.js'
import type { ValueCompleter } from './complete-value.js'
import { createDataKeys } from './data-keys.js'
import type { ResponsePath } from './error-positions.js'
import { createFinishedAnswers, type FinishedAnswers } from './finished-answers.js'
import { createLocalIntrospection } from './local-introspection.js'
import { planInSeries } from './mutation-series.js'
import { type OperationAccess, watchAccess } from './operation-access.js'
import type { OperationShape } from './operation-shape.js'
import { planInParts } from './plan-in-parts.js'
import type { ClientOf, PlanStep } from './plan-run.js'
import { printPlannerDocument } from './planner-document.js'
import { compileProjection } from './projection.js'
import type { OverrideChoice, Planner } from './query-planner.js'
import type { ConditionValues } from './selection-included.js'
import type { SupergraphModel } from './supergraph-model.js'

/** Everything of an operation that is the same for each of its executions. */
export interface PreparedOperation {
  /** What the planner was asked; undefined when the engine answers alone. */
  readonly document: string | undefined
  readonly plan: QueryPlan | undefined
  readonly fetchData: PlanStep | undefined
  /** From collected data to the client's `data`. */
  readonly project: ValueCompleter
  readonly toClientPath: (path: ResponsePath) => ResponsePath
  /** Whether the caller asked for something they may not read. */
  readonly isDenied: boolean
  readonly finished: FinishedAnswers
}

export interface PreparationTools {
  readonly apiSchema: GraphQLSchema
  readonly model: SupergraphModel
  readonly planner: Planner
  readonly clientOf: ClientOf
}

/**
 * Plans and compiles one operation for one choice of conditions and overrides, and for one kind of caller.
 *
 * @throws HubError `OPERATION_NOT_PLANNABLE`.
 */
export async function prepareOperation(
  shape: OperationShape,
  conditions: ConditionValues,
  overrides: OverrideChoice,
  access: OperationAccess,
  { apiSchema, model, planner, clientOf }: PreparationTools,
): Promise<PreparedOperation> {
  const { operation, fragments } = shape
  const rootType = apiSchema.getRootType(operation.operation)
  if (!rootType) {
    const message = `the API has no ${operation.operation} type`
    throw new HubError('OPERATION_NOT_PLANNABLE', { message })
  }
  const dataKeys = createDataKeys(model.fieldNames, model.requiredWithArguments)
  const watched = watchAccess(access)
  const document = printPlannerDocument(shape, conditions, dataKeys, apiSchema, model, watched)
  const planDocument = (text: string) => planner.plan(text, operation.name?.value, overrides)
  const planOperation = operation.operation === 'mutation' ? planInSeries : planInParts
  const plan = document === undefined ? undefined : await planOperation(document, planDocument)
  const introspection = createLocalIntrospection(apiSchema, operation, fragments)
  const projection = { apiSchema, model, fragments, conditions, dataKeys, introspection, access }
  return {
    isDenied: watched.hasDenied(),
    document,
    plan,
    fetchData: plan && compilePlan(plan, clientOf, model),
    project: compileProjection(operation.selectionSet, rootType, projection),
    toClientPath: createClientPath(operation.selectionSet, fragments, conditions, dataKeys),
    finished: createFinishedAnswers(introspection),
  }
}
