import type { EntityManager } from '@mikro-orm/postgresql'
import type { AwardId } from '../../../schema/index.js'
import type { CredentialFormat } from '../credential/credential-source.js'

/** A cohort that is being issued. */
export interface IssuingJob {
  readonly id: string
  /** Whose awards they are. */
  readonly member: string
  readonly format: CredentialFormat
  readonly createdAt: Date
}

/** How far a job is. */
export interface JobProgress {
  readonly total: number
  readonly issued: number
  readonly refused: number
  readonly waiting: number
  /** Why some were refused, most frequent first. */
  readonly refusals: readonly { readonly reason: string; readonly count: number }[]
}

/** Keeps a job with its awards, in their order. */
export async function insertJob(
  em: EntityManager,
  job: IssuingJob,
  awardIds: readonly AwardId[],
): Promise<void> {
  await em.execute('insert into issuing_job values (?, ?, ?, ?)', [
    job.id,
    job.member,
    job.format,
    job.createdAt.toISOString(),
  ])
  await em.execute(
    `insert into issuing_job_item (job_id, award_id, place, state)
     select ?, award_id, place, 'WAITING'
     from jsonb_array_elements_text(?::jsonb) with ordinality as list(award_id, place)`,
    [job.id, JSON.stringify(awardIds)],
  )
}

/** A job; null when there is none of that id. */
export async function findJob(em: EntityManager, id: string): Promise<IssuingJob | null> {
  const rows: readonly { member: string; format: string; created_at: string | Date }[] =
    await em.execute('select member, format, created_at from issuing_job where id = ?', [id])
  const [row] = rows
  if (row === undefined) return null
  const { member, format } = row
  return { id, member, format: format as CredentialFormat, createdAt: new Date(row.created_at) }
}

/** Jobs that somebody began and did not finish, e.g. because the process ended. */
export async function findUnfinishedJobs(em: EntityManager): Promise<readonly string[]> {
  const rows: readonly { job_id: string }[] = await em.execute(
    `select distinct job_id from issuing_job_item where state = 'WAITING' order by job_id`,
  )
  return rows.map((row) => row.job_id)
}

/** The next awards of a job, locked; those another process has in hand are left out. */
export async function lockWaitingItems(
  em: EntityManager,
  jobId: string,
  limit: number,
): Promise<readonly AwardId[]> {
  const rows: readonly { award_id: string }[] = await em.execute(
    `select award_id from issuing_job_item where job_id = ? and state = 'WAITING'
     order by place limit ? for update skip locked`,
    [jobId, limit],
  )
  return rows.map((row) => row.award_id as AwardId)
}

/** Writes down what became of awards. */
export async function recordJobItems(
  em: EntityManager,
  jobId: string,
  items: readonly {
    readonly awardId: string
    readonly credentialId: string | null
    readonly reason: string | null
  }[],
): Promise<void> {
  await em.execute(
    `update issuing_job_item set credential_id = item->>'credentialId', reason = item->>'reason',
       state = case when item->>'credentialId' is null then 'REFUSED' else 'ISSUED' end
     from jsonb_array_elements(?::jsonb) as list(item)
     where job_id = ? and award_id = item->>'awardId'`,
    [JSON.stringify(items), jobId],
  )
}

/** Counts a job's awards by what became of them. */
export async function countJobItems(em: EntityManager, jobId: string): Promise<JobProgress> {
  const rows: readonly { state: string; reason: string | null; count: number }[] = await em.execute(
    `select state, reason, count(*)::int as count from issuing_job_item where job_id = ?
     group by state, reason order by count desc, reason`,
    [jobId],
  )
  const sum = (state: string) =>
    rows.filter((row) => row.state === state).reduce((total, row) => total + row.count, 0)
  const [issued, refused, waiting] = [sum('ISSUED'), sum('REFUSED'), sum('WAITING')]
  return {
    total: issued + refused + waiting,
    issued,
    refused,
    waiting,
    refusals: rows.flatMap(({ state, reason, count }) =>
      state === 'REFUSED' && reason !== null ? [{ reason, count }] : [],
    ),
  }
}
