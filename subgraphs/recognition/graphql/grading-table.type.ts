import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { type Cycle, cycles } from '../domain/grades/grading-table.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of the cycles of higher education. */
export const CycleEnum = toEnum(cycles)
registerEnumType(CycleEnum, {
  name: 'HigherEducationCycle',
  description: 'Cycles of the framework of the European Higher Education Area.',
  valuesConfig: {
    SHORT: { description: 'Short cycle, EQF level 5.' },
    FIRST: { description: 'Bachelor, EQF level 6.' },
    SECOND: { description: 'Master, EQF level 7.' },
    THIRD: { description: 'Doctorate, EQF level 8.' },
  },
})

/** See the domain's `ReferenceGroup`. */
@ObjectType('GradeReferenceGroup', { description: 'Whose grades a grading table counts.' })
export class GradeReferenceGroupType {
  @Field(() => String, { description: 'Slug of the member.' })
  readonly member!: string

  @Field(() => String, { description: 'ISCED-F 2013 code of the field, two to four digits.' })
  readonly iscedF!: string

  @Field(() => CycleEnum, { description: 'Cycle.' })
  readonly cycle!: Cycle
}

@ObjectType('GradeShare', { description: 'How often a grade was given.' })
export class GradeShareType {
  @Field(() => String, { description: 'The grade.' })
  readonly grade!: string

  @Field(() => Int, { description: 'How often.' })
  readonly count!: number
}

/** See the domain's `GradingTable`. */
@ObjectType('GradingTable', {
  description:
    'Distribution of the passing grades of a reference group (ECTS Users’ Guide 2015, annex 2).',
})
export class GradingTableType {
  @Field(() => GradeReferenceGroupType, { description: 'Whose grades.' })
  readonly referenceGroup!: GradeReferenceGroupType

  @Field(() => String, { description: 'Version, counted from 1 for the reference group.' })
  readonly version!: string

  @Field(() => String, { description: 'Name of the grading scale.' })
  readonly scale!: string

  @Field(() => [GradeShareType], { description: 'Every passing grade of the scale, best first.' })
  readonly rows!: readonly GradeShareType[]

  @Field(() => [Int], { description: 'Years counted.' })
  readonly years!: readonly number[]

  @Field(() => Int, { description: 'Passing grades counted.' })
  readonly sampleSize!: number
}
