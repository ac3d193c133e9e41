import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueTestToken } from '../setup/issue-test-token.js'
import { testCallers } from '../setup/test-request-keys.js'
import { type Choice, runFields, toOffers } from './catalogue-offers.js'
import { startTestHub, type TestHub } from './start-test-hub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub(8_000, testCallers('recognition'), true)
}, 240_000)
afterAll(() => hub?.stop())

const learnerAt = (member: string) =>
  issueTestToken({ role: 'learner', member, subject: `learner-${member}` })
const registrarAt = (member: string) => issueTestToken({ role: 'registrar', member })

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
async function ask(query: string, token?: string, variables = {}): Promise<any> {
  const { data, errors } = await hub.ask(query, variables, token)
  expect(errors).toBeUndefined()
  return data
}
const codesOf = async (query: string, token?: string, variables = {}) => {
  const { data, errors } = await hub.ask(query, variables, token)
  return { data, codes: (errors ?? []).map(({ extensions }) => extensions?.code) }
}

describe('one query', () => {
  it('joins a learner’s stack with open offerings of several members that would complete it', async () => {
    const { me } = await ask(
      `{ me { displayName stackedCredentials { nodes { stackedCredential { title } status
        completions { kind size sets { totalEcts opportunities { id title
          institution { slug } offerings(first: 3) { nodes { id startDate } } } } } } } } }`,
      await learnerAt('utwente'),
    )
    expect(me.displayName).toBe('Sample learner 001')
    const stack = me.stackedCredentials.nodes.find(
      (one: { stackedCredential: { title: string } }) =>
        one.stackedCredential.title === 'Digital literacy across the alliance',
    )
    expect(stack).toMatchObject({ status: 'PARTLY', completions: { kind: 'FOUND', size: 1 } })
    const opportunities = stack.completions.sets.flatMap(
      (set: { opportunities: object[] }) => set.opportunities,
    )
    const members = opportunities.map(
      (one: { institution: { slug: string } }) => one.institution.slug,
    )
    expect(members.sort()).toEqual(['aalborg', 'dcu', 'ktu', 'tuhh'])
    for (const { title, offerings } of opportunities) {
      expect(title).toEqual(expect.any(String))
      expect(offerings.nodes.length).toBeGreaterThan(0)
    }
  })
})

