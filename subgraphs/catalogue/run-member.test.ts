import { afterEach, describe, expect, it, vi } from 'vitest'
import type { MemberDefinition } from './domain/member-definition.js'
import { runMember } from './run-member.js'

const definition = { profile: { slug: 'nobody' } } as MemberDefinition

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function failureOf(environment: Record<string, string>): Promise<string> {
  const lines: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  await runMember(definition, environment)
  expect(process.exitCode).toBe(1)
  return lines.join('')
}

describe('runMember', () => {
  it('says in one line what is wrong with the configuration', async () => {
    expect(await failureOf({ HUB_MEMBER_PORT: 'x' })).toBe(
      'nobody: DATABASE_URL: must be a postgres:// URL; HUB_MEMBER_PORT: must be a port, 0–65535\n',
    )
  })

  it('does not run a member that is not in the register', async () => {
    expect(
      await failureOf({
        DATABASE_URL: 'postgres://localhost/postgres',
        HUB_ALLOW_UNSIGNED: 'true',
      }),
    ).toBe('nobody: No member with this slug or jurisdiction is in the register.\n')
  })
})
