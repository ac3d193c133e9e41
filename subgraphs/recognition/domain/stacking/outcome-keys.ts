import type { LearningOutcome } from '../micro-credential.js'

/** How an outcome or skill is compared: by ESCO URI or by English title, case aside. */
export function toOutcomeKey(text: string): string {
  return text.trim().toLowerCase()
}

/**
 * Which of the outcomes wanted these are, by what they answer to: their titles, and the URIs and titles of their skills.
 *
 * @param wanted - By {@link toOutcomeKey}, with what is returned for it.
 */
export function findOutcomes(
  outcomes: readonly LearningOutcome[],
  wanted: ReadonlyMap<string, string>,
): readonly string[] {
  const found: string[] = []
  const look = (text: string) => {
    const item = wanted.get(toOutcomeKey(text))
    if (item !== undefined && !found.includes(item)) found.push(item)
  }
  for (const { titles, skills } of outcomes) {
    look(titles.en)
    for (const skill of skills) {
      look(skill.titles.en)
      if (skill.escoUri !== null) look(skill.escoUri)
    }
  }
  return found
}

/** The outcomes themselves, without their skills: two awards overlap by what they teach, not by a skill both touch. */
export function listOutcomeTitles(outcomes: readonly LearningOutcome[]): ReadonlySet<string> {
  return new Set(outcomes.map((outcome) => toOutcomeKey(outcome.titles.en)))
}
