import { afterAll, beforeAll, expect, test } from 'vitest'
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
  hub = await startTestHub()
})
afterAll(() => hub?.stop())

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
