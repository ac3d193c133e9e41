import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCallers } from '../setup/test-request-keys.js'
import { startTestHub, type TestHub } from './start-test-hub.js'

interface Described {
  readonly id: string
  readonly ects: string
  readonly eqfLevel: number | null
  readonly iscedF: readonly string[]
  readonly opportunity: {
    readonly ects: string | null
    readonly eqfLevel: number | null
    readonly iscedF: readonly string[]
    readonly mode: string | null
  } | null
}

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(8_000, testCallers('recognition'), true)
}, 240_000)
afterAll(() => hub?.stop())

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
async function ask(query: string, variables = {}): Promise<any> {
  const { data, errors } = await hub.ask(query, variables)
  expect(errors).toBeUndefined()
  return data
}

async function readNodes<Node>(query: string, field: string): Promise<readonly Node[]> {
  const answer = await hub.ask(query)
  expect(answer.errors).toBeUndefined()
  const connection = answer.data?.[field] as { readonly nodes: readonly Node[] } | undefined
  return connection?.nodes ?? []
}

test('every micro-credential definition says the same of its opportunity as the catalogue does', async () => {
  const nodes = await readNodes<Described>(
    '{ microCredentials(first: 100) { nodes { id ects eqfLevel iscedF opportunity { ects eqfLevel iscedF mode } } } }',
    'microCredentials',
  )
  expect(nodes.length).toBeGreaterThan(30)
  const differences = nodes.filter(
    ({ ects, eqfLevel, iscedF, opportunity }) =>
      opportunity === null ||
      Number(opportunity.ects) !== Number(ects) ||
      opportunity.eqfLevel !== eqfLevel ||
      iscedF.join() !== opportunity.iscedF.join(),
  )
  expect(differences).toEqual([])
})

test('every opportunity a pathway names is in the catalogue of its owner', async () => {
  const nodes = await readNodes<{
    readonly id: string
    readonly steps: readonly {
      readonly opportunityIds: readonly string[]
      readonly opportunities: readonly ({ readonly id: string; readonly title: string } | null)[]
    }[]
  }>(
    '{ learningPathways(first: 100) { nodes { id steps { opportunityIds opportunities { id title } } } } }',
    'learningPathways',
  )
  expect(nodes.length).toBeGreaterThan(5)
  for (const { id, steps } of nodes) {
    for (const { opportunityIds, opportunities } of steps) {
      expect(
        opportunities.map((each) => each?.id ?? null),
        id,
      ).toEqual(opportunityIds)
    }
  }
})

test('every course says what it counts towards, whichever member offers it', async () => {
  const { courseOfferings } = await ask(
    `{ courseOfferings(filter: { text: "artificial intelligence" }, first: 100) { nodes { opportunity {
      id countsTowards(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes {
        requirementIds stepPositions stackedCredential { id title } pathway { id title } } } } } } }`,
  )
  const found = courseOfferings.nodes
    .map(
      ({ opportunity }: { opportunity: { countsTowards: { totalCount: number } } }) => opportunity,
    )
    .filter(
      ({ countsTowards }: { countsTowards: { totalCount: number } }) =>
        countsTowards.totalCount > 0,
    )
  const members = new Set(found.map(({ id }: { id: string }) => id.split(':')[0]))
  expect(members.size).toBeGreaterThan(5)
  const nodes = found.flatMap(
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
    ({ countsTowards }: { countsTowards: { nodes: any[] } }) => countsTowards.nodes,
  )
  for (const node of nodes) {
    const isStack = node.stackedCredential !== null
    expect(isStack).toBe(node.pathway === null)
    expect(node.requirementIds.length > 0).toBe(isStack)
    expect(node.stepPositions.length > 0).toBe(!isStack)
  }
  const [one] = found.filter(
    ({ countsTowards }: { countsTowards: { totalCount: number } }) => countsTowards.totalCount > 2,
  )
  const { learningOpportunity } = await ask(
    `query ($id: ID!, $after: String) { learningOpportunity(id: $id) { countsTowards(first: 100, after: $after) {
      totalCount nodes { stackedCredential { id } pathway { id } } pageInfo { hasPreviousPage hasNextPage } } } }`,
    { id: one.id, after: one.countsTowards.pageInfo.endCursor },
  )
  const { totalCount, nodes: rest, pageInfo } = learningOpportunity.countsTowards
  expect(rest).toHaveLength(totalCount - 2)
  expect(pageInfo).toEqual({ hasPreviousPage: true, hasNextPage: false })
})
