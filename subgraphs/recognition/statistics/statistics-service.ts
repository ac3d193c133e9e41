import type { Pool } from 'pg'
import type { MemberRegister, Principal } from '../../../schema/index.js'
import { type CellNoise, createCellNoise } from './domain/cell-key.js'
import { type DisclosurePolicy, openPolicy } from './domain/disclosure-policy.js'
import type { PublishedCodes } from './domain/published-codes.js'
import { viewName } from './domain/statistics-family.js'
import { openPublication, type Publication, publicationFor } from './publication/publication.js'
import type { PublicationContext } from './publication/publish-breakdown.js'
import { spendEpsilon } from './store/epsilon-ledger.js'
import { ensureSecret, readSecret, toKey } from './store/key-secrets.js'
import { type QuestionBudget, recordQuestion } from './store/question-ledger.js'
import { readPublishedCodes } from './store/read-published-codes.js'
import { readReleases } from './store/releases.js'
import { toStatements } from './store/statistics-connection.js'

export interface StatisticsServiceOptions {
  readonly pool: Pool
  readonly register: MemberRegister
  readonly now: () => Date
  /** Bytes nobody can guess. */
  readonly random: (bytes: number) => Buffer
  /** Default: what analysts see, of fewer tables. */
  readonly openPolicy?: DisclosurePolicy
  /** Default {@link defaultBudget}. */
  readonly budget?: QuestionBudget
  /** Default 5,000 ms. */
  readonly adHocTimeoutMs?: number
}

/** A few hundred large tables a day. */
export const defaultBudget: QuestionBudget = { cellsPerDay: 100_000 }

/** The way in to statistics: who asks decides what they get. */
export interface StatisticsService {
  /**
   * What somebody's questions are answered with.
   *
   * @throws HubError `FORBIDDEN` for who is neither anonymous nor an analyst.
   */
  open(principal: Principal): Promise<PublicationContext>
}

/** Makes the secrets that are missing and the service over them. */
export async function createStatisticsService(
  options: StatisticsServiceOptions,
): Promise<StatisticsService> {
  const { pool, now, random } = options
  const statements = toStatements(pool)
  for (const purpose of ['cell', 'analyst'] as const) {
    await ensureSecret(statements, purpose, random)
  }
  const noise = createCellNoise(await readSecret(statements, 'cell'))
  const analystSecret = await readSecret(statements, 'analyst')
  const open = openPublication(options.openPolicy ?? openPolicy)
  const readCodes = keepBriefly(() => readPublishedCodes(statements, options.register), now)
  return {
    open: async (principal) => {
      const publication = publicationFor(principal, open)
      const analystKey = toKey(analystSecret, principal.subjectId ?? 'anonymous')
      return createContext(options, { publication, analystKey, noise, codes: await readCodes() })
    },
  }
}

interface Asker {
  readonly publication: Publication
  readonly analystKey: string
  readonly noise: CellNoise
  readonly codes: PublishedCodes
}

function createContext(
  { pool, now, budget = defaultBudget, adHocTimeoutMs = 5_000 }: StatisticsServiceOptions,
  { publication, analystKey, noise, codes }: Asker,
): PublicationContext {
  const { policy, name } = publication
  return {
    pool,
    publication,
    codes,
    noise,
    today: now().toISOString().slice(0, 10),
    now,
    adHocTimeoutMs,
    charge: async ({ family, filter, period }, view, cells) => {
      const question = { family, view: viewName(view), period: period.code, filter, cells }
      const who = { analystKey, askedAt: now(), publication: name, policy: policy.name }
      // What everybody may see is a fixed list: nobody has to be watched for it.
      if (name === 'analyst') await recordQuestion(pool, { ...question, ...who }, budget)
    },
    release: async ({ family, period }, view) => {
      const releases = await readReleases(pool, period, now())
      if (!policy.differentialPrivacy) return releases[0]
      const table = `${family}|${viewName(view)}`
      const request = { policy: policy.name, table, releases, askedAt: now() }
      return spendEpsilon(pool, request, policy.differentialPrivacy)
    },
  }
}

/** Reads at most once a minute: reference data change with a deployment. */
function keepBriefly<Value>(read: () => Promise<Value>, now: () => Date): () => Promise<Value> {
  let kept: { readonly until: number; readonly value: Promise<Value> } | undefined
  return () => {
    const time = now().getTime()
    if (kept === undefined || kept.until < time) {
      const value = read()
      const fresh = { until: time + 60_000, value }
      kept = fresh
      value.catch(() => {
        if (kept === fresh) kept = undefined
      })
    }
    return kept.value
  }
}
