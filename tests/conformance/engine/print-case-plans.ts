import { getOperationAST, getVariableValues, parse } from 'graphql'
import type { Engine } from '../../../gateway/index.js'
import { HubError } from '../../../schema/index.js'
import { type CaseOperation, type FederationCase, toOverrideChoice } from './federation-case.js'
import { printPlan } from './print-plan.js'

/** Prints the plan of each operation of a case, under its title. */
export async function printCasePlans(
  { title, operations }: FederationCase,
  engine: Engine,
): Promise<string> {
  const parts = [`The engine ${title}`]
  for (const operation of operations) {
    parts.push(`# ${operation.title}\n${await printOperationPlan(operation, engine)}`)
  }
  return `${parts.join('\n\n')}\n`
}

async function printOperationPlan(operation: CaseOperation, engine: Engine): Promise<string> {
  const { query, operationName, variables, overrides } = operation
  const definitions = getOperationAST(parse(query), operationName)?.variableDefinitions ?? []
  const { coerced } = getVariableValues(engine.apiSchema, definitions, { ...variables })
  if (coerced === undefined) return 'Refused for its variables'
  const choice = toOverrideChoice(overrides)
  try {
    return printPlan((await engine.explain(query, operationName, coerced, choice)).plan)
  } catch (error) {
    if (error instanceof HubError) return `Refused as ${error.code}`
    throw error
  }
}
