export { revokeCredentials } from './commands/revoke-credentials.js'
export { runCommand } from './commands/run-command.js'
export {
  type CredentialFormat,
  type CredentialSource,
  credentialFormats,
  type Issuance,
} from './credential/credential-source.js'
export { followAwards } from './credential/desk/follow-awards.js'
export { createSalts } from './credential/issue/create-salts.js'
export { issueCredential } from './credential/issue/issue-credential.js'
export type { IssueDeps } from './credential/issue/issue-vc-jwt.js'
export { buildOfflineContexts } from './credential/json-ld/offline-contexts.js'
export { addCertifiedKey } from './credential/keys/add-certified-key.js'
export { readCertifiedOrganisation } from './credential/keys/certificate-subject.js'
export { buildIssuerIdentity } from './credential/keys/issuer-identity.js'
export { listKeys, loadKeyRing, withdrawKey } from './credential/keys/key-directory.js'
export { ensureTestKeys, rotateTestKey } from './credential/keys/make-test-keys.js'
export { type SigningAlgorithm, signingAlgorithms } from './credential/keys/signer.js'
export {
  createStandaloneVerifier,
  type StandaloneVerifierOptions,
} from './credential/office/standalone-verifier.js'
export type { CredentialSettings } from './credential/office/start-credential-office.js'
export { createStatusListPublisher } from './credential/office/status-list-publisher.js'
export { readTrustedIssuers } from './credential/office/trusted-issuers.js'
export { readBit, statusListLength } from './credential/status/bitstring.js'
export { signStatusList } from './credential/status/status-list-credential.js'
export { createGraphCheck } from './credential/verify/graph/create-graph-check.js'
export { toTrustedIssuer } from './credential/verify/own-issuer.js'
export { parseCredential } from './credential/verify/parse-credential.js'
export type { VerificationReport } from './credential/verify/report.js'
export { createStatusListReader } from './credential/verify/status-list-reader.js'
export { createTrustStore } from './credential/verify/trust-store.js'
export { verifyCredential } from './credential/verify/verify-credential.js'
export { verifySignature } from './credential/verify/verify-signature.js'
export { compileStack } from './domain/evaluate-all-stacks.js'
export type { LearnerHistory } from './domain/evaluate-learners.js'
export { evaluateStack } from './domain/stacking/evaluate-stack.js'
export type { StackingRule } from './domain/stacking/stacking-rule.js'
export { buildRecognitionSdl } from './graphql/build-recognition-schema.js'
export { loadAccreditations } from './intake/load-accreditations.js'
export { type ParsedStackingRule, parseStackingRule } from './intake/parse-stacking-rule.js'
export { buildStackingRuleJsonSchema } from './intake/stacking-rule.schema.js'
export { createStackEvaluator } from './re-evaluation/stack-evaluator.js'
export {
  type RecognitionOptions,
  type RunningRecognition,
  startRecognition,
} from './start-recognition.js'
export { toPeriod } from './statistics/domain/reporting-period.js'
export {
  type PublicationContext,
  publishBreakdown,
} from './statistics/publication/publish-breakdown.js'
export { publishMobility } from './statistics/publication/publish-mobility.js'
export { publishQuartiles } from './statistics/publication/publish-quartiles.js'
export { createStatisticsService } from './statistics/statistics-service.js'
export { catchUp as catchUpStatistics, defaultCatchUp } from './statistics/store/run-statistics.js'
export {
  type GenerateProgress,
  generateHistories,
} from './statistics/synthetic/generate-histories.js'
export {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from './store/recognition-database.js'
export { takeStatusPlaces } from './store/status-list.store.js'
