import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestRecognition, type TestRecognition } from './recognition-server.fixture.js'

let recognition: TestRecognition
const ask: TestRecognition['ask'] = (query, variables) => recognition.ask(query, variables)

beforeAll(async () => {
  recognition = await startTestRecognition()
})
beforeEach(() => {
  recognition.statements.length = 0
})
afterAll(() => recognition?.stop())

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
    expect(recognition.statements).toHaveLength(1)
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

  it('reports each element of Annex I of a definition, and what only an award can have', async () => {
    const { data, errors } = await ask(`{
      microCredential(id: "alliance:microcredential:tuhh-machine-learning") {
        completeness { isComplete isCreditBearing elements { number key isMandatory status reason } }
      }
    }`)
    expect(errors).toBeUndefined()
    const { completeness } = data.microCredential
    expect(completeness).toMatchObject({ isComplete: true, isCreditBearing: true })
    expect(completeness.elements.map((one: { number: number }) => one.number)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    )
    expect(completeness.elements[0]).toMatchObject({
      key: 'LEARNER',
      isMandatory: true,
      reason: 'KNOWN_ONLY_WITH_AWARD',
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
    const answer = await fetch(new URL('/readyz', recognition.url))
    expect(answer.status).toBe(200)
  })
})
