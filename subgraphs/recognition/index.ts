export {
  createStandaloneVerifier,
  type StandaloneVerifierOptions,
} from './credential/office/standalone-verifier.js'
export type { CredentialSettings } from './credential/office/start-credential-office.js'
export { readTrustedIssuers } from './credential/office/trusted-issuers.js'
export type { VerificationReport } from './credential/verify/report.js'
export type { LearnerHistory, StackStanding } from './domain/stacking/evaluate-batch.js'
export { evaluateStack } from './domain/stacking/evaluate-stack.js'
export type { StackingRule } from './domain/stacking/stacking-rule.js'
export { buildRecognitionSdl } from './graphql/build-recognition-schema.js'
export { type ParsedStackingRule, parseStackingRule } from './intake/parse-stacking-rule.js'
export { buildStackingRuleJsonSchema } from './intake/stacking-rule.schema.js'
export { type ReEvaluation, reEvaluateLearners } from './re-evaluation/re-evaluate-learners.js'
export {
  type RecognitionOptions,
  type RunningRecognition,
  startRecognition,
} from './start-recognition.js'
export {
  type GenerateProgress,
  generateHistories,
} from './statistics/synthetic/generate-histories.js'
