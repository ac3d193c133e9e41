import { Field, Int, ObjectType } from 'type-graphql'
import { DecimalScalar } from './decimal.scalar.js'
import { FactType } from './fact.type.js'
import { EqfMappingType, QualificationLevelType } from './qualifications-framework.type.js'

/** Provenance of a conversion of credits. */
@ObjectType('ConversionBasis', { description: 'Where the factor of a conversion comes from.' })
export class ConversionBasisType extends FactType {}

/** See the domain's `EctsConversion`. */
@ObjectType('EctsConversion', { description: 'National credit units as ECTS credits.' })
export class EctsConversionType {
  @Field(() => DecimalScalar, { description: 'ECTS credits, exact and not rounded.' })
  readonly ects!: string

  @Field(() => Boolean, {
    description:
      'False where the factor is unverified: the figure is indicative, the home university decides.',
  })
  readonly isCertain!: boolean

  @Field(() => ConversionBasisType, { description: 'Where the factor comes from.' })
  readonly basis!: ConversionBasisType
}

/** See the domain's `EqfMapping`. */
@ObjectType('EqfLevelMapping', {
  description: 'A national level and the European one it stands for.',
})
export class EqfLevelMappingType {
  @Field(() => Int, { description: 'Level in the European Qualifications Framework, 1–8.' })
  readonly eqfLevel!: number

  @Field(() => QualificationLevelType, { description: 'The national level that was found.' })
  readonly nationalLevel!: QualificationLevelType

  @Field(() => String, { description: 'Name of the national framework.' })
  readonly framework!: string

  @Field(() => EqfMappingType, { description: 'Where the mapping comes from.' })
  readonly basis!: EqfMappingType
}
