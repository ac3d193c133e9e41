import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '../../infra/runtime/index.js'
import { loadMemberRegister, type Principal } from '../../schema/index.js'
import { connectPostgres } from '../../tests/setup/connect-postgres.js'
import { askSigned } from '../../tests/setup/fetch-signed.js'
import { createTestDatabase } from '../../tests/setup/test-database.js'
import { testCallers } from '../../tests/setup/test-request-keys.js'
import { testGraphThreads } from './credential/graph-threads.fixture.js'
import { type RecognitionOptions, startRecognition } from './start-recognition.js'

/** A GraphQL answer as a client gets it. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
  readonly data?: any
  readonly errors?: readonly { readonly message: string; readonly extensions: { code: string } }[]
}

/** The subgraph with the committed register and data, over a database of its own. */
export interface TestRecognition {
  readonly url: string
  readonly memberSlugs: readonly string[]
  /** Its database, for suites that fill it themselves. */
  readonly databaseUrl: string
  /** SQL statements sent so far; empty it to count anew. */
  readonly statements: string[]
  /** What time it is for the subgraph; set it to let time pass. */
  readonly clock: { now: Date }
  /** Every row of a table. */
  dump(table: string): Promise<Record<string, unknown>[]>
  /** Asks as the gateway would, for nobody or for `principal` (e.g. `testIssuer.toPrincipal({ role: 'analyst' })`). */
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    principal?: Principal,
  ): Promise<Answer>
  stop(): Promise<void>
}

/** Starts the subgraph; stop it in `afterAll`. */
export async function startTestRecognition(
  options: Pick<RecognitionOptions, 'hasSampleRecords' | 'evaluationThreads' | 'threadModule'> = {},
): Promise<TestRecognition> {
  const root = new URL('../..', import.meta.url).pathname
  const register = loadMemberRegister(join(root, 'schema/register/members.json'))
  const statements: string[] = []
  const clock = { now: new Date('2026-11-23T12:00:00Z') }
  const database = await createTestDatabase()
  const keyDirectory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
  const server = await startRecognition({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://hub.test',
    register,
    dataDirectory: join(root, 'subgraphs/recognition/data'),
    assetsDirectory: join(root, 'subgraphs/recognition/pages/assets'),
    callers: testCallers('recognition'),
    credentials: {
      keyDirectory,
      allowsTestKeys: true,
      shapesDirectory: null,
      trustFile: null,
      graphThreads: testGraphThreads,
    },
    now: () => clock.now,
    log: silentLogger,
    ...options,
    // Statements are counted: nobody but the test asks for any.
    followUpPollMs: 3_600_000,
    statisticsEveryMs: null,
    onStatement: (sql) => statements.push(sql),
  })
  return {
    url: server.url,
    databaseUrl: database.url,
    memberSlugs: register.members.map((member) => member.slug),
    statements,
    clock,
    dump: async (table) => {
      const sql = await connectPostgres(database.url)
      try {
        return await sql.query(`select * from ${table}`)
      } finally {
        await sql.close()
      }
    },
    ask: async (query, variables, principal) =>
      (await askSigned(server.url, query, variables, principal && { principal })) as Answer,
    stop: async () => {
      await server.stop()
      await database.drop()
      await rm(keyDirectory, { recursive: true })
    },
  }
}
