import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { toGlobalId } from '../../../../schema/index.js'
import type { Jurisdiction } from '../../domain/jurisdiction.js'
import type { LearningPathway } from '../../domain/learning-pathway.js'
import { InstitutionType } from '../../graphql/catalogue-entity.type.js'
import { JurisdictionType } from '../../graphql/jurisdiction.type.js'
import { LearningPathwayType } from '../../graphql/learning-pathway.type.js'
import type { RequestContext } from '../../graphql/request-context.js'
import { outsideCode } from '../domain/dimension.js'
import { StatisticsGroupType } from './statistics-group.type.js'

/** Joins the rows of statistics with what they are about. */
@Resolver(() => StatisticsGroupType)
export class StatisticsGroupResolver {
  @FieldResolver(() => LearningPathwayType, { nullable: true, description: 'The pathway.' })
  pathway(
    @Root() group: StatisticsGroupType,
    @Ctx() { load }: RequestContext,
  ): Promise<LearningPathway | null> | null {
    return group.pathwayId === null ? null : load.pathway(group.pathwayId)
  }

  @FieldResolver(() => InstitutionType, {
    nullable: true,
    description: 'The home institution; null when not broken down by it, or when it is no member.',
  })
  homeInstitution(@Root() group: StatisticsGroupType): InstitutionType | null {
    return toInstitution(group.homeMember)
  }

  @FieldResolver(() => InstitutionType, {
    nullable: true,
    description: 'The awarding institution; null when not broken down by it.',
  })
  awardingInstitution(@Root() group: StatisticsGroupType): InstitutionType | null {
    return toInstitution(group.awardingMember)
  }

  @FieldResolver(() => InstitutionType, {
    nullable: true,
    description: 'The institution asked to recognise; null when not broken down by it.',
  })
  recognisingInstitution(@Root() group: StatisticsGroupType): InstitutionType | null {
    return toInstitution(group.recognisingMember)
  }

  @FieldResolver(() => JurisdictionType, {
    nullable: true,
    description: 'The jurisdiction; null when not broken down by it.',
  })
  jurisdiction(
    @Root() group: StatisticsGroupType,
    @Ctx() { load }: RequestContext,
  ): Promise<Jurisdiction | null> | null {
    return group.jurisdictionCode === null ? null : load.jurisdiction(group.jurisdictionCode)
  }
}

/** The entity of a member; null for `_X` and for none. */
export function toInstitution(member: string | null): InstitutionType | null {
  if (member === null || member === outsideCode) return null
  return { id: toGlobalId(member, 'institution', member) }
}
