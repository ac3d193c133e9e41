import { graphql } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymousPrincipal } from '../../../schema/index.js'
import type { SqlQuery } from '../store/catalogue-database.js'
import { sampleOffering, sampleOpportunity } from '../store/sample-records.fixture.js'
import { openTestCatalogue, type TestCatalogue, testNow } from '../store/test-catalogue.fixture.js'
import { createCatalogueContext } from './catalogue-context.js'
import { loadCatalogueSchema } from './catalogue-schema.js'

let catalogue: TestCatalogue

beforeAll(async () => {
  catalogue = await openTestCatalogue(['nl'])
  await catalogue.put([
    sampleOpportunity('WHOLE'),
    ...Array.from({ length: 30 }, (_, index) =>
      sampleOpportunity(`O${index}`, {
        partOf: ['WHOLE'],
        offerings: [sampleOffering(`O${index}-1`), sampleOffering(`O${index}-2`)],
      }),
    ),
  ])
})
afterAll(() => catalogue.drop())

async function countStatements(source: string, variableValues: Record<string, unknown> = {}) {
  const statements: string[] = []
  const query: SqlQuery = (text, values) => {
    statements.push(text)
    return catalogue.database.query(text, values)
  }
  const institution = {
    id: `${catalogue.slug}:institution:${catalogue.slug}` as never,
    slug: catalogue.slug,
    names: { en: 'Test' },
    countryCode: 'NL',
    jurisdictionCode: 'NL',
    city: null,
    languages: ['nl'],
    homepage: null,
  }
  const member = { institution, languages: ['nl'], timeZone: 'Europe/Amsterdam' }
  const answer = await graphql({
    schema: await loadCatalogueSchema(),
    source,
    variableValues,
    contextValue: createCatalogueContext(member, query, testNow, anonymousPrincipal),
  })
  expect(answer.errors).toBeUndefined()
  return { statements: statements.length, data: answer.data }
}

describe('statements per request', () => {
  it('reads a page of runs with their opportunities and those’ wholes in three', async () => {
    const { statements } = await countStatements(
      '{ courseOfferings(first: 50) { nodes { opportunity { partOf { title } } institution { name } } } }',
    )
    expect(statements).toBe(3)
  })

  it('reads a page of opportunities with counted runs, parts and total in five', async () => {
    const { statements } = await countStatements(
      '{ learningOpportunities(first: 50) { totalCount nodes { parts { id } offerings(first: 1) { totalCount nodes { id } } } } }',
    )
    expect(statements).toBe(5)
  })

  it('resolves fifty references of two types in two', async () => {
    const representations = Array.from({ length: 25 }, (_, index) => [
      { __typename: 'LearningOpportunity', id: `${catalogue.slug}:opportunity:O${index}` },
      { __typename: 'CourseOffering', id: `${catalogue.slug}:offering:O${index}-1` },
    ]).flat()
    const { statements, data } = await countStatements(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on LearningOpportunity { id } ... on CourseOffering { id } } }',
      { r: representations },
    )
    expect(statements).toBe(2)
    expect(data).toEqual({ _entities: representations.map(({ id }) => ({ id })) })
  })
})
