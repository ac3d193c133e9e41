import type { LearningOutcome } from '../micro-credential.js'

/** How an outcome or skill is compared: by ESCO URI or by English title, case aside. */
export function toOutcomeKey(text: string): string {
  return text.trim().toLowerCase()
}

/** Every name the outcomes answer to: their titles, and the URIs and titles of their skills. */
export function listOutcomeKeys(outcomes: readonly LearningOutcome[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const outcome of outcomes) {
    keys.add(toOutcomeKey(outcome.titles.en))
    for (const skill of outcome.skills) {
      keys.add(toOutcomeKey(skill.titles.en))
      if (skill.escoUri !== null) keys.add(toOutcomeKey(skill.escoUri))
    }
  }
  return keys
}

/** The outcomes themselves, without their skills: two awards overlap by what they teach, not by a skill both touch. */
export function listOutcomeTitles(outcomes: readonly LearningOutcome[]): ReadonlySet<string> {
  return new Set(outcomes.map((outcome) => toOutcomeKey(outcome.titles.en)))
}
