import type { EntityManager } from '@mikro-orm/postgresql'
import type { Award } from '../domain/award.js'
import type { StackChange } from '../domain/stack-change.js'
import type { StackedCredential, StackState } from '../domain/stacked-credential.js'
import { type AuditEntry, findAudit } from '../store/audit.store.js'
import { findAwards, findAwardsOfLearners, pageAwardsOfMember } from '../store/award.store.js'
import { type Enrolment, findEnrolments } from '../store/enrolment.store.js'
import { findLearners, type Learner } from '../store/learner.store.js'
import { findRuleEvaluations, type RuleEvaluation } from '../store/rule-evaluation.store.js'
import { findStackChanges, findStackStates } from '../store/stack.store.js'
import {
  findStackedCredentials,
  findStackedCredentialVersions,
  listStackedCredentials,
  pageStackedCredentials,
  type StackedCredentialFilter,
} from '../store/stacked-credential.store.js'
import { type Page, type PageArguments, readPageRequest } from '../store/title-page.js'
import { createLoader } from './create-loader.js'

/**
 * Lookups of records of people and of stacked credentials: one SQL statement for all the fields of a request that ask
 * at the same time. They check nothing: a resolver asks only with the id of the learner it has let in, or with ids it
 * has from such a record.
 */
export interface RecordLoaders {
  learner(id: string): Promise<Learner | null>
  award(id: string): Promise<Award | null>
  awardsOf(learnerId: string): Promise<readonly Award[]>
  stackStatesOf(learnerId: string): Promise<readonly StackState[]>
  /** Newest first. */
  stackChangesOf(learnerId: string): Promise<readonly StackChange[]>
  enrolmentsOf(learnerId: string): Promise<readonly Enrolment[]>
  audit(entityId: string): Promise<readonly AuditEntry[]>
  stackedCredential(id: string): Promise<StackedCredential | null>
  stackedCredentialVersions(id: string): Promise<readonly StackedCredential[]>
  ruleEvaluation(stackedCredentialId: string): Promise<RuleEvaluation | null>
  /** All of them, by id; read once a request. */
  allStackedCredentials(): Promise<readonly StackedCredential[]>
  pageMemberAwards(member: string, page: PageArguments): Promise<Page<Award>>
  pageStackedCredentials(
    filter: StackedCredentialFilter,
    page: PageArguments,
  ): Promise<Page<StackedCredential>>
}

/** Loaders over one request's entity manager. */
export function createRecordLoaders(em: EntityManager): RecordLoaders {
  const learners = createLoader((ids) => findLearners(em, ids))
  const awards = createLoader((ids) => findAwards(em, ids))
  const awardsOf = createLoader((ids) => findAwardsOfLearners(em, ids))
  const statesOf = createLoader((ids) => findStackStates(em, ids))
  const changesOf = createLoader((ids) => findStackChanges(em, ids))
  const enrolmentsOf = createLoader((ids) => findEnrolments(em, ids))
  const audits = createLoader((ids) => findAudit(em, ids))
  const stackedCredentials = createLoader((ids) => findStackedCredentials(em, ids))
  const versions = createLoader((ids) => findStackedCredentialVersions(em, ids))
  const evaluations = createLoader((ids) => findRuleEvaluations(em, ids))
  let all: Promise<readonly StackedCredential[]> | undefined
  return {
    learner: (id) => learners.load(id),
    award: (id) => awards.load(id),
    awardsOf: async (id) => (await awardsOf.load(id)) ?? [],
    stackStatesOf: async (id) => (await statesOf.load(id)) ?? [],
    stackChangesOf: async (id) => (await changesOf.load(id)) ?? [],
    enrolmentsOf: async (id) => (await enrolmentsOf.load(id)) ?? [],
    audit: async (id) => (await audits.load(id)) ?? [],
    stackedCredential: (id) => stackedCredentials.load(id),
    stackedCredentialVersions: async (id) => (await versions.load(id)) ?? [],
    ruleEvaluation: (id) => evaluations.load(id),
    allStackedCredentials: () => {
      all ??= listStackedCredentials(em)
      return all
    },
    pageMemberAwards: (member, page) => pageAwardsOfMember(em, member, page),
    pageStackedCredentials: async (filter, page) =>
      pageStackedCredentials(em, filter, readPageRequest(page)),
  }
}
