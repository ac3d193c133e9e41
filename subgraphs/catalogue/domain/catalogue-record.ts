/** Text by BCP 47 language, e.g. `{ fi: 'Tekoäly', en: 'Artificial intelligence' }`. */
export type LocalisedText = Readonly<Record<string, string>>

export const opportunityKinds = [
  'COURSE',
  'MICRO_MODULE',
  'CHALLENGE',
  'MODULE_GROUP',
  'PROGRAMME',
] as const
export type OpportunityKind = (typeof opportunityKinds)[number]

export const deliveryModes = [
  'ONLINE',
  'BLENDED',
  'HYBRID',
  'PRESENTIAL',
  'PROJECT_BASED',
  'LAB_BASED',
  'WORK_BASED',
  'COIL',
] as const
export type DeliveryMode = (typeof deliveryModes)[number]

export const offeringStates = ['CONCEPT', 'ACTIVE', 'INACTIVE', 'CANCELLED'] as const
export type OfferingStateName = (typeof offeringStates)[number]

/** An exact decimal printed without exponent, e.g. `2.5`. Credits and money never pass through a float. */
export type DecimalText = string

/** A calendar day, `YYYY-MM-DD`. */
export type DayText = string

/** An instant, ISO 8601 in UTC, e.g. `2026-11-23T12:00:00Z`. */
export type InstantText = string

/** One learning opportunity with its dated runs: the unit of intake, validation and sync. */
export interface OpportunityRecord {
  /** The member's own key, stable over syncs; becomes the last part of the hub id. */
  readonly localId: string
  readonly kind: OpportunityKind
  readonly codes: readonly CodeRecord[]
  readonly title: LocalisedText
  readonly description: LocalisedText
  /** ECTS credits; null when the opportunity bears none or the member does not say. */
  readonly ects: DecimalText | null
  /** The credits as the member's own jurisdiction counts them. */
  readonly nationalCredit: { readonly value: DecimalText; readonly unit: string } | null
  readonly workloadHours: number | null
  /** 1–8; null where the jurisdiction is not referenced to the EQF or the member does not say. */
  readonly eqfLevel: number | null
  /** The national level as written there, e.g. `NLQF 7`. */
  readonly nqfLevel: string | null
  /** ISCED-F 2013 codes of 2–4 digits. */
  readonly iscedF: readonly string[]
  readonly learningOutcomes: readonly LearningOutcomeRecord[]
  readonly languages: readonly string[]
  readonly mode: DeliveryMode | null
  readonly entryRequirements: LocalisedText
  readonly assessments: readonly AssessmentRecord[]
  readonly topics: readonly string[]
  /** Only for kind `CHALLENGE`. */
  readonly challenge: ChallengeRecord | null
  /** Local ids of the opportunities this one is part of, at the same member. */
  readonly partOf: readonly string[]
  readonly homepage: string | null
  /** True for sample data that no university published. */
  readonly synthetic: boolean
  readonly offerings: readonly OfferingRecord[]
}

export interface OfferingRecord {
  readonly localId: string
  readonly code: string | null
  /** Empty when the run has the opportunity's title. */
  readonly title: LocalisedText
  readonly session: {
    readonly name: string
    readonly startDate: DayText | null
    readonly endDate: DayText | null
  } | null
  /** Null for runs that can be started at any time. */
  readonly startDate: DayText | null
  readonly endDate: DayText | null
  readonly mode: DeliveryMode | null
  readonly languages: readonly string[]
  readonly place: {
    readonly name: string | null
    readonly city: string | null
    readonly countryCode: string | null
  } | null
  readonly state: OfferingStateName
  /** Either end may be open (null). */
  readonly application: {
    readonly opensAt: InstantText | null
    readonly closesAt: InstantText | null
  } | null
  readonly applicationUrl: string | null
  readonly capacity: { readonly maximum: number | null; readonly enrolled: number | null } | null
  readonly price: { readonly amount: DecimalText; readonly currency: string } | null
  /** Name of the awarding body when it is not the member itself (a joint or partner award). */
  readonly awardingBody: string | null
}

export interface CodeRecord {
  readonly codeType: string
  readonly code: string
}

export interface LearningOutcomeRecord {
  readonly code: string | null
  readonly title: LocalisedText
  readonly skills: readonly { readonly escoUri: string | null; readonly title: LocalisedText }[]
}

export interface AssessmentRecord {
  /** A label of the European assessment list, e.g. `marked assignment`. */
  readonly type: string
  readonly description: LocalisedText
  readonly supervised: boolean | null
  readonly gradingScale: string | null
}

export interface ChallengeRecord {
  readonly providers: readonly string[]
  readonly place: string | null
  readonly minimumTeamSize: number | null
  readonly maximumTeamSize: number | null
}
