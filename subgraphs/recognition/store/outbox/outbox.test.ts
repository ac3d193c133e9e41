import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allianceOwner, toGlobalId } from '../../../../schema/index.js'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.js'
import type { RecognitionEvent } from '../../domain/recognition-event.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from '../recognition-database.js'
import { appendEvents, type NewRecognitionEvent } from './append-events.js'
import { followBatch } from './follow-batch.js'
import { readEvents } from './read-events.js'

let database: TestDatabase
let orm: RecognitionOrm

beforeAll(async () => {
  database = await createTestDatabase()
  orm = await openRecognitionDatabase({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
  })
  await migrateAndSeed(orm, async () => undefined)
  await orm.em
    .fork()
    .execute(
      'create table handled (place bigint generated always as identity, sequence bigint, follower text)',
    )
})
afterAll(async () => {
  await orm?.close(true)
  await database?.drop()
})

const event = (id: string): NewRecognitionEvent => ({
  id,
  occurredOn: '2026-11-20',
  recordedAt: '2026-11-23T12:00:00.000Z',
  learnerId: toGlobalId(allianceOwner, 'learner', 'somebody'),
  homeMember: 'dcu',
  corrects: null,
  fact: { kind: 'pathway.enrolled', pathwayId: toGlobalId(allianceOwner, 'pathway', 'one') },
})

const append = (...ids: string[]) =>
  orm.em.fork().transactional((em) => appendEvents(em, ids.map(event)))

const note = (
  name: string,
  events: readonly RecognitionEvent[],
): [statement: string, parameters: unknown[]] => [
  'insert into handled (sequence, follower) select value::bigint, ? from jsonb_array_elements_text(?::jsonb)',
  [name, JSON.stringify(events.map(({ sequence }) => String(sequence)))],
]

describe('the outbox', () => {
  it('gives back what was appended, in order, exactly', async () => {
    const numbers = await append('a', 'b', 'c')
    const read = await readEvents(orm.em.fork(), (numbers[0] ?? 0n) - 1n, 10)
    expect(read).toEqual(
      ['a', 'b', 'c'].map((id, index) => ({ sequence: numbers[index], ...event(id) })),
    )
    expect(numbers).toEqual([...numbers].sort((left, right) => (left < right ? -1 : 1)))
  })

  it('refuses an event it has already', async () => {
    await append('once')
    await expect(append('once')).rejects.toThrow(/duplicate key/)
  })

  it.each([
    ['update', 'update outbox_event set home_member = null'],
    ['delete', 'delete from outbox_event'],
    ['truncate', 'truncate outbox_event'],
  ])('lets nobody %s what happened', async (_name, sql) => {
    await expect(orm.em.fork().execute(sql)).rejects.toThrow('outbox_event is append-only')
  })

  it('refuses to append outside a transaction', async () => {
    await expect(appendEvents(orm.em.fork(), [event('loose')])).rejects.toThrow(RangeError)
  })
})

describe('two who append at once', () => {
  it('become visible in the order of their numbers: the second waits for the end of the first', async () => {
    const [start] = await append('before')
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    let hasAppended = () => {}
    const appended = new Promise<void>((resolve) => {
      hasAppended = resolve
    })
    const slow = orm.em.fork().transactional(async (em) => {
      await appendEvents(em, [event('slow')])
      hasAppended()
      await released
    })
    await appended
    const quick = append('quick')
    const visible = async () =>
      (await readEvents(orm.em.fork(), start ?? 0n, 10)).map(({ id }) => id)
    // Until the quick one waits, or has overtaken the slow one.
    for (;;) {
      const [waiting]: { count: number }[] = await orm.em
        .fork()
        .execute("select count(*)::int from pg_locks where locktype = 'advisory' and not granted")
      if (waiting?.count || (await visible()).length > 0) break
    }
    expect(await visible()).toEqual([])
    release()
    await Promise.all([slow, quick])
    expect(await visible()).toEqual(['slow', 'quick'])
  })
})

describe('followers', () => {
  it('see every event exactly once and in order, while many write at once and some roll back', async () => {
    const writers = 8
    const rounds = 15
    let isWriting = true
    const write = async (writer: number) => {
      for (let round = 0; round < rounds; round += 1) {
        const isDoomed = (writer + round) % 4 === 0
        await orm.em
          .fork()
          .transactional(async (em) => {
            await appendEvents(em, [event(`w${writer}-${round}-1`), event(`w${writer}-${round}-2`)])
            // Holds the numbers it drew for a while: without the lock others would overtake it here.
            await pause((writer * 7 + round * 3) % 5)
            if (isDoomed) throw new Error('doomed')
          })
          .catch((error: Error) => {
            if (error.message !== 'doomed') throw error
          })
      }
    }
    const follow = async () => {
      for (;;) {
        const wasWriting = isWriting
        const { handled } = await followBatch(orm.em, {
          name: 'concurrent',
          limit: 7,
          handle: async (em, events) => {
            await em.execute(...note('concurrent', events))
          },
        })
        if (handled === 0 && !wasWriting) return
      }
    }
    const following = [follow(), follow()]
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
    isWriting = false
    await Promise.all(following)
    const rows: { sequence: string }[] = await orm.em
      .fork()
      .execute("select sequence::text from handled where follower = 'concurrent' order by place")
    const all = await readEvents(orm.em.fork(), 0n, 10_000)
    expect(rows.map(({ sequence }) => BigInt(sequence))).toEqual(
      all.map(({ sequence }) => sequence),
    )
    expect(all.filter(({ id }) => id.startsWith('w'))).toHaveLength(writers * rounds * 2 * 0.75)
  })

  it('keep neither effect nor position of a batch that fails, and do it again', async () => {
    await append('again-1', 'again-2')
    const follow = (isFailing: boolean) =>
      followBatch(orm.em, {
        name: 'failing',
        limit: 10_000,
        handle: async (em, events) => {
          await em.execute(...note('failing', events))
          if (isFailing) throw new Error('crashed half way')
        },
      })
    await expect(follow(true)).rejects.toThrow('crashed half way')
    const count = async () => {
      const [row]: { count: number }[] = await orm.em
        .fork()
        .execute("select count(*)::int from handled where follower = 'failing'")
      return row?.count
    }
    expect(await count()).toBe(0)
    const { handled, position } = await follow(false)
    expect(await count()).toBe(handled)
    expect(await follow(false)).toEqual({ handled: 0, position })
  })
})
