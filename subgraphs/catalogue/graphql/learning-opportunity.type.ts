import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import type { DeliveryMode, OpportunityKind } from '../domain/catalogue-record.js'
import { LearningOpportunityKind, ModeOfDelivery } from './enums.js'
import {
  Assessment,
  CatalogueCode,
  ChallengeDetails,
  LearningOutcome,
  NationalCredit,
} from './opportunity-parts.type.js'
import { DecimalScalar } from './scalars.js'

@ObjectType({
  description:
    'Something one can learn at a member, independent of when it runs (OEAPI: Course, Programme; ELM: LearningOpportunity).',
})
@Directive('@key(fields: "id")')
export class LearningOpportunity {
  @Field(() => ID, { description: 'Hub id, `member:opportunity:localId`.' })
  id!: string

  @Field(() => LearningOpportunityKind, { description: 'What sort of opportunity it is.' })
  kind!: OpportunityKind

  @Field(() => [CatalogueCode], { description: 'Codes, the main one first.' })
  codes!: readonly CatalogueCode[]

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'ECTS credits, exact; null when it bears none or the member does not say (ELM: creditPoint).',
  })
  ects!: string | null

  @Field(() => NationalCredit, { nullable: true, description: 'The same load in national units.' })
  nationalCredit!: NationalCredit | null

  @Field(() => Int, {
    nullable: true,
    description: 'Total workload in hours (ELM: volumeOfLearning).',
  })
  workloadHours!: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'Level of the European Qualifications Framework, 1–8; null where the jurisdiction is not referenced to it.',
  })
  eqfLevel!: number | null

  @Field(() => String, {
    nullable: true,
    description: 'National level as written there, e.g. `NLQF 7`.',
  })
  nqfLevel!: string | null

  @Field(() => [String], {
    description: 'Fields of study, ISCED-F 2013 codes of 2–4 digits (OEAPI: fieldsOfStudy).',
  })
  iscedF!: readonly string[]

  @Field(() => [LearningOutcome], { description: 'What a learner knows or can do afterwards.' })
  learningOutcomes!: readonly LearningOutcome[]

  @Field(() => [String], {
    description: 'BCP 47 languages of teaching (OEAPI: teachingLanguages).',
  })
  languages!: readonly string[]

  @Field(() => ModeOfDelivery, { nullable: true, description: 'Usual mode of delivery.' })
  mode!: DeliveryMode | null

  @Field(() => [Assessment], { description: 'How attainment is assessed.' })
  assessments!: readonly Assessment[]

  @Field(() => [String], { description: 'Topics, in the words of the member.' })
  topics!: readonly string[]

  @Field(() => ChallengeDetails, { nullable: true, description: 'Only for challenges.' })
  challenge!: ChallengeDetails | null

  @Field(() => String, { nullable: true, description: 'URL of the page about it (ELM: homepage).' })
  homepage!: string | null

  @Field(() => Boolean, { description: 'True for sample data that no university published.' })
  synthetic!: boolean
}
