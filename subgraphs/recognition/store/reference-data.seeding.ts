import { createHash } from 'node:crypto'
import type { EntityData, EntityName, FilterQuery } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { foldText, toSortText } from '../../../schema/index.js'
import { type LearningPathway, opportunitiesOf } from '../domain/learning-pathway.js'
import type { LocalisedText } from '../domain/localised-text.js'
import { membersInvolved } from '../domain/members-involved.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { ReferenceData } from '../intake/reference-data.js'
import { JurisdictionEntity } from './jurisdiction.entity.js'
import { LearningPathwayEntity } from './learning-pathway.entity.js'
import { MicroCredentialEntity } from './micro-credential.entity.js'

/** What a seeding did to one kind of data; every row is in exactly one count. */
export interface SeedCount {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** In the store before, no longer in the data. */
  readonly withdrawn: number
}

export interface SeedReport {
  readonly jurisdictions: SeedCount
  readonly microCredentials: SeedCount
  readonly pathways: SeedCount
}

/** Makes the store hold exactly this reference data. Rows whose content digest is the same are not written. */
export async function seedReferenceData(
  em: EntityManager,
  data: ReferenceData,
): Promise<SeedReport> {
  return {
    jurisdictions: await seedTable(
      em,
      JurisdictionEntity,
      data.jurisdictions.map((jurisdiction) => ({ id: jurisdiction.code, document: jurisdiction })),
    ),
    microCredentials: await seedTable(
      em,
      MicroCredentialEntity,
      data.microCredentials.map(toMicroCredentialRow),
    ),
    pathways: await seedTable(em, LearningPathwayEntity, data.pathways.map(toPathwayRow)),
  }
}

interface StoredRow {
  readonly id: string
  readonly digest: string
}

async function seedTable<Row extends StoredRow>(
  em: EntityManager,
  entity: EntityName<Row & StoredRow>,
  rows: readonly { readonly id: string }[],
): Promise<SeedCount> {
  const stored: readonly StoredRow[] = await em.findAll(entity, { disableIdentityMap: true })
  const before = new Map(stored.map((row) => [row.id, row.digest]))
  const after = rows.map((row) => ({ ...row, digest: digestOf(row) }))
  const added = after.filter((row) => !before.has(row.id))
  const changed = after.filter((row) => before.has(row.id) && before.get(row.id) !== row.digest)
  const kept = new Set(after.map((row) => row.id))
  const withdrawn = [...before.keys()].filter((id) => !kept.has(id))
  if (withdrawn.length > 0) {
    await em.nativeDelete(entity, { id: { $in: withdrawn } } as object as FilterQuery<Row>)
  }
  const written = [...added, ...changed]
  if (written.length > 0) await em.upsertMany(entity, written as unknown as EntityData<Row>[])
  return {
    added: added.length,
    changed: changed.length,
    unchanged: after.length - written.length,
    withdrawn: withdrawn.length,
  }
}

function toMicroCredentialRow(credential: MicroCredential) {
  const outcomes = credential.learningOutcomes.flatMap((outcome) => [
    outcome.titles,
    ...outcome.skills.map((skill) => skill.titles),
  ])
  return {
    id: credential.id,
    sortTitle: toSortText(credential.titles.en),
    searchText: toSearchText([credential.titles, credential.descriptions, ...outcomes]),
    opportunityId: credential.opportunityId,
    awardingMember: credential.awardingMember,
    jurisdictionCode: credential.jurisdictionCode,
    eqfLevel: credential.eqfLevel,
    ects: credential.ects,
    document: credential,
  }
}

function toPathwayRow(pathway: LearningPathway) {
  return {
    id: pathway.id,
    sortTitle: toSortText(pathway.titles.en),
    searchText: toSearchText([
      pathway.titles,
      pathway.descriptions,
      ...pathway.steps.map((step) => step.titles),
    ]),
    type: pathway.type,
    members: [...membersInvolved(pathway)],
    opportunityIds: [...opportunitiesOf(pathway)],
    document: pathway,
  }
}

function toSearchText(texts: readonly LocalisedText[]): string {
  return foldText(texts.flatMap((text) => Object.values(text)).join('\n'))
}

/** The derived columns are part of the digest, so that a new way to derive them rewrites every row. */
function digestOf(row: object): string {
  return createHash('sha256').update(JSON.stringify(row)).digest('hex')
}
