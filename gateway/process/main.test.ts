import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { composeWords, type PlainSubgraph, startPlainSubgraph } from './plain-subgraph.fixture.js'
import type { StartFacts } from './start-line.js'

// The gateway as people start it, from the sources: a process of its own, and its workers.
const root = new URL('../..', import.meta.url).pathname
const hook = new URL('../../infra/runtime/typescript-hook.fixture.mjs', import.meta.url).href
const waiting = { timeout: 30_000, interval: 50 }

vi.setConfig({ testTimeout: 90_000 })

const children: ChildProcess[] = []
let folder: string
let file: string
let subgraph: PlainSubgraph

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-gateway-'))
  file = join(folder, 'supergraph.graphql')
  subgraph = await startPlainSubgraph(() => ({ data: { word: 'here', young: 'new' } }))
  await writeFile(file, composeWords('type Query { word: String }', subgraph.url))
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await subgraph.stop()
  await rm(folder, { recursive: true, force: true })
})

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(
    process.execPath,
    ['--import', hook, join(root, 'gateway/main.ts'), ...args],
    {
      cwd: root,
      env: { PATH: process.env.PATH, HUB_PORT: '0', HUB_DRAIN_TIMEOUT_MS: '2000', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  const output = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.error += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  return { child, ended, output }
}

async function launchServing(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const launched = launch(['--supergraph', file, '--json', ...args], env)
  await vi.waitFor(() => {
    if (launched.child.exitCode !== null) throw new Error(launched.output.error)
    expect(launched.output.out).toContain('\n')
  }, waiting)
  const facts = JSON.parse(launched.output.out) as StartFacts
  return { ...launched, facts }
}

async function ask(url: string, query = '{ word }') {
  const answer = await fetch(url, {
    method: 'POST',
    // A connection each, so that every worker gets its turn.
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query }),
  })
  return (await answer.json()) as { data?: unknown; errors?: unknown }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('prints its options with --help', async () => {
  const { code, out } = await launch(['--help']).ended
  expect(code).toBe(0)
  expect(out).toContain('--supergraph FILE')
})

test('serves a supergraph that is not ours from one process, with introspection and explorer', async () => {
  const { facts, child, ended } = await launchServing(['--workers', '1'])
  expect(facts).toMatchObject({ workers: [], subgraphs: [{ name: 'words', url: subgraph.url }] })
  expect(await ask(facts.url, '{ word __schema { queryType { name } } }')).toEqual({
    data: { word: 'here', __schema: { queryType: { name: 'Query' } } },
  })
  expect((await fetch(facts.explorerUrl ?? '')).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, error: '' })
})

test('in production mode there is neither explorer nor introspection', async () => {
  const { facts } = await launchServing(['--workers', '1'], { HUB_MODE: 'production' })
  expect(facts.explorerUrl).toBeNull()
  expect((await ask(facts.url, '{ __schema { queryType { name } } }')).errors).toBeDefined()
  expect(await ask(facts.url)).toEqual({ data: { word: 'here' } })
})

test('workers share the port, a killed one is replaced, and SIGTERM ends all', async () => {
  const { facts, child, ended, output } = await launchServing(['--workers', '2'])
  expect(facts.workers).toHaveLength(2)
  const [first = 0, second = 0] = facts.workers
  process.kill(first, 'SIGKILL')
  await vi.waitFor(() => expect(output.error).toContain('a worker has been replaced'), waiting)
  const log = output.error
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(log).toMatchObject([
    { msg: 'a worker ended and will be replaced', pid: first, how: 'signal SIGKILL', delayMs: 100 },
    { msg: 'a worker has been replaced' },
  ])
  process.kill(second, 'SIGKILL')
  // Only the replaced worker is left: it listens on the same port.
  await vi.waitFor(() => expect(isAlive(second)).toBe(false), waiting)
  expect(await ask(facts.url)).toEqual({ data: { word: 'here' } })
  const replaced = log[1].pid
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect([first, second, replaced].map(isAlive)).toEqual([false, false, false])
})

