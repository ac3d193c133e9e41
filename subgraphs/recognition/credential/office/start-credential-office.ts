import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger } from '../../../../infra/runtime/index.js'
import type { MemberRegister } from '../../../../schema/index.js'
import type { AccreditationRecord } from '../../domain/accreditation.js'
import type { IssuingBody } from '../../domain/micro-credential.js'
import { findJob, findUnfinishedJobs } from '../../store/issuing-job.store.js'
import { type RunningWorker, startWorker } from '../../store/start-worker.js'
import { followAwards } from '../desk/follow-awards.js'
import { runIssuingChunk } from '../desk/issuing-job.js'
import type { GraphThreadOptions } from '../verify/graph/start-graph-threads.js'
import { type CredentialOffice, openCredentialOffice } from './credential-office.js'
import { readTrustedIssuers } from './trusted-issuers.js'

/** Where the credential office finds what is not in the database. */
export interface CredentialSettings {
  /** Directory of the issuing body's keys. */
  readonly keyDirectory: string
  /** Whether test keys are made in it when it has none, and may seal: never in production. */
  readonly allowsTestKeys: boolean
  /** Directory of the Commission's SHACL shapes; without them FORMAT leaves that part out and says so. */
  readonly shapesDirectory: string | null
  /** Of the threads European credentials are checked in. */
  readonly graphThreads?: Omit<GraphThreadOptions, 'shapesDirectory'>
  /** File of other issuers whose seals are believed; null: only its own. */
  readonly trustFile: string | null
}

export interface RunningCredentialOffice {
  readonly office: CredentialOffice
  /** Carries awards' statuses over to credentials, and issues cohorts, also those an earlier process left undone. */
  readonly worker: RunningWorker
}

/** How soon a rotation or a withdrawal is noticed: long before a new key signs, and soon after one was stolen. */
const keysPollMs = 5_000

/**
 * Opens the credential office and starts its work in the background. The caller stops the worker, and with it the office.
 *
 * @throws HubError `SIGNING_KEYS_INVALID`, `CONFIG_INVALID`.
 */
export async function startCredentialOffice(options: {
  readonly em: EntityManager
  readonly publicUrl: string
  readonly register: MemberRegister
  readonly issuingBody: IssuingBody
  readonly accreditations: readonly AccreditationRecord[]
  readonly credentials: CredentialSettings
  readonly pollMs: number
  readonly now: () => Date
  readonly log: Logger
}): Promise<RunningCredentialOffice> {
  const { em, now, log, pollMs } = options
  const { trustFile, ...directories } = options.credentials
  const trustedIssuers = trustFile === null ? [] : await readTrustedIssuers(trustFile)
  const office = await openCredentialOffice({ ...options, ...directories, trustedIssuers })
  const worker = startWorker({
    name: 'credentials',
    pollMs,
    log,
    step: async () => {
      // Statuses first: a revoked credential must not wait for a cohort.
      if ((await followAwards(em, now)) > 0) return true
      const [jobId] = await findUnfinishedJobs(em.fork())
      const job = jobId === undefined ? null : await findJob(em.fork(), jobId)
      return job !== null && (await runIssuingChunk(em, job, { desk: office.desk, now })) > 0
    },
  })
  const keysWorker = startWorker({
    name: 'credential keys',
    pollMs: keysPollMs,
    log,
    step: async () => {
      if (await office.refreshKeys()) log.info('keys of credentials read again')
      return false
    },
  })
  return {
    office,
    worker: {
      ...worker,
      stop: async () => {
        await keysWorker.stop()
        await worker.stop()
        await office.stop()
      },
    },
  }
}
