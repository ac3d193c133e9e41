import { Kind, type SelectionNode } from 'graphql'

/** Values of the variables that `@skip` and `@include` ask for. */
export type ConditionValues = Readonly<Record<string, unknown>>

/** Whether a selection takes part, by its `@skip` and `@include`. */
export function isIncluded(selection: SelectionNode, conditions: ConditionValues): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value
    if (name !== 'skip' && name !== 'include') continue
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
    const isTrue =
      value?.kind === Kind.VARIABLE
        ? conditions[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value
    if (isTrue === (name === 'skip')) return false
  }
  return true
}
