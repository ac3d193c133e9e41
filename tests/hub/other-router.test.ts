import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findFreePort } from '../../infra/runtime/index.js'
import {
  askGraphQL,
  readContract,
  rootDirectory,
  startTestHub,
  type TestHub,
} from './start-test-hub.js'

const operationsDirectory = join(rootDirectory, 'schema/operations')
const operations = (await readdir(operationsDirectory)).filter((file) => file.endsWith('.graphql'))

describe('the same supergraph behind another router (@graphql-hive/gateway)', () => {
  let hub: TestHub
  let router: OtherRouter
  beforeAll(async () => {
    // The other router has no key of ours; on a network of its own, recognition may answer it unsigned.
    hub = await startTestHub(undefined, { kind: 'anyone' }, true)
    router = await startOtherRouter(hub)
  }, 120_000)
  afterAll(async () => {
    await router?.stop()
    await hub?.stop()
  })

  test.each(operations)('%s is answered byte-equal', async (file) => {
    const query = await readFile(join(operationsDirectory, file), 'utf8')
    const ours = await hub.ask(query)
    const theirs = await askGraphQL(router.url, query)
    expect(ours.errors).toBeUndefined()
    expect(JSON.stringify(ours.data).length).toBeGreaterThan(100)
    expect(JSON.stringify(theirs.data)).toBe(JSON.stringify(ours.data))
  })
})

interface OtherRouter {
  readonly url: string
  stop(): Promise<void>
}

/** Starts Hive Gateway as its users do: its own command line, our committed supergraph, only the URLs rewritten. */
async function startOtherRouter(hub: TestHub): Promise<OtherRouter> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-router-'))
  const port = await findFreePort('127.0.0.1')
  const committed = await readContract('supergraph.graphql')
  const supergraph = committed
    .replace('http://127.0.0.1:4000/subgraphs/catalogue', toCatalogueUrl(hub))
    .replace('http://127.0.0.1:4100/graphql', hub.recognition.url)
  await writeFile(join(directory, 'supergraph.graphql'), supergraph)
  const program = join(rootDirectory, 'node_modules/@graphql-hive/gateway/dist/bin.js')
  const child = spawn(
    process.execPath,
    [program, 'supergraph', 'supergraph.graphql', '--host', '127.0.0.1', '--port', String(port)],
    { cwd: directory, stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}/graphql`
  await vi.waitFor(() => askGraphQL(url, '{ __typename }'), { timeout: 60_000, interval: 200 })
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function toCatalogueUrl(hub: TestHub): string {
  return hub.gateway.url.replace('/graphql', '/subgraphs/catalogue')
}
