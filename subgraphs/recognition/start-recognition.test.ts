import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { loadMemberRegister } from '../../schema/index.js'
import { createTestDatabase, type TestDatabase } from '../../tests/setup/test-database.js'
import { type RunningRecognition, startRecognition } from './start-recognition.js'

const root = new URL('../..', import.meta.url).pathname
const register = loadMemberRegister(join(root, 'schema/register/members.json'))
const dataDirectory = mkdtempSync(join(tmpdir(), 'recognition-'))
const statements: string[] = []
let database: TestDatabase
let server: RunningRecognition

beforeAll(async () => {
  cpSync(join(root, 'subgraphs/recognition/data'), dataDirectory, { recursive: true })
  database = await createTestDatabase()
  server = await startRecognition({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
    host: '127.0.0.1',
    port: 0,
    register,
    dataDirectory,
    now: () => new Date('2026-11-23T12:00:00Z'),
    log: silentLogger,
    onStatement: (sql) => statements.push(sql),
  })
})
beforeEach(() => {
  statements.length = 0
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
  rmSync(dataDirectory, { recursive: true })
})

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
  readonly data?: any
  readonly errors?: readonly { readonly message: string; readonly extensions: { code: string } }[]
}

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Answer
}

describe('root fields', () => {
  it('lists the thirteen jurisdictions by code, each with its rules and their sources', async () => {
    const { data, errors } = await ask(`{
      jurisdictions {
        code name creditUnit currency languages
        credit { unit ectsPerUnit source confidence }
        frameworks { name uri levels { label eqfLevel uri } eqfMapping { source confidence } }
        gradingScale { name minimum maximum pass isInverted labels { grades label } }
        qualityAssurance { name eqarStatus confidence }
        dataProtection { regime law } dataTransfer { safeguardsRequired note }
        calendar { yearStartsInMonth summary } microCredentialStatus { summary }
        workload { minimumHoursPerEcts maximumHoursPerEcts confidence }
        sizeRule { minimumEcts maximumEcts maximumIsAllowed consequence source confidence }
        factSources { fact source confidence }
      }
    }`)
    expect(errors).toBeUndefined()
    const codes = data.jurisdictions.map((one: { code: string }) => one.code)
    expect(codes).toEqual([...codes].sort())
    expect(codes).toHaveLength(13)
    expect(data.jurisdictions.find((one: { code: string }) => one.code === 'MX')).toMatchObject({
      credit: { unit: 'unidad', ectsPerUnit: '0.625', confidence: 'UNVERIFIED' },
      frameworks: [],
      dataTransfer: { safeguardsRequired: true },
      sizeRule: null,
    })
    expect(statements).toHaveLength(1)
  })

  it('answers one jurisdiction in the language asked for, and null for an unknown one', async () => {
    const { data } = await ask(`{
      fi: jurisdiction(code: "FI") { name(language: "fi") fallback: name(language: "mt") names { language value } }
      xx: jurisdiction(code: "XX") { name }
    }`)
    expect(data.fi).toMatchObject({ name: 'Suomi', fallback: 'Finland' })
    expect(data.fi.names).toContainEqual({ language: 'sv', value: 'Finland' })
    expect(data.xx).toBeNull()
  })

  it('converts credits and maps levels by the rules of a jurisdiction', async () => {
    const { data } = await ask(`{
      mx: jurisdiction(code: "MX") {
        ectsConversion(units: "8") { ects isCertain basis { confidence } } eqfMapping(level: "Maestría") { eqfLevel }
      }
      ie: jurisdiction(code: "IE") {
        ectsConversion(units: 7.5) { ects } eqfMapping(level: "nfq9") { eqfLevel nationalLevel { label } basis { confidence } }
      }
    }`)
    expect(data).toEqual({
      mx: {
        ectsConversion: { ects: '5', isCertain: false, basis: { confidence: 'UNVERIFIED' } },
        eqfMapping: null,
      },
      ie: {
        ectsConversion: { ects: '7.5' },
        eqfMapping: {
          eqfLevel: 7,
          nationalLevel: { label: 'NFQ 9' },
          basis: { confidence: 'SOURCED' },
        },
      },
    })
    const { errors } = await ask(
      '{ jurisdiction(code: "IE") { ectsConversion(units: "-1") { ects } } }',
    )
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('answers one micro-credential with all it says of itself', async () => {
    const { data, errors } = await ask(`{
      microCredential(id: "alliance:microcredential:tuhh-machine-learning") {
        title(language: "de-AT") titles { language value } description prerequisites
        ects eqfLevel assessmentType mode qualityAssurance supervision stackability synthetic
        learningOutcomes { title skills { escoUri title } }
        awardingBody { id jurisdiction { code } } issuingBody { name countryCode confidence }
        jurisdiction { code } sizeCheck { result reasons { code limitEcts } }
        opportunity { id microCredential { id } } pathways { nodes { title } }
      }
    }`)
    expect(errors).toBeUndefined()
    expect(data.microCredential).toMatchObject({
      title: 'Maschinelles Lernen in der Praxis',
      mode: 'BLENDED',
      awardingBody: { id: 'tuhh:institution:tuhh', jurisdiction: { code: 'DE' } },
      issuingBody: { countryCode: 'NL', confidence: 'UNVERIFIED' },
      jurisdiction: { code: 'DE' },
      sizeCheck: { result: 'OK', reasons: [{ code: 'NO_SIZE_RULE', limitEcts: null }] },
      opportunity: {
        id: 'tuhh:opportunity:CO-AI-01',
        microCredential: { id: 'alliance:microcredential:tuhh-machine-learning' },
      },
      pathways: { nodes: [{ title: 'Artificial intelligence for sustainable cities' }] },
    })
    expect(data.microCredential.learningOutcomes[0].skills[0]).toEqual({
      escoUri: null,
      title: 'machine learning',
    })
  })

  it('answers one pathway with its steps, credits, members and jurisdictions', async () => {
    const { data, errors } = await ask(`{
      learningPathway(id: "alliance:pathway:transatlantic-ai") {
        title(language: "es") description type totalEcts members illustrative synthetic
        jurisdictions { code }
        steps { position title required chooseAtLeast ects opportunityIds opportunities { id } microCredentials { id } }
      }
      unknown: learningPathway(id: "alliance:pathway:nowhere") { title }
    }`)
    expect(errors).toBeUndefined()
    expect(data.unknown).toBeNull()
    expect(data.learningPathway).toMatchObject({
      title: 'Inteligencia artificial a través del Atlántico',
      type: 'ELECTIVE',
      totalEcts: '6',
      members: ['aveiro', 'tecmonterrey', 'uab'],
      jurisdictions: [{ code: 'ES' }, { code: 'MX' }, { code: 'PT' }],
      illustrative: true,
    })
    expect(data.learningPathway.steps[0]).toMatchObject({
      position: 1,
      opportunities: [
        { id: 'tecmonterrey:opportunity:MM-AI-01' },
        { id: 'uab:opportunity:MM-AI-01' },
      ],
      microCredentials: [
        { id: 'alliance:microcredential:tecmonterrey-ai-foundations' },
        { id: 'alliance:microcredential:uab-ai-foundations' },
      ],
    })
  })
})

describe('filters', () => {
  const search = async (filter: Record<string, unknown>): Promise<Record<string, unknown>[]> => {
    const { data, errors } = await ask(
      `query ($filter: MicroCredentialFilter) {
        microCredentials(filter: $filter, first: 100) {
          totalCount nodes { id ects eqfLevel title jurisdiction { code } }
        }
      }`,
      { filter },
    )
    expect(errors).toBeUndefined()
    expect(data.microCredentials.totalCount).toBe(data.microCredentials.nodes.length)
    return data.microCredentials.nodes
  }

  it('finds micro-credentials by words of any language, whatever their accents and order', async () => {
    const found = await search({ text: 'OSAAMINEN' })
    expect(found).toEqual([])
    const finnish = await search({ text: 'perusteet TEKOALYN' })
    expect(finnish.map((one) => one.id)).toEqual([
      'alliance:microcredential:tampere-ai-foundations',
    ])
    expect(await search({ text: '100% _' })).toEqual([])
  })

  it('joins jurisdiction, awarding member, level and credits', async () => {
    const irish = await search({ jurisdictions: ['IE'] })
    expect(irish.length).toBeGreaterThan(2)
    expect(irish.every((one) => (one.jurisdiction as { code: string }).code === 'IE')).toBe(true)
    expect(await search({ awardingMembers: ['dcu'] })).toEqual(irish)
    expect(await search({ jurisdictions: ['IE'], awardingMembers: ['ktu'] })).toEqual([])
    expect(await search({ awardingMembers: [] })).toEqual([])
    expect((await search({ eqfLevels: [7] })).every((one) => one.eqfLevel === 7)).toBe(true)
  })

  it('takes both ends of a range of credits in, exactly', async () => {
    const all = await search({})
    const inRange = await search({ ects: { minimum: '2.5', maximum: '3' } })
    const expected = all.filter((one) => Number(one.ects) >= 2.5 && Number(one.ects) <= 3)
    expect(inRange).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
    expect(await search({ ects: { minimum: '2.5000000001', maximum: '2.9' } })).toEqual([])
  })

  it('finds pathways by member and type', async () => {
    const { data } = await ask(`{
      lodz: learningPathways(filter: { members: ["lodz"] }) { totalCount nodes { members } }
      rigid: learningPathways(filter: { types: [RIGID], text: "machine learning" }) { nodes { id type } }
    }`)
    expect(data.lodz.totalCount).toBeGreaterThan(1)
    expect(
      data.lodz.nodes.every((one: { members: string[] }) => one.members.includes('lodz')),
    ).toBe(true)
    expect(data.rigid.nodes).toEqual([
      { id: 'alliance:pathway:machine-learning-engineer', type: 'RIGID' },
    ])
  })
})

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
  const slugs = register.members.map((member) => member.slug)
  const opportunities = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      __typename: 'LearningOpportunity',
      id: `${slugs[index % slugs.length]}:opportunity:${index < 13 ? 'MM-AI-01' : `X-${index}`}`,
    }))

  it('answers a hundred representations with as many statements as ten', async () => {
    await ask(entities, { representations: opportunities(10) })
    const forTen = statements.length
    statements.length = 0
    const { data, errors } = await ask(entities, { representations: opportunities(100) })
    expect(errors).toBeUndefined()
    expect(statements).toHaveLength(forTen)
    expect(forTen).toBe(3)
    expect(data._entities).toHaveLength(100)
    expect(data._entities[12]).toMatchObject({
      id: 'ktu:opportunity:MM-AI-01',
      microCredential: { jurisdiction: { code: 'LT' } },
    })
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

describe('refusals', () => {
  it.each([
    ['first: 101', 'PAGE_SIZE_INVALID'],
    ['first: -1', 'PAGE_SIZE_INVALID'],
    ['after: "nonsense"', 'CURSOR_INVALID'],
    [`after: "${Buffer.from('[1,"ECTS","ASC",[1],"x"]').toString('base64url')}"`, 'CURSOR_INVALID'],
  ])('refuses (%s) with %s on every connection', async (argument, code) => {
    for (const query of [
      `{ microCredentials(${argument}) { totalCount } }`,
      `{ learningPathways(${argument}) { totalCount } }`,
      `{ _entities(representations: [{ __typename: "LearningOpportunity", id: "a1:opportunity:x" }]) {
          ... on LearningOpportunity { pathways(${argument}) { totalCount } } } }`,
    ]) {
      const { errors } = await ask(query)
      expect(errors?.map((error) => error.extensions.code)).toEqual([code])
    }
  })

  it('refuses a decimal that is none, and does not speak of the database', async () => {
    const { errors } = await ask(
      '{ microCredentials(filter: { ects: { minimum: "1; drop table" } }) { totalCount } }',
    )
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('health', () => {
  it('is alive and ready while its database answers', async () => {
    const answer = await fetch(new URL('/readyz', server.url))
    expect(answer.status).toBe(200)
  })
})