test('a killed supervisor leaves no worker behind', async () => {
  const { facts, child } = await launchServing(['--workers', '2'])
  expect(facts.workers.map(isAlive)).toEqual([true, true])
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(facts.workers.map(isAlive)).toEqual([false, false]), waiting)
})

test('SIGHUP changes every worker to the new supergraph, and a faulty one changes nothing', async () => {
  const { facts, child, output } = await launchServing(['--workers', '2'])
  await writeFile(file, composeWords('type Query { word: String young: String }', subgraph.url))
  child.kill('SIGHUP')
  await vi.waitFor(() => expect(output.error).toContain('"msg":"reloaded"'), waiting)
  await vi.waitFor(async () => {
    for (let index = 0; index < 6; index += 1) {
      expect(await ask(facts.url, '{ young }')).toEqual({ data: { young: 'new' } })
    }
  }, waiting)
  await writeFile(file, 'type Query { word: String }')
  child.kill('SIGHUP')
  await vi.waitFor(() => expect(output.error).toContain('reload refused'), waiting)
  const refusals = output.error.split('\n').filter((line) => line.includes('reload refused'))
  expect(refusals.map((line) => JSON.parse(line).error)).toEqual([
    'SUPERGRAPH_INVALID: the supergraph names no subgraphs (enum join__Graph)',
  ])
  for (let index = 0; index < 4; index += 1) {
    expect(await ask(facts.url, '{ young }')).toEqual({ data: { young: 'new' } })
  }
})

test('a worker that replaces another starts with what is served, not with the faulty file', async () => {
  const { facts, output } = await launchServing(['--workers', '2'])
  await writeFile(file, 'not a supergraph')
  for (const pid of facts.workers) process.kill(pid, 'SIGKILL')
  await vi.waitFor(
    () => expect(output.error.match(/a worker has been replaced/g)).toHaveLength(2),
    waiting,
  )
  expect(await ask(facts.url)).toEqual({ data: { word: 'here' } })
})

test('--watch takes over a changed file without a signal', async () => {
  const { facts, output } = await launchServing(['--workers', '1', '--watch'])
  expect((await ask(facts.url, '{ young }')).errors).toBeDefined()
  await writeFile(file, composeWords('type Query { word: String young: String }', subgraph.url))
  await vi.waitFor(() => expect(output.error).toContain('"msg":"reloaded"'), waiting)
  expect(await ask(facts.url, '{ young }')).toEqual({ data: { young: 'new' } })
})

test.each([['1'], ['2']])(
  'fails with one coded line when it cannot start, with %s workers',
  async (workers) => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const address = holder.address()
    const port = String(typeof address === 'object' && address ? address.port : 0)
    const absent = join(folder, 'absent.graphql')
    const plain = join(folder, 'plain.graphql')
    await writeFile(plain, 'type Query { a: Int }')
    const unplannable = join(folder, 'unplannable.graphql')
    await writeFile(unplannable, composeWords('type Query { word: String }', 'ftp://nowhere'))
    const runs = [
      [
        ['--supergraph', absent],
        'SUPERGRAPH_INVALID: the supergraph .*absent.graphql cannot be read: there is no such file',
      ],
      [['--supergraph', plain], 'SUPERGRAPH_INVALID: the supergraph names no subgraphs .*'],
      [['--supergraph', unplannable], 'SUPERGRAPH_INVALID: .* no http or https URL, but .*'],
      [
        ['--supergraph', file, '--port', port],
        `PORT_TAKEN: port ${port} on 127.0.0.1 is in use; .*`,
      ],
      [['--supergraph', file, '--register'], 'CONFIG_INVALID: .*--register.*'],
      [['--port', '-1'], 'CONFIG_INVALID: .*--port.*'],
    ] as const
    for (const [args, line] of runs) {
      const { code, error } = await launch([...args, '--workers', workers]).ended
      expect(error).toMatch(new RegExp(`^gateway: ${line}\n$`))
      expect(code).toBe(1)
    }
    holder.close()
  },
  60_000,
)
