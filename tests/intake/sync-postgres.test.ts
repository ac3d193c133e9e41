import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import type { RegisteredMember } from '../../schema/index.js'
import {
  createOeapiSource,
  type MemberDefinition,
  type RunningMember,
  startMember,
  toOpportunityFromOeapi,
} from '../../subgraphs/catalogue/index.js'
import { connectPostgres } from '../setup/connect-postgres.js'
import { createSampleCourse, sampleProfile } from './oeapi-sample.fixture.js'

describe('a sync into Postgres', () => {
  const slug = `t${randomBytes(6).toString('hex')}`
  const samples = [1, 2, 3, 4].map(createSampleCourse)
  let dataDirectory = ''
  let member: RunningMember
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'intake-postgres-'))
    member = await startMember({
      definition: createDefinition(slug),
      registered: createRegistered(slug),
      dataDirectory,
      databaseUrl: inject('postgresUrl'),
      host: '127.0.0.1',
      port: 0,
      callers: { kind: 'anyone' },
      now: () => new Date('2026-11-23T12:00:00Z'),
      log: silentLogger,
      syncOnStart: false,
    })
  })
  afterAll(async () => {
    await member?.stop()
    const server = await connectPostgres(inject('postgresUrl'))
    await server.query(`drop database if exists "hub_${slug}" with (force)`)
    await server.close()
    await rm(dataDirectory, { recursive: true })
  })

  async function publish(published: readonly (typeof samples)[number][]): Promise<void> {
    const document = {
      courses: published.map(({ course }) => course),
      courseOfferings: published.map(({ offering }) => offering),
    }
    await writeFile(join(dataDirectory, 'oeapi.json'), JSON.stringify(document))
  }

  test('adds everything once and then finds it unchanged, in any order', async () => {
    await publish(samples)
    expect(await member.sync()).toMatchObject({ read: 4, added: 4, rejected: 0 })
    expect(await member.countOfferings()).toBe(4)
    await publish(samples.toReversed())
    expect(await member.sync()).toMatchObject({ added: 0, changed: 0, unchanged: 4, withdrawn: 0 })
  })

  test('changes what changed and withdraws what is gone with its runs', async () => {
    const [first, second, third] = samples
    if (!first || !second || !third) throw new Error('samples are missing')
    const changed = {
      ...second,
      course: { ...second.course, link: 'https://university.example/2' },
    }
    await publish([first, changed, third])
    expect(await member.sync()).toMatchObject({ changed: 1, unchanged: 2, withdrawn: 1 })
    expect(await member.countOfferings()).toBe(3)
  })

  test('leaves the catalogue alone when the source is truncated or gone', async () => {
    await writeFile(join(dataDirectory, 'oeapi.json'), '{"courses": [')
    await expect(member.sync()).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
    await rm(join(dataDirectory, 'oeapi.json'))
    await expect(member.sync()).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
    await publish([])
    await expect(member.sync()).rejects.toMatchObject({ code: 'MASS_WITHDRAWAL_REFUSED' })
    expect(await member.countOfferings()).toBe(3)
  })
})

function createDefinition(slug: string): MemberDefinition {
  const profile = { ...sampleProfile, slug }
  return {
    profile,
    openSource: (directory) =>
      createOeapiSource({ name: 'oeapi.json', location: join(directory, 'oeapi.json') }),
    adapter: (record) => toOpportunityFromOeapi(record, profile),
  }
}

function createRegistered(slug: string): RegisteredMember {
  return {
    slug,
    names: { en: 'Sample University' },
    countryCode: 'NL',
    jurisdiction: 'NL',
    city: 'Enschede',
    schacHomeOrganization: null,
    ror: null,
    erasmusCode: null,
    languages: ['nl', 'en'],
    endpoint: 'http://127.0.0.1:1/graphql',
    homepage: 'https://university.example',
    policy: 'default',
  }
}
