import { readFileSync } from 'node:fs'
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'

// Arguments: the supergraph's file, the port.
const [, , file, port] = process.argv
const server = new ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: readFileSync(file, 'utf8') }),
})
await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(port) } })
