import type { EntityManager } from '@mikro-orm/postgresql'
import type { Award } from '../domain/award.js'
import type { GradingTable } from '../domain/grades/grading-table.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { EquivalenceAgreement } from '../domain/recognition-decision/equivalence-agreement.js'
import type {
  RecognitionRequest,
  RequestState,
} from '../domain/recognition-decision/recognition-request.js'
import type { StackTransition } from '../domain/stack-transition.js'
import type { StackedCredential, StackState } from '../domain/stacked-credential.js'
import { type CompiledRule, compileRule } from '../domain/stacking/compile-rule.js'
import { type AuditEntry, findAudit } from '../store/audit.store.js'
import { findAwards, findAwardsOfLearners, pageAwardsOfMember } from '../store/award.store.js'
import { type Enrolment, findEnrolments } from '../store/enrolment.store.js'
import { findAgreements, listAgreements } from '../store/equivalence-agreement.store.js'
import { findGradingTables } from '../store/grading-table.store.js'
import { findLearners, type Learner } from '../store/learner.store.js'
import { createRecognitionStore } from '../store/recognition.store.js'
import {
  findRecognitionRequests,
  pageRecognitionRequests,
} from '../store/recognition-request.store.js'
import { findRuleEvaluations, type RuleEvaluation } from '../store/rule-evaluation.store.js'
import { findShareLinks, type ShareLink } from '../store/share-link.store.js'
import { findStackStates, findStackTransitions } from '../store/stack.store.js'
import {
  findStackedCredentials,
  findStackedCredentialVersions,
  listStackedCredentials,
  pageStackedCredentials,
  type StackedCredentialFilter,
} from '../store/stacked-credential.store.js'
import { type Page, type PageArguments, readPageRequest } from '../store/title-page.js'
import { createLoader } from './create-loader.js'

/** A stacked credential with its rule prepared. */
export interface CompiledDefinition {
  readonly definition: StackedCredential
  readonly compiled: CompiledRule
}

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
  stackTransitionsOf(learnerId: string): Promise<readonly StackTransition[]>
  enrolmentsOf(learnerId: string): Promise<readonly Enrolment[]>
  requestsOf(learnerId: string): Promise<readonly RecognitionRequest[]>
  shareLinksOf(learnerId: string): Promise<readonly ShareLink[]>
  /** Those that hold now. */
  gradingTablesOf(member: string): Promise<readonly GradingTable[]>
  agreement(id: string): Promise<EquivalenceAgreement | null>
  /** Those that one of these members takes part in, or all. */
  agreements(members: readonly string[] | null): Promise<readonly EquivalenceAgreement[]>
  pageRecognitionRequests(
    member: string,
    states: readonly RequestState[] | null,
    page: PageArguments,
  ): Promise<Page<RecognitionRequest>>
  audit(entityId: string): Promise<readonly AuditEntry[]>
  stackedCredential(id: string): Promise<StackedCredential | null>
  stackedCredentialVersions(id: string): Promise<readonly StackedCredential[]>
  ruleEvaluation(stackedCredentialId: string): Promise<RuleEvaluation | null>
  /** All of them, by id; read once a request. */
  allStackedCredentials(): Promise<readonly StackedCredential[]>
  /** The same with their rules prepared. */
  compiledStacks(): Promise<readonly CompiledDefinition[]>
  /** All definitions; read once a request. */
  allMicroCredentials(): Promise<readonly MicroCredential[]>
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
  const transitionsOf = createLoader((ids) => findStackTransitions(em, ids))
  const enrolmentsOf = createLoader((ids) => findEnrolments(em, ids))
  const requestsOf = createLoader((ids) => findRecognitionRequests(em, ids))
  const linksOf = createLoader((ids) => findShareLinks(em, ids))
  const gradingTables = createLoader((members) => findGradingTables(em, members))
  const agreements = createLoader((ids) => findAgreements(em, ids))
  const audits = createLoader((ids) => findAudit(em, ids))
  const stackedCredentials = createLoader((ids) => findStackedCredentials(em, ids))
  const versions = createLoader((ids) => findStackedCredentialVersions(em, ids))
  const evaluations = createLoader((ids) => findRuleEvaluations(em, ids))
  let all: Promise<readonly StackedCredential[]> | undefined
  let compiled: Promise<readonly CompiledDefinition[]> | undefined
  const listAll = () => {
    all ??= listStackedCredentials(em)
    return all
  }
  let definitions: Promise<readonly MicroCredential[]> | undefined
  return {
    learner: (id) => learners.load(id),
    award: (id) => awards.load(id),
    awardsOf: async (id) => (await awardsOf.load(id)) ?? [],
    stackStatesOf: async (id) => (await statesOf.load(id)) ?? [],
    stackTransitionsOf: async (id) => (await transitionsOf.load(id)) ?? [],
    enrolmentsOf: async (id) => (await enrolmentsOf.load(id)) ?? [],
    requestsOf: async (id) => (await requestsOf.load(id)) ?? [],
    shareLinksOf: async (id) => (await linksOf.load(id)) ?? [],
    gradingTablesOf: async (member) => (await gradingTables.load(member)) ?? [],
    agreement: (id) => agreements.load(id),
    agreements: (members) => listAgreements(em, members),
    pageRecognitionRequests: (member, states, page) =>
      pageRecognitionRequests(em, member, states, page),
    audit: async (id) => (await audits.load(id)) ?? [],
    stackedCredential: (id) => stackedCredentials.load(id),
    stackedCredentialVersions: async (id) => (await versions.load(id)) ?? [],
    ruleEvaluation: (id) => evaluations.load(id),
    allStackedCredentials: listAll,
    compiledStacks: () => {
      compiled ??= listAll().then((list) =>
        list.map((definition) => ({ definition, compiled: compileRule(definition.rule) })),
      )
      return compiled
    },
    allMicroCredentials: () => {
      definitions ??= createRecognitionStore(em).listMicroCredentials()
      return definitions
    },
    pageMemberAwards: (member, page) => pageAwardsOfMember(em, member, page),
    pageStackedCredentials: async (filter, page) =>
      pageStackedCredentials(em, filter, readPageRequest(page)),
  }
}
