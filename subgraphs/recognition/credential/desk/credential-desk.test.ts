import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AwardId, loadMemberRegister, toGlobalId } from '../../../../schema/index.js'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.js'
import type { Award, AwardStatus } from '../../domain/award.js'
import type { MicroCredential } from '../../domain/micro-credential.js'
import { loadReferenceData } from '../../intake/load-reference-data.js'
import { insertAward, updateAwardStatus } from '../../store/award.store.js'
import { findCredential, findCredentialsOfLearner } from '../../store/credential.store.js'
import { countJobItems, findUnfinishedJobs } from '../../store/issuing-job.store.js'
import { saveLearnerIdentity } from '../../store/learner-identity.store.js'
import { appendEvents } from '../../store/outbox/append-events.js'
import { readEvents } from '../../store/outbox/read-events.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from '../../store/recognition-database.js'
import { seedReferenceData } from '../../store/reference-data.seeding.js'
import { type CredentialOffice, openCredentialOffice } from '../office/credential-office.js'
import { sampleNow } from '../sample-source.fixture.js'
import { followAwards } from './follow-awards.js'
import { createIssuingJob, runIssuingChunk } from './issuing-job.js'

const root = new URL('../../../..', import.meta.url).pathname
const register = loadMemberRegister(join(root, 'schema/register/members.json'))
let database: TestDatabase
let orm: RecognitionOrm
let office: CredentialOffice
let keyDirectory: string
let definition: MicroCredential
let count = 0

beforeAll(async () => {
  database = await createTestDatabase()
  keyDirectory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
  orm = await openRecognitionDatabase({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
  })
  const jurisdictions = new Map(
    register.members.map((member) => [member.slug, member.jurisdiction]),
  )
  const { data } = loadReferenceData(join(root, 'subgraphs/recognition/data'), jurisdictions)
  await migrateAndSeed(orm, (em) => seedReferenceData(em, data))
  definition = data.microCredentials.find(
    (item) => item.awardingMember === 'utwente',
  ) as MicroCredential
  office = await openCredentialOffice({
    em: orm.em,
    publicUrl: 'https://hub.example',
    register,
    issuingBody: data.issuingBody,
    keyDirectory,
    shapesDirectory: null,
    trustedIssuers: [],
    now: () => sampleNow,
  })
})
afterAll(async () => {
  await orm?.close(true)
  await database?.drop()
  await rm(keyDirectory, { recursive: true })
})

/** A new learner with one award, attested unless told otherwise. */
async function makeAward(isAttested = true): Promise<Award> {
  count += 1
  const learnerId = toGlobalId('alliance', 'learner', `learner-${count}`)
  const award: Award = {
    id: toGlobalId('utwente', 'award', `a-${count}`),
    learnerId,
    microCredentialId: definition.id,
    opportunityId: definition.opportunityId,
    awardingMember: 'utwente',
    jurisdictionCode: 'NL',
    awardedOn: '2026-11-20',
    ects: definition.ects,
    eqfLevel: definition.eqfLevel,
    iscedF: ['0613'],
    learningOutcomes: definition.learningOutcomes,
    grade: null,
    supervision: definition.supervision,
    isCapstone: false,
    accreditation: null,
    status: 'VALID',
    supersededBy: null,
    version: 1,
    synthetic: true,
  }
  const em = orm.em.fork()
  await em.execute('insert into learner (id, synthetic) values (?, true)', [learnerId])
  await insertAward(em, award)
  const identity = { givenName: 'Ada', familyName: `Sample ${count}`, dateOfBirth: null }
  const by = { member: 'utwente', at: sampleNow }
  if (isAttested) await saveLearnerIdentity(em, learnerId, identity, by)
  return award
}

const issue = (awardId: AwardId, holderKey: object | null = null) =>
  orm.em
    .fork()
    .transactional((em) =>
      office.desk.issue(em, { awardId, format: 'dc+sd-jwt', holderKey, now: sampleNow }),
    )

const awardEvents = {
  'award.revoked': 'REVOKED',
  'award.suspended': 'SUSPENDED',
  'award.reinstated': 'VALID',
} as const satisfies Record<string, AwardStatus>

/** What a registrar's command does: the award's new status and its event, in one transaction. */
async function change(award: Award, kind: keyof typeof awardEvents): Promise<void> {
  count += 1
  const version = count
  await orm.em.fork().transactional(async (em) => {
    await updateAwardStatus(em, { ...award, version, status: awardEvents[kind] })
    await appendEvents(em, [
      {
        id: `${award.id}:${kind}:${version}`,
        occurredOn: '2026-11-23',
        recordedAt: sampleNow.toISOString(),
        learnerId: award.learnerId,
        homeMember: null,
        corrects: null,
        fact: {
          kind,
          awardId: award.id,
          microCredentialId: award.microCredentialId,
          opportunityId: award.opportunityId,
          awardingMember: award.awardingMember,
          jurisdictionCode: award.jurisdictionCode,
          ects: award.ects,
          eqfLevel: award.eqfLevel,
          iscedF: award.iscedF,
          skills: [],
          supersededBy: null,
        },
      },
    ])
  })
  while ((await followAwards(orm.em, () => sampleNow)) > 0) {}
}

const revocationOf = async (document: string) =>
  (await office.verify(Buffer.from(document))).checks.find(({ name }) => name === 'REVOCATION')

