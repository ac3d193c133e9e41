import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { DeliveryMode, OfferingStateName } from '../domain/catalogue-record.js'
import { ModeOfDelivery, OfferingState } from './enums.js'
import {
  AcademicSession,
  ApplicationWindow,
  Capacity,
  Place,
  Price,
} from './offering-parts.type.js'
import { DateScalar } from './scalars.js'

@ObjectType({ description: 'A dated run of a learning opportunity (OEAPI: CourseOffering).' })
@Directive('@key(fields: "id")')
export class CourseOffering {
  @Field(() => ID, { description: 'Hub id, `member:offering:localId`.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'The run’s own code (OEAPI: primaryCode).' })
  code!: string | null

  @Field(() => AcademicSession, { nullable: true, description: 'Part of the academic year.' })
  session!: AcademicSession | null

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day; null for runs that can be started at any time.',
  })
  startDate!: string | null

  @Field(() => DateScalar, { nullable: true, description: 'Last day.' })
  endDate!: string | null

  @Field(() => ModeOfDelivery, {
    nullable: true,
    description: 'Mode of delivery of this run, else the opportunity’s.',
  })
  mode!: DeliveryMode | null

  @Field(() => [String], {
    description: 'BCP 47 languages of teaching of this run, else the opportunity’s.',
  })
  languages!: readonly string[]

  @Field(() => Place, { nullable: true, description: 'Where it takes place.' })
  place!: Place | null

  @Field(() => OfferingState, { description: 'Where the run stands.' })
  state!: OfferingStateName

  @Field(() => ApplicationWindow, {
    nullable: true,
    description: 'When one can apply; null when the member does not say.',
  })
  application!: ApplicationWindow | null

  @Field(() => String, {
    nullable: true,
    description: 'URL of the application (OEAPI: enrolmentUrl).',
  })
  applicationUrl!: string | null

  @Field(() => Capacity, { nullable: true, description: 'Places.' })
  capacity!: Capacity | null

  @Field(() => Price, { nullable: true, description: 'Price; null when the member does not say.' })
  price!: Price | null

  @Field(() => Boolean, { description: 'True for sample data that no university published.' })
  synthetic!: boolean
}
