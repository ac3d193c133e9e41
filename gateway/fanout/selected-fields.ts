import {
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** One response key of a level: the field it stands for and everything selected below it. */
export interface SelectedField {
  readonly name: string
  readonly selectionSets: readonly SelectionSetNode[]
}

/**
 * The response keys that an object of this type may have in an answer, through fragments and whatever
 * `@skip`/`@include` say: which of them are there shows in the answer. One level deep, so that its cost is bounded
 * by the document's length even when fragments nest.
 */
export function collectSelectedFields(
  selectionSets: readonly SelectionSetNode[],
  fragments: Fragments,
  type?: GraphQLNamedType,
): ReadonlyMap<string, SelectedField> {
  const fields = new Map<string, { name: string; selectionSets: SelectionSetNode[] }>()
  const visited = new Set<string>()

  function applies(condition: string | undefined): boolean {
    return condition === undefined || type === undefined || condition === type.name
  }
  function collect(selectionSet: SelectionSetNode): void {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const known = fields.get(key)
        const field = known ?? { name: selection.name.value, selectionSets: [] }
        if (known === undefined) fields.set(key, field)
        if (selection.selectionSet !== undefined) field.selectionSets.push(selection.selectionSet)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(selection.typeCondition?.name.value)) collect(selection.selectionSet)
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        if (fragment !== undefined && applies(fragment.typeCondition.name.value)) {
          collect(fragment.selectionSet)
        }
      }
    }
  }
  for (const selectionSet of selectionSets) collect(selectionSet)
  return fields
}
