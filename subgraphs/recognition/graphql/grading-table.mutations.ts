import {
  Arg,
  Ctx,
  Directive,
  Field,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql'
import { publishGradingTable } from '../commands/publish-grading-table.js'
import type { Cycle } from '../domain/grades/grading-table.js'
import { CycleEnum, GradingTableType } from './grading-table.type.js'
import { KeyedInput } from './keyed.input.js'
import type { RequestContext } from './request-context.js'
import { runMutation } from './run-mutation.js'
import { toPayload, UserErrorType } from './user-error.type.js'

@InputType('GradeCountInput', { description: 'How often a grade was given in a year.' })
export class GradeCountInput {
  @Field(() => Int, { description: 'Calendar year.' })
  readonly year!: number

  @Field(() => String, { description: 'The grade as printed on a transcript.' })
  readonly grade!: string

  @Field(() => Int, { description: 'How often.' })
  readonly count!: number
}

@InputType('GradeOrderInput', { description: 'The grades of a scale in their order.' })
export class GradeOrderInput {
  @Field(() => String, { description: 'Name of the scale, as awards say it.' })
  readonly scale!: string

  @Field(() => [String], { description: 'Passing grades, best first.' })
  readonly passing!: string[]

  @Field(() => [String], { description: 'Failing grades; they are never converted.' })
  readonly failing!: string[]
}

/** See the commands' `PublishGradingTableInput`. */
@InputType('PublishGradingTableInput', {
  description: 'Publishes how grades are distributed, or another version of it.',
})
export class PublishGradingTableMutationInput extends KeyedInput {
  @Field(() => String, { description: 'Slug of the own member.' })
  readonly member!: string

  @Field(() => String, { description: 'ISCED-F 2013 code of the field, two to four digits.' })
  readonly iscedF!: string

  @Field(() => CycleEnum, { description: 'Cycle.' })
  readonly cycle!: Cycle

  @Field(() => [GradeCountInput], {
    description: 'Counts of two years or more; failing grades and plain passes are left out.',
  })
  readonly counts!: GradeCountInput[]

  @Field(() => GradeOrderInput, {
    nullable: true,
    description: 'Where the member does not grade by the scale of its jurisdiction.',
  })
  readonly order?: GradeOrderInput | null

  @Field(() => Int, {
    description: 'The version you saw, 0 for the first; refused when it is another by now.',
  })
  readonly expectedVersion!: number
}

@ObjectType('GradingTablePayload', { description: 'The table, or every reason why not.' })
export class GradingTablePayloadType {
  @Field(() => GradingTableType, {
    nullable: true,
    description: 'Null when there are user errors.',
  })
  readonly gradingTable!: GradingTableType | null

  @Field(() => [UserErrorType], { description: 'All faults at once; empty when carried out.' })
  readonly userErrors!: readonly UserErrorType[]
}

/** What registrars say of the grades of their own member. */
@Resolver()
export class GradingTableMutations {
  @Directive('@authenticated')
  @Mutation(() => GradingTablePayloadType, {
    description: 'Publishes a grading table; for registrars of the member whose grades they are.',
  })
  async publishGradingTable(
    @Arg('input', () => PublishGradingTableMutationInput, { description: 'The table.' })
    input: PublishGradingTableMutationInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const jurisdiction = context.memberJurisdictions.get(input.member) ?? null
    const result = await runMutation(context, 'publishGradingTable', input, (unit, given) =>
      publishGradingTable(unit, given, jurisdiction),
    )
    return toPayload('gradingTable', result)
  }
}
