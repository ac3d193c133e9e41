import { HubError } from '../../../schema/index.js'
import type { MemberDefinition } from '../domain/member-definition.js'
import type { SyncReport } from '../domain/sync-report.js'
import type { CatalogueSource } from './catalogue-source.js'
import type { CatalogueChange, CatalogueWriter } from './catalogue-writer.js'
import { digestRecord } from './content-digest.js'
import { type PreparedCatalogue, prepareCatalogue } from './prepare-catalogue.js'

/** What a sync needs and may do. */
export interface SyncOptions {
  readonly member: string
  readonly definition: MemberDefinition
  readonly source: CatalogueSource
  readonly writer: CatalogueWriter
  readonly now: () => Date
  readonly signal: AbortSignal
  /** Called as each step begins, with what is known by then. */
  readonly onProgress?: (progress: SyncProgress) => void
  /** Work everything out but write nothing; default false. */
  readonly dryRun?: boolean
  /** Let more than half of the catalogue be withdrawn; default false. */
  readonly allowMassWithdrawal?: boolean
}

/** A step of a sync, for a progress line. */
export type SyncProgress =
  | { readonly step: 'reading' }
  | { readonly step: 'validating'; readonly read: number }
  | { readonly step: 'writing'; readonly put: number; readonly withdraw: number }

/**
 * Brings a member's catalogue up to its source and says what that changed. The same source again changes nothing, in
 * whatever order its records come; everything lands in one transaction or not at all.
 *
 * A rejected record whose opportunity is in the catalogue leaves the last good version there. While the source has
 * rejected records whose id cannot be read, nothing is withdrawn at all: one of them may be the missing one.
 *
 * @throws HubError `SOURCE_UNREADABLE` when the source as a whole cannot be read, `MASS_WITHDRAWAL_REFUSED` when more
 * than half of the catalogue would be withdrawn, and the signal's reason when it is aborted. None changes anything.
 */
export async function syncCatalogue(options: SyncOptions): Promise<SyncReport> {
  const { member, definition, source, writer, now, signal, onProgress, dryRun = false } = options
  const startedAt = now()
  signal.throwIfAborted()
  onProgress?.({ step: 'reading' })
  const rawRecords = await source.read(signal)
  signal.throwIfAborted()
  onProgress?.({ step: 'validating', read: rawRecords.length })
  const prepared = prepareCatalogue(rawRecords, definition, startedAt)
  const stored = await writer.readDigests()
  signal.throwIfAborted()
  const { change, added, missing } = compare(prepared, stored)
  if (!options.allowMassWithdrawal) refuseMassWithdrawal(member, change, stored)
  if (!dryRun && change.put.length + change.withdraw.length > 0) {
    onProgress?.({ step: 'writing', put: change.put.length, withdraw: change.withdraw.length })
    await writer.apply(change)
  }
  return {
    member,
    source: source.name,
    startedAt: startedAt.toISOString(),
    tookMs: now().getTime() - startedAt.getTime(),
    read: rawRecords.length,
    added,
    changed: change.put.length - added,
    unchanged: prepared.records.length - change.put.length,
    withdrawn: change.withdraw.length,
    heldBack: missing - change.withdraw.length,
    rejected: prepared.rejected,
    faults: prepared.faults,
  }
}

interface Comparison {
  readonly change: CatalogueChange
  readonly added: number
  /** Stored opportunities that the source does not name. */
  readonly missing: number
}

function compare(
  { records, rejectedIds, rejectedKeys, unidentified }: PreparedCatalogue,
  stored: ReadonlyMap<string, string>,
): Comparison {
  const named = new Set([...rejectedIds, ...rejectedKeys])
  const isAllIdentified = unidentified === 0 && rejectedKeys.every((key) => stored.has(key))
  const put: { record: (typeof records)[number]; digest: string }[] = []
  for (const record of records) {
    named.add(record.localId)
    const digest = digestRecord(record)
    if (stored.get(record.localId) !== digest) put.push({ record, digest })
  }
  const missing = [...stored.keys()].filter((localId) => !named.has(localId)).sort()
  // Sorted, so that the same change is the same transaction whatever the order of the source.
  put.sort((a, b) => (a.record.localId < b.record.localId ? -1 : 1))
  return {
    change: { put, withdraw: isAllIdentified ? missing : [] },
    added: put.filter(({ record }) => !stored.has(record.localId)).length,
    missing: missing.length,
  }
}

// A source that comes back empty is a broken export far more often than a university that closed.
function refuseMassWithdrawal(
  member: string,
  change: CatalogueChange,
  stored: ReadonlyMap<string, string>,
): void {
  const { length } = change.withdraw
  if (length * 2 <= stored.size) return
  const message = `the sync would withdraw ${length} of ${stored.size} opportunities; nothing was changed`
  throw new HubError('MASS_WITHDRAWAL_REFUSED', { message, member, value: length })
}
