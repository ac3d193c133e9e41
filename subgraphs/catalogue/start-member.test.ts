import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningMember, startMember } from './start-member.js'
import { dropMemberDatabase } from './store/test-catalogue.fixture.js'
import {
  ask,
  course,
  definition,
  optionsOf,
  programme,
  registered,
  slug,
  source,
} from './test-member.fixture.js'

let member: RunningMember

beforeAll(async () => {
  member = await startMember(optionsOf())
})
afterAll(async () => {
  await member.stop()
  await dropMemberDatabase(slug)
})

describe('a running member', () => {
  it('keeps the last catalogue when the source breaks, also over a restart', async () => {
    source.isBroken = true
    await expect(member.sync()).rejects.toThrow('disk on fire')
    source.isBroken = false
    const again = await startMember(optionsOf({ syncOnStart: false }))
    expect(await again.countOfferings()).toBe(2)
    await again.stop()
    await again.stop()
  })

  it('shows what a sync changed', async () => {
    source.records = [programme, { ...course, homepage: 'https://example.org/' }]
    const report = await member.sync()
    expect(report).toMatchObject({ member: slug, read: 2, changed: 1, unchanged: 1, rejected: 0 })
  })

  it('says DATABASE_UNAVAILABLE, and nothing of the server, when the database goes away', async () => {
    const lost = { ...registered, slug: `${slug}x` }
    const running = await startMember(
      optionsOf({
        registered: lost,
        definition: { ...definition, profile: { ...definition.profile, slug: lost.slug } },
      }),
    )
    await dropMemberDatabase(lost.slug)
    const query = '{ courseOfferings { totalCount } institutions { slug } }'
    const { data, errors } = await ask(running, query)
    expect(data).toEqual({ courseOfferings: null, institutions: [{ slug: lost.slug }] })
    expect(errors).toMatchObject([
      {
        message: 'The Postgres server could not be started or reached.',
        extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true },
      },
    ])
    expect((await fetch(new URL('/readyz', running.url))).status).toBe(503)
    await running.stop()
  })

  it('refuses to run one member under another’s name', async () => {
    const other = { ...registered, slug: 'dcu' }
    await expect(startMember(optionsOf({ registered: other }))).rejects.toThrow(RangeError)
  })
})
