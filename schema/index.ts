export {
  loadMemberRegister,
  type MemberPolicy,
  type MemberRegister,
  parseMemberRegister,
  type RegisteredMember,
} from './register/member-register.js'
export { compareCodePoints } from './wire/code-point-order.js'
export {
  type CursorPosition,
  comparePositions,
  type OrderDirection,
  parseCursor,
  toCursor,
} from './wire/cursor.js'
export { type DocumentRoute, documentRoutes } from './wire/document-routes.js'
export { typesByKind } from './wire/entity-types.js'
export { type ErrorCode, type ErrorCodeEntry, errorCodes } from './wire/error-codes.js'
export { formatGraphQLError } from './wire/format-error.js'
export {
  type AwardId,
  allianceOwner,
  type CredentialId,
  type EntityKind,
  type EquivalenceId,
  entityKinds,
  type GlobalId,
  type InstitutionId,
  isLocalId,
  isMemberSlug,
  type LearnerId,
  type MicroCredentialId,
  type OfferingId,
  type OpportunityId,
  ownerOf,
  type PathwayId,
  parseGlobalId,
  type RecognitionRequestId,
  type StackedCredentialId,
  toGlobalId,
} from './wire/global-id.js'
export { HubError, type HubErrorDetails } from './wire/hub-error.js'
export type { MemberOutcome } from './wire/member-outcome.js'
export {
  anonymousPrincipal,
  hasRole,
  type Principal,
  parsePrincipal,
  type Role,
  type RoleGrant,
  roles,
} from './wire/principal.js'
export { printPrincipal, readPrincipal } from './wire/principal-text.js'
export { foldText, toSortText } from './wire/sort-text.js'
export { syncWebhookAudience } from './wire/sync-webhook.js'
export type { TokenClaims } from './wire/token-claims.js'
