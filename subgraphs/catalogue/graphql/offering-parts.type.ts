import { Directive, Field, Int, ObjectType } from 'type-graphql'
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.js'

@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'The part of the academic year a run belongs to (OEAPI: AcademicSession).',
})
export class AcademicSession {
  @Field(() => String, { description: 'Name as the member prints it, e.g. `Høst 2027`.' })
  name!: string

  @Field(() => DateScalar, { nullable: true, description: 'First day.' })
  startDate!: string | null

  @Field(() => DateScalar, { nullable: true, description: 'Last day.' })
  endDate!: string | null
}

@Directive('@cost(weight: 0)')
@ObjectType({ description: 'Where a run takes place.' })
export class Place {
  @Field(() => String, { nullable: true, description: 'Campus or building.' })
  name!: string | null

  @Field(() => String, { nullable: true, description: 'City.' })
  city!: string | null

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 code of the country.' })
  countryCode!: string | null
}

@Directive('@cost(weight: 0)')
@ObjectType({
  description: 'When one can apply (OEAPI: enrolmentPeriods; ELM: applicationDeadline).',
})
export class ApplicationWindow {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Start; null when there is none.' })
  opensAt!: string | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'End; null when there is none.' })
  closesAt!: string | null
}

@Directive('@cost(weight: 0)')
@ObjectType({ description: 'How many learners a run takes (OEAPI: maxNumberStudents).' })
export class Capacity {
  @Field(() => Int, { nullable: true, description: 'Places in all.' })
  maximum!: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'Places taken (OEAPI: enrolledNumberStudents).',
  })
  enrolled!: number | null
}

@Directive('@cost(weight: 0)')
@ObjectType({ description: 'What a run costs (OEAPI: priceInformation; MOOChub: offer).' })
export class Price {
  @Field(() => DecimalScalar, { description: 'Amount, exact.' })
  amount!: string

  @Field(() => String, { description: 'ISO 4217 code of the currency.' })
  currency!: string
}

@Directive('@cost(weight: 0)')
@ObjectType({
  description:
    'Who awards the credits, not necessarily who teaches or issues (ELM: awardedBy.awardingBody).',
})
export class AwardingBody {
  @Field(() => String, { description: 'Name of the body.' })
  name!: string
}
