import { type DirectiveNode, Kind } from 'graphql'

/** One `@skip` or `@include`. */
export interface Condition {
  /** The variable that decides, or null when `value` is written in the document. */
  readonly variable: string | null
  readonly value: boolean
  /** What the value must be for the selection to count. */
  readonly expected: boolean
}

/** The conditions a selection's own directives put on it. */
export function readConditions(
  directives: readonly DirectiveNode[] | undefined,
): readonly Condition[] {
  const conditions: Condition[] = []
  for (const directive of directives ?? []) {
    const name = directive.name.value
    if (!isConditional(directive)) continue
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
    if (value === undefined) continue
    conditions.push({
      variable: value.kind === Kind.VARIABLE ? value.name.value : null,
      value: value.kind === Kind.BOOLEAN && value.value,
      expected: name === 'include',
    })
  }
  return conditions
}

/** Whether a directive is `@skip` or `@include`. */
export function isConditional(directive: DirectiveNode): boolean {
  return directive.name.value === 'skip' || directive.name.value === 'include'
}

/** Whether all conditions hold under these coerced variables. */
export function holds(
  conditions: readonly Condition[],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return conditions.every(
    ({ variable, value, expected }) =>
      (variable === null ? value : variables[variable] === true) === expected,
  )
}
