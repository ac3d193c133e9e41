import { Field, Int, ObjectType } from 'type-graphql'
import { FactType } from './fact.type.js'

/** See the domain's `QualificationLevel`. */
@ObjectType('QualificationLevel', { description: 'A level of a national framework.' })
export class QualificationLevelType {
  @Field(() => String, { description: 'The level as written there, e.g. `NLQF 7`.' })
  readonly label!: string

  @Field(() => Int, { description: 'Level in the European Qualifications Framework, 1–8.' })
  readonly eqfLevel!: number

  @Field(() => String, {
    nullable: true,
    description: 'The level’s URI in the European Learning Model; null where it is not listed.',
  })
  readonly uri!: string | null
}

/** Provenance of a mapping between frameworks. */
@ObjectType('EqfMapping', {
  description: 'Where the mapping to the European Qualifications Framework comes from.',
})
export class EqfMappingType extends FactType {}

/** See the domain's `QualificationsFramework`. */
@ObjectType('QualificationsFramework', {
  description: 'A national qualifications framework. Its source speaks of the levels and URIs.',
})
export class QualificationsFrameworkType extends FactType {
  @Field(() => String, { description: 'Usual short name, e.g. `NLQF`.' })
  readonly name!: string

  @Field(() => String, {
    nullable: true,
    description: 'The framework’s URI in the European Learning Model; null where it is not listed.',
  })
  readonly uri!: string | null

  @Field(() => [QualificationLevelType], {
    description: 'Levels of higher education, lowest first.',
  })
  readonly levels!: readonly QualificationLevelType[]

  @Field(() => EqfMappingType, { description: 'Where the mapping of its levels comes from.' })
  readonly eqfMapping!: EqfMappingType
}
