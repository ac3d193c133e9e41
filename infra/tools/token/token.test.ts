import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = new URL('../../..', import.meta.url).pathname
let state: string

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'hub-token-test-'))
})
afterAll(() => rm(state, { recursive: true, force: true }))

async function run(program: string, args: readonly string[], env: Record<string, string> = {}) {
  const file = join(root, '.build/infra/tools', program, 'main.js')
  return promisify(execFile)(process.execPath, [file, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HUB_STATE_DIRECTORY: state, ...env },
  }).catch((error: { stdout: string; stderr: string; code: number }) => error)
}

describe('npm run token', () => {
  it('prints a token for a role, says that it is for development, and keeps its key to its owner', async () => {
    const { stdout, stderr } = await run('token', ['--role', 'registrar', '--member', 'dcu'])
    expect(decodeJwt(stdout.trim())).toMatchObject({ sub: 'registrar-dcu' })
    expect(stderr).toContain('development mode only')
    expect((await stat(join(state, 'development-issuer.json'))).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['in production mode', ['--role', 'analyst'], { HUB_MODE: 'production' }, /production/],
    ['for a role nobody knows', ['--role', 'root'], {}, /no role 'root'/],
    ['for a registrar of nowhere', ['--role', 'registrar'], {}, /needs a member/],
    ['for a member nobody knows', ['--role', 'partner', '--member', 'mit'], {}, /no member 'mit'/],
    ['for ever', ['--role', 'analyst', '--life', '100000000'], {}, /--life/],
  ])('prints none %s', async (_what, args, env, reason) => {
    const result = await run('token', args, env)
    expect(result).toMatchObject({ code: 1, stdout: '' })
    expect(result.stderr).toMatch(reason)
  })
})

describe('npm run keys', () => {
  it('hands each subgraph keys of its own, the same every time, and never the root key', async () => {
    const { stdout: dcu } = await run('keys', ['--subgraph', 'dcu'])
    const { stdout: again } = await run('keys', ['--subgraph', 'dcu'])
    const { stdout: uis } = await run('keys', ['--subgraph', 'uis'])
    expect(again).toBe(dcu)
    const [[one], [other]] = [dcu, uis].map((text) => JSON.parse(text).keys)
    expect(one.kid).toBe(other.kid)
    expect(one.k).not.toBe(other.k)
    expect((await stat(join(state, 'signing-keys.json'))).mode & 0o777).toBe(0o600)
  })
})
