import {
  type DefinitionNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import type { ValueCompleter } from './complete-value.js'

/** Answers `__schema` and `__type` from the API schema, wherever they stand in an operation. */
export interface LocalIntrospection {
  /** @param nodes - The client's field nodes of one response key. */
  compile(responseKey: string, nodes: readonly FieldNode[]): ValueCompleter
  /** Whether something compiled so far answers differently for other variables. */
  dependsOnVariables(): boolean
}

/** Creates the local answerer for one operation; answers that depend on no variable are worked out once. */
export function createLocalIntrospection(
  apiSchema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): LocalIntrospection {
  let dependsOnVariables = false
  return {
    dependsOnVariables: () => dependsOnVariables,
    compile(responseKey, nodes) {
      const query: OperationDefinitionNode = {
        ...operation,
        directives: [],
        selectionSet: {
          kind: Kind.SELECTION_SET,
          // Whether the field itself takes part is decided already.
          selections: nodes.map((node) => ({ ...node, directives: [] })),
        },
      }
      const definitions: DefinitionNode[] = [query, ...fragments.values()]
      const document = { kind: Kind.DOCUMENT, definitions } as const
      const isConstant = !usesVariables({ ...query, variableDefinitions: [] }, fragments)
      dependsOnVariables ||= !isConstant
      let constant: unknown
      return (_value, run) => {
        if (constant !== undefined) return constant
        const { data } = executeSync({
          schema: apiSchema,
          document,
          operationName: operation.name?.value ?? null,
          variableValues: run.variables,
        })
        const answer = data?.[responseKey] ?? null
        if (isConstant) constant = answer
        return answer
      }
    },
  }
}

function usesVariables(
  query: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  let isUsed = false
  for (const node of [query, ...fragments.values()]) {
    visit(node, {
      Variable: () => {
        isUsed = true
      },
    })
  }
  return isUsed
}
