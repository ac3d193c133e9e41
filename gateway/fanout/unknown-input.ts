import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  typeFromAST,
} from 'graphql'
import { isRecord } from './json-value.js'
import type { MemberDocument } from './member-document.js'

/**
 * Parts of the variables that a lagging member does not know (`Input.field`, `Enum.VALUE`). It would refuse the
 * request; dropping a filter it cannot apply would bring rows nobody asked for. So it is not asked.
 */
export function findUnknownInput(
  schema: GraphQLSchema,
  { variableDefinitions }: MemberDocument,
  variables: Readonly<Record<string, unknown>>,
  missing: ReadonlySet<string>,
): readonly string[] {
  const found = new Set<string>()

  function look(value: unknown, type: GraphQLInputType): void {
    const named = getNamedType(type)
    if (Array.isArray(value)) {
      for (const item of value) look(item, type)
    } else if (isEnumType(named)) {
      note(`${named.name}.${String(value)}`)
    } else if (isInputObjectType(named) && isRecord(value)) {
      const fields = named.getFields()
      for (const [name, part] of Object.entries(value)) {
        note(`${named.name}.${name}`)
        const field = fields[name]
        if (field !== undefined) look(part, field.type)
      }
    }
  }
  function note(name: string): void {
    if (missing.has(name)) found.add(name)
  }
  for (const { variable, type } of variableDefinitions) {
    const inputType = typeFromAST(schema, type) as GraphQLInputType | undefined
    if (inputType !== undefined) look(variables[variable.name.value], inputType)
  }
  return [...found]
}
