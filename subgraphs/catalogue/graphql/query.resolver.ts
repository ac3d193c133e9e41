import { Arg, Args, Ctx, Directive, ID, Query, Resolver } from 'type-graphql'
import type { CatalogueFacets as Facets } from '../domain/catalogue-filter.js'
import type {
  Institution as InstitutionView,
  Offering,
  Opportunity,
} from '../domain/catalogue-view.js'
import type { CatalogueContext } from './catalogue-context.js'
import { CatalogueFacets } from './catalogue-facets.type.js'
import { checkFilter } from './check-filter.js'
import {
  type Connection,
  CourseOfferingConnection,
  LearningOpportunityConnection,
  toConnection,
} from './connection.type.js'
import { CourseOffering } from './course-offering.type.js'
import { FacetArgs } from './facet.args.js'
import { Institution } from './institution.type.js'
import { LearningOpportunity } from './learning-opportunity.type.js'
import { CataloguePageArgs } from './page.args.js'

const narrowed = 'members: "filter.institutions", jurisdictions: "filter.jurisdictions"'
const sized =
  '@listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)'

/** The catalogue's root fields. The directives tell the gateway how to ask several members and merge their answers. */
@Resolver()
export class QueryResolver {
  @Query(() => CourseOfferingConnection, { nullable: true, description: 'Dated runs.' })
  @Directive(`@fanOut(merge: CONNECTION, ${narrowed})`)
  @Directive(sized)
  async courseOfferings(
    @Args(() => CataloguePageArgs) args: CataloguePageArgs,
    @Ctx() { reader, member }: CatalogueContext,
  ): Promise<Connection<Offering>> {
    const filter = checkFilter(args.filter, member)
    const page = await reader.pageOfferings({ filter, orderBy: args.orderBy ?? null, page: args })
    return toConnection(page, () => reader.countOfferings(filter))
  }

  @Query(() => LearningOpportunityConnection, {
    nullable: true,
    description: 'Learning opportunities, whether they have runs or not.',
  })
  @Directive(`@fanOut(merge: CONNECTION, ${narrowed})`)
  @Directive(sized)
  async learningOpportunities(
    @Args(() => CataloguePageArgs) args: CataloguePageArgs,
    @Ctx() { reader, member }: CatalogueContext,
  ): Promise<Connection<Opportunity>> {
    const filter = checkFilter(args.filter, member)
    const orderBy = args.orderBy ?? null
    const page = await reader.pageOpportunities({ filter, orderBy, page: args })
    return toConnection(page, () => reader.countOpportunities(filter))
  }

  @Query(() => CourseOffering, {
    nullable: true,
    description: 'One run; null when it does not exist.',
  })
  @Directive('@routeBy(argument: "id")')
  async courseOffering(
    @Arg('id', () => ID, { description: 'Hub id, `member:offering:localId`.' }) id: string,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<Offering | null> {
    return loaders.offering.load(id)
  }

  @Query(() => LearningOpportunity, {
    nullable: true,
    description: 'One opportunity; null when it does not exist.',
  })
  @Directive('@routeBy(argument: "id")')
  async learningOpportunity(
    @Arg('id', () => ID, { description: 'Hub id, `member:opportunity:localId`.' }) id: string,
    @Ctx() { loaders }: CatalogueContext,
  ): Promise<Opportunity | null> {
    return loaders.opportunity.load(id)
  }

  @Query(() => Institution, {
    nullable: true,
    description: 'One member; null when it does not exist.',
  })
  @Directive('@routeBy(argument: "id")')
  async institution(
    @Arg('id', () => ID, { description: 'Hub id, `member:institution:localId`.' }) id: string,
    @Ctx() { member }: CatalogueContext,
  ): Promise<InstitutionView | null> {
    return id === member.institution.id ? member.institution : null
  }

  @Query(() => [Institution], {
    nullable: true,
    description: 'The members, in the order of the register.',
  })
  @Directive('@fanOut(merge: CONCAT)')
  @Directive('@listSize(assumedSize: 1)')
  async institutions(@Ctx() { member }: CatalogueContext): Promise<InstitutionView[]> {
    return [member.institution]
  }

  @Query(() => CatalogueFacets, {
    nullable: true,
    description: 'How many things match a filter, by value of each facet.',
  })
  @Directive(`@fanOut(merge: FACETS, ${narrowed})`)
  @Directive('@cost(weight: 20)')
  async catalogueFacets(
    @Args(() => FacetArgs) { filter, subject }: FacetArgs,
    @Ctx() { reader, member }: CatalogueContext,
  ): Promise<Facets> {
    return reader.readFacets(checkFilter(filter, member), subject ?? 'COURSE_OFFERINGS')
  }
}
