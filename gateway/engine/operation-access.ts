import { type GraphQLSchema, isAbstractType, Kind, visit } from 'graphql'
import type { ErrorCode, Principal } from '../../schema/index.js'
import type { AccessRules } from '../auth/access-rules.js'
import type { OperationShape } from './operation-shape.js'

/** What one operation may read for one kind of caller. */
export interface OperationAccess {
  /** Names this access among all of the operation: callers with the same key may read the same. */
  readonly key: string
  /** Whether anything can be denied at all. */
  readonly isLimited: boolean
  /** The code of what is denied: it needs a token, or another one. */
  readonly code: Extract<ErrorCode, 'UNAUTHENTICATED' | 'FORBIDDEN'>
  mayReadField(type: string, field: string): boolean
  maySeeType(type: string): boolean
}

/** Access of whoever asks for an operation that nothing protects. */
export const unlimitedAccess: OperationAccess = {
  key: '',
  isLimited: false,
  code: 'FORBIDDEN',
  mayReadField: () => true,
  maySeeType: () => true,
}

/** Finds the access of a principal to operations, by the rules of one supergraph. */
export interface AccessFinder {
  find(shape: OperationShape, principal: Principal): OperationAccess
  /** Whether an operation names anything protected, or changes something. */
  isSensitive(shape: OperationShape): boolean
}

/** Operations that touch nothing protected, nearly all of them, cost one look-up. */
export function createAccessFinder(rules: AccessRules): AccessFinder {
  const touchedByShape = new WeakMap<OperationShape, readonly number[]>()

  function conditionsTouched(shape: OperationShape): readonly number[] {
    const known = touchedByShape.get(shape)
    if (known !== undefined) return known
    const names = new Set<string>()
    for (const node of [shape.operation, ...shape.fragments.values()]) {
      visit(node, { [Kind.FIELD]: ({ name }) => void names.add(name.value) })
    }
    const touched = rules.conditionsTouched(names)
    touchedByShape.set(shape, touched)
    return touched
  }

  function find(shape: OperationShape, principal: Principal): OperationAccess {
    const touched = conditionsTouched(shape)
    if (touched.length === 0) return unlimitedAccess
    const isAnonymous = principal.kind === 'anonymous'
    const unmet = touched.filter((condition) => !rules.isMet(condition, principal))
    if (unmet.length === 0) return unlimitedAccess
    const areMet = (conditions: readonly number[]): boolean =>
      conditions.every((condition) => !unmet.includes(condition))
    return {
      key: `${isAnonymous ? 'anonymous' : 'known'}-${unmet.join('.')}`,
      isLimited: true,
      code: isAnonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      mayReadField: (type, field) => areMet(rules.conditionsOfField(type, field)),
      maySeeType: (type) => areMet(rules.conditionsOfType(type)),
    }
  }

  return {
    find,
    isSensitive: (shape) =>
      shape.operation.operation === 'mutation' || conditionsTouched(shape).length > 0,
  }
}

/** The same access, and whether anything was denied so far. */
export function watchAccess(
  access: OperationAccess,
): OperationAccess & { readonly hasDenied: () => boolean } {
  let hasDenied = false
  const watch = (isAllowed: boolean): boolean => {
    hasDenied ||= !isAllowed
    return isAllowed
  }
  return {
    ...access,
    mayReadField: (type, field) => watch(access.mayReadField(type, field)),
    maySeeType: (type) => watch(access.maySeeType(type)),
    hasDenied: () => hasDenied,
  }
}

/** Whether some object behind an abstract type may not be seen. */
export function hidesSomeType(
  access: OperationAccess,
  type: { readonly name: string },
  apiSchema: GraphQLSchema,
): boolean {
  const known = apiSchema.getType(type.name)
  if (!access.isLimited || !isAbstractType(known)) return false
  return apiSchema.getPossibleTypes(known).some(({ name }) => !access.maySeeType(name))
}
