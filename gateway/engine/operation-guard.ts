import type { GraphQLSchema } from 'graphql'
import type { OperationShape } from './operation-shape.js'
import type { RequestContext } from './request-context.js'

/**
 * Decides before planning whether an operation may run. Throws a HubError to refuse it; a promise only when there is something
 * to wait for.
 */
export type OperationGuard = (
  shape: OperationShape,
  /** Coerced, defaults included. */
  variables: Readonly<Record<string, unknown>>,
  context: RequestContext,
) => Promise<void> | undefined

/** Makes the guard of one supergraph. */
export type OperationGuardOpener = (facts: {
  readonly apiSchema: GraphQLSchema
  readonly supergraphSdl: string
}) => OperationGuard
