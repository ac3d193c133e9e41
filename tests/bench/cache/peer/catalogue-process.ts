import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLFieldResolver, parse } from 'graphql'
import { createMemberClient } from './ask-members.js'
import { createMemberQueries } from './member-query.js'
import { type Connection, mergeConnections } from './merge-connections.js'

/**
 * The catalogue as a team without this hub would write it: a subgraph on Apollo's own libraries that asks all members over HTTP
 * and merges their pages. Arguments: the members' URLs as a JSON list, the port.
 */
const [, , urls = '[]', port = '0'] = process.argv
const askMembers = createMemberClient(JSON.parse(urls) as string[])
const queryOf = createMemberQueries()

const courseOfferings: GraphQLFieldResolver<unknown, unknown, { first?: number | null }> = async (
  _source,
  { first },
  _context,
  info,
) => {
  const pages = await askMembers<{ courseOfferings: Connection }>({
    query: queryOf(info),
    variables: info.variableValues,
  })
  return mergeConnections(
    pages.map((page) => page.courseOfferings),
    first ?? 20,
  )
}

const server = new ApolloServer({
  schema: buildSubgraphSchema([
    {
      typeDefs: parse(readFileSync('schema/catalogue.graphql', 'utf8')),
      resolvers: { Query: { courseOfferings } },
    },
  ]),
  // Members answer under the client's own names.
  fieldResolver: (source: Readonly<Record<string, unknown>>, _arguments, _context, info) =>
    source[info.path.key],
})
await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(port) } })
