import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { PathwayId, Principal } from '../../../schema/index.js'
import { agreeEquivalence, proposeEquivalence } from '../commands/agree-equivalence.js'
import { revokeAward } from '../commands/change-award-status.js'
import { enrol } from '../commands/enrol.js'
import type { CommandResult } from '../commands/fault.js'
import { makeAward } from '../commands/make-award.js'
import { publishRule } from '../commands/publish-rule.js'
import { decideRecognition, requestRecognition } from '../commands/request-recognition.js'
import {
  type Notes,
  openUnit,
  requireActor,
  type UnitOfWork,
  writeNotes,
} from '../commands/unit-of-work.js'
import type { Award } from '../domain/award.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { StackingRule } from '../domain/stacking/stacking-rule.js'
import { ensureLearner } from '../store/learner.store.js'
import { createRecognitionStore } from '../store/recognition.store.js'
import { findStackedCredentialVersions } from '../store/stacked-credential.store.js'
import { readPageRequest } from '../store/title-page.js'
import { listSampleLearners, type SampleLearner } from './sample-learner.js'
import { writeSampleStory } from './sample-script.js'

export interface SampleOptions {
  /** Slugs of the members, in the order of the register. */
  readonly members: readonly string[]
  /** Holds `sample-rules.json`. */
  readonly dataDirectory: string
  readonly now: Date
}

/** Agreements of the sample: what one member awards counts as the same course of another. */
const sampleAgreements = [
  ['uis', 'dcu', 'MM-DATA-01'],
  ['aalborg', 'tuhh', 'MM-CYB-01'],
  ['utwente', 'tampere', 'MM-AI-01'],
] as const

/**
 * Fills an empty database with synthetic rules, learners, awards, pathways and decisions, by the same commands that
 * real ones go through, in the caller's transaction. Does nothing where there are sample learners already.
 *
 * @returns how many learners were made.
 */
export async function seedSampleRecords(
  em: EntityManager,
  options: SampleOptions,
): Promise<number> {
  const [some]: object[] = await em.execute('select 1 from learner where synthetic limit 1')
  if (some) return 0
  const notes: Notes = { events: [], entries: [] }
  const act = createAct(em, options.now, notes)
  await publishRules(em, act, options.dataDirectory)
  await agree(act, options)
  const learners = listSampleLearners(options.members)
  const store = createRecognitionStore(em)
  const { edges } = await store.pagePathways({}, readPageRequest({ first: 100 }))
  const world: SampleWorld = {
    act,
    members: options.members,
    definitions: await store.listMicroCredentials(),
    pathwayIds: edges.map(({ node }) => node.id),
  }
  for (const [index, learner] of learners.entries()) {
    await ensureLearner(em, learner.learner)
    await live(world, index, learner)
  }
  await writeNotes(em, notes)
  return learners.length
}

/** Publishes the sample's synthetic rules that are not there yet, and nobody to follow them. */
export async function seedSampleRules(
  em: EntityManager,
  { dataDirectory, now }: Pick<SampleOptions, 'dataDirectory' | 'now'>,
): Promise<void> {
  const notes: Notes = { events: [], entries: [] }
  await publishRules(em, createAct(em, now, notes), dataDirectory)
  await writeNotes(em, notes)
}

type Act = <Value>(
  principal: Principal,
  daysAgo: number,
  command: (unit: UnitOfWork) => Promise<CommandResult<Value>>,
) => Promise<Value>

function createAct(em: EntityManager, today: Date, notes: Notes): Act {
  return async (principal, daysAgo, command) => {
    const now = new Date(today.getTime() - daysAgo * 86_400_000)
    const result = await command(openUnit(em, requireActor(principal), { now, notes }))
    if (!result.isDone) throw new RangeError(`sample: ${JSON.stringify(result.faults)}`)
    return result.value
  }
}

interface SampleRule {
  readonly description: string
  readonly awardingMember: string | null
  readonly rule: StackingRule
}

