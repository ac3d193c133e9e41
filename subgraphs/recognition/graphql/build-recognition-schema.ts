import 'reflect-metadata'
import {
  buildSubgraphSchema,
  type GraphQLSchemaModule,
  printSubgraphSchema,
} from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { buildSchema, createResolversMap } from 'type-graphql'
import { addCacheHints } from '../../../infra/runtime/index.js'
import { PathwayStatisticsResolver } from '../statistics/graphql/pathway-statistics.resolver.js'
import { StatisticsResolver } from '../statistics/graphql/statistics.resolver.js'
import { StatisticsGroupResolver } from '../statistics/graphql/statistics-group.resolver.js'
import { AwardMutations } from './award.mutations.js'
import { AwardResolver } from './award.resolver.js'
import { cacheHints } from './cache-hints.js'
import { InstitutionResolver, LearningOpportunityResolver } from './catalogue-entity.resolver.js'
import { PassportSkillResolver } from './competence-passport.resolver.js'
import { CompletenessResolver } from './completeness.resolver.js'
import {
  CountsTowardsResolver,
  OpportunityCountsTowardsResolver,
} from './counts-towards.resolver.js'
import { CredentialMutations } from './credential.mutations.js'
import { CredentialResolver } from './credential.resolver.js'
import { CredentialShareResolver } from './credential-share.resolver.js'
import { GradeSuggestionResolver } from './grade-suggestion.resolver.js'
import { GradingTableMutations } from './grading-table.mutations.js'
import { JurisdictionResolver } from './jurisdiction.resolver.js'
import { LearnerMutations } from './learner.mutations.js'
import { LearnerResolver } from './learner.resolver.js'
import {
  LearningPathwayResolver,
  LearningPathwayStepResolver,
} from './learning-pathway.resolver.js'
import { MicroCredentialResolver } from './micro-credential.resolver.js'
import {
  MicroCredentialOutcomeResolver,
  OutcomeSkillResolver,
} from './micro-credential-part.resolver.js'
import { PathwayAlternativeResolver, PathwayProgressResolver } from './pathway-progress.resolver.js'
import {
  EquivalenceMutations,
  RecognitionRequestMutations,
} from './recognition-request.mutations.js'
import {
  EquivalenceAgreementResolver,
  RecognitionDecisionResolver,
  RecognitionRequestResolver,
} from './recognition-request.resolver.js'
import { RecommendationResolver, RecommendNextResolver } from './recommendation.resolver.js'
import { referenceResolvers } from './reference-resolvers.js'
import {
  StackCompletionSetResolver,
  StackCompletionsResolver,
} from './stack-completion.resolver.js'
import {
  StackChangeResolver,
  StackedCredentialProgressResolver,
} from './stack-progress.resolver.js'
import { StackedCredentialResolver } from './stacked-credential.resolver.js'
import { WalletOfferMutations } from './wallet-offer.mutations.js'

const federationLink =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy"])'

/** The subgraph's contract as SDL, with the federation directives; the same text on every call. */
export async function buildRecognitionSdl(): Promise<string> {
  return printContract(await buildPlainSchema())
}

/** The subgraph's executable schema; its resolvers expect a `RequestContext`. */
export async function buildRecognitionSchema(): Promise<GraphQLSchema> {
  const plain = await buildPlainSchema()
  const resolvers: Record<string, object> = createResolversMap(plain)
  for (const [name, reference] of Object.entries(referenceResolvers)) {
    resolvers[name] = { ...resolvers[name], ...reference }
  }
  const module = { typeDefs: parse(printContract(plain)), resolvers } as GraphQLSchemaModule
  return buildSubgraphSchema([module])
}

function buildPlainSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [
      CredentialResolver,
      CredentialMutations,
      CredentialShareResolver,
      WalletOfferMutations,
      JurisdictionResolver,
      MicroCredentialResolver,
      MicroCredentialOutcomeResolver,
      OutcomeSkillResolver,
      LearningPathwayResolver,
      LearningPathwayStepResolver,
      LearningOpportunityResolver,
      OpportunityCountsTowardsResolver,
      CountsTowardsResolver,
      InstitutionResolver,
      LearnerResolver,
      AwardResolver,
      AwardMutations,
      GradeSuggestionResolver,
      GradingTableMutations,
      PathwayProgressResolver,
      PathwayAlternativeResolver,
      StackedCredentialResolver,
      StackedCredentialProgressResolver,
      StackChangeResolver,
      PathwayStatisticsResolver,
      StatisticsGroupResolver,
      StatisticsResolver,
      RecognitionRequestResolver,
      RecognitionDecisionResolver,
      EquivalenceAgreementResolver,
      RecognitionRequestMutations,
      EquivalenceMutations,
      LearnerMutations,
      PassportSkillResolver,
      CompletenessResolver,
      StackCompletionsResolver,
      StackCompletionSetResolver,
      RecommendNextResolver,
      RecommendationResolver,
    ],
    // type-graphql keeps the classes of the whole process in one place, the catalogue's among them:
    // without these two, another room's types and checks would leak into this schema.
    orphanedTypes: [],
    authChecker: () => true,
    validate: false,
  })
}

function printContract(schema: GraphQLSchema): string {
  return addCacheHints(`${federationLink}\n\n${printSubgraphSchema(schema)}`, cacheHints)
}
