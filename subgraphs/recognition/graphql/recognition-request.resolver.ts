import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { Award } from '../domain/award.js'
import { holdingDecision, isOverdue } from '../domain/recognition-decision/change-request.js'
import type { EquivalenceAgreement } from '../domain/recognition-decision/equivalence-agreement.js'
import type {
  RecognitionDecision,
  RecognitionRequest,
  RequestState,
} from '../domain/recognition-decision/recognition-request.js'
import type { AuditEntry } from '../store/audit.store.js'
import { pageOfList } from '../store/list-page.js'
import { AuditEntryType, AwardType } from './award.type.js'
import { LearningOpportunityType } from './catalogue-entity.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import {
  EquivalenceAgreementConnectionType,
  EquivalenceAgreementType,
  RecognitionDecisionType,
  RecognitionRequestConnectionType,
  RecognitionRequestType,
  RequestStateEnum,
} from './recognition-request.type.js'
import type { RequestContext } from './request-context.js'
import { requireRegistry } from './require-role.js'

/** Requests for recognition and their edges. */
@Resolver(() => RecognitionRequestType)
export class RecognitionRequestResolver {
  @Directive('@authenticated')
  @Query(() => RecognitionRequestConnectionType, {
    description:
      'Requests to a member, oldest first; for registrars and admission officers of that member only.',
  })
  async recognitionRequests(
    @Ctx() { principal, records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('member', () => String, { description: 'Slug of the recognising member.' })
    member: string,
    @Arg('states', () => [RequestStateEnum], { nullable: true, description: 'How far they are.' })
    states?: RequestState[] | null,
  ): Promise<Connection<RecognitionRequest>> {
    requireRegistry(principal, member)
    return toConnection(await records.pageRecognitionRequests(member, states ?? null, page))
  }

  @FieldResolver(() => AwardType, { nullable: true, description: 'What is to be recognised.' })
  award(
    @Root() { awardId }: RecognitionRequest,
    @Ctx() { records }: RequestContext,
  ): Promise<Award | null> {
    return records.award(awardId)
  }

  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What it is to count as; null: as free credits, or while its member is down.',
  })
  target(@Root() { targetOpportunityId: id }: RecognitionRequest): LearningOpportunityType | null {
    return id && { id }
  }

  @FieldResolver(() => [RecognitionDecisionType], {
    description: 'Every decision, the first one first; the last one holds.',
  })
  decisions(@Root() { decisions }: RecognitionRequest): readonly RecognitionDecision[] {
    return decisions
  }

  @FieldResolver(() => RecognitionDecisionType, {
    nullable: true,
    description: 'The decision that holds now; null while there is none.',
  })
  decision(@Root() request: RecognitionRequest): RecognitionDecision | null {
    return holdingDecision(request)
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Grounds of the appeal; null when there is none.',
  })
  appealGrounds(@Root() { appeal }: RecognitionRequest): string | null {
    return appeal?.grounds ?? null
  }

  @FieldResolver(() => Boolean, { description: 'Whether the time for a decision has passed.' })
  isOverdue(@Root() request: RecognitionRequest, @Ctx() { now }: RequestContext): boolean {
    return isOverdue(request, now().toISOString().slice(0, 10))
  }

  @FieldResolver(() => [AuditEntryType], { description: 'What was done to it, oldest first.' })
  history(
    @Root() { id }: RecognitionRequest,
    @Ctx() { records }: RequestContext,
  ): Promise<readonly AuditEntry[]> {
    return records.audit(id)
  }
}

/** What stands behind a decision. */
@Resolver(() => RecognitionDecisionType)
export class RecognitionDecisionResolver {
  @FieldResolver(() => EquivalenceAgreementType, {
    nullable: true,
    description: 'The agreement that decided; null when a registrar did.',
  })
  async agreement(
    @Root() { equivalenceId }: RecognitionDecision,
    @Ctx() { records }: RequestContext,
  ): Promise<EquivalenceAgreement | null> {
    return equivalenceId && records.agreement(equivalenceId)
  }
}

/** Equivalence agreements: the alliance's recognition accord, open to everybody. */
@Resolver(() => EquivalenceAgreementType)
export class EquivalenceAgreementResolver {
  @Query(() => EquivalenceAgreementConnectionType, {
    description: 'Equivalence agreements of the alliance, or of some members.',
  })
  async equivalenceAgreements(
    @Ctx() { records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('members', () => [String], { nullable: true, description: 'Slugs; on either side.' })
    members?: string[] | null,
  ): Promise<Connection<EquivalenceAgreement>> {
    const agreements = await records.agreements(members ?? null)
    return toConnection(pageOfList('AGREEMENTS', agreements, ({ id }) => id, page))
  }

  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What is awarded; null only while its member cannot be asked.',
  })
  opportunity(@Root() { opportunityId: id }: EquivalenceAgreement): LearningOpportunityType {
    return { id }
  }

  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What it counts as; null: as free credits, or while its member is down.',
  })
  target(
    @Root() { targetOpportunityId: id }: EquivalenceAgreement,
  ): LearningOpportunityType | null {
    return id && { id }
  }
}