async function publishRules(em: EntityManager, act: Act, dataDirectory: string): Promise<void> {
  const file = join(dataDirectory, 'sample-rules.json')
  const rules = JSON.parse(readFileSync(file, 'utf8')) as readonly SampleRule[]
  const ids = rules.map(({ rule }) => rule.id)
  const known = await findStackedCredentialVersions(em, ids)
  for (const input of rules.filter(({ rule }) => !known.has(rule.id))) {
    const member = input.awardingMember
    const principal = member === null ? operator : registrarOf(member)
    await act(principal, 0, (unit) => publishRule(unit, input, { synthetic: true }))
  }
}

async function agree(act: Act, { members }: SampleOptions): Promise<void> {
  for (const [awarding, recognisingMember, course] of sampleAgreements) {
    if (!members.includes(awarding) || !members.includes(recognisingMember)) continue
    const proposed = await act(registrarOf(awarding), 800, (unit) =>
      proposeEquivalence(unit, {
        opportunityId: `${awarding}:opportunity:${course}`,
        recognisingMember,
        targetOpportunityId: `${recognisingMember}:opportunity:${course}`,
        validFrom: '2023-09-01',
        citation: 'Synthetic recognition accord of the sample, annex 1',
      }),
    )
    await act(registrarOf(recognisingMember), 790, (unit) =>
      agreeEquivalence(unit, { agreementId: proposed.id, expectedVersion: proposed.version }),
    )
  }
}

/** What sample learners find. */
interface SampleWorld {
  readonly act: Act
  readonly members: readonly string[]
  readonly definitions: readonly MicroCredential[]
  readonly pathwayIds: readonly PathwayId[]
}

async function live(
  { act, members, definitions, pathwayIds }: SampleWorld,
  index: number,
  { learner, principal }: SampleLearner,
): Promise<void> {
  const story = writeSampleStory(index, learner.homeMember ?? '', definitions)
  const awards: Award[] = []
  for (const { definition, daysAgo } of story.awards) {
    const award = await act(registrarOf(definition.awardingMember), daysAgo, (unit) => {
      const input = {
        learnerId: learner.id,
        microCredentialId: definition.id,
        awardedOn: unit.now.toISOString().slice(0, 10),
      }
      return makeAward(unit, { award: input }, { synthetic: true })
    })
    awards.push(award)
  }
  const pathwayId = story.pathway === null ? null : pathwayIds[story.pathway % pathwayIds.length]
  if (pathwayId) await act(principal, 10, (unit) => enrol(unit, { pathwayId }))
  const [first, second = first] = awards
  if (first && story.asksForRecognition) await recognise(act, members, index, principal, second)
  if (first && story.isFirstAwardRevoked) {
    const input = { awardId: first.id, expectedVersion: 1, reason: 'Sample: awarded in error' }
    await act(registrarOf(first.awardingMember), 5, (unit) => revokeAward(unit, input))
  }
}

async function recognise(
  act: Act,
  members: readonly string[],
  index: number,
  principal: Principal,
  award: Award | undefined,
): Promise<void> {
  const recognisingMember = members.find((member) => member !== award?.awardingMember)
  if (!award || recognisingMember === undefined) return
  const request = await act(principal, 15, (unit) =>
    requestRecognition(unit, { awardId: award.id, recognisingMember }),
  )
  // Every second one is still waiting for its decision.
  if (request.state !== 'PENDING' || index % 8 === 0) return
  await act(registrarOf(recognisingMember), 8, (unit) =>
    decideRecognition(unit, {
      requestId: request.id,
      expectedVersion: request.version,
      verdict: { outcome: 'RECOGNISED' },
    }),
  )
}

const operator: Principal = {
  kind: 'system',
  subjectId: 'sample-operator',
  homeMember: null,
  grants: [{ role: 'operator', member: null }],
  scopes: [],
  assurance: [],
}

function registrarOf(member: string): Principal {
  return {
    kind: 'person',
    subjectId: `sample-registrar-${member}`,
    homeMember: member,
    grants: [{ role: 'registrar', member }],
    scopes: [],
    assurance: [],
  }
}
