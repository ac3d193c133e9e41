import type { EntityManager } from '@mikro-orm/postgresql'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathway, PathwayType } from '../domain/learning-pathway.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import { findPathwaysByOpportunity } from './find-pathways-by-opportunity.js'
import { JurisdictionEntity } from './jurisdiction.entity.js'
import { LearningPathwayEntity } from './learning-pathway.entity.js'
import { MicroCredentialEntity } from './micro-credential.entity.js'
import { readTitlePage } from './read-title-page.js'
import { toTextConditions } from './text-conditions.js'
import type { Page, PageRequest } from './title-page.js'

export interface MicroCredentialFilter {
  /** Every word has to occur in titles, descriptions, outcomes or skills, in any language; accents do not matter. */
  readonly text?: string | null
  readonly jurisdictions?: readonly string[] | null
  readonly awardingMembers?: readonly string[] | null
  readonly eqfLevels?: readonly number[] | null
  /** Both ends inclusive, exact decimals. */
  readonly ects?: { readonly minimum?: string | null; readonly maximum?: string | null } | null
}

export interface LearningPathwayFilter {
  readonly text?: string | null
  /** Pathways that involve at least one of these. */
  readonly members?: readonly string[] | null
  readonly types?: readonly PathwayType[] | null
}

/** Reads for one request. Every `…ByIds` takes any number of keys in one SQL statement and leaves out what is unknown. */
export interface RecognitionStore {
  listJurisdictions(): Promise<readonly Jurisdiction[]>
  findJurisdictions(codes: readonly string[]): Promise<ReadonlyMap<string, Jurisdiction>>
  pageMicroCredentials(
    filter: MicroCredentialFilter,
    page: PageRequest,
  ): Promise<Page<MicroCredential>>
  /** All of them, by id. */
  listMicroCredentials(): Promise<readonly MicroCredential[]>
  findMicroCredentials(ids: readonly string[]): Promise<ReadonlyMap<string, MicroCredential>>
  findMicroCredentialsByOpportunity(
    opportunityIds: readonly string[],
  ): Promise<ReadonlyMap<string, MicroCredential>>
  pagePathways(filter: LearningPathwayFilter, page: PageRequest): Promise<Page<LearningPathway>>
  findPathways(ids: readonly string[]): Promise<ReadonlyMap<string, LearningPathway>>
  /** A page per opportunity; opportunities without pathways are missing. */
  findPathwaysByOpportunity(
    opportunityIds: readonly string[],
    page: PageRequest,
  ): Promise<ReadonlyMap<string, Page<LearningPathway>>>
}

/** A store over this entity manager; give each request a fork of its own. */
export function createRecognitionStore(em: EntityManager): RecognitionStore {
  return {
    listJurisdictions: async () => {
      const rows = await em.find(JurisdictionEntity, {}, { orderBy: { id: 'asc' } })
      return rows.map((row) => row.document)
    },
    findJurisdictions: async (codes) => {
      const rows = await em.find(JurisdictionEntity, { id: { $in: [...codes] } })
      return new Map(rows.map((row) => [row.id, row.document]))
    },
    pageMicroCredentials: (filter, page) => {
      const { text, jurisdictions, awardingMembers, eqfLevels, ects } = filter
      const conditions = [
        ...toTextConditions(text),
        ...(jurisdictions ? [{ jurisdictionCode: { $in: [...jurisdictions] } }] : []),
        ...(awardingMembers ? [{ awardingMember: { $in: [...awardingMembers] } }] : []),
        ...(eqfLevels ? [{ eqfLevel: { $in: [...eqfLevels] } }] : []),
        ...(ects?.minimum ? [{ ects: { $gte: ects.minimum } }] : []),
        ...(ects?.maximum ? [{ ects: { $lte: ects.maximum } }] : []),
      ]
      return readTitlePage(em, MicroCredentialEntity, conditions, page)
    },
    listMicroCredentials: async () => {
      const rows = await em.find(MicroCredentialEntity, {}, { orderBy: { id: 'asc' } })
      return rows.map((row) => row.document)
    },
    findMicroCredentials: async (ids) => {
      const rows = await em.find(MicroCredentialEntity, { id: { $in: [...ids] } })
      return new Map(rows.map((row) => [row.id, row.document]))
    },
    findMicroCredentialsByOpportunity: async (opportunityIds) => {
      const where = { opportunityId: { $in: [...opportunityIds] } }
      const rows = await em.find(MicroCredentialEntity, where)
      return new Map(rows.map((row) => [row.opportunityId, row.document]))
    },
    pagePathways: ({ text, members, types }, page) => {
      const conditions = [
        ...toTextConditions(text),
        ...(members ? [{ members: { $overlap: [...members] } }] : []),
        ...(types ? [{ type: { $in: [...types] } }] : []),
      ]
      return readTitlePage(em, LearningPathwayEntity, conditions, page)
    },
    findPathways: async (ids) => {
      const rows = await em.find(LearningPathwayEntity, { id: { $in: [...ids] } })
      return new Map(rows.map((row) => [row.id, row.document]))
    },
    findPathwaysByOpportunity: (opportunityIds, page) =>
      findPathwaysByOpportunity(em, opportunityIds, page),
  }
}
