import { composeServices } from '@theguild/federation-composition'
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql'
import { HubError } from '../../schema/index.js'

/** One subgraph as composition needs it: its name in the supergraph, its SDL and the URL routers find it at. */
export interface ComposableSubgraph {
  readonly name: string
  readonly url: string
  readonly sdl: string
}

export interface ComposedSchemas {
  /** Federation v2 supergraph: what any router runs. */
  readonly supergraphSdl: string
  /** What clients see, sorted. */
  readonly apiSdl: string
}

/**
 * Composes subgraphs into a supergraph with the Guild's composer (MIT).
 *
 * @throws HubError `SUPERGRAPH_INVALID` that lists every composition error.
 */
export function composeSupergraph(subgraphs: readonly ComposableSubgraph[]): ComposedSchemas {
  const result = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({
      name,
      url,
      typeDefs: parse(sdl, { noLocation: true }),
    })),
  )
  if (result.errors !== undefined) {
    const faults = result.errors.map((error) => error.message)
    throw new HubError('SUPERGRAPH_INVALID', {
      message: `composition of ${subgraphs.map(({ name }) => name).join(', ')} failed: ${faults.join('; ')}`,
    })
  }
  return {
    supergraphSdl: `${result.supergraphSdl.trim()}\n`,
    apiSdl: `${printSchema(lexicographicSortSchema(buildASTSchema(result.publicDocumentNode))).trim()}\n`,
  }
}
