export { isDay, isInstant, parseDay, parseInstant } from './domain/calendar.js'
export {
  type AssessmentRecord,
  type ChallengeRecord,
  type CodeRecord,
  type DayText,
  type DecimalText,
  type DeliveryMode,
  deliveryModes,
  type InstantText,
  type LearningOutcomeRecord,
  type LocalisedText,
  type OfferingRecord,
  type OfferingStateName,
  type OpportunityKind,
  type OpportunityRecord,
  offeringStates,
  opportunityKinds,
} from './domain/catalogue-record.js'
export { type Credit, creditFromEcts, creditFromNational } from './domain/credit.js'
export { multiplyDecimals, parseDecimal, roundDecimal } from './domain/decimal.js'
export { type Fault, type FaultCode, faultCodes } from './domain/fault.js'
export { isIscedField, toIscedField } from './domain/isced-field.js'
export { parseCatalogueLanguage, parseLanguageTag } from './domain/language-tag.js'
export type { MemberDefinition } from './domain/member-definition.js'
export type { MemberProfile } from './domain/member-profile.js'
export type { SyncReport } from './domain/sync-report.js'
export { buildCatalogueSdl } from './graphql/catalogue-schema.js'
export { type HubWebhook, openHubWebhook, readHubWebhookConfig } from './hub-webhook.js'
export type { CatalogueAdapter, CatalogueSource } from './intake/catalogue-source.js'
export type { CatalogueChange, CatalogueWriter } from './intake/catalogue-writer.js'
export { digestRecord } from './intake/content-digest.js'
export {
  type CsvCell,
  type DayFormat,
  toCellDay,
  toCellDecimal,
  toCellList,
  toCellText,
  toCellWhole,
  toCellWindow,
  toCellWord,
} from './intake/csv-cells.js'
export { type CellsByLanguage, toCellsOutcomes, toCellsText } from './intake/csv-languages.js'
export { type CsvCells, type CsvRecord, parseCsvRecord } from './intake/csv-record.js'
export { createCsvSource } from './intake/csv-source.js'
export { formatSyncReport } from './intake/format-sync-report.js'
export { toHoursOfWork } from './intake/hours-of-work.js'
export { toOpportunityFromMoochub } from './intake/moochub-mapping.js'
export { createMoochubSource } from './intake/moochub-source.js'
export { toOpportunityFromOeapi } from './intake/oeapi-mapping.js'
export { createOeapiSource, type OeapiRecord } from './intake/oeapi-source.js'
export { toPlainText } from './intake/plain-text.js'
export { type PreparedCatalogue, prepareCatalogue } from './intake/prepare-catalogue.js'
export { isRejectedRecord, type RejectedRecord } from './intake/rejected-record.js'
export { type SyncOptions, type SyncProgress, syncCatalogue } from './intake/sync-catalogue.js'
export { translateWord } from './intake/translate-word.js'
export { type Validated, validateOpportunity } from './intake/validate-opportunity.js'
export { runMember } from './run-member.js'
export { type MemberOptions, type RunningMember, startMember } from './start-member.js'
export { type SyncMemberOptions, syncMember } from './sync-member.js'
export { tellHub } from './tell-hub.js'
