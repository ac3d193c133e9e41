import { Directive, Field, Int, ObjectType } from 'type-graphql'
import { DecimalScalar } from './scalars.js'

@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'A code by which people and systems know a thing (OEAPI: primaryCode, otherCodes).',
})
export class CatalogueCode {
  @Field(() => String, { description: 'Which system of codes it belongs to (OEAPI: codeType).' })
  codeType!: string

  @Field(() => String, { description: 'The code itself.' })
  code!: string
}

@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'Study load as the member’s own jurisdiction counts it (OEAPI: studyLoad).',
})
export class NationalCredit {
  @Field(() => DecimalScalar, { description: 'Number of units.' })
  value!: string

  @Field(() => String, { description: 'Name of the unit, e.g. `studiepoeng`.' })
  unit!: string
}

@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'A skill that an outcome leads to (ELM: relatedESCOSkill; MOOChub: teaches).',
})
export class Skill {
  @Field(() => String, { nullable: true, description: 'URI of the skill in ESCO, if it is one.' })
  escoUri!: string | null
}

@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'What a learner knows or can do afterwards (OEAPI and ELM: learningOutcome).',
})
export class LearningOutcome {
  @Field(() => String, { nullable: true, description: 'The member’s code of the outcome.' })
  code!: string | null

  @Field(() => [Skill], { description: 'Skills the outcome leads to.' })
  skills!: readonly Skill[]
}

@Directive('@cost(weight: 0)')
@ObjectType({ description: 'How attainment is assessed (OEAPI: assessment; ELM: provenBy).' })
export class Assessment {
  @Field(() => String, {
    description: 'Label of the European assessment list, e.g. `marked assignment`.',
  })
  type!: string

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is supervised; null when the member does not say (ELM: idVerification).',
  })
  supervised!: boolean | null

  @Field(() => String, { nullable: true, description: 'Grading scale as the member prints it.' })
  gradingScale!: string | null
}

@Directive('@cost(weight: 0)')
@ObjectType({ description: 'What a challenge adds to an opportunity.' })
export class ChallengeDetails {
  @Field(() => [String], { description: 'Companies, cities and others that set the problem.' })
  providers!: readonly string[]

  @Field(() => String, { nullable: true, description: 'Where the problem lies or teams meet.' })
  place!: string | null

  @Field(() => Int, { nullable: true, description: 'Smallest team.' })
  minimumTeamSize!: number | null

  @Field(() => Int, { nullable: true, description: 'Largest team.' })
  maximumTeamSize!: number | null
}
