import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createOeapiSource,
  type Fault,
  type MemberDefinition,
  type SyncReport,
  syncCatalogue,
  toOpportunityFromOeapi,
} from '../../subgraphs/catalogue/index.js'
import { abbreviationThatThrows, type Breakage, breakages } from './broken-records.fixture.js'
import { createMemoryWriter } from './memory-writer.fixture.js'
import { createSampleCourse, sampleProfile } from './oeapi-sample.fixture.js'

const goodCount = 50
const orphanCount = 2
const duplicateCount = 2
const brokenCourses = 100 - orphanCount - duplicateCount

interface Expected {
  readonly index: number
  readonly localId: string | null
  readonly path: string
  readonly code: string
  readonly says: string
}

describe('a file with 100 broken records among 50 good ones', () => {
  const { document, expected, goodIds } = createBrokenFile()
  const writer = createMemoryWriter()
  let directory = ''
  let report: SyncReport
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'intake-broken-'))
    const location = join(directory, 'broken.json')
    await writeFile(location, JSON.stringify(document))
    report = await syncCatalogue({
      member: 'sample',
      definition: createDefinition(location),
      source: createOeapiSource({ name: 'broken.json', location }),
      writer,
      now: () => new Date('2026-11-23T12:00:00Z'),
      signal: new AbortController().signal,
    })
  })
  afterAll(() => rm(directory, { recursive: true }))

  test('is broken in more than 25 ways', () => {
    const ways = new Set(expected.map(({ path, code }) => `${code} ${path}`))
    expect(ways.size).toBeGreaterThanOrEqual(25)
    expect(expected).toHaveLength(100)
  })

  test('gives exactly the 100 faults, in source order, with index, id, path and code', () => {
    const found = report.faults.map(({ index, localId, path, code }) => ({
      index,
      localId,
      path,
      code,
    }))
    expect(found).toEqual(expected.map(({ says: _, ...fault }) => fault))
  })

  test('names the value or what is accepted in each message', () => {
    const faultsByIndex = new Map<number, Fault>(report.faults.map((it) => [it.index, it]))
    for (const { index, says } of expected) {
      expect(faultsByIndex.get(index)?.message).toContain(says)
    }
  })

  test('loses none of the good records', () => {
    expect(report).toMatchObject({ read: 150, added: goodCount, rejected: 100, unchanged: 0 })
    expect([...writer.records.keys()].sort()).toEqual(goodIds)
  })
})

function createDefinition(location: string): MemberDefinition {
  return {
    profile: sampleProfile,
    openSource: () => createOeapiSource({ name: 'broken.json', location }),
    adapter: (record) => {
      const { course } = record as { course: { abbreviation?: string } }
      if (course.abbreviation === abbreviationThatThrows) throw new Error('no such programme')
      return toOpportunityFromOeapi(record, sampleProfile)
    },
  }
}

function createBrokenFile() {
  const courses: unknown[] = []
  const courseOfferings: unknown[] = []
  const expected: Expected[] = []
  const goodIds: string[] = []
  const addBroken = (number: number, { path, code, says, breakIt }: Breakage) => {
    const sample = createSampleCourse(number)
    breakIt(sample)
    // Nested, so that an offering stays with a course that lost its id.
    courses.push({ ...sample.course, courseOfferings: [sample.offering] })
    const isIdUnread = path === 'localId' || path === ''
    const localId = isIdUnread ? null : codeOf(sample.course)
    expected.push({ index: courses.length - 1, localId, path, code, says })
  }
  for (let number = 0; number < brokenCourses; number += 1) {
    if (number % 2 === 0) {
      const { course, offering } = createSampleCourse(1_000 + number)
      courses.push(course)
      courseOfferings.push(offering)
      goodIds.push(codeOf(course))
    }
    const breakage = breakages[number % breakages.length]
    if (breakage !== undefined) addBroken(number, breakage)
  }
  while (goodIds.length < goodCount) {
    const { course, offering } = createSampleCourse(2_000 + goodIds.length)
    courses.push(course)
    courseOfferings.push(offering)
    goodIds.push(codeOf(course))
  }
  // The first good record is at index 0: one that takes its id, and one that takes its run's id.
  const first = createSampleCourse(1_000)
  const says = 'record 0 of the source'
  addBroken(3_000, {
    path: 'localId',
    code: 'DUPLICATE',
    says,
    breakIt: ({ course }) => {
      course.primaryCode = first.course.primaryCode
    },
  })
  addBroken(3_001, {
    path: 'offerings[0].localId',
    code: 'DUPLICATE',
    says,
    breakIt: ({ offering }) => {
      offering.primaryCode = first.offering.primaryCode
    },
  })
  const duplicate = expected.at(-2)
  if (duplicate !== undefined) {
    expected[expected.length - 2] = { ...duplicate, localId: codeOf(first.course) }
  }
  const orphans = [createSampleCourse(4_000).offering, createSampleCourse(4_001).offering]
  courseOfferings.push(orphans[0], { ...orphans[1], courseId: null })
  const path = 'offerings[0].courseId'
  const index = courses.length
  expected.push(
    { index, localId: 'CS-4000-2026', path, code: 'UNKNOWN_REFERENCE', says: '-000000004000' },
    { index: index + 1, localId: 'CS-4001-2026', path, code: 'REQUIRED', says: 'names no course' },
  )
  return { document: { courses, courseOfferings }, expected, goodIds: goodIds.sort() }
}

function codeOf(course: Record<string, unknown>): string {
  return (course.primaryCode as { code: string }).code
}
