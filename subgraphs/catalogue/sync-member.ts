import type { Logger } from '../../infra/runtime/index.js'
import type { RegisteredMember } from '../../schema/index.js'
import type { MemberDefinition } from './domain/member-definition.js'
import type { SyncReport } from './domain/sync-report.js'
import { toCatalogueMember } from './graphql/catalogue-member.js'
import type { HubWebhook } from './hub-webhook.js'
import { type SyncProgress, syncCatalogue } from './intake/sync-catalogue.js'
import { openCatalogueDatabase } from './store/catalogue-database.js'
import { createPostgresWriter } from './store/postgres-writer.js'
import { tellHub } from './tell-hub.js'

export interface SyncMemberOptions {
  readonly definition: MemberDefinition
  readonly registered: RegisteredMember
  readonly dataDirectory: string
  /** URL of the Postgres server; without one the source is only checked, as against an empty catalogue. */
  readonly databaseUrl: string | undefined
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly onProgress?: (progress: SyncProgress) => void
  readonly dryRun: boolean
  readonly allowMassWithdrawal: boolean
  /** The hub to tell of changes; absent: what it keeps ends by itself. */
  readonly hub?: HubWebhook | undefined
  readonly log: Pick<Logger, 'warn'>
}

/** Syncs one member's source once, without serving, and tells the hub. Errors as `syncCatalogue`, and `DATABASE_UNAVAILABLE`. */
export async function syncMember(options: SyncMemberOptions): Promise<SyncReport> {
  const { databaseUrl, dataDirectory, hub, log, ...rest } = options
  const { slug } = options.registered
  const source = options.definition.openSource(dataDirectory)
  if (databaseUrl === undefined) {
    const writer = { readDigests: async () => new Map<string, string>(), apply: async () => {} }
    return syncCatalogue({ ...rest, member: slug, source, writer, dryRun: true })
  }
  const { languages } = toCatalogueMember(options.registered, options.definition.profile)
  const database = await openCatalogueDatabase(databaseUrl, slug)
  try {
    const writer = createPostgresWriter(database, { slug, languages })
    const report = await syncCatalogue({ ...rest, member: slug, source, writer })
    if (hub !== undefined && !options.dryRun) await tellHub(hub, report, log)
    return report
  } finally {
    await database.close()
  }
}
