import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureTestKeys } from '../../../subgraphs/recognition/index.js'
import { runCredentialKeys } from './credential-keys.js'

const now = new Date('2026-11-23T12:00:00Z')
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
  await ensureTestKeys(directory, { legalNames: { en: 'Sample body' }, countryCode: 'NL' }, now)
})
afterEach(() => rm(directory, { recursive: true }))

async function run(...args: string[]): Promise<string> {
  let text = ''
  const findDirectory = async () => directory
  await runCredentialKeys(args, { findDirectory, now: () => now, write: (part) => (text += part) })
  return text
}

const list = async () => JSON.parse(await run('list', '--json'))

describe('npm run keys -- credentials', () => {
  it('lists keys, says that they are test keys, and shows nothing private', async () => {
    const { isTest, keys } = await list()
    expect(isTest).toBe(true)
    expect(keys.map((key: { algorithm: string }) => key.algorithm)).toEqual(['ES256', 'RS256'])
    expect(await run('list')).toMatch(/^TEST KEYS\n[\w-]{43} ES256 signs/)
    expect(JSON.stringify(keys)).not.toMatch(/PRIVATE|"d":/)
  })

  it('rotates a key with an overlap', async () => {
    const added = JSON.parse(
      await run('rotate', '--algorithm', 'ES256', '--overlap', '600', '--json'),
    )
    expect(added.signsFrom).toBe('2026-11-23T12:10:00.000Z')
    const { keys } = await list()
    expect(keys[0].signsUntil).toBe(added.signsFrom)
    expect(keys[2]).toMatchObject({ keyId: added.keyId, signsUntil: null })
  })

  it('withdraws a key', async () => {
    const [{ keyId }] = (await list()).keys
    await run('withdraw', keyId)
    expect((await list()).keys[0].withdrawnAt).toBe(now.toISOString())
  })

  it('says when nothing signs any more after a withdrawal, and what to do about it', async () => {
    const [{ keyId }] = (await list()).keys
    expect(await run('withdraw', keyId)).toContain('rotate --algorithm ES256 --overlap 0')
    const { keyId: next } = JSON.parse(
      await run('rotate', '--algorithm', 'ES256', '--overlap', '0', '--json'),
    )
    await run('rotate', '--algorithm', 'ES256', '--overlap', '600')
    const stolen = JSON.parse(await run('withdraw', next, '--json'))
    expect(stolen).toEqual({ withdrawn: next, signsNow: false })
  })

  it('explains itself', async () => {
    expect(await run('--help')).toContain('withdraw KEY-ID')
  })

  it.each([
    [['rotate'], 'CONFIG_INVALID'],
    [['rotate', '--algorithm', 'HS256'], 'CONFIG_INVALID'],
    [['rotate', '--algorithm', 'ES256', '--overlap', 'soon'], 'CONFIG_INVALID'],
    [['rotate', '--algorithm', 'ES256', '--key', 'x'], 'CONFIG_INVALID'],
    [['withdraw'], 'CONFIG_INVALID'],
    [['withdraw', 'nobodys'], 'SIGNING_KEYS_INVALID'],
    [['delete'], 'CONFIG_INVALID'],
    [['list', '--loud'], 'CONFIG_INVALID'],
    [['list', '--directory', '/nowhere'], 'SIGNING_KEYS_INVALID'],
  ])('refuses %j with %s', async (args, code) => {
    await expect(run(...args)).rejects.toMatchObject({ code })
  })
})
