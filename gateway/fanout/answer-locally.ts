import {
  type ExecutionResult,
  executeSync,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isObjectType,
  isScalarType,
  Kind,
  OperationTypeNode,
} from 'graphql'
import type { CompiledOperation } from './compile-operation.js'
import type { FanOutContract } from './fan-out-contract.js'
import type { ActiveRoot } from './member-document.js'

/**
 * Answers root fields without asking anybody: introspection, `_service`, `__typename`, and fan-outs that concern no
 * member, whose answer is the empty one (no rows, all counts 0).
 */
export function answerLocally(
  contract: FanOutContract,
  compiled: CompiledOperation,
  roots: readonly ActiveRoot[],
  variables: Readonly<Record<string, unknown>>,
): ExecutionResult {
  const rootValue: Record<string, unknown> = { _service: { sdl: contract.sdl } }
  for (const { root } of roots) {
    if (root.strategy.kind !== 'LOCAL' && root.definition !== undefined) {
      rootValue[root.name] = emptyValue(root.definition.type, contract.schema)
    }
  }
  const selections = roots.flatMap(({ root, active }) =>
    active.flatMap((occurrence) => root.occurrences[occurrence]?.node ?? []),
  )
  return executeSync({
    schema: contract.schema,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          kind: Kind.OPERATION_DEFINITION,
          operation: OperationTypeNode.QUERY,
          // Required variables without a value belong to fields that are not answered here.
          variableDefinitions: (compiled.operation.variableDefinitions ?? []).filter(
            ({ variable, type, defaultValue }) =>
              variable.name.value in variables ||
              type.kind !== Kind.NON_NULL_TYPE ||
              defaultValue !== undefined,
          ),
          selectionSet: { kind: Kind.SELECTION_SET, selections },
        },
        ...compiled.fragments.values(),
      ],
    },
    rootValue,
    variableValues: variables,
  })
}

/** What merging no answers at all comes to: `[]`, 0, false, and objects of these; null where null is allowed. */
function emptyValue(type: GraphQLOutputType, schema: GraphQLSchema, isRoot = true): unknown {
  const present = getNullableType(type)
  if (isListType(present)) return []
  if (!isRoot && present === type) return null
  if (isObjectType(present)) {
    const fields = Object.values(present.getFields())
    return Object.fromEntries(
      fields.map((field) => [field.name, emptyValue(field.type, schema, false)]),
    )
  }
  if (isScalarType(present) && present.name === 'Boolean') return false
  return isScalarType(present) && (present.name === 'Int' || present.name === 'Float') ? 0 : null
}
