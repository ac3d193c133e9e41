import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type MemberDefinition,
  type OpportunityRecord,
  type PreparedCatalogue,
  prepareCatalogue,
} from '../../subgraphs/catalogue/index.js'

const subgraphs = fileURLToPath(new URL('../../subgraphs', import.meta.url))

/** A day of the academic year that the sample data was written for, so no date of it moves. */
const now = new Date('2026-11-23T12:00:00Z')

/** A member's own sample data after the intake. */
export async function readSample(definition: MemberDefinition): Promise<PreparedCatalogue> {
  const source = definition.openSource(join(subgraphs, definition.profile.slug, 'data'))
  return prepareCatalogue(await source.read(AbortSignal.timeout(5_000)), definition, now)
}

/** The record with this id; the test fails when there is none. */
export function findRecord(
  records: readonly OpportunityRecord[],
  localId: string,
): OpportunityRecord {
  const record = records.find((it) => it.localId === localId)
  if (record === undefined) throw new Error(`no record ${localId} in the sample`)
  return record
}

/** The definition in a member's folder, found by its slug as the launcher finds it. */
export async function loadDefinition(slug: string): Promise<MemberDefinition> {
  // A variable path: Vite resolves only literal ones itself, so it must be the file that is really there.
  const module = join(subgraphs, slug, import.meta.url.endsWith('.ts') ? 'index.ts' : 'index.js')
  return ((await import(module)) as { definition: MemberDefinition }).definition
}
