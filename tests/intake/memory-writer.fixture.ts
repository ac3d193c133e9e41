import type {
  CatalogueChange,
  CatalogueWriter,
  OpportunityRecord,
} from '../../subgraphs/catalogue/index.js'

/** A catalogue in memory, with what was done to it. For the rules of the sync only; the store has its own tests. */
export interface MemoryWriter extends CatalogueWriter {
  readonly records: ReadonlyMap<string, OpportunityRecord>
  readonly applied: readonly CatalogueChange[]
}

export function createMemoryWriter(): MemoryWriter {
  const digests = new Map<string, string>()
  const records = new Map<string, OpportunityRecord>()
  const applied: CatalogueChange[] = []
  return {
    records,
    applied,
    readDigests: async () => new Map(digests),
    apply: async (change) => {
      applied.push(change)
      for (const localId of change.withdraw) {
        digests.delete(localId)
        records.delete(localId)
      }
      for (const { record, digest } of change.put) {
        digests.set(record.localId, digest)
        records.set(record.localId, record)
      }
    },
  }
}
