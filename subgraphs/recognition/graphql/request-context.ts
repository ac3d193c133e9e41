import type DataLoader from 'dataloader'
import type { Principal } from '../../../schema/index.js'
import type { CommandDeps } from '../commands/run-command.js'
import type { CredentialOffice } from '../credential/office/credential-office.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import type { IssuingBody, MicroCredential } from '../domain/micro-credential.js'
import type { StatisticsService } from '../statistics/statistics-service.js'
import type { RecognitionStore } from '../store/recognition.store.js'
import { type Page, type PageArguments, readPageRequest } from '../store/title-page.js'
import { createLoader } from './create-loader.js'
import type { RecordLoaders } from './record-loaders.js'

/** What resolvers work with; one per request. */
export interface RequestContext {
  /** Who asks, as the gateway found out. */
  readonly principal: Principal
  readonly now: () => Date
  readonly store: RecognitionStore
  readonly statistics: StatisticsService
  readonly issuingBody: IssuingBody
  /** Jurisdiction code by member slug, from the register. */
  readonly memberJurisdictions: ReadonlyMap<string, string>
  readonly load: RequestLoaders
  /** Records of people and stacked credentials. */
  readonly records: RecordLoaders
  /** What commands run with. */
  readonly commands: CommandDeps
  /** Digital credentials: issuing, statuses, verification. */
  readonly office: CredentialOffice
  /** Where clients reach the hub, without a slash at the end. */
  readonly publicUrl: string
  /** There is a cohort to be issued. */
  readonly wakeCredentialWorker: () => void
}

/** Lookups that become one SQL statement for all the fields of a request that ask at the same time. */
export interface RequestLoaders {
  jurisdiction(code: string): Promise<Jurisdiction | null>
  microCredential(id: string): Promise<MicroCredential | null>
  microCredentialByOpportunity(opportunityId: string): Promise<MicroCredential | null>
  pathway(id: string): Promise<LearningPathway | null>
  pathwaysByOpportunity(opportunityId: string, page: PageArguments): Promise<Page<LearningPathway>>
}

const emptyPage: Page<LearningPathway> = {
  totalCount: 0,
  edges: [],
  hasNextPage: false,
  hasPreviousPage: false,
}

/** Loaders over one request's store. */
export function createRequestLoaders(store: RecognitionStore): RequestLoaders {
  const jurisdictions = createLoader((codes) => store.findJurisdictions(codes))
  const microCredentials = createLoader((ids) => store.findMicroCredentials(ids))
  const byOpportunity = createLoader((ids) => store.findMicroCredentialsByOpportunity(ids))
  const pathways = createLoader((ids) => store.findPathways(ids))
  // All opportunities of one selection share its arguments, so each distinct pair of them needs one loader.
  const pathwayPages = new Map<string, DataLoader<string, Page<LearningPathway> | null>>()
  return {
    jurisdiction: (code) => jurisdictions.load(code),
    microCredential: (id) => microCredentials.load(id),
    microCredentialByOpportunity: (id) => byOpportunity.load(id),
    pathway: (id) => pathways.load(id),
    pathwaysByOpportunity: async (opportunityId, page) => {
      const request = readPageRequest(page)
      const key = JSON.stringify([request.size, page.after ?? null])
      let loader = pathwayPages.get(key)
      if (!loader) {
        loader = createLoader((ids) => store.findPathwaysByOpportunity(ids, request))
        pathwayPages.set(key, loader)
      }
      return (await loader.load(opportunityId)) ?? emptyPage
    },
  }
}
