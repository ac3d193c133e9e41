import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestRecognition, type TestRecognition } from '../recognition-server.fixture.js'

let recognition: TestRecognition
const ask: TestRecognition['ask'] = (query, variables) => recognition.ask(query, variables)

beforeAll(async () => {
  // With rules, so that opportunities count towards something.
  recognition = await startTestRecognition({ hasSampleRecords: true })
}, 180_000)
beforeEach(() => {
  recognition.statements.length = 0
})
afterAll(() => recognition?.stop())

describe('entities', () => {
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on LearningOpportunity {
        id microCredential { title jurisdiction { code } sizeCheck { result } }
        pathways(first: 2) { totalCount nodes { title } pageInfo { hasNextPage endCursor } }
      }
      ... on Institution { id jurisdiction { code creditUnit } }
      ... on MicroCredential { title }
      ... on LearningPathway { totalEcts }
      ... on Jurisdiction { currency }
    }
  }`
  const opportunities = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      __typename: 'LearningOpportunity',
      id: `${recognition.memberSlugs[index % 13]}:opportunity:${index < 13 ? 'MM-AI-01' : `X-${index}`}`,
    }))

  it('answers a hundred representations with as many statements as ten', async () => {
    await ask(entities, { representations: opportunities(10) })
    const forTen = recognition.statements.length
    recognition.statements.length = 0
    const { data, errors } = await ask(entities, { representations: opportunities(100) })
    expect(errors).toBeUndefined()
    expect(recognition.statements).toHaveLength(forTen)
    expect(forTen).toBe(3)
    expect(data._entities).toHaveLength(100)
    expect(data._entities[12]).toMatchObject({
      id: 'ktu:opportunity:MM-AI-01',
      microCredential: { jurisdiction: { code: 'LT' } },
    })
  })

  it('says of a hundred opportunities what they count towards in three statements', async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on LearningOpportunity { countsTowards(first: 20) { totalCount nodes {
        requirementIds stepPositions stackedCredential { id } pathway { id } } } } } }`
    const { data, errors } = await ask(query, { representations: opportunities(100) })
    expect(errors).toBeUndefined()
    expect(recognition.statements).toHaveLength(3)
    const [twente, ...others] = data._entities.map(
      (one: { countsTowards: { nodes: object[] } }) => one.countsTowards.nodes,
    )
    const ofStack = twente.find(
      (one: { stackedCredential: { id: string } | null }) =>
        one.stackedCredential?.id === 'alliance:stackedcredential:digital-literacy',
    )
    expect(ofStack).toMatchObject({ stepPositions: [], pathway: null })
    expect(ofStack.requirementIds).toContain('artificial-intelligence')
    const ofPathways = twente.filter((one: { pathway: object | null }) => one.pathway !== null)
    expect(ofPathways.length).toBeGreaterThan(0)
    for (const { stepPositions } of ofPathways) expect(stepPositions.length).toBeGreaterThan(0)
    // What nobody here has heard of counts towards nothing.
    expect(others.at(-1)).toEqual([])
  })

  it('answers opportunities it has never heard of with nothing to add', async () => {
    const representations = [
      { __typename: 'LearningOpportunity', id: 'trento:opportunity:145678' },
      { __typename: 'LearningOpportunity', id: 'no hub id' },
      { __typename: 'Institution', id: 'trento:institution:trento' },
    ]
    const { data, errors } = await ask(entities, { representations })
    expect(errors).toBeUndefined()
    const nothing = {
      microCredential: null,
      pathways: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    }
    expect(data._entities).toEqual([
      { id: 'trento:opportunity:145678', ...nothing },
      { id: 'no hub id', ...nothing },
      { id: 'trento:institution:trento', jurisdiction: null },
    ])
  })

  it('answers every kind of entity by key, in order, null for what is not there', async () => {
    const representations = [
      { __typename: 'LearningPathway', id: 'alliance:pathway:ai-grand-tour' },
      { __typename: 'MicroCredential', id: 'alliance:microcredential:nothing' },
      { __typename: 'Institution', id: 'uis:institution:uis' },
      { __typename: 'Jurisdiction', code: 'PL' },
      { __typename: 'MicroCredential', id: 'alliance:microcredential:dcu-ai-foundations' },
    ]
    const { data, errors } = await ask(entities, { representations })
    expect(errors).toBeUndefined()
    expect(data._entities).toEqual([
      { totalEcts: '4' },
      null,
      { id: 'uis:institution:uis', jurisdiction: { code: 'NO', creditUnit: 'studiepoeng' } },
      { currency: 'PLN' },
      { title: 'Foundations of artificial intelligence' },
    ])
  })

  it('pages the pathways of many opportunities at once, each from the same cursor', async () => {
    const query = `query ($representations: [_Any!]!, $first: Int, $after: String) {
      _entities(representations: $representations) { ... on LearningOpportunity {
        pathways(first: $first, after: $after) {
          totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage endCursor }
        }
      } }
    }`
    const pages = async (variables: Record<string, unknown>) => {
      const { data } = await ask(query, { representations: opportunities(13), ...variables })
      return data._entities.map((one: { pathways: unknown }) => one.pathways)
    }
    const [whole] = (await pages({ first: 100 })).slice(7)
    expect(whole.totalCount).toBeGreaterThan(1)
    const [first] = (await pages({ first: 1 })).slice(7)
    expect(first.nodes).toEqual(whole.nodes.slice(0, 1))
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const [rest] = (await pages({ first: 100, after: first.pageInfo.endCursor })).slice(7)
    expect(rest.nodes).toEqual(whole.nodes.slice(1))
    expect(rest).toMatchObject({
      totalCount: whole.totalCount,
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
    const [past] = (await pages({ first: 5, after: whole.pageInfo.endCursor })).slice(7)
    expect(past).toMatchObject({ totalCount: whole.totalCount, nodes: [] })
    const [none] = (await pages({ first: 0 })).slice(7)
    expect(none).toMatchObject({ totalCount: whole.totalCount, nodes: [] })
  })
})
