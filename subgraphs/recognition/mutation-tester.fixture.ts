import { expect } from 'vitest'
import type { Principal } from '../../schema/index.js'
import { registrarOf } from './commands/open-commands.fixture.js'
import type { TestRecognition } from './recognition-server.fixture.js'

/** What became of a mutation. */
export interface Outcome {
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared as JSON
  readonly value: any
  /** `CODE path` of every user error, sorted. */
  readonly faults: readonly string[]
  /** Codes of GraphQL errors. */
  readonly errors: readonly string[]
}

const fields: Readonly<Record<string, readonly [input: string, payload: string]>> = {
  makeAward: ['MakeAwardInput', 'award { id version status }'],
  supersedeAward: ['SupersedeAwardInput', 'award { id version status grade { value } iscedF }'],
  suspendAward: ['ChangeAwardInput', 'award { id version status }'],
  reinstateAward: ['ChangeAwardInput', 'award { id version status }'],
  enrolInPathway: ['EnrolInPathwayInput', 'progress { state version completedSteps }'],
  withdrawFromPathway: ['WithdrawFromPathwayInput', 'progress { state version }'],
  proposeEquivalence: ['ProposeEquivalenceInput', 'agreement { id state version }'],
  agreeEquivalence: ['ChangeEquivalenceInput', 'agreement { id state version }'],
  endEquivalence: ['ChangeEquivalenceInput', 'agreement { id state version }'],
  requestRecognition: [
    'RequestRecognitionInput',
    'request { id state version decision { outcome agreement { id citation } } }',
  ],
  decideRecognition: [
    'DecideRecognitionInput',
    'request { id state version decision { outcome recognisedEcts } }',
  ],
  appealRecognition: ['AppealRecognitionInput', 'request { id state version }'],
  publishRule: ['PublishRuleInput', 'stackedCredential { id rule { version } }'],
}
/** Asks for mutations over HTTP as the gateway does. */
export interface MutationTester {
  /** Runs one under a key of its own unless one is given. */
  act(
    principal: Principal | undefined,
    field: string,
    input: Readonly<Record<string, unknown>>,
    idempotencyKey?: string,
  ): Promise<Outcome>
  /** The same when nothing is expected to be wrong; returns what was made. */
  done(...call: Parameters<MutationTester['act']>): Promise<Outcome['value']>
  /** Awards a micro-credential of Dublin to the learner of this name. */
  award(name: string): Promise<Outcome['value']>
}

export function createMutationTester(recognition: TestRecognition): MutationTester {
  let keys = 0
  const act: MutationTester['act'] = async (principal, field, input, givenKey) => {
    const [type, payload] = fields[field] ?? []
    keys += 1
    const idempotencyKey = givenKey ?? `record-key-${keys}`
    const { data, errors } = await recognition.ask(
      `mutation ($input: ${type}!) { ${field}(input: $input) {
        ${payload} userErrors { code path message } } }`,
      { input: { ...input, idempotencyKey } },
      principal,
    )
    const { userErrors = [], ...rest } = data?.[field] ?? {}
    return {
      value: Object.values(rest)[0] ?? null,
      faults: userErrors
        .map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)
        .sort(),
      errors: (errors ?? []).map(({ extensions }) => extensions.code),
    }
  }
  const done: MutationTester['done'] = async (...call) => {
    const outcome = await act(...call)
    expect(outcome, call[1]).toMatchObject({ faults: [], errors: [] })
    return outcome.value
  }
  return {
    act,
    done,
    award: (name) =>
      done(registrarOf('dcu'), 'makeAward', {
        award: {
          learnerId: `alliance:learner:${name}`,
          microCredentialId: 'alliance:microcredential:dcu-ai-foundations',
          awardedOn: '2026-06-20',
        },
      }),
  }
}
