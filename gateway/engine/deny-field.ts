import { type GraphQLOutputType, isNonNullType } from 'graphql'
import type { ValueCompleter } from './complete-value.js'
import type { OperationAccess } from './operation-access.js'

/** The completer of what the caller may not read: null, with an error that says which token would help. */
export function createDenial(
  type: GraphQLOutputType,
  { code }: Pick<OperationAccess, 'code'>,
): ValueCompleter {
  const denied = isNonNullType(type) ? undefined : null
  return (_value, run) => {
    run.failures.addDenial(code, run.path.slice())
    return denied
  }
}
