import 'reflect-metadata'
import {
  buildSubgraphSchema,
  type GraphQLSchemaModule,
  printSubgraphSchema,
} from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { buildSchema, createResolversMap } from 'type-graphql'
import { addCacheHints } from '../../../infra/runtime/index.js'
import type { Institution, Offering, Opportunity } from '../domain/catalogue-view.js'
import { cacheHints } from './cache-hints.js'
import type { CatalogueContext } from './catalogue-context.js'
import {
  CourseOfferingConnectionResolver,
  LearningOpportunityConnectionResolver,
} from './connection.resolver.js'
import { fanOutDirective, routeByDirective } from './contract-directives.js'
import { AwardingBodyResolver, CourseOfferingResolver } from './course-offering.resolver.js'
import { InstitutionResolver } from './institution.resolver.js'
import { LearningOpportunityResolver } from './learning-opportunity.resolver.js'
import { ApplicationWindowResolver, CapacityResolver } from './offering-parts.resolver.js'
import {
  AssessmentResolver,
  LearningOutcomeResolver,
  SkillResolver,
} from './opportunity-parts.resolver.js'
import { QueryResolver } from './query.resolver.js'

const federationLink =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])'

/** A reference another subgraph or the router holds to one of our entities. */
interface Representation {
  readonly id?: unknown
}

const referenceResolvers = {
  Institution: {
    __resolveReference: async (
      { id }: Representation,
      { member }: CatalogueContext,
    ): Promise<Institution | null> =>
      // A copy: the federation library marks what it gets, and this object outlives the request.
      id === member.institution.id ? { ...member.institution } : null,
  },
  LearningOpportunity: {
    __resolveReference: async (
      { id }: Representation,
      { loaders }: CatalogueContext,
    ): Promise<Opportunity | null> => loaders.opportunity.load(String(id)),
  },
  CourseOffering: {
    __resolveReference: async (
      { id }: Representation,
      { loaders }: CatalogueContext,
    ): Promise<Offering | null> => loaders.offering.load(String(id)),
  },
}

/** The catalogue contract, as printed into `schema/catalogue.graphql`. */
export async function buildCatalogueSdl(): Promise<string> {
  return printContract(await buildTypes())
}

let executable: Promise<GraphQLSchema> | undefined

/**
 * The executable subgraph schema. It knows no member (the context does), so that thirteen members in one process
 * share one: building it costs more than everything else a member's start does.
 */
export function loadCatalogueSchema(): Promise<GraphQLSchema> {
  executable ??= buildExecutable()
  return executable
}

async function buildExecutable(): Promise<GraphQLSchema> {
  const types = await buildTypes()
  const resolvers: Record<string, object> = createResolversMap(types)
  for (const [name, resolver] of Object.entries(referenceResolvers)) {
    resolvers[name] = { ...resolvers[name], ...resolver }
  }
  // The two libraries describe the same map with types that do not meet.
  const module = { typeDefs: parse(printContract(types)), resolvers } as GraphQLSchemaModule
  return buildSubgraphSchema([module])
}

function printContract(types: GraphQLSchema): string {
  return addCacheHints(`${federationLink}\n\n${printSubgraphSchema(types)}`, cacheHints)
}

function buildTypes(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      QueryResolver,
      CourseOfferingConnectionResolver,
      LearningOpportunityConnectionResolver,
      CourseOfferingResolver,
      LearningOpportunityResolver,
      InstitutionResolver,
      ApplicationWindowResolver,
      AwardingBodyResolver,
      CapacityResolver,
      LearningOutcomeResolver,
      SkillResolver,
      AssessmentResolver,
    ],
    // The decorators' storage is global, and recognition fills it too in the same process: take ours only.
    orphanedTypes: [],
    directives: [fanOutDirective, routeByDirective],
    validate: false,
    // The bare types use federation's directives, which only the subgraph schema defines.
    skipCheck: true,
  })
}
