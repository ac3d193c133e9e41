import { randomUUID } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardId } from '../../../../schema/index.js'
import {
  type IssuingJob,
  insertJob,
  lockWaitingItems,
  recordJobItems,
} from '../../store/issuing-job.store.js'
import type { CredentialFormat } from '../credential-source.js'
import type { CredentialDesk } from './credential-desk.js'

/** Credentials of one transaction: a crash repeats at most these, and repeating gives the same ones. */
const chunkSize = 100

/** Most awards of one job: a cohort, not a university. */
export const maxJobAwards = 10_000

/** Notes a cohort to be issued; nothing is sealed yet. */
export async function createIssuingJob(
  em: EntityManager,
  cohort: {
    readonly member: string
    readonly awardIds: readonly AwardId[]
    readonly format: CredentialFormat
    readonly now: Date
  },
): Promise<IssuingJob> {
  const { member, format, now } = cohort
  const job = { id: randomUUID(), member, format, createdAt: now }
  await em.transactional((transaction) =>
    insertJob(transaction, job, [...new Set(cohort.awardIds)]),
  )
  return job
}

/**
 * Issues the next awards of a job and returns how many it dealt with; 0 when none waits. Any number of processes may
 * work at the same job, also after a crash: they take different awards, and a chunk is whole or not at all.
 */
export function runIssuingChunk(
  em: EntityManager,
  job: IssuingJob,
  deps: { readonly desk: CredentialDesk; readonly now: () => Date },
): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    const awardIds = await lockWaitingItems(transaction, job.id, chunkSize)
    if (awardIds.length === 0) return 0
    const outcomes = await deps.desk.issueMany(transaction, awardIds, job.format, deps.now())
    const items = outcomes.map((outcome, index) => ({
      awardId: awardIds[index] ?? '',
      credentialId: outcome.kind === 'issued' ? outcome.credential.id : null,
      reason: outcome.kind === 'refused' ? outcome.reason : null,
    }))
    await recordJobItems(transaction, job.id, items)
    return awardIds.length
  })
}
