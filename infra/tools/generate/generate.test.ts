import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectPostgres } from '../../../tests/setup/connect-postgres.js'
import { createTestCluster, type TestCluster } from '../../../tests/setup/test-cluster.js'

const program = '.build/infra/tools/generate/main.js'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
}, 60_000)
afterAll(() => cluster?.drop())

interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command; `stopAt` sends Ctrl-C once standard error has it. */
function run(args: readonly string[], stopAt?: string): Promise<Run> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DATABASE_URL: cluster.url },
  })
  let [out, err] = ['', '']
  let isStopped = false
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
    if (stopAt === undefined || isStopped || !err.includes(stopAt)) return
    isStopped = true
    child.kill('SIGINT')
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

async function countEvents(): Promise<unknown> {
  const url = new URL(cluster.url)
  url.pathname = '/hub_recognition'
  const sql = await connectPostgres(url.href)
  try {
    const [row] = await sql.query('select count(*)::integer as events from outbox_event')
    return row?.events
  } finally {
    await sql.close()
  }
}

describe('npm run generate', { timeout: 120_000 }, () => {
  it('says how it is used', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    for (const option of ['--learners', '--seed', '--json', 'Ctrl-C']) expect(out).toContain(option)
  })

  it.each([
    [['--learners', 'many'], '--learners is a whole number, 1–10000000'],
    [['--starts-on', 'soon'], '--starts-on is an ISO date'],
    [['--colour'], '--colour'],
  ])('refuses %j and says why', async (args, message) => {
    const { code, out, err } = await run(args)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toContain(message)
  })

  it('leaves nothing behind when it is stopped while writing', async () => {
    const { code, err } = await run(['--learners', '40000', '--seed', '3'], 'events up to')
    expect(err).toContain('SHUTTING_DOWN')
    expect(code).toBe(1)
    expect(await countEvents()).toBe(0)
  })

  it('writes and rolls up with progress, and reports as JSON in its last line', async () => {
    const args = ['--learners', '300', '--seed', '9', '--json']
    const { code, out, err } = await run(args)
    expect(code, err).toBe(0)
    const report = JSON.parse(out.trim().split('\n').at(-1) ?? '')
    expect(report).toMatchObject({ learners: 300, seed: 9, rolledUp: true })
    expect(report.events).toBe(await countEvents())
    expect(err).toContain('events up to')
    expect(err).toContain('learners rolled up')
  })

  it('says so when the seed is there already', async () => {
    const { code, err } = await run(['--learners', '300', '--seed', '9'])
    expect(code).toBe(1)
    expect(err).toContain('this seed is in the database already')
  })
})
