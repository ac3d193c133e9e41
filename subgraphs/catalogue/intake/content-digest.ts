import { createHash } from 'node:crypto'
import type { OpportunityRecord } from '../domain/catalogue-record.js'

/**
 * A digest of a record's content, the same for the same content whatever the order of its properties. Lists keep their
 * order, except the offerings: sources deliver them in any.
 */
export function digestRecord(record: OpportunityRecord): string {
  const offerings = [...record.offerings].sort((a, b) => (a.localId < b.localId ? -1 : 1))
  const content = JSON.stringify({ ...record, offerings }, sortProperties)
  return createHash('sha256').update(content).digest('hex')
}

function sortProperties(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
