import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type CatalogueSource,
  createMoochubSource,
  createOeapiSource,
  type MemberDefinition,
  type SyncReport,
  syncCatalogue,
  toOpportunityFromMoochub,
  toOpportunityFromOeapi,
} from '../../subgraphs/catalogue/index.js'
import { createMemoryWriter } from './memory-writer.fixture.js'
import { createSampleCourse, sampleProfile } from './oeapi-sample.fixture.js'

describe('malformed files', () => {
  let directory = ''
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'intake-malformed-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  async function write(content: string | Buffer): Promise<string> {
    const location = join(directory, `${crypto.randomUUID()}.json`)
    await writeFile(location, content)
    return location
  }

  test.each<[string, string | Buffer, string]>([
    ['truncated JSON', '{"courses": [{"courseId": "a"', 'not valid JSON'],
    ['an empty file', '', 'not valid JSON'],
    ['a number', '7', 'expected a JSON object or a list'],
    ['null', 'null', 'expected a JSON object or a list'],
    ['another top level', '{"course": []}', "expected a list in 'courses'"],
    ['courses that are no list', '{"courses": {}}', "expected a list in 'courses'"],
    ['offerings that are no list', '{"courses": [], "courseOfferings": 1}', "'courseOfferings'"],
    ['no UTF-8', Buffer.from('7b22e9227d', 'hex'), 'not UTF-8 text'],
    ['a list in __proto__ only', '{"__proto__": {"courses": []}}', "expected a list in 'courses'"],
  ])('%s is no OEAPI source, and the catalogue stays as it is', async (_, content, why) => {
    const source = createOeapiSource({ name: 'oeapi', location: await write(content) })
    const writer = createMemoryWriter()
    await expect(sync(source, writer)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining(why),
    })
    expect(writer.applied).toEqual([])
  })

  test.each([
    ['a list', '[]'],
    ['an object without data', '{"links": {}}'],
    ['data that is no list', '{"data": {"id": "x"}}'],
  ])('%s is no MOOChub source', async (_, content) => {
    const source = createMoochubSource({ name: 'moochub', location: await write(content) })
    await expect(sync(source, createMemoryWriter())).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: "source 'moochub': expected a list in 'data'",
    })
  })

  test('a missing file is named by its source, not by its path', async () => {
    const location = join(directory, 'nowhere.json')
    const source = createOeapiSource({ name: 'oeapi', location })
    await expect(sync(source, createMemoryWriter())).rejects.toMatchObject({
      message: "source 'oeapi': the file does not exist",
    })
  })

  test('a byte order mark does no harm', async () => {
    const { course } = createSampleCourse(1)
    const location = await write(`\ufeff${JSON.stringify([course])}`)
    const report = await sync(createOeapiSource({ name: 'oeapi', location }), createMemoryWriter())
    expect(report).toMatchObject({ read: 1, added: 1 })
  })

  test.each(['null', '7', '"text"', '[]', '{}', '{"courseId": {}}', '{"primaryCode": []}'])(
    'a course that is %s is rejected alone',
    async (broken) => {
      const { course } = createSampleCourse(1)
      const location = await write(`[${broken}, ${JSON.stringify(course)}]`)
      const report = await sync(
        createOeapiSource({ name: 'oeapi', location }),
        createMemoryWriter(),
      )
      expect(report).toMatchObject({ read: 2, added: 1, rejected: 1 })
      const codes = report.faults.map(({ index, path, code }) => [index, path, code])
      expect(codes).toContainEqual([0, 'localId', 'REQUIRED'])
      expect(codes).toContainEqual([0, 'title', 'REQUIRED'])
    },
  )

  test.each(['name', 'ext', 'fieldsOfStudy', 'studyLoad', 'teachingLanguages', 'link'])(
    'nesting without end in %s costs at most its own record',
    async (field) => {
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
      const broken = JSON.stringify({ ...createSampleCourse(2).course, [field]: '@' })
      const good = JSON.stringify(createSampleCourse(1).course)
      const location = await write(`[${broken.replace('"@"', deep)}, ${good}]`)
      const report = await sync(
        createOeapiSource({ name: 'oeapi', location }),
        createMemoryWriter(),
      )
      expect(report.added + report.rejected).toBe(2)
      expect(report.faults.every(({ index }) => index === 0)).toBe(true)
    },
  )

  test('a __proto__ key is data like any other and reaches no prototype', async () => {
    const { course } = createSampleCourse(3)
    const hostile = JSON.stringify({ ...course, courseId: 'x' })
      .replace('"language":"en-GB"', '"language":"__proto__"')
      .replace('"kind"', '"__proto__":{"polluted":true},"kind"')
    const location = await write(`[${hostile}]`)
    const report = await sync(createOeapiSource({ name: 'oeapi', location }), createMemoryWriter())
    expect(report.faults.map(({ path, code }) => [path, code])).toEqual([
      ['title.__proto__', 'UNKNOWN_VALUE'],
    ])
    expect({}).not.toHaveProperty('polluted')
  })

  test('a MOOChub item without attributes is rejected alone', async () => {
    const location = await write('{"data": [null, {"id": "x"}, {"id": "y", "attributes": []}]}')
    const source = createMoochubSource({ name: 'moochub', location })
    const adapter = (record: unknown) => toOpportunityFromMoochub(record, sampleProfile)
    const report = await sync(source, createMemoryWriter(), adapter)
    expect(report).toMatchObject({ read: 3, added: 0, rejected: 3 })
  })
})

function sync(
  source: CatalogueSource,
  writer: ReturnType<typeof createMemoryWriter>,
  adapter: MemberDefinition['adapter'] = (record) => toOpportunityFromOeapi(record, sampleProfile),
): Promise<SyncReport> {
  return syncCatalogue({
    member: 'sample',
    definition: { profile: sampleProfile, adapter, openSource: () => source },
    source,
    writer,
    now: () => new Date('2026-11-23T12:00:00Z'),
    signal: new AbortController().signal,
  })
}
