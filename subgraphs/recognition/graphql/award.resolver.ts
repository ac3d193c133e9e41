import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { toGlobalId } from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningOutcome, MicroCredential } from '../domain/micro-credential.js'
import type { AuditEntry } from '../store/audit.store.js'
import { AuditEntryType, AwardConnectionType, AwardType } from './award.type.js'
import { InstitutionType, LearningOpportunityType } from './catalogue-entity.type.js'
import { JurisdictionType } from './jurisdiction.type.js'
import { MicroCredentialType } from './micro-credential.type.js'
import { MicroCredentialOutcomeType } from './micro-credential-part.type.js'
import { PageArgs } from './page.args.js'
import { type Connection, toConnection } from './page-info.type.js'
import type { RequestContext } from './request-context.js'
import { requireRole } from './require-role.js'

/** Awards and their edges. */
@Resolver(() => AwardType)
export class AwardResolver {
  @Directive('@authenticated')
  @Query(() => AwardConnectionType, {
    description: 'Awards that a member made, oldest first; for registrars of that member only.',
  })
  async memberAwards(
    @Ctx() { principal, records }: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('member', () => String, { description: 'Slug of the member.' }) member: string,
  ): Promise<Connection<Award>> {
    requireRole(principal, 'registrar', member)
    return toConnection(await records.pageMemberAwards(member, page))
  }

  @FieldResolver(() => MicroCredentialType, {
    nullable: true,
    description: 'The definition as it is now; what was earned is in the award itself.',
  })
  microCredential(
    @Root() award: Award,
    @Ctx() { load }: RequestContext,
  ): Promise<MicroCredential | null> {
    return load.microCredential(award.microCredentialId)
  }

  @FieldResolver(() => LearningOpportunityType, {
    nullable: true,
    description: 'What the learner took; null only while its member cannot be asked.',
  })
  opportunity(@Root() award: Award): LearningOpportunityType {
    return { id: award.opportunityId }
  }

  @FieldResolver(() => InstitutionType, {
    nullable: true,
    description: 'The member that awarded; null only while it cannot be asked for details.',
  })
  awardingBody(@Root() { awardingMember }: Award): InstitutionType {
    return { id: toGlobalId(awardingMember, 'institution', awardingMember) }
  }

  @FieldResolver(() => JurisdictionType, {
    nullable: true,
    description: 'The rules it was awarded under; null when they are not described yet.',
  })
  jurisdiction(
    @Root() award: Award,
    @Ctx() { load }: RequestContext,
  ): Promise<Jurisdiction | null> {
    return load.jurisdiction(award.jurisdictionCode)
  }

  @FieldResolver(() => [MicroCredentialOutcomeType], {
    description: 'Learning outcomes, as they were when it was awarded.',
  })
  learningOutcomes(@Root() award: Award): readonly LearningOutcome[] {
    return award.learningOutcomes
  }

  @FieldResolver(() => [AuditEntryType], { description: 'What was done to it, oldest first.' })
  history(
    @Root() award: Award,
    @Ctx() { records }: RequestContext,
  ): Promise<readonly AuditEntry[]> {
    return records.audit(award.id)
  }
}
