import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toGlobalId } from '../../../../schema/index.js'
import type { Award } from '../../domain/award.js'
import { findCredential, findCredentialsOfLearner } from '../../store/credential.store.js'
import { countJobItems, findUnfinishedJobs } from '../../store/issuing-job.store.js'
import { readEvents } from '../../store/outbox/read-events.js'
import type { RecognitionOrm } from '../../store/recognition-database.js'
import type { CredentialOffice } from '../office/credential-office.js'
import { sampleNow } from '../sample-source.fixture.js'
import { openTestDesk, type TestDesk } from './credential-desk.fixture.js'
import { createIssuingJob, runIssuingChunk } from './issuing-job.js'

let desk: TestDesk
let orm: RecognitionOrm
let office: CredentialOffice

beforeAll(async () => {
  desk = await openTestDesk()
  orm = desk.orm
  office = desk.office
})
afterAll(() => desk?.stop())

describe('the desk', () => {
  it('issues a credential that verifies, keeps it, and tells the outbox', async () => {
    const award = await desk.makeAward()
    const outcome = await desk.issue(award.id)
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
    const award = await desk.makeAward()
    const holder = await generateKeyPair('ES256')
    const key = await exportJWK(holder.publicKey)
    const [first, again, bound] = [
      await desk.issue(award.id),
      await desk.issue(award.id),
      await desk.issue(award.id, key),
    ]
    expect(again).toEqual({ ...first, isNew: false })
    expect(bound).toMatchObject({ kind: 'issued', isNew: true })
  })

  it('refuses what is unknown, not valid, or of somebody nobody has attested', async () => {
    const [revoked, nobody] = [await desk.makeAward(), await desk.makeAward(false)]
    await desk.change(revoked, 'award.revoked')
    const unknown = toGlobalId('utwente', 'award', 'none')
    const outcomes = await Promise.all([revoked.id, nobody.id, unknown].map((id) => desk.issue(id)))
    expect(outcomes.map((outcome) => outcome.kind === 'refused' && outcome.reason)).toEqual([
      'AWARD_NOT_VALID',
      'LEARNER_IDENTITY_MISSING',
      'AWARD_UNKNOWN',
    ])
  })
})

describe('the statuses of credentials', () => {
  it('follow a suspension, its end and a revocation of the award, and no document changes', async () => {
    const [award, other] = [await desk.makeAward(), await desk.makeAward()]
    const [outcome, bystander] = [await desk.issue(award.id), await desk.issue(other.id)]
    if (outcome.kind !== 'issued' || bystander.kind !== 'issued') throw new Error('not issued')
    const { document, id } = outcome.credential
    for (const [kind, status] of [
      ['award.suspended', 'fail'],
      ['award.reinstated', 'pass'],
      ['award.revoked', 'fail'],
    ] as const) {
      await desk.change(award, kind)
      expect((await desk.revocationOf(document))?.status, kind).toBe(status)
      expect((await desk.revocationOf(bystander.credential.document))?.status).toBe('pass')
    }
    const kept = await findCredential(orm.em.fork(), id)
    expect(kept).toMatchObject({ document, status: 'REVOKED' })
  })

  it('are served signed, anew only when they changed', async () => {
    const { statusLists } = office
    const first = await statusLists.publish(1, 'suspension')
    expect(await statusLists.publish(1, 'suspension')).toBe(first)
    const award = await desk.makeAward()
    await desk.issue(award.id)
    await desk.change(award, 'award.suspended')
    const second = await statusLists.publish(1, 'suspension')
    expect(second?.version).toBeGreaterThan(first?.version ?? 0)
    expect(await statusLists.publish(999, 'suspension')).toBeNull()
  })
})

describe('a cohort', () => {
  let awards: readonly Award[]
  beforeEach(async () => {
    awards = await Promise.all(
      Array.from({ length: 230 }, (_, index) => desk.makeAward(index !== 7)),
    )
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
