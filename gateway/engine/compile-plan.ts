import type {
  FlattenNodePathSegment,
  PlanNode,
  QueryPlan,
} from '@graphql-hive/router-query-planner'
import { HubError } from '../../schema/index.js'
import type { EntityMerging } from './entity-batch.js'
import { compileEntityFetch } from './entity-fetch.js'
import type { ClientOf, PlanStep } from './plan-run.js'
import { compileRootFetch } from './root-fetch.js'
import type { SupergraphModel } from './supergraph-model.js'

/**
 * Compiles a query plan into one function, once; executions then neither walk the plan nor parse anything.
 *
 * @throws HubError `OPERATION_NOT_PLANNABLE` for subscriptions and `@defer`.
 */
export function compilePlan(plan: QueryPlan, clientOf: ClientOf, model: SupergraphModel): PlanStep {
  const merging = chooseMerging(plan, model)

  function compile(node: PlanNode, path: readonly FlattenNodePathSegment[] | undefined): PlanStep {
    switch (node.kind) {
      case 'Sequence':
        return toSequence(node.nodes.map((child) => compile(child, path)))
      case 'Parallel':
        return toParallel(node.nodes.map((child) => compile(child, path)))
      case 'Flatten':
        return compile(node.node, [...(path ?? []), ...node.path])
      case 'Fetch': {
        const { requires, inputRewrites, outputRewrites } = node
        if (path === undefined || requires === undefined) {
          return compileRootFetch(node, clientOf, model, node === plan.node)
        }
        const field = { answerKey: '_entities', variable: 'representations', paths: [path] }
        const fields = [{ ...field, requires, inputRewrites, outputRewrites }]
        return compileEntityFetch(node, fields, merging, clientOf, model)
      }
      case 'BatchFetch': {
        const fields = node.entityBatch.aliases.map((alias) => ({
          answerKey: alias.alias,
          variable: alias.representationsVariableName,
          paths: alias.paths,
          requires: alias.requires,
          inputRewrites: alias.inputRewrites,
          outputRewrites: alias.outputRewrites,
        }))
        return compileEntityFetch(node, fields, merging, clientOf, model)
      }
      case 'Condition': {
        const { condition } = node
        const whenTrue = node.ifClause ? compile(node.ifClause, path) : doNothing
        const whenFalse = node.elseClause ? compile(node.elseClause, path) : doNothing
        return (run) => (run.variables[condition] === true ? whenTrue(run) : whenFalse(run))
      }
      case 'Subscription':
        throw new HubError('OPERATION_NOT_PLANNABLE', {
          message: 'subscriptions are not supported',
        })
      case 'Defer':
        throw new HubError('OPERATION_NOT_PLANNABLE', { message: '@defer is not supported' })
    }
  }

  return plan.node ? compile(plan.node, undefined) : doNothing
}

function chooseMerging(plan: QueryPlan, model: SupergraphModel): EntityMerging {
  // Where @requires asks for a field with arguments, the planner (0.0.38) may fetch it with others for objects of one path.
  if (model.requiredWithArguments.size > 0) return 'none'
  // A fetch under way may be for what stands below some types only: merged into an object that is no longer there, its
  // answer would be lost to the equal object that took the place. Stubs have nothing below them.
  return plan.node !== undefined && hasTypeConditions(plan.node) ? 'stubs' : 'whole'
}

function hasTypeConditions(node: PlanNode): boolean {
  const isTyped = (path: readonly FlattenNodePathSegment[]): boolean =>
    path.some((segment) => segment !== '@' && 'TypeCondition' in segment)
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.some(hasTypeConditions)
    case 'Flatten':
      return isTyped(node.path) || hasTypeConditions(node.node)
    case 'BatchFetch':
      return node.entityBatch.aliases.some(({ paths }) => paths.some(isTyped))
    case 'Condition':
      return [node.ifClause, node.elseClause].some((one) => one && hasTypeConditions(one))
    default:
      return false
  }
}

const doNothing: PlanStep = async () => {}

function toSequence(steps: readonly PlanStep[]): PlanStep {
  const [only, ...more] = steps
  if (only !== undefined && more.length === 0) return only
  return async (run) => {
    for (const step of steps) await step(run)
  }
}

function toParallel(steps: readonly PlanStep[]): PlanStep {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)))
  }
}
