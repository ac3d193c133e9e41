import { addResolversToSchema } from '@apollo/subgraph'
import { composeServices } from '@theguild/federation-composition'
import { buildASTSchema, execute, parse } from 'graphql'
import { resolversBySubgraph } from './resolvers.js'
import { subgraphSdl } from './subgraph-sdl.js'

export interface ComposedWorkload {
  readonly supergraphSdl: string
  /**
   * What any gateway has to answer to a request body: the merged schema executed in this process by graphql-js, with no
   * federation involved.
   */
  readonly answerLocally: (body: string) => Promise<unknown>
}

/** @param urls - Where each subgraph listens, by name. */
export function composeWorkload(urls: ReadonlyMap<string, string>): ComposedWorkload {
  const result = composeServices(
    Object.entries(subgraphSdl).map(([name, sdl]) => ({
      name,
      url: urls.get(name) ?? '',
      typeDefs: parse(sdl),
    })),
  )
  if (result.errors !== undefined) {
    throw new Error(result.errors.map(({ message }) => message).join('; '))
  }
  const schema = buildASTSchema(result.publicDocumentNode)
  for (const resolvers of Object.values(resolversBySubgraph)) {
    addResolversToSchema(schema, resolvers)
  }
  return {
    supergraphSdl: result.supergraphSdl,
    answerLocally: async (body) => {
      const { query, variables } = JSON.parse(body) as {
        query: string
        variables?: Record<string, unknown>
      }
      const answer = await execute({ schema, document: parse(query), variableValues: variables })
      // Through JSON: objects without a prototype are not deeply equal to parsed ones.
      return JSON.parse(JSON.stringify(answer))
    },
  }
}
