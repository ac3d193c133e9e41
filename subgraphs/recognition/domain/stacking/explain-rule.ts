import { type LocalisedText, pickText } from '../localised-text.js'
import { shareOf } from './compile-rule.js'
import { countOf, explainConditions, joinWords, type NameOf, quote } from './explain-condition.js'
import type { Distinction, Requirement } from './requirement.js'
import type { StackLimit } from './stack-limit.js'
import type { StackingRule } from './stacking-rule.js'

/**
 * The rule in English, to be read by a learner: what is asked for, what may count, what may not count together.
 *
 * @param nameOf - Titles for ids of micro-credentials and slugs of members; default the ids themselves.
 */
export function explainRule(rule: StackingRule, nameOf: NameOf = (id) => id): string {
  const asked = rule.requirements.map((requirement) => explainRequirement(requirement, nameOf))
  const sentences = [`${quote(pickText(rule.titles, 'en'))} asks for ${joinWords(asked, 'and')}.`]
  if (rule.eligible.length > 0) {
    sentences.push(`Only awards${explainConditions(rule.eligible, nameOf)} count.`)
  }
  for (const { microCredentialId, requires } of rule.prerequisites) {
    const needed = joinWords(requires.map(nameOf), 'and')
    sentences.push(`${nameOf(microCredentialId)} counts only after ${needed}.`)
  }
  sentences.push(...rule.limits.map((limit) => explainLimit(limit, nameOf)))
  const singles = rule.requirements.filter((r) => 'use' in r && r.use === 'SINGLE').length
  if (singles > 1) sentences.push('No award serves two of the requirements marked “on their own”.')
  sentences.push(
    rule.creditUse === 'ONCE'
      ? 'An award that counts towards another stacked credential does not count here.'
      : 'An award may count towards other stacked credentials, too.',
  )
  if (rule.illustrative) sentences.push('The numbers are illustrative.')
  if (rule.source !== null) sentences.push(`Source: ${rule.source}.`)
  return sentences.join(' ')
}

/** One requirement as a part of a sentence, e.g. `at least 30 ECTS at EQF level 6 or above`. */
export function explainRequirement(requirement: Requirement, nameOf: NameOf): string {
  const isSingle = 'use' in requirement && requirement.use === 'SINGLE'
  return `${explainNeed(requirement, nameOf)}${isSingle ? ' on their own' : ''}`
}

/** A requirement as it is called: by its title, else by what it asks for. */
export function nameRequirement(
  requirement: Requirement,
  nameOf: NameOf,
  language: string | null = null,
): string {
  const titles: LocalisedText | null = requirement.titles
  return titles === null ? explainNeed(requirement, nameOf) : pickText(titles, language)
}

function explainNeed(requirement: Requirement, nameOf: NameOf): string {
  switch (requirement.kind) {
    case 'MIN_ECTS':
      return `at least ${requirement.ects} ECTS${explainConditions(requirement.where, nameOf)}`
    case 'MIN_SHARE': {
      const { percent, ofEcts, where } = requirement
      const ects = shareOf(percent, ofEcts)
      return `at least ${ects} ECTS (${percent} % of ${ofEcts})${explainConditions(where, nameOf)}`
    }
    case 'MIN_AWARDS': {
      const awards = countOf(requirement.count, 'award')
      return `at least ${awards}${explainConditions(requirement.where, nameOf)}`
    }
    case 'ALL_OF':
      return `all of ${joinWords(requirement.microCredentialIds.map(nameOf), 'and')}`
    case 'CHOOSE':
      return `${requirement.count} of ${joinWords(requirement.from.map(nameOf), 'or')}`
    case 'RESIDENCY':
      return `at least ${requirement.ects} ECTS awarded by ${nameOf(requirement.member)} itself`
    case 'OUTCOMES':
      return `the outcomes ${joinWords(requirement.allOf.map(quote), 'and')}`
    case 'DISTINCT': {
      const origins = countOrigins(requirement.by, requirement.count)
      return `awards from at least ${origins}${explainConditions(requirement.where, nameOf)}`
    }
    case 'SEQUENCE': {
      const steps = requirement.steps.map((ids) => joinWords(ids.map(nameOf), 'or'))
      return `${steps.join(', then ')}, in this order`
    }
  }
}

function countOrigins(by: Distinction, count: number): string {
  return by === 'MEMBER'
    ? countOf(count, 'different member')
    : `${count} ${count === 1 ? 'jurisdiction' : 'different jurisdictions'}`
}

function explainLimit(limit: StackLimit, nameOf: NameOf): string {
  switch (limit.kind) {
    case 'MAX_FROM_ONE':
      return `At most ${limit.ects} ECTS from any one ${limit.by.toLowerCase()} count.`
    case 'MAX_ECTS':
      return `At most ${limit.ects} ECTS${explainConditions(limit.where, nameOf)} count.`
    case 'MAX_SHARE': {
      const ects = shareOf(limit.percent, limit.ofEcts)
      const conditions = explainConditions(limit.where, nameOf)
      return `At most ${ects} ECTS (${limit.percent} % of ${limit.ofEcts})${conditions} count.`
    }
    case 'MAX_OVERLAP':
      return limit.percent === '0'
        ? 'Two awards that share a learning outcome do not count together.'
        : `Two awards that share more than ${limit.percent} % of their learning outcomes do not count together.`
  }
}
