import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultGatewayConfig, type RunningGateway, startGateway } from '../../gateway/index.js'
import { findFreePort, silentLogger } from '../../infra/runtime/index.js'
import {
  documentRoutes,
  loadMemberRegister,
  type MemberOutcome,
  type MemberRegister,
  type RegisteredMember,
} from '../../schema/index.js'
import {
  type MemberDefinition,
  type RunningMember,
  startMember,
} from '../../subgraphs/catalogue/index.js'
import { type RunningRecognition, startRecognition } from '../../subgraphs/recognition/index.js'
import { loadDefinition } from '../members/sample-catalogue.fixture.js'
import { testIssuer } from '../setup/issue-test-token.js'
import { createTestCluster } from '../setup/test-cluster.js'
import { testCallers, testSigningKeys } from '../setup/test-request-keys.js'

/** The project's root with a slash at its end: tests and programs run from there. */
export const rootDirectory = `${process.cwd()}/`

/** A thread runs compiled, as the tests themselves do not. */
const graphThread = pathToFileURL(
  '.build/subgraphs/recognition/credential/verify/graph/thread/main.js',
)

/** Noon of a day in term: some windows are open, some closed. The sample data rolls with it. */
export const testNow = (): Date => new Date('2026-11-23T12:00:00Z')

/** A GraphQL answer as a client gets it. */
export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { code?: string } }[]
  readonly extensions?: { readonly hub: { readonly members: readonly MemberOutcome[] } }
}

/** A whole hub in this process on free ports: real members, recognition and gateway, databases of its own. */
export interface TestHub {
  readonly gateway: RunningGateway
  readonly recognition: RunningRecognition
  readonly members: ReadonlyMap<string, RunningMember>
  /** The register with the endpoints of this hub. */
  readonly register: MemberRegister
  /** Asks the gateway; with a token of `issueTestToken` as its bearer. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>, token?: string): Promise<Answer>
  /** Starts one more member, or a stopped one again on its old port. Not registered by this. */
  startMember(options: {
    readonly definition: MemberDefinition
    readonly registered: RegisteredMember
    readonly dataDirectory: string
    readonly port?: number
  }): Promise<RunningMember>
  stop(): Promise<void>
}

/**
 * Starts all thirteen members, recognition and the gateway.
 *
 * @param memberTimeoutMs - Long by default, so that a busy machine is not mistaken for a member that is down.
 * @param recognitionCallers - Whom recognition answers; by default the gateway alone.
 * @param hasSampleRecords - Whether recognition has sample learners; they take a second or two to make.
 * @param slugs - The members to start; by default all. The gateway knows of no other.
 */
export async function startTestHub(
  memberTimeoutMs = 8_000,
  recognitionCallers = testCallers('recognition'),
  hasSampleRecords = false,
  slugs?: readonly string[],
): Promise<TestHub> {
  const committed = loadMemberRegister(join(rootDirectory, 'schema/register/members.json'))
  const cluster = await createTestCluster()
  const shared = { host: '127.0.0.1', databaseUrl: cluster.url, now: testNow, log: silentLogger }

  const start: TestHub['startMember'] = async ({
    definition,
    registered,
    dataDirectory,
    port = 0,
  }) =>
    startMember({
      ...shared,
      definition,
      registered,
      callers: testCallers(registered.slug),
      dataDirectory,
      port,
      syncOnStart: true,
    })

  const isStarted = ({ slug }: RegisteredMember) => slugs === undefined || slugs.includes(slug)
  const running = await Promise.all(
    committed.members.filter(isStarted).map(async (registered) => {
      const definition = await loadDefinition(registered.slug)
      const dataDirectory = join(rootDirectory, 'subgraphs', registered.slug, 'data')
      return start({ definition, registered, dataDirectory })
    }),
  )
  const members = new Map(running.map((member) => [member.slug, member]))
  const register: MemberRegister = {
    ...committed,
    members: committed.members.map((member) => ({
      ...member,
      endpoint: members.get(member.slug)?.url ?? member.endpoint,
    })),
  }
  const gatewayPort = await findFreePort()
  const keyDirectory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
  const recognition = await startRecognition({
    ...shared,
    port: 0,
    publicUrl: `http://127.0.0.1:${gatewayPort}`,
    callers: recognitionCallers,
    register,
    dataDirectory: join(rootDirectory, 'subgraphs/recognition/data'),
    assetsDirectory: join(rootDirectory, 'subgraphs/recognition/pages/assets'),
    credentials: {
      keyDirectory,
      allowsTestKeys: true,
      shapesDirectory: null,
      trustFile: null,
      graphThreads: { module: graphThread, deadlineMs: 20_000 },
    },
    hasSampleRecords,
  })
  const gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: gatewayPort, memberTimeoutMs, drainTimeoutMs: 1_000 },
    register: { ...register, members: register.members.filter(isStarted) },
    issuers: [testIssuer.config],
    signingKeys: testSigningKeys,
    supergraphSdl: await readContract('supergraph.graphql'),
    catalogueSdl: await readContract('catalogue.graphql'),
    contracts: new Map([['recognition', await readContract('recognition.graphql')]]),
    subgraphUrls: new Map([['recognition', recognition.url]]),
    documentRoutes,
    rootDirectory,
    log: silentLogger,
  })
  return {
    gateway,
    recognition,
    members,
    register,
    ask: (query, variables, token) => askGraphQL(gateway.url, query, variables, token),
    startMember: start,
    stop: async () => {
      await gateway.stop()
      await recognition.stop()
      await Promise.all(running.map((member) => member.stop()))
      await cluster.drop()
      await rm(keyDirectory, { recursive: true })
    },
  }
}

/** Posts one operation to a GraphQL endpoint. */
export async function askGraphQL(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  token?: string,
): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  })
  return (await answer.json()) as Answer
}

/** One of the committed contracts, e.g. `supergraph.graphql`. */
export function readContract(name: string): Promise<string> {
  return readFile(join(rootDirectory, 'schema', name), 'utf8')
}
