import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningMember, startMember } from './start-member.js'
import { dropMemberDatabase } from './store/test-catalogue.fixture.js'
import { ask, optionsOf, slug } from './test-member.fixture.js'

let member: RunningMember

beforeAll(async () => {
  member = await startMember(optionsOf())
})
afterAll(async () => {
  await member.stop()
  await dropMemberDatabase(slug)
})

const opportunityId = (localId: string) => `${slug}:opportunity:${localId}`
const offeringId = (localId: string) => `${slug}:offering:${localId}`

describe('a member’s subgraph', () => {
  it('answers the whole of a run, with what is computed and what is inherited', async () => {
    const query = `query ($id: ID!) { courseOffering(id: $id) {
      id title dutch: title(language: "nl-NL") titles { language value } mode languages state
      isOpenForApplication application { opensAt closesAt isOpen } capacity { maximum remaining }
      price { amount currency } awardingBody { name institution { slug } } institution { name names { language } }
      opportunity { id ects nationalCredit { value unit } partOf { id } parts { id }
        learningOutcomes { code title translations { language } skills { title } }
        assessments { type description supervised } } } }`
    expect(await ask(member, query, { id: offeringId('C-1') })).toEqual({
      data: {
        courseOffering: {
          id: offeringId('C-1'),
          title: 'Kunstmatige intelligentie',
          dutch: 'Kunstmatige intelligentie',
          titles: [{ language: 'nl', value: 'Kunstmatige intelligentie' }],
          mode: 'BLENDED',
          languages: ['en'],
          state: 'ACTIVE',
          isOpenForApplication: true,
          application: {
            opensAt: '2027-01-01T00:00:00Z',
            closesAt: '2027-06-30T23:59:59Z',
            isOpen: true,
          },
          capacity: { maximum: 30, remaining: 2 },
          price: { amount: '99.5', currency: 'EUR' },
          awardingBody: { name: 'Test University', institution: { slug } },
          institution: { name: 'Test University', names: [{ language: 'en' }, { language: 'nl' }] },
          opportunity: {
            id: opportunityId('C'),
            ects: '2.5',
            nationalCredit: { value: '2.5', unit: 'EC' },
            partOf: [{ id: opportunityId('P') }],
            parts: [],
            learningOutcomes: [
              {
                code: 'LO1',
                title: 'Can learn',
                translations: [{ language: 'en' }, { language: 'nl' }],
                skills: [{ title: 'learning' }],
              },
            ],
            assessments: [{ type: 'marked assignment', description: 'Essay', supervised: false }],
          },
        },
      },
    })
  })

  it('lists, counts and pages', async () => {
    const query = `{ courseOfferings(filter: { text: "kunstmatige", ects: { maximum: 3 } }, orderBy: { field: START_DATE, direction: DESC }, first: 1) {
        totalCount nodes { title awardingBody { name institution { slug } } application { isOpen } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } }
      learningOpportunities(filter: { kinds: [PROGRAMME] }) { totalCount nodes { title(language: "nl") parts {
        title offerings(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } } } } }`
    const { data, errors } = await ask(member, query)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      courseOfferings: {
        totalCount: 2,
        nodes: [
          {
            title: 'Spring run',
            awardingBody: { name: 'A consortium', institution: null },
            application: null,
          },
        ],
        pageInfo: { hasNextPage: true, hasPreviousPage: false },
      },
      learningOpportunities: {
        totalCount: 1,
        nodes: [
          {
            title: 'Programma',
            parts: [
              {
                title: 'Kunstmatige intelligentie',
                offerings: {
                  totalCount: 2,
                  nodes: [{ id: offeringId('C-1') }],
                  pageInfo: { hasNextPage: true },
                },
              },
            ],
          },
        ],
      },
    })
  })

  it('resolves references in order, and what is missing or foreign to null', async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      __typename ... on LearningOpportunity { id title } ... on CourseOffering { id } ... on Institution { id slug } } }`
    const representations = [
      { __typename: 'CourseOffering', id: offeringId('C-2') },
      { __typename: 'LearningOpportunity', id: opportunityId('GONE') },
      { __typename: 'LearningOpportunity', id: opportunityId('P') },
      { __typename: 'LearningOpportunity', id: 'dcu:opportunity:P' },
      { __typename: 'LearningOpportunity', id: 'not an id\0' },
      { __typename: 'LearningOpportunity', id: offeringId('C-2') },
      { __typename: 'Institution', id: `${slug}:institution:${slug}` },
      { __typename: 'Institution', id: 'dcu:institution:dcu' },
      { __typename: 'LearningOpportunity', id: opportunityId('P') },
    ]
    const found = { __typename: 'LearningOpportunity', id: opportunityId('P'), title: 'Programme' }
    for (let times = 0; times < 2; times += 1) {
      expect(await ask(member, query, { representations })).toEqual({
        data: {
          _entities: [
            { __typename: 'CourseOffering', id: offeringId('C-2') },
            null,
            found,
            null,
            null,
            null,
            { __typename: 'Institution', id: `${slug}:institution:${slug}`, slug },
            null,
            found,
          ],
        },
      })
    }
  })

  it('counts facets', async () => {
    const { data } = await ask(
      member,
      '{ catalogueFacets { totalCount } learning: catalogueFacets(subject: LEARNING_OPPORTUNITIES) { totalCount ects { value count } } }',
    )
    expect(data).toEqual({
      catalogueFacets: { totalCount: 2 },
      learning: {
        totalCount: 2,
        ects: [
          { value: '1-3', count: 1 },
          { value: '>30', count: 1 },
        ],
      },
    })
  })

  it.each([
    ['{ courseOfferings(first: 101) { totalCount } }', 'PAGE_SIZE_INVALID'],
    ['{ courseOfferings(first: 1, last: 1) { totalCount } }', 'PAGE_SIZE_INVALID'],
    ['{ courseOfferings(after: "x") { totalCount } }', 'CURSOR_INVALID'],
    [
      `{ courseOfferings(filter: { text: "${'a'.repeat(201)}" }) { totalCount } }`,
      'BAD_USER_INPUT',
    ],
    [
      `{ courseOfferings(filter: { eqfLevels: [${Array(101).fill(1)}] }) { totalCount } }`,
      'BAD_USER_INPUT',
    ],
    ['{ courseOfferings(filter: { text: "a\\u0000" }) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ courseOfferings(filter: { languages: ["a\\u0000"] }) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ courseOfferings(filter: { ects: { minimum: "1e30" } }) { totalCount } }', 'BAD_USER_INPUT'],
    [
      '{ courseOfferings(filter: { startDate: { from: "2027-02-30" } }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('refuses %s with %s', async (query, code) => {
    const { errors } = await ask(member, query)
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code])
  })

  it('finds a regional language under its language', async () => {
    const { data } = await ask(
      member,
      '{ courseOfferings(filter: { languages: ["en-GB"] }) { totalCount } }',
    )
    expect(data).toEqual({ courseOfferings: { totalCount: 2 } })
  })
})
