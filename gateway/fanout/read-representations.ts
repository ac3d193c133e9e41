import { Kind, valueFromASTUntyped } from 'graphql'
import { HubError } from '../../schema/index.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import type { RootField } from './compile-operation.js'

/**
 * The representations an `_entities` field is asked with, each as JSON: printed already by the engine, or among the
 * variables, or written in the document, as other routers may send them.
 *
 * @throws HubError `BAD_USER_INPUT` when there is no list of objects.
 */
export function readRepresentations(root: RootField, request: SubgraphRequest): readonly string[] {
  const argument = root.occurrences[0]?.node.arguments?.find(
    ({ name }) => name.value === 'representations',
  )
  const node = argument?.value
  if (node?.kind === Kind.VARIABLE) {
    const name = node.name.value
    const printed = request.representations[name]
    return printed ?? printAll(request.variables[name])
  }
  return printAll(node === undefined ? undefined : valueFromASTUntyped(node, request.variables))
}

function printAll(list: unknown): readonly string[] {
  if (Array.isArray(list) && list.every((item) => typeof item === 'object' && item !== null)) {
    return list.map((item) => JSON.stringify(item))
  }
  throw new HubError('BAD_USER_INPUT', { message: 'representations is not a list of objects' })
}
