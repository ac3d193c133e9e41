import type { AwardCondition, GradeThreshold } from './award-condition.js'

/** How ids are named in a sentence; the id itself where nobody knows better. */
export type NameOf = (id: string) => string

/** A condition as it stands behind "awards" in an English sentence, e.g. `at EQF level 6 or above`. */
export function explainCondition(condition: AwardCondition, nameOf: NameOf): string {
  switch (condition.kind) {
    case 'LEVEL':
      return `at EQF level ${condition.atLeast} or above`
    case 'FIELD':
      return `in the field ${joinWords(condition.anyOf, 'or')} (ISCED-F)`
    case 'MICRO_CREDENTIAL':
      return `for ${joinWords(condition.anyOf.map(nameOf), 'or')}`
    case 'MEMBER':
      return `from ${joinWords(condition.anyOf.map(nameOf), 'or')}`
    case 'JURISDICTION':
      return `from a member in ${joinWords(condition.anyOf, 'or')}`
    case 'OUTCOME':
      return `with the outcome ${joinWords(condition.anyOf.map(quote), 'or')}`
    case 'GRADE': {
      const scales = condition.scales.map(explainThreshold)
      if (condition.acceptsPassed) scales.push('passed without a grade')
      return `graded ${joinWords(scales, 'or')}`
    }
    case 'RECENCY':
      return `awarded within the last ${countOf(condition.months, 'month')}`
    case 'SUPERVISED':
      return condition.identityVerified
        ? 'assessed under supervision with verified identity'
        : 'assessed under supervision'
    case 'ACCREDITED':
      return 'with accreditation'
    case 'CAPSTONE':
      return 'from a capstone challenge'
    case 'SIZE':
      return explainSize(condition.atLeast, condition.atMost)
  }
}

/** Several conditions, all of which hold; empty for none. */
export function explainConditions(conditions: readonly AwardCondition[], nameOf: NameOf): string {
  const parts = conditions.map((condition) => explainCondition(condition, nameOf))
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`
}

/** `a, b or c`. */
export function joinWords(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** `1 award`, `2 awards`. */
export function countOf(count: number | string, noun: string): string {
  return `${count} ${noun}${String(count) === '1' ? '' : 's'}`
}

export function quote(text: string): string {
  return `“${text}”`
}

function explainThreshold(threshold: GradeThreshold): string {
  const on = `on the scale ${threshold.scale}`
  if (threshold.kind === 'ONE_OF') return `${joinWords(threshold.grades, 'or')} ${on}`
  return `${threshold.grade} or ${threshold.kind === 'AT_LEAST' ? 'more' : 'less'} ${on}`
}

function explainSize(atLeast: string | null, atMost: string | null): string {
  if (atLeast !== null && atMost !== null) return `of ${atLeast} to ${atMost} ECTS each`
  if (atLeast !== null) return `of ${atLeast} ECTS or more each`
  return atMost === null ? 'of any size' : `of at most ${atMost} ECTS each`
}
