import { FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { Offering, Opportunity } from '../domain/catalogue-view.js'
import {
  type Connection,
  CourseOfferingConnection,
  LearningOpportunityConnection,
} from './connection.type.js'

/** The length of a list of runs. */
@Resolver(() => CourseOfferingConnection)
export class CourseOfferingConnectionResolver {
  @FieldResolver(() => Int, { description: 'Length of the whole list, over all pages.' })
  async totalCount(@Root() connection: Connection<Offering>): Promise<number> {
    return connection.countTotal()
  }
}

/** The length of a list of opportunities. */
@Resolver(() => LearningOpportunityConnection)
export class LearningOpportunityConnectionResolver {
  @FieldResolver(() => Int, { description: 'Length of the whole list, over all pages.' })
  async totalCount(@Root() connection: Connection<Opportunity>): Promise<number> {
    return connection.countTotal()
  }
}
