import type { OpportunityRecord } from '../domain/catalogue-record.js'
import type { Fault } from '../domain/fault.js'
import type { MemberDefinition } from '../domain/member-definition.js'
import { preview } from './field-checks.js'
import { isRejectedRecord } from './rejected-record.js'
import { academicYearOf, rollSampleDates } from './roll-sample-dates.js'
import { validateOpportunity } from './validate-opportunity.js'

/** What a source's records amount to. */
export interface PreparedCatalogue {
  /** Records that may enter the catalogue, in source order, with distinct ids. */
  readonly records: readonly OpportunityRecord[]
  /** Every fault of every rejected record, in source order. */
  readonly faults: readonly Fault[]
  readonly rejected: number
  /** Ids of rejected records, as far as they could be read. */
  readonly rejectedIds: ReadonlySet<string>
  /** Keys of rejected rows that never reached the adapter; an adapter may make another id of them. */
  readonly rejectedKeys: readonly string[]
  /** Rejected records that may be opportunities but whose id could not be read. */
  readonly unidentified: number
}

/**
 * Adapts, validates and dates the records of a source. Each record stands for itself: what is wrong with one, a throw
 * of the adapter included, rejects that one only. Of two good records with one id the first is kept.
 */
export function prepareCatalogue(
  rawRecords: readonly unknown[],
  definition: MemberDefinition,
  now: Date,
): PreparedCatalogue {
  const years =
    definition.sampleAcademicYear === undefined
      ? 0
      : academicYearOf(now) - definition.sampleAcademicYear
  const records: OpportunityRecord[] = []
  const faults: Fault[] = []
  const rejectedIds = new Set<string>()
  const rejectedKeys: string[] = []
  const taken: TakenIds = { opportunities: new Map(), offerings: new Map() }
  let rejected = 0
  let unidentified = 0
  for (const [index, raw] of rawRecords.entries()) {
    const judged = judge(raw, index, definition)
    const found = judged.ok ? findTakenIds(judged.record, index, taken) : judged.faults
    if (judged.ok && found.length === 0) {
      records.push(rollSampleDates(judged.record, years))
      continue
    }
    rejected += 1
    faults.push(...found)
    const bySource = isRejectedRecord(raw)
    if (bySource && !raw.mayBeOpportunity) continue
    const localId = found[0]?.localId ?? null
    if (localId === null) unidentified += 1
    else if (bySource) rejectedKeys.push(localId)
    else rejectedIds.add(localId)
  }
  return { records, faults, rejected, rejectedIds, rejectedKeys, unidentified }
}

type Judged =
  | { readonly ok: true; readonly record: OpportunityRecord }
  | { readonly ok: false; readonly faults: readonly Fault[] }

function judge(raw: unknown, index: number, definition: MemberDefinition): Judged {
  if (isRejectedRecord(raw)) return { ok: false, faults: [{ index, ...raw.fault }] }
  try {
    return validateOpportunity(definition.adapter(raw), { index })
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 300) : 'no reason given'
    const message = `the adapter could not read the record: ${why}`
    return {
      ok: false,
      faults: [{ index, localId: null, path: '', code: 'ADAPTER_FAILED', message }],
    }
  }
}

/** Where in the source each id was first seen. */
interface TakenIds {
  readonly opportunities: Map<string, number>
  readonly offerings: Map<string, number>
}

function findTakenIds(record: OpportunityRecord, index: number, taken: TakenIds): readonly Fault[] {
  const { localId, offerings } = record
  const faults: Fault[] = []
  const note = (path: string, id: string, first: number) => {
    const message = `record ${first} of the source already has the id ${preview(id)}`
    faults.push({ index, localId, path, code: 'DUPLICATE', message })
  }
  const first = taken.opportunities.get(localId)
  if (first !== undefined) note('localId', localId, first)
  for (const [position, offering] of offerings.entries()) {
    const firstRun = taken.offerings.get(offering.localId)
    if (firstRun !== undefined) note(`offerings[${position}].localId`, offering.localId, firstRun)
  }
  if (faults.length > 0) return faults
  taken.opportunities.set(localId, index)
  for (const offering of offerings) taken.offerings.set(offering.localId, index)
  return []
}
