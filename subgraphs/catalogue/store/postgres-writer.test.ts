import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openCatalogueDatabase } from './catalogue-database.js'
import { createPostgresWriter } from './postgres-writer.js'
import { sampleOffering, sampleOpportunity } from './sample-records.fixture.js'
import {
  dropMemberDatabase,
  openTestCatalogue,
  type TestCatalogue,
} from './test-catalogue.fixture.js'

let catalogue: TestCatalogue

beforeAll(async () => {
  catalogue = await openTestCatalogue(['nl'])
})
afterAll(() => catalogue.drop())

describe('the writer', () => {
  it('puts, replaces and withdraws opportunities with their runs, and remembers digests', async () => {
    const writer = createPostgresWriter(catalogue.database, {
      slug: catalogue.slug,
      languages: ['nl'],
    })
    const record = sampleOpportunity('A', {
      offerings: [sampleOffering('A-1'), sampleOffering('A-2')],
    })
    await writer.apply({
      put: [
        { record, digest: 'one' },
        { record: sampleOpportunity('B'), digest: 'two' },
      ],
      withdraw: [],
    })
    expect(await writer.readDigests()).toEqual(
      new Map([
        ['A', 'one'],
        ['B', 'two'],
      ]),
    )
    expect(await catalogue.reader.countOfferings({})).toBe(2)
    const changed = { ...record, offerings: [sampleOffering('A-3', { code: 'NEW' })] }
    await writer.apply({ put: [{ record: changed, digest: 'three' }], withdraw: ['B'] })
    expect(await writer.readDigests()).toEqual(new Map([['A', 'three']]))
    const page = await catalogue.reader.pageOfferings({ filter: {}, page: {} })
    expect(page.edges.map(({ node }) => node.code)).toEqual(['NEW'])
    await writer.apply({ put: [], withdraw: ['A'] })
    expect(await catalogue.reader.countOfferings({})).toBe(0)
  })

  it('leaves everything as it was when a part of a change fails', async () => {
    await catalogue.put([sampleOpportunity('KEPT')])
    const clash = [
      sampleOpportunity('X', { offerings: [sampleOffering('S'), sampleOffering('S')] }),
    ]
    await expect(
      catalogue.put([sampleOpportunity('KEPT', { kind: 'CHALLENGE' }), ...clash]),
    ).rejects.toThrow()
    const page = await catalogue.reader.pageOpportunities({ filter: {}, page: {} })
    expect(page.edges.map(({ node }) => node.kind)).toEqual(['COURSE'])
  })

  it('moves a run to another opportunity while the one it came from stays', async () => {
    const from = sampleOpportunity('FROM', { offerings: [sampleOffering('MOVED')] })
    await catalogue.put([from])
    const to = sampleOpportunity('TO', { offerings: [sampleOffering('MOVED', { code: 'HERE' })] })
    await catalogue.put([to])
    const page = await catalogue.reader.pageOfferings({ filter: {}, page: {} })
    expect(page.edges.map(({ node }) => node.code)).toContain('HERE')
    expect(new Set(page.edges.map(({ node }) => node.id)).size).toBe(page.edges.length)
    await catalogue.withdraw(['FROM', 'TO'])
  })

  it('takes thousands of records in one change', async () => {
    const records = Array.from({ length: 1_500 }, (_, index) =>
      sampleOpportunity(`N${index}`, { offerings: [sampleOffering(`N${index}-1`)] }),
    )
    await catalogue.put(records)
    expect(await catalogue.reader.countOfferings({})).toBe(1_500)
  })
})

describe('the database', () => {
  it('is created once when two processes open it at the same time, and opens again as it is', async () => {
    const slug = `t${randomBytes(6).toString('hex')}`
    const open = () => openCatalogueDatabase(inject('postgresUrl'), slug)
    const first = await Promise.all([open(), open()])
    const again = await open()
    expect(await again.isReady()).toBe(true)
    for (const database of [...first, again]) await database.close()
    await dropMemberDatabase(slug)
  })

  it('says DATABASE_UNAVAILABLE when no server answers', async () => {
    const nowhere = 'postgres://hub@127.0.0.1:1/postgres'
    await expect(openCatalogueDatabase(nowhere, 'dcu')).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    })
  })

  it('says DATABASE_UNAVAILABLE when its database is gone, and is not ready', async () => {
    const lost = await openTestCatalogue(['nl'])
    await dropMemberDatabase(lost.slug)
    await expect(lost.reader.countOfferings({})).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    })
    await expect(lost.put([sampleOpportunity('A')])).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    })
    expect(await lost.database.isReady()).toBe(false)
    await lost.database.close()
  })
})
