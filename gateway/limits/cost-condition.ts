import { type DirectiveNode, Kind } from 'graphql'
import type { ArgumentValues } from './argument-values.js'

/** Whether `@skip` and `@include` leave a selection in; undefined when it always is. */
export function compileCondition(
  directives: readonly DirectiveNode[] | undefined,
): ((variables: ArgumentValues) => boolean) | undefined {
  const checks = (directives ?? []).flatMap((directive) => {
    const name = directive.name.value
    if (name !== 'skip' && name !== 'include') return []
    const value = directive.arguments?.find((one) => one.name.value === 'if')?.value
    const wanted = name === 'include'
    if (value?.kind === Kind.BOOLEAN) return [() => value.value === wanted]
    if (value?.kind !== Kind.VARIABLE) return []
    const variable = value.name.value
    return [(variables: ArgumentValues) => (variables[variable] === true) === wanted]
  })
  if (checks.length === 0) return undefined
  return (variables) => checks.every((check) => check(variables))
}
