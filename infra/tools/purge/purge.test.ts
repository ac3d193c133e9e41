import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HubError } from '../../../schema/index.js'
import { findFreePort } from '../../runtime/index.js'

const root = new URL('../../..', import.meta.url).pathname
const answer = {
  status: 'done',
  scope: { kind: 'member', member: 'dcu' },
  generations: { 'm:dcu': 7 },
  propagation: { isPublished: true, isLogged: true, withinSeconds: 4 },
  id: null,
  isErasing: false,
}

// The network edge: it answers as a gateway does, to a token or none.
let edge: Server
let url: string
const bodies: unknown[] = []

beforeAll(async () => {
  edge = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = JSON.parse(Buffer.concat(chunks).toString())
    bodies.push(body)
    const isKnown = request.headers.authorization === 'Bearer token'
    const code = Object.keys(body).length === 0 ? 'BAD_USER_INPUT' : 'UNAUTHENTICATED'
    const errors = [{ message: new HubError(code).message, extensions: { code } }]
    const isFine = isKnown && code !== 'BAD_USER_INPUT'
    response.writeHead(isFine ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isFine ? answer : { errors }))
  })
  await new Promise<void>((resolve) => edge.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`
})
afterAll(() => edge.close())

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const file = `${root}.build/infra/tools/purge/main.js`
  const child = promisify(execFile)(process.execPath, [file, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HUB_URL: url, ...env },
  })
  return child.then(
    (result) => ({ ...result, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )
}

describe('npm run purge', () => {
  it('explains itself, and asks no gateway for that', async () => {
    const { code, stdout } = await run(['--help'])
    expect([code, bodies.length]).toEqual([0, 0])
    for (const word of ['--member', '--hard', '--json', 'HUB_TOKEN', 'hub:purge', 'Exit code']) {
      expect(stdout).toContain(word)
    }
  })

  it('sends the scope with the token and prints the answer, as JSON for scripts', async () => {
    const args = ['--member', 'dcu', '--type', 'CourseOffering']
    const plain = await run(args, { HUB_TOKEN: 'token' })
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(/^purged: /) })
    expect(bodies.at(-1)).toEqual({ member: 'dcu', type: 'CourseOffering' })
    const { stdout } = await run([...args, '--json'], { HUB_TOKEN: 'token' })
    expect(JSON.parse(stdout)).toEqual(answer)
  })

  it.each([
    ['there is no scope', [], { HUB_TOKEN: 'token' }, /^purge: BAD_USER_INPUT: /],
    [
      'there is no token',
      ['--all'],
      { HUB_MODE: 'production' },
      /^purge: UNAUTHENTICATED: .*HUB_TOKEN/,
    ],
    [
      'there is none for another machine',
      ['--all', '--url', 'https://hub.example'],
      {},
      /HUB_TOKEN/,
    ],
    ['an option is unknown', ['--everything'], {}, /^purge: CONFIG_INVALID: .*--help/],
    ['the address is none', ['--all', '--url', 'hub'], {}, /^purge: CONFIG_INVALID: 'hub'/],
  ])(
    'says in one line with a code, and by its exit code, that %s',
    async (_what, args, env, line) => {
      const { code, stdout, stderr } = await run(args, env)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(line)
      expect(stderr.trimEnd()).not.toContain('\n')
    },
  )

  it('says where no gateway answers', async () => {
    const away = `http://127.0.0.1:${await findFreePort()}`
    const { code, stderr } = await run(['--all', '--url', away], { HUB_TOKEN: 'token' })
    expect([code, stderr]).toEqual([
      1,
      `purge: SUBGRAPH_UNREACHABLE: no gateway answers at ${away}\n`,
    ])
  })
})