describe('what to take next', () => {
  it('is ranked by criteria that are all told, joined with the catalogue, for the learner alone', async () => {
    const token = await learnerAt('utwente')
    const { learningOpportunities } = await ask(
      `{ learningOpportunities(filter: { text: "cybersecurity" }, first: 30) { nodes { id workloadHours
        offerings(first: 5) { nodes { ${runFields} } } } } }`,
    )
    const offers = toOffers(learningOpportunities.nodes)
    const query = `query ($offers: [OfferInput!]!, $wishes: LearnerWishesInput) { me { recommendNext(
      towards: "alliance:stackedcredential:digital-literacy", offers: $offers, wishes: $wishes, first: 5) {
        score gainPermille serves opportunity { title institution { slug } }
        contributions { criterion points weight contribution because } } } }`
    const wishes = {
      languages: ['en'],
      modes: ['ONLINE'],
      budget: { amount: '300', currency: 'EUR' },
    }
    const ranked = (await ask(query, token, { offers, wishes })).me.recommendNext
    const members = ranked.map(
      (one: { opportunity: { institution: { slug: string } } }) => one.opportunity.institution.slug,
    )
    expect(new Set(members).size).toBeGreaterThan(1)
    const scores = ranked.map(({ score }: { score: number }) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    for (const one of ranked) {
      expect(one.opportunity.title).toEqual(expect.any(String))
      expect(one.serves.length).toBeGreaterThan(0)
      expect(one.contributions.map(({ criterion }: { criterion: string }) => criterion)).toEqual([
        'MISSING',
        'DATES',
        'LANGUAGE',
        'MODE',
        'PLACE',
        'PRICE',
      ])
      const sum = one.contributions.reduce(
        (all: number, { contribution }: { contribution: number }) => all + contribution,
        0,
      )
      expect(one.score).toBe(sum)
    }
    const nobody = await codesOf(query, undefined, { offers: [], wishes: null })
    expect(nobody.codes).toEqual(['UNAUTHENTICATED'])
  })
})

describe('a pathway', () => {
  it('says what it takes in credits, hours and money, and where each step can be started', async () => {
    const { learningPathways } = await ask(
      `{ learningPathways(first: 3) { nodes { id totalEcts effort { hours { minimum maximum } isCostPartial }
        steps { position opportunities { id title workloadHours
          offerings(first: 3) { nodes { ${runFields} } } } } } } }`,
    )
    const pathway = learningPathways.nodes[0]
    expect(pathway.effort.isCostPartial).toBe(true)
    expect(pathway.effort.hours.minimum).toBeGreaterThanOrEqual(Number(pathway.totalEcts) * 20)
    const offers = toOffers(
      pathway.steps.flatMap((step: { opportunities: Choice[] }) => step.opportunities),
    )
    const { learningPathway } = await ask(
      `query ($id: ID!, $offers: [OfferInput!]) { learningPathway(id: $id) { effort(offers: $offers) {
        hours { minimum maximum } costs { currency minimum maximum } isCostPartial } } }`,
      undefined,
      { id: pathway.id, offers },
    )
    expect(learningPathway.effort.costs.length).toBeGreaterThan(0)
    for (const { minimum, maximum, currency } of learningPathway.effort.costs) {
      expect(currency).toMatch(/^[A-Z]{3}$/)
      expect(Number(maximum)).toBeGreaterThanOrEqual(Number(minimum))
    }

    const token = await learnerAt('ktu')
    await ask(
      `mutation ($input: EnrolInPathwayInput!) { enrolInPathway(input: $input) { userErrors { code } } }`,
      token,
      { input: { idempotencyKey: 'hub-enrol-effort', pathwayId: pathway.id } },
    )
    const { me } = await ask(
      `query ($offers: [OfferInput!]) { me { pathwaysInProgress(first: 5) { nodes { pathway { id } standing(offers: $offers) {
        isComplete ectsEarned ectsTotal remaining { hours { minimum } } total { hours { minimum } }
        steps { position state missing waitsFor alternatives { opportunity { title } prerequisites { id }
          openOfferings { id title isOpenForApplication } } } } } } } }`,
      token,
      { offers },
    )
    const standing = me.pathwaysInProgress.nodes.find(
      (one: { pathway: { id: string } }) => one.pathway.id === pathway.id,
    )?.standing
    expect(standing.ectsTotal).toBe(pathway.totalEcts)
    const runs = standing.steps.flatMap(
      (step: { alternatives: { openOfferings: { isOpenForApplication: boolean }[] }[] }) =>
        step.alternatives.flatMap(({ openOfferings }) => openOfferings),
    )
    expect(runs.length).toBeGreaterThan(0)
    for (const run of runs) expect(run).toMatchObject({ isOpenForApplication: true })
  })
})

describe('an example operation for learners', () => {
  const directory = join(process.cwd(), 'schema/operations/signed-in')
  it.each(readdirSync(directory))('%s answers a learner and nobody else', async (file) => {
    const query = readFileSync(join(directory, file), 'utf8')
    const { me } = await ask(query, await learnerAt('utwente'))
    expect(JSON.stringify(me).length).toBeGreaterThan(500)
    expect((await codesOf(query)).codes).toEqual(['UNAUTHENTICATED'])
  })
})

describe('a learner', () => {
  it('never sees another’s records, whatever ids they know and however they ask', async () => {
    const [mine, theirs] = [await learnerAt('liu'), await learnerAt('uab')]
    const query = '{ me { id awards { nodes { id } } } }'
    const own = (await ask(query, mine)).me
    const other = (await ask(query, theirs)).me
    expect(own.id).not.toBe(other.id)
    expect(other.awards.nodes.length).toBeGreaterThan(0)
    const foreignId = other.awards.nodes[0].id

    // There is no field that takes a learner or an award of somebody else to read it …
    for (const attack of [
      `{ learner(id: "${other.id}") { id } }`,
      `{ me(id: "${other.id}") { id } }`,
      `{ award(id: "${foreignId}") { id } }`,
      `{ node(id: "${foreignId}") { id } }`,
      `{ _entities(representations: [{ __typename: "Award", id: "${foreignId}" }]) { __typename } }`,
      `{ _entities(representations: [{ __typename: "Learner", id: "${other.id}" }]) { __typename } }`,
    ]) {
      const { data, codes } = await codesOf(attack, mine)
      expect(data ?? null, attack).toBeNull()
      expect(codes.length, attack).toBeGreaterThan(0)
    }
    // … aliases are the same learner …
    const aliased = await ask('{ a: me { id } b: me { id awards { nodes { id } } } }', mine)
    expect([aliased.a.id, aliased.b.id]).toEqual([own.id, own.id])
    expect(JSON.stringify(aliased)).not.toContain(foreignId)
    // … lists for registrars are closed …
    expect((await codesOf('{ memberAwards(member: "uab") { totalCount } }', mine)).codes).toEqual([
      'FORBIDDEN',
    ])
    // … a cursor of somebody else's list opens nothing …
    const [edge] = (await ask('{ me { awards { edges { cursor } } } }', theirs)).me.awards.edges
    const paged = await codesOf(
      'query ($after: String) { me { awards(after: $after) { nodes { id } } } }',
      mine,
      { after: edge.cursor },
    )
    expect(paged.codes).toEqual(['CURSOR_INVALID'])
    // … and a second learner's answer is not that of the first, whatever was kept.
    expect((await ask(query, theirs)).me.id).toBe(other.id)
    expect((await codesOf(query)).codes).toEqual(['UNAUTHENTICATED'])
  })

  it('cannot act on another’s award or request', async () => {
    const theirs = (await ask('{ me { awards { nodes { id } } } }', await learnerAt('uab'))).me
    const { requestRecognition } = await ask(
      `mutation ($input: RequestRecognitionInput!) { requestRecognition(input: $input) {
        request { id } userErrors { code path } } }`,
      await learnerAt('liu'),
      {
        input: {
          idempotencyKey: 'hub-foreign-award',
          awardId: theirs.awards.nodes[0].id,
          recognisingMember: 'dcu',
        },
      },
    )
    expect(requestRecognition).toEqual({
      request: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['awardId'] }],
    })
  })
})

