import type { OriginalGrade } from '../award.js'
import type { GradingTable, ReferenceGroup } from './grading-table.js'

/** Where in the band the suggestion lies; the home institution chooses. */
export const suggestionPolicies = ['MIN', 'MEAN', 'MAX'] as const
export type SuggestionPolicy = (typeof suggestionPolicies)[number]

/**
 * What a grade could be at home. Only a suggestion: converting is the home institution's decision, and the original is
 * always there.
 */
export interface GradeSuggestion {
  /** Null when it was only passed. */
  readonly original: OriginalGrade | null
  readonly suggestion: SuggestedGrade | null
  /** Null when there is a suggestion. */
  readonly reason: NoSuggestion | null
}

export interface SuggestedGrade {
  readonly grade: string
  readonly scale: string
  readonly policy: SuggestionPolicy
  readonly band: GradeBand
  /** Every home grade the band covers, best first, with its share of it. */
  readonly overlaps: readonly { readonly grade: string; readonly percent: string }[]
  readonly from: TableCitation
  readonly to: TableCitation
}

/** Worst, middle and best home grade whose part of the distribution overlaps with that of the original grade. */
export interface GradeBand {
  readonly min: string
  readonly mean: string
  readonly max: string
}

export interface TableCitation {
  readonly version: string
  readonly sampleSize: number
  readonly referenceGroup: ReferenceGroup
}

/** Why no grade is suggested. */
export const noSuggestions = [
  'PASS_FAIL_ONLY',
  'FAIL_NOT_CONVERTED',
  'NO_TABLE_OF_AWARDING_MEMBER',
  'NO_TABLE_OF_HOME_MEMBER',
  'SCALE_NOT_IN_TABLE',
  'GRADE_NOT_IN_TABLE',
  'NOBODY_WAS_GIVEN_THIS_GRADE',
] as const
export type NoSuggestion = (typeof noSuggestions)[number]

/**
 * Suggests a home grade: the original grade covers a part of its group's distribution, counted from the best; the home
 * grades that cover the same part of theirs are the band.
 *
 * `mean` is the grade at the middle of the part; where the middle falls on a border, the better one.
 *
 * @see ECTS Users' Guide 2015, annex 2; EGRACONS. The fixed A–E scale of 10/25/30/25/10 % was given up in 2009.
 */
export function suggestGrade(
  original: OriginalGrade | null,
  from: GradingTable | null,
  to: GradingTable | null,
  policy: SuggestionPolicy = 'MEAN',
): GradeSuggestion {
  if (original === null) return none('PASS_FAIL_ONLY')
  if (from === null) return none('NO_TABLE_OF_AWARDING_MEMBER')
  if (from.scale !== original.scale) return none('SCALE_NOT_IN_TABLE')
  if (from.failing.includes(original.value)) return none('FAIL_NOT_CONVERTED')
  if (to === null) return none('NO_TABLE_OF_HOME_MEMBER')
  const place = from.rows.findIndex(({ grade }) => grade === original.value)
  if (place < 0) return none('GRADE_NOT_IN_TABLE')
  const part = partOf(from, place)
  if (part.start === part.end) return none('NOBODY_WAS_GIVEN_THIS_GRADE')

  // Shares of both tables as whole numbers of 1/(n × m): exact, and small enough for any university.
  const start = part.start * to.sampleSize
  const end = part.end * to.sampleSize
  const covered = to.rows.flatMap(({ grade }, index) => {
    const home = partOf(to, index)
    const since = Math.max(start, home.start * from.sampleSize)
    const until = Math.min(end, home.end * from.sampleSize)
    return until > since ? [{ grade, since, until }] : []
  })
  const middle = (start + end) / 2
  const best = covered[0]?.grade ?? ''
  const worst = covered.at(-1)?.grade ?? best
  const mean = covered.find(({ until }) => until >= middle)?.grade ?? worst
  const band: GradeBand = { min: worst, mean, max: best }
  return {
    original,
    suggestion: {
      grade: policy === 'MIN' ? band.min : policy === 'MAX' ? band.max : band.mean,
      scale: to.scale,
      policy,
      band,
      overlaps: covered.map(({ grade, ...overlap }) => ({
        grade,
        percent: toPercent(overlap.until - overlap.since, end - start),
      })),
      from: cite(from),
      to: cite(to),
    },
    reason: null,
  }

  function none(reason: NoSuggestion): GradeSuggestion {
    return { original, suggestion: null, reason }
  }
}

/** How many were given a better grade, and how many this one or a better one. */
function partOf(
  table: GradingTable,
  place: number,
): { readonly start: number; readonly end: number } {
  let start = 0
  for (let index = 0; index < place; index += 1) start += table.rows[index]?.count ?? 0
  return { start, end: start + (table.rows[place]?.count ?? 0) }
}

function toPercent(part: number, whole: number): string {
  return String(Math.round((part * 1_000) / whole) / 10)
}

function cite({ version, sampleSize, referenceGroup }: GradingTable): TableCitation {
  return { version, sampleSize, referenceGroup }
}
