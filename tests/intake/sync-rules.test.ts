import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CatalogueSource,
  formatSyncReport,
  type MemberDefinition,
  type SyncOptions,
  syncCatalogue,
} from '../../subgraphs/catalogue/index.js'
import { createMemoryWriter } from './memory-writer.fixture.js'
import { sampleProfile } from './oeapi-sample.fixture.js'

type Draft = Readonly<Record<string, unknown>>

describe('a sync', () => {
  test('of the same source again changes nothing, in any order', async () => {
    const writer = createMemoryWriter()
    const drafts = [course('A', ['A1', 'A2']), course('B'), course('C', ['C1'])]
    expect(await sync(writer, drafts)).toMatchObject({ read: 3, added: 3, unchanged: 0 })
    const shuffled = [course('C', ['C1']), course('A', ['A2', 'A1']), course('B')]
    expect(await sync(writer, shuffled)).toMatchObject({
      read: 3,
      added: 0,
      changed: 0,
      unchanged: 3,
      withdrawn: 0,
    })
    expect(writer.applied).toHaveLength(1)
  })

  test('writes the same change whatever the order of the source', async () => {
    const drafts = ['A', 'B', 'C', 'D', 'E'].map((localId) => course(localId))
    const first = createMemoryWriter()
    await sync(first, drafts)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(drafts, { minLength: drafts.length }),
        async (shuffled) => {
          const writer = createMemoryWriter()
          await sync(writer, shuffled)
          expect(writer.applied).toEqual(first.applied)
        },
      ),
      { seed: 7, numRuns: 20 },
    )
  })

  test('writes what is new or changed and withdraws what is gone', async () => {
    const writer = createMemoryWriter()
    await sync(writer, [course('A'), course('B'), course('C')])
    const report = await sync(writer, [
      course('A'),
      { ...course('B'), title: { en: 'Another' } },
      course('D'),
    ])
    expect(report).toMatchObject({ added: 1, changed: 1, unchanged: 1, withdrawn: 1, rejected: 0 })
    expect(writer.applied[1]?.put.map(({ record }) => record.localId)).toEqual(['B', 'D'])
    expect(writer.applied[1]?.withdraw).toEqual(['C'])
  })

  test('takes two ways to write one content for the same', async () => {
    const writer = createMemoryWriter()
    await sync(writer, [{ ...course('A'), ects: '2.50', title: { en: ' A ', fi: 'Å' } }])
    const same = { ects: 2.5, title: { fi: 'A\u030a', EN: 'A' }, kind: 'COURSE', localId: 'A' }
    expect(await sync(writer, [same])).toMatchObject({ unchanged: 1, changed: 0 })
  })

  test('keeps the last good version of a record that is rejected now', async () => {
    const writer = createMemoryWriter()
    await sync(writer, [course('A'), course('B')])
    const report = await sync(writer, [course('A'), { ...course('B'), eqfLevel: 12 }])
    expect(report).toMatchObject({ unchanged: 1, rejected: 1, withdrawn: 0, heldBack: 0 })
    expect(writer.records.has('B')).toBe(true)
  })

  test('withdraws nothing while a rejected record has no readable id', async () => {
    const writer = createMemoryWriter()
    await sync(writer, [course('A'), course('B'), course('C')])
    const nameless = { kind: 'COURSE', title: { en: 'B?' } }
    const report = await sync(writer, [course('A'), course('C'), nameless])
    expect(report).toMatchObject({ unchanged: 2, rejected: 1, withdrawn: 0, heldBack: 1 })
    expect(formatSyncReport(report)).toContain('1 not in the source but kept')
    expect(await sync(writer, [course('A'), course('C')])).toMatchObject({ withdrawn: 1 })
  })

  test('keeps the first of two records with one id', async () => {
    const writer = createMemoryWriter()
    const report = await sync(writer, [course('A'), { ...course('A'), title: { en: 'Second' } }])
    expect(report.faults).toMatchObject([{ index: 1, path: 'localId', code: 'DUPLICATE' }])
    expect(writer.records.get('A')?.title).toEqual({ en: 'A' })
  })

  test.each([
    [[], 'would withdraw 3 of 3'],
    [[course('A')], 'would withdraw 2 of 3'],
    [[course('X'), course('Y'), course('Z')], 'would withdraw 3 of 3'],
  ])('refuses to withdraw more than half of the catalogue (%#)', async (drafts, why) => {
    const writer = createMemoryWriter()
    await sync(writer, [course('A'), course('B'), course('C')])
    await expect(sync(writer, drafts)).rejects.toMatchObject({
      code: 'MASS_WITHDRAWAL_REFUSED',
      message: expect.stringContaining(why),
    })
    expect(writer.applied).toHaveLength(1)
    await sync(writer, drafts, { allowMassWithdrawal: true })
    expect(writer.records.size).toBe(drafts.length)
  })

  test('of an empty source into an empty catalogue is fine', async () => {
    expect(await sync(createMemoryWriter(), [])).toMatchObject({ read: 0, withdrawn: 0 })
  })

  test('works out everything and writes nothing when it is a dry run', async () => {
    const writer = createMemoryWriter()
    const report = await sync(writer, [course('A'), { ...course('B'), kind: 'X' }], {
      dryRun: true,
    })
    expect(report).toMatchObject({ read: 2, added: 1, rejected: 1 })
    expect(writer.applied).toEqual([])
  })

  test('that is aborted while it reads writes nothing', async () => {
    const writer = createMemoryWriter()
    const controller = new AbortController()
    const source: CatalogueSource = {
      name: 'slow',
      read: async () => {
        controller.abort(new Error('stopped'))
        return [course('A')]
      },
    }
    await expect(sync(writer, [], { source, signal: controller.signal })).rejects.toThrow('stopped')
    expect(writer.applied).toEqual([])
  })

  test('reports its steps', async () => {
    const steps: unknown[] = []
    await sync(createMemoryWriter(), [course('A')], { onProgress: (it) => steps.push(it) })
    expect(steps).toEqual([
      { step: 'reading' },
      { step: 'validating', read: 1 },
      { step: 'writing', put: 1, withdraw: 0 },
    ])
  })

  test('moves the dates of samples into the current academic year', async () => {
    const writer = createMemoryWriter()
    const draft = course('A', ['A1'])
    const inYear = (year: number) => ({ now: () => new Date(`${year}-08-01T00:00:00Z`) })
    const sample = { sampleAcademicYear: 2026 }
    await sync(writer, [draft], inYear(2028), sample)
    expect(writer.records.get('A')?.offerings[0]?.startDate).toBe('2028-09-07')
    const nextDay = { now: () => new Date('2028-08-02T00:00:00Z') }
    expect(await sync(writer, [draft], nextDay, sample)).toMatchObject({ unchanged: 1 })
    expect(await sync(writer, [draft], inYear(2029), sample)).toMatchObject({ changed: 1 })
  })

  test('prints a report that no source can use to steer a terminal', async () => {
    const report = await sync(createMemoryWriter(), [{ ...course('A'), kind: '\u001b[2J\nfake' }])
    const lines = formatSyncReport(report).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/^ {2}record 0 \(A\) kind: UNKNOWN_VALUE: /)
    expect(lines.join('')).not.toContain('\u001b')
    expect(JSON.parse(formatSyncReport(report, { json: true }))).toEqual(report)
  })
})

function course(localId: string, offerings: readonly string[] = []): Draft {
  return {
    localId,
    kind: 'COURSE',
    title: { en: localId },
    offerings: offerings.map((id) => ({ localId: id, startDate: '2026-09-07' })),
  }
}

function sync(
  writer: ReturnType<typeof createMemoryWriter>,
  drafts: readonly unknown[],
  options: Partial<SyncOptions> = {},
  definition: Partial<MemberDefinition> = {},
) {
  const source: CatalogueSource = { name: 'drafts', read: async () => drafts }
  return syncCatalogue({
    member: 'sample',
    definition: {
      profile: sampleProfile,
      adapter: (record) => record,
      openSource: () => source,
      ...definition,
    },
    source,
    writer,
    now: () => new Date('2026-11-23T12:00:00Z'),
    signal: new AbortController().signal,
    ...options,
  })
}
