/** One element of Annex I of Council Recommendation 2022/C 243/02. */
export interface AnnexElement {
  /** 1–11 mandatory, 12–16 optional, in the order of the annex. */
  readonly number: number
  readonly key: AnnexElementKey
  readonly isMandatory: boolean
}

const mandatory = [
  'LEARNER',
  'TITLE',
  'COUNTRY_OF_ISSUER',
  'AWARDING_BODY',
  'DATE_OF_ISSUING',
  'LEARNING_OUTCOMES',
  'WORKLOAD',
  'LEVEL',
  'ASSESSMENT',
  'PARTICIPATION',
  'QUALITY_ASSURANCE',
] as const

/** Names after a close paraphrase of the annex, not its wording. */
const optional = [
  'PREREQUISITES',
  'SUPERVISION',
  'GRADE',
  'STACKABILITY',
  'FURTHER_INFORMATION',
] as const

export const annexElementKeys = [...mandatory, ...optional] as const
export type AnnexElementKey = (typeof annexElementKeys)[number]

/** The eleven mandatory and five optional elements. `LEVEL` is mandatory "if applicable". */
export const annexElements: readonly AnnexElement[] = annexElementKeys.map((key, index) => ({
  number: index + 1,
  key,
  isMandatory: index < mandatory.length,
}))
