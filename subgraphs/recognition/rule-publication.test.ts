import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../schema/index.js'
import { registrarOf } from './commands/open-commands.fixture.js'
import { startTestRecognition, type TestRecognition } from './recognition-server.fixture.js'

let recognition: TestRecognition
beforeAll(async () => {
  recognition = await startTestRecognition({
    hasSampleRecords: true,
    // The sample learners are enough for threads to be worth it.
    evaluationThreads: 2,
    threadModule: pathToFileURL('.build/subgraphs/recognition/re-evaluation/thread/main.js'),
  })
}, 180_000)
afterAll(() => recognition?.stop())

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
async function ask(principal: Principal | undefined, query: string, variables = {}): Promise<any> {
  const { data, errors } = await recognition.ask(query, variables, principal)
  expect(errors).toBeUndefined()
  return data
}

describe('publishing a rule', () => {
  it('looks at every learner again, says how far it is and what changed', async () => {
    const operator: Principal = {
      ...registrarOf('dcu'),
      grants: [{ role: 'operator', member: null }],
    }
    const { stackedCredential } = await ask(
      undefined,
      '{ stackedCredential(id: "alliance:stackedcredential:sustainable-futures") { rule { json } } }',
    )
    const rule = JSON.parse(stackedCredential.rule.json)
    const next = {
      ...rule,
      version: 2,
      requirements: rule.requirements.map((one: { id: string; ects?: string }) =>
        one.id === 'size' ? { ...one, ects: '2' } : one,
      ),
    }
    const publish = `mutation ($input: PublishRuleInput!) { publishRule(input: $input) {
      stackedCredential { rule { version } ruleVersions { version } } userErrors { code path } } }`
    const refused = await ask(registrarOf('dcu'), publish, {
      input: { idempotencyKey: 'publish-refused', ruleJson: '{"version":2}' },
    })
    expect(refused.publishRule.userErrors.length).toBeGreaterThan(5)
    const foreign = await ask(registrarOf('dcu'), publish, {
      input: { idempotencyKey: 'publish-foreign', ruleJson: JSON.stringify(next) },
    })
    expect(foreign.publishRule.userErrors).toEqual([
      { code: 'NOT_PERMITTED', path: ['awardingMember'] },
    ])
    const published = await ask(operator, publish, {
      input: { idempotencyKey: 'publish-second', ruleJson: JSON.stringify(next) },
    })
    expect(published.publishRule).toEqual({
      stackedCredential: {
        rule: { version: 2 },
        ruleVersions: [{ version: 1 }, { version: 2 }],
      },
      userErrors: [],
    })
    const { stackedCredential: after } = await ask(
      undefined,
      `{ stackedCredential(id: "alliance:stackedcredential:sustainable-futures") {
        ruleEvaluation { ruleVersion learnersTotal learnersDone stacksChanged finishedAt } } }`,
    )
    expect(after.ruleEvaluation).toMatchObject({ ruleVersion: 2, finishedAt: expect.any(String) })
    expect(after.ruleEvaluation.learnersDone).toBe(after.ruleEvaluation.learnersTotal)
    expect(after.ruleEvaluation.stacksChanged).toBeGreaterThan(0)
  })
})
