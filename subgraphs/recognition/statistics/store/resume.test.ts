import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLogger, startEmbeddedPostgres } from '../../../../infra/runtime/index.js'
import { loadMemberRegister } from '../../../../schema/index.js'
import { generateHistories } from '../synthetic/generate-histories.js'
import { openPool } from './open-pool.js'
import { digestRollUps } from './run-statistics.js'

const root = new URL('../../../..', import.meta.url).pathname
const databaseName = 'hub_resume'

let parent: string
let dataDirectory: string
const children: ChildProcess[] = []
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hub-resume-'))
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(parent, 0o711)
  dataDirectory = join(parent, 'postgres')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(parent, { recursive: true, force: true })
})

const start = () =>
  startEmbeddedPostgres({ dataDirectory, port: 0, log: silentLogger, durable: false })
const urlOf = (server: { readonly url: string }, name: string): string =>
  new URL(`/${name}`, server.url).href
const generate = (databaseUrl: string, name: string, rollUp: boolean) =>
  generateHistories({
    databaseUrl,
    databaseName: name,
    register: loadMemberRegister(join(root, 'schema/register/members.json')),
    dataDirectory: join(root, 'subgraphs/recognition/data'),
    learners: 60,
    seed: 13,
    startsOn: '2023-08-01',
    days: 700,
    rollUp,
  })

it('makes the same figures when the process and Postgres are killed over and over on the way', {
  timeout: 180_000,
}, async () => {
  let server = await start()
  await generate(server.url, 'hub_straight', true)
  await generate(server.url, databaseName, false)
  const expected = await digestOf(server.url, 'hub_straight')

  let steps = 0
  // Killed after more and more steps, until one gets to the end.
  for (let round = 1; ; round += 1) {
    const isEnd = await rollUpAndKill(urlOf(server, databaseName), round * 2)
    steps += round * 2
    if (isEnd) break
    if (round % 3 === 0) {
      await killPostgres()
      server = await startAgain()
    }
  }
  expect(steps).toBeGreaterThan(20)
  expect(await digestOf(server.url, databaseName)).toBe(expected)
  await server.stop()
})

/** Runs a roll-up in small steps in a process of its own and kills it in the middle of the next one. */
async function rollUpAndKill(databaseUrl: string, steps: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, databaseUrl], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'end') break
    seen += 1
    if (seen === steps) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.signalCode === null
}

/** The compiled room: a process that is killed has to be another one than this. */
const program = `
  const { Pool } = (await import('pg')).default
  const { catchUpStatistics } = await import('./.build/subgraphs/recognition/index.js')
  const { randomBytes } = await import('node:crypto')
  const pool = new Pool({ connectionString: process.argv[1], max: 2 })
  await catchUpStatistics(pool, {
    limit: 60, learnersAtOnce: 10, workMemoryMb: 16, random: randomBytes, now: () => new Date(),
    onProgress: ({ step, done }) => console.log(step, done),
  })
  await pool.end()
  console.log('end')`

async function killPostgres(): Promise<void> {
  const [pid] = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
}

/** The children of a killed server need a moment to notice. */
async function startAgain(): ReturnType<typeof start> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start()
    } catch (error) {
      if (attempt === 20) throw error
    }
  }
}

async function digestOf(serverUrl: string, name: string): Promise<string> {
  const pool = openPool({ serverUrl, databaseName: name, connections: 1 })
  try {
    return await digestRollUps(pool)
  } finally {
    await pool.end()
  }
}
