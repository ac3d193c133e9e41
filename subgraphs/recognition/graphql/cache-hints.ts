import type { CacheHint } from '../../../infra/runtime/index.js'

/**
 * How long the alliance's reference data may be kept, in seconds; they change with a release. Everything else, and
 * everything about a person above all, is not named here and so never kept.
 */
export const cacheHints: Readonly<Record<string, CacheHint>> = {
  'Query.jurisdictions': { maxAge: 300 },
  'Query.jurisdiction': { maxAge: 300 },
  'Query.learningPathways': { maxAge: 300 },
  'Query.learningPathway': { maxAge: 300 },
  'Query.microCredentials': { maxAge: 300 },
  'Query.microCredential': { maxAge: 300 },
  Jurisdiction: { maxAge: 300 },
  LearningPathway: { maxAge: 300 },
  MicroCredential: { maxAge: 300 },
  LearningOpportunity: { maxAge: 300 },
  // Rules are published at any time.
  'LearningOpportunity.countsTowards': { maxAge: 60 },
  CourseOffering: { maxAge: 300 },
  Institution: { maxAge: 300 },
  // Wherever they turn up.
  Award: { maxAge: 0, scope: 'PRIVATE' },
  CredentialShare: { maxAge: 0, scope: 'PRIVATE' },
  Learner: { maxAge: 0, scope: 'PRIVATE' },
  WalletOffer: { maxAge: 0, scope: 'PRIVATE' },
}
