import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { findFreePort, type Lifecycle } from '../../../infra/runtime/index.js'
import { type PinnedPlace, type RunningGateway, startPinned } from '../process/start-pinned.js'

export interface ApolloOptions {
  readonly place: PinnedPlace
  readonly directory: string
  readonly peersDirectory: string
  readonly lifecycle: Lifecycle
}

const catalogueScript = fileURLToPath(new URL('./peer/catalogue-process.js', import.meta.url))

/** Starts the catalogue as one would write it on Apollo's libraries, see `peer/`. */
export async function startApolloCatalogue(
  memberUrls: readonly string[],
  { place, lifecycle }: ApolloOptions,
): Promise<RunningGateway> {
  const port = await findFreePort()
  const catalogue = await startPinned(place, {
    command: process.execPath,
    args: [catalogueScript, JSON.stringify(memberUrls), String(port)],
    url: `http://127.0.0.1:${port}/`,
  })
  await lifecycle.own(`catalogue at ${port}`, catalogue.stop)
  return catalogue
}

/**
 * Starts @apollo/gateway in Apollo Server in front of one subgraph `catalogue`.
 *
 * @param name - Of the file its supergraph is written to.
 */
export async function startApolloGateway(
  name: string,
  catalogueUrl: string,
  { place, directory, peersDirectory, lifecycle }: ApolloOptions,
): Promise<RunningGateway> {
  // The catalogue alone: Apollo's gateway refuses a supergraph with access rules unless it has their key.
  const typeDefs = parse(await readFile('schema/catalogue.graphql', 'utf8'))
  const composed = composeServices([{ name: 'catalogue', url: catalogueUrl, typeDefs }])
  if (composed.errors !== undefined) throw new Error(String(composed.errors[0]))
  const supergraphFile = join(directory, `${name}.graphql`)
  await writeFile(supergraphFile, composed.supergraphSdl)
  const port = await findFreePort()
  const gateway = await startPinned(place, {
    command: process.execPath,
    args: [join(peersDirectory, 'apollo-gateway.mjs'), supergraphFile, String(port)],
    url: `http://127.0.0.1:${port}/`,
  })
  await lifecycle.own(name, gateway.stop)
  return gateway
}
