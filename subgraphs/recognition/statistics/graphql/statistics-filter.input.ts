import { Field, ID, InputType } from 'type-graphql'
import type { CodeFilter } from '../domain/published-codes.js'

/** See the domain's `CodeFilter`. */
@InputType('StatisticsFilter', {
  description:
    'Which rows to give. A filter picks rows and never adds them up: every dimension in it is broken down by, too.',
})
export class StatisticsFilterInput {
  @Field(() => [ID], { nullable: true, description: 'Hub ids of pathways.' })
  readonly pathways?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'Hub ids of stacked credentials.' })
  readonly stackedCredentials?: string[] | null

  @Field(() => [String], {
    nullable: true,
    description: 'Slugs of home members; `_X` for learners of no member.',
  })
  readonly homeMembers?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Slugs of awarding members.' })
  readonly awardingMembers?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Slugs of recognising members.' })
  readonly recognisingMembers?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Jurisdictions, ISO 3166.' })
  readonly jurisdictions?: string[] | null

  @Field(() => [String], { nullable: true, description: 'European levels `1`–`8`, or `_U`.' })
  readonly eqfLevels?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Broad fields of ISCED-F, two digits.' })
  readonly iscedFields?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Bands of size, e.g. `3_TO_5`.' })
  readonly sizeBands?: string[] | null

  @Field(() => [String], { nullable: true, description: 'Skills, by ESCO URI or title.' })
  readonly skills?: string[] | null
}

/** The domain's filter; what is null is no condition. */
export function toCodeFilter(input: StatisticsFilterInput | null | undefined): CodeFilter {
  const filter = {
    pathway: input?.pathways,
    stackedCredential: input?.stackedCredentials,
    homeMember: input?.homeMembers,
    awardingMember: input?.awardingMembers,
    recognisingMember: input?.recognisingMembers,
    jurisdiction: input?.jurisdictions,
    eqfLevel: input?.eqfLevels,
    iscedField: input?.iscedFields,
    sizeBand: input?.sizeBands,
    skill: input?.skills,
  }
  return Object.fromEntries(
    Object.entries(filter).filter(([, codes]) => codes !== null && codes !== undefined),
  ) as CodeFilter
}
