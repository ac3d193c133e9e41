import { afterEach, describe, expect, it } from 'vitest'
import type { Logger } from '../../infra/runtime/index.js'
import { HubError, type MemberRegister, type RegisteredMember } from '../../schema/index.js'
import type { MemberClient } from '../transport/member-client.js'
import { createMemberDirectory, type MemberDirectory } from './member-directory.js'

const contract = 'type Query { a: Int b: Int }'

/** A register of `slug@endpoint` members. */
function toRegister(...members: string[]): MemberRegister {
  return {
    version: 'test',
    sources: {},
    policies: {},
    members: members.map((text) => {
      const [slug, endpoint] = text.split('@')
      return { slug, endpoint } as RegisteredMember
    }),
  }
}

describe('member directory', () => {
  let directory: MemberDirectory
  const opened: string[] = []
  const closed: string[] = []
  const lines: { message: string; fields: Readonly<Record<string, unknown>> | undefined }[] = []
  const write: Logger['info'] = (message, fields) => void lines.push({ message, fields })
  const log: Logger = { debug: write, info: write, warn: write, error: write, with: () => log }

  /** Publishes what its endpoint says; an endpoint of `down` does not answer. */
  function createMemberClient({ slug, endpoint }: RegisteredMember): MemberClient {
    opened.push(`${slug}@${endpoint}`)
    const probe: MemberClient['probe'] = async () => {
      if (endpoint === 'down') throw new HubError('SUBGRAPH_UNREACHABLE', { member: slug })
      return { data: { _service: { sdl: `type Query { ${endpoint} }` } } }
    }
    const close = async (): Promise<void> => void closed.push(`${slug}@${endpoint}`)
    return { probe, execute: probe, close }
  }
  function open(register: MemberRegister): MemberDirectory {
    for (const list of [opened, closed, lines]) list.length = 0
    directory = createMemberDirectory({ register, catalogueSdl: contract, createMemberClient, log })
    return directory
  }
  afterEach(() => directory.stop())

  const states = (): string[] => directory.list().map(({ slug, state }) => `${slug} ${state}`)

  it('checks every member once and logs what it found', async () => {
    await open(toRegister('aa@a:Int b:Int', 'bb@a:Int', 'cc@a:String b:Int', 'dd@down')).start()
    expect(states()).toEqual(['aa serving', 'bb lagging', 'cc drifted', 'dd unreachable'])
    expect(directory.list()[1]).toMatchObject({
      reason: 'does not know Query.b',
      missingFields: ['Query.b'],
      checkedAt: expect.stringMatching(/Z$/),
    })
    expect(lines.map(({ fields }) => `${fields?.member} ${fields?.to}`).sort()).toEqual(states())
  })

  it('is not ready to be asked before the first check', () => {
    open(toRegister('aa@a:Int b:Int'))
    expect(directory.list()).toMatchObject([{ state: 'unreachable', checkedAt: null }])
  })

  it('keeps the clients of members that stay when a register is applied, and closes the others', async () => {
    await open(toRegister('aa@a:Int b:Int', 'bb@a:Int b:Int', 'cc@a:Int')).start()
    const before = directory.entries()
    await directory.apply(toRegister('cc@a:Int', 'bb@a:Int', 'dd@a:Int b:Int'))
    expect(states()).toEqual(['cc lagging', 'bb lagging', 'dd serving'])
    expect(directory.entries()[0]?.client).toBe(before[2]?.client)
    expect(opened.slice(3)).toEqual(['bb@a:Int', 'dd@a:Int b:Int'])
    expect(closed.sort()).toEqual(['aa@a:Int b:Int', 'bb@a:Int b:Int'])
  })

  it('shows the old list until the new members are checked', async () => {
    await open(toRegister('aa@a:Int b:Int')).start()
    const seen: string[] = []
    directory.onChange(() => void seen.push(states().join()))
    const applied = directory.apply(toRegister('aa@a:Int b:Int', 'bb@a:Int b:Int'))
    expect(states()).toEqual(['aa serving'])
    await applied
    expect(seen.at(-1)).toBe('aa serving,bb serving')
    expect(seen).not.toContain('aa serving,bb unreachable')
  })

  it('applies registers one after the other', async () => {
    await open(toRegister('aa@a:Int b:Int')).start()
    await Promise.all([
      directory.apply(toRegister('bb@a:Int b:Int')),
      directory.apply(toRegister('cc@a:Int b:Int')),
    ])
    expect(states()).toEqual(['cc serving'])
    await directory.stop()
    expect(closed.sort()).toEqual(opened.sort())
  })
})