describe('a registrar', () => {
  it('sees the requests and awards of their own member only', async () => {
    const token = await registrarAt('utwente')
    const own = await ask(
      `{ recognitionRequests(member: "utwente", first: 100) { nodes { recognisingMember award { id } } }
         memberAwards(member: "utwente", first: 100) { nodes { awardingMember } } }`,
      token,
    )
    expect(own.recognitionRequests.nodes.length).toBeGreaterThan(0)
    for (const { recognisingMember } of own.recognitionRequests.nodes) {
      expect(recognisingMember).toBe('utwente')
    }
    for (const { awardingMember } of own.memberAwards.nodes) expect(awardingMember).toBe('utwente')
    for (const field of ['recognitionRequests', 'memberAwards']) {
      const { codes } = await codesOf(`{ ${field}(member: "dcu") { totalCount } }`, token)
      expect(codes).toEqual(['FORBIDDEN'])
    }
  })

  it('revokes an award, and the learner sees the stack change and why', async () => {
    const learner = await learnerAt('aveiro')
    const query = `{ me { awards { nodes { id version awardingMember status } }
      stackedCredentials { nodes { stackedCredential { id } ectsCounted
        history(first: 1) { nodes { causeKind sentences } } } } } }`
    const [award] = (await ask(query, learner)).me.awards.nodes
    const { revokeAward } = await ask(
      `mutation ($input: ChangeAwardInput!) { revokeAward(input: $input) {
        award { status } userErrors { code } } }`,
      await registrarAt(award.awardingMember),
      {
        input: {
          idempotencyKey: 'hub-revoke-award',
          awardId: award.id,
          expectedVersion: award.version,
          reason: 'Awarded in error',
        },
      },
    )
    expect(revokeAward).toEqual({ award: { status: 'REVOKED' }, userErrors: [] })
    const after = (await ask(query, learner)).me
    expect(after.awards.nodes[0].status).toBe('REVOKED')
    const changed = after.stackedCredentials.nodes.filter(
      (one: { history: { nodes: { causeKind: string }[] } }) =>
        one.history.nodes[0]?.causeKind === 'award.revoked',
    )
    expect(changed.length).toBeGreaterThan(0)
    expect(changed[0].history.nodes[0].sentences.join(' ')).toContain('it was revoked')
  })
})
