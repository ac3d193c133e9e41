import { Kind, type SelectionSetNode } from 'graphql'
import type { AuditNote } from '../audit/audit-entry.js'
import type { OperationShape } from './operation-shape.js'
import type { RequestContext } from './request-context.js'

const denials: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'FORBIDDEN'])
/** More root fields than this are not named. */
const mostTargets = 50

/**
 * What the audit trail is told of an operation: names of the schema only. Aliases, arguments and the operation's own name
 * are the client's words, and may be anything.
 *
 * @param codes - Of the errors in the answer.
 */
export function toSensitiveNote(
  { operation, fragments }: OperationShape,
  { principal, requestId }: Pick<RequestContext, 'principal' | 'requestId'>,
  codes: readonly unknown[],
): AuditNote {
  const targets = new Set<string>()
  const visited = new Set<string>()
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) targets.add(selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        collect(fragments.get(selection.name.value)?.selectionSet)
      }
    }
  }
  collect(operation.selectionSet)
  const isDenied = codes.some((code) => denials.has(code))
  return {
    principal,
    action: operation.operation,
    targets: [...targets].slice(0, mostTargets),
    outcome: isDenied ? 'denied' : codes.length > 0 ? 'failed' : 'allowed',
    requestId,
  }
}
