import type { DecimalText } from './decimal.js'
import type { Fact, Provenance } from './fact.js'
import type { LocalisedText } from './localised-text.js'
import type { SizeRule } from './size-rule.js'

/** The rules that hold where a member awards credits. Reference data: correctable without a change of code. */
export interface Jurisdiction {
  /** ISO 3166-1 alpha-2, or with a subdivision, e.g. `BE-VLG`. */
  readonly code: string
  readonly names: LocalisedText
  readonly credit: Fact<CreditSystem>
  readonly workload: Fact<Workload>
  /** Empty where there is none, as in Mexico. A country may have two: one for lifelong learning, one for degrees. */
  readonly frameworks: readonly QualificationsFramework[]
  readonly gradingScale: Fact<GradingScale>
  readonly languages: Fact<{ readonly codes: readonly string[] }>
  readonly currency: Fact<{ readonly code: string }>
  readonly qualityAssurance: readonly Fact<QualityAssuranceAgency>[]
  readonly dataProtection: Fact<DataProtection>
  readonly dataTransfer: Fact<DataTransfer>
  readonly calendar: Fact<AcademicCalendar>
  readonly microCredentialStatus: Fact<{ readonly summary: string }>
  /** Null where no size is laid down. */
  readonly sizeRule: Fact<SizeRule> | null
}

export interface CreditSystem {
  /** Name of the national credit unit, e.g. `studiepoeng`. */
  readonly unit: string
  /** What one national unit is in ECTS, exact. */
  readonly ectsPerUnit: DecimalText
}

export interface Workload {
  /** Hours of work behind one ECTS credit. */
  readonly minimumHoursPerEcts: DecimalText
  readonly maximumHoursPerEcts: DecimalText
}

/** A national qualifications framework. `source` and `confidence` speak of its levels and their URIs. */
export type QualificationsFramework = Fact<{
  readonly name: string
  /** The framework in the European list of national frameworks. */
  readonly uri: string | null
  readonly levels: readonly QualificationLevel[]
  /** Where the mapping to the European Qualifications Framework comes from: often less certain than the levels. */
  readonly eqfMapping: Provenance
}>

export interface QualificationLevel {
  /** As written there, e.g. `NLQF 7` or `RNCP II (licence)`. */
  readonly label: string
  readonly eqfLevel: number
  /** The level in the European list of national frameworks; null where it is not listed. */
  readonly uri: string | null
}

export interface GradingScale {
  readonly name: string
  /** Grades as printed on a transcript: numbers or letters. `minimum` is the worst, `maximum` the best grade. */
  readonly minimum: string
  readonly maximum: string
  readonly pass: string
  /** True when a smaller number is a better grade, as in Germany. */
  readonly isInverted: boolean
  readonly labels: readonly GradeLabel[]
}

export interface GradeLabel {
  /** One grade or a range, e.g. `9–10`. */
  readonly grades: string
  readonly label: string
}

export const eqarStatuses = ['LISTED', 'NOT_LISTED', 'UNCONFIRMED'] as const

export interface QualityAssuranceAgency {
  readonly name: string
  /** Whether the European Quality Assurance Register lists the agency. */
  readonly eqarStatus: (typeof eqarStatuses)[number]
}

export interface DataProtection {
  /** Short name, e.g. `GDPR`. */
  readonly regime: string
  readonly law: string
}

export interface DataTransfer {
  /** Whether personal data may go there from the EEA only with safeguards such as standard contractual clauses. */
  readonly safeguardsRequired: boolean
  readonly note: string
}

export interface AcademicCalendar {
  /** 1–12. */
  readonly yearStartsInMonth: number
  readonly summary: string
}