describe('the desk', () => {
  it('issues a credential that verifies, keeps it, and tells the outbox', async () => {
    const award = await makeAward()
    const outcome = await issue(award.id)
    if (outcome.kind !== 'issued') throw new Error(outcome.reason)
    const { credential } = outcome
    expect((await office.verify(Buffer.from(credential.document))).verdict).toBe('VERIFIED')
    expect(await findCredential(orm.em.fork(), credential.id)).toEqual(credential)
    const [mine] = await findCredentialsOfLearner(orm.em.fork(), award.learnerId, 10)
    expect(mine).toEqual(credential)
    const facts = (await readEvents(orm.em.fork(), 0n, 1_000)).map(({ fact }) => fact)
    expect(facts).toContainEqual({
      kind: 'credential.issued',
      credentialId: credential.id,
      awardId: award.id,
      format: 'dc+sd-jwt',
    })
  })

  it('gives the same credential when asked again, and another one to the holder of a key', async () => {
    const award = await makeAward()
    const holder = await generateKeyPair('ES256')
    const key = await exportJWK(holder.publicKey)
    const [first, again, bound] = [
      await issue(award.id),
      await issue(award.id),
      await issue(award.id, key),
    ]
    expect(again).toEqual({ ...first, isNew: false })
    expect(bound).toMatchObject({ kind: 'issued', isNew: true })
  })

  it('refuses what is unknown, not valid, or of somebody nobody has attested', async () => {
    const [revoked, nobody] = [await makeAward(), await makeAward(false)]
    await change(revoked, 'award.revoked')
    const unknown = toGlobalId('utwente', 'award', 'none')
    const outcomes = await Promise.all([revoked.id, nobody.id, unknown].map((id) => issue(id)))
    expect(outcomes.map((outcome) => outcome.kind === 'refused' && outcome.reason)).toEqual([
      'AWARD_NOT_VALID',
      'LEARNER_IDENTITY_MISSING',
      'AWARD_UNKNOWN',
    ])
  })
})

describe('the statuses of credentials', () => {
  it('follow a suspension, its end and a revocation of the award, and no document changes', async () => {
    const [award, other] = [await makeAward(), await makeAward()]
    const [outcome, bystander] = [await issue(award.id), await issue(other.id)]
    if (outcome.kind !== 'issued' || bystander.kind !== 'issued') throw new Error('not issued')
    const { document, id } = outcome.credential
    for (const [kind, status] of [
      ['award.suspended', 'fail'],
      ['award.reinstated', 'pass'],
      ['award.revoked', 'fail'],
    ] as const) {
      await change(award, kind)
      expect((await revocationOf(document))?.status, kind).toBe(status)
      expect((await revocationOf(bystander.credential.document))?.status).toBe('pass')
    }
    const kept = await findCredential(orm.em.fork(), id)
    expect(kept).toMatchObject({ document, status: 'REVOKED' })
  })

  it('are served signed, anew only when they changed', async () => {
    const { statusLists } = office
    const first = await statusLists.publish(1, 'suspension')
    expect(await statusLists.publish(1, 'suspension')).toBe(first)
    const award = await makeAward()
    await issue(award.id)
    await change(award, 'award.suspended')
    const second = await statusLists.publish(1, 'suspension')
    expect(second?.version).toBeGreaterThan(first?.version ?? 0)
    expect(await statusLists.publish(999, 'suspension')).toBeNull()
  })
})

describe('a cohort', () => {
  let awards: readonly Award[]
  beforeEach(async () => {
    awards = await Promise.all(Array.from({ length: 230 }, (_, index) => makeAward(index !== 7)))
  })

  it('is issued with progress, goes on after an interruption, and by two at once, each award once', {
    timeout: 60_000,
  }, async () => {
    const em = orm.em.fork()
    const awardIds = awards.map(({ id }) => id)
    const job = await createIssuingJob(em, {
      member: 'utwente',
      awardIds: [...awardIds, ...awardIds.slice(0, 3)],
      format: 'vc+jwt',
      now: sampleNow,
    })
    const deps = { desk: office.desk, now: () => sampleNow }
    // One chunk, one that fails in the middle and leaves nothing, then two workers at once.
    expect(await runIssuingChunk(orm.em, job, deps)).toBe(100)
    const failing = {
      ...deps,
      desk: {
        ...office.desk,
        issueMany: async (...args: Parameters<typeof office.desk.issueMany>) => {
          await office.desk.issueMany(...args)
          throw new Error('the process ends here')
        },
      },
    }
    await expect(runIssuingChunk(orm.em, job, failing)).rejects.toThrow('ends here')
    const half = await countJobItems(em, job.id)
    expect(half).toMatchObject({ total: 230, issued: 99, refused: 1, waiting: 130 })
    expect(await findUnfinishedJobs(em)).toContain(job.id)
    const work = async () => {
      while ((await runIssuingChunk(orm.em, job, deps)) > 0) {}
    }
    await Promise.all([work(), work()])
    expect(await countJobItems(em, job.id)).toEqual({
      total: 230,
      issued: 229,
      refused: 1,
      waiting: 0,
      refusals: [{ reason: 'LEARNER_IDENTITY_MISSING', count: 1 }],
    })
    const [row]: readonly { credentials: number; awards: number; places: number }[] =
      await em.execute(
        `select count(*)::int as credentials, count(distinct award_id)::int as awards,
         count(distinct (status_list, status_index))::int as places
         from credential where format = 'vc+jwt'`,
      )
    expect(row).toEqual({ credentials: 229, awards: 229, places: 229 })
  })
})
