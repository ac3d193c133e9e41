import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectPostgres } from '../../tests/setup/connect-postgres.js'
import { startEmbeddedPostgres } from './embedded-postgres.js'
import { silentLogger } from './logger.js'

let parent: string
let dataDirectory: string
const children: ChildProcess[] = []

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hub-postgres-test-'))
  await chmod(parent, 0o755)
  dataDirectory = join(parent, 'postgres')
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(parent, { recursive: true, force: true })
})

const start = (port = 0) =>
  startEmbeddedPostgres({ dataDirectory, port, log: silentLogger, durable: false })

test('keeps the data over a restart and orders text by code point', async () => {
  const first = await start()
  const before = await connectPostgres(first.url)
  await before.query("create table t (s text); insert into t values ('b'), ('á'), ('Z'), ('a')")
  await before.close()
  await first.stop()

  const second = await start()
  try {
    const after = await connectPostgres(second.url)
    const rows = await after.query('select s from t order by s')
    await after.close()
    expect(rows.map((row) => row.s)).toEqual(['Z', 'a', 'b', 'á'])
  } finally {
    await second.stop()
  }
})

test('refuses a client that does not know the generated password', async () => {
  const server = await start()
  try {
    const url = new URL(server.url)
    url.password = 'guess'
    await expect(connectPostgres(url.href)).rejects.toMatchObject({ code: '28P01' })
  } finally {
    await server.stop()
  }
})

test('stops the server when its owner is killed, and the next start takes over', async () => {
  const owner = startOwner()
  const [url] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string]
  await (await connectPostgres(url)).close()
  owner.kill('SIGKILL')
  await once(owner, 'exit')

  // Started at once, while the old server is still shutting down.
  const next = await start()
  await next.stop()
  await expect(connectPostgres(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('says that another hub is running when its server keeps the data directory', async () => {
  const server = await start()
  try {
    await expect(start()).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('another hub is running'),
    })
  } finally {
    await server.stop()
  }
})

test('starts over a lock file whose process number belongs to another program now', async () => {
  await (await start()).stop()
  await writeFile(join(dataDirectory, 'postmaster.pid'), `${process.pid}\n${dataDirectory}\n`)
  const server = await start()
  await server.stop()
})

test('names the port when it is in use', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    await expect(start(port)).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    })
  } finally {
    holder.close()
  }
})

function startOwner() {
  const module = new URL('./embedded-postgres.ts', import.meta.url).href
  const logger = new URL('./logger.ts', import.meta.url).href
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    const { silentLogger } = await import(${JSON.stringify(logger)})
    const dataDirectory = ${JSON.stringify(dataDirectory)}
    const server = await startEmbeddedPostgres({ dataDirectory, port: 0, log: silentLogger, durable: false })
    console.log(server.url)`
  const hook = new URL('./typescript-hook.fixture.mjs', import.meta.url).href
  const child = spawn(
    process.execPath,
    ['--import', hook, '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  children.push(child)
  return child
}
