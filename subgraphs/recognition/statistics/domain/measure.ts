import type { Dimension } from './dimension.js'
import { type Family, families } from './statistics-family.js'

/** The definition of one measure: stable, so that a figure can be quoted with its id. */
export interface Measure {
  readonly id: string
  readonly description: string
  readonly unit:
    | 'learners'
    | 'awards'
    | 'requests'
    | 'micro-credentials'
    | 'ECTS credits'
    | 'per cent'
    | 'completed weeks'
  /** Id of the measure it is a share of, or that says how many it stands on; null for counts. */
  readonly denominator: string | null
  readonly disclosureRule: string
  readonly dimensions: readonly Dimension[]
}

const rules = {
  count: 'Rounded to 5 after a perturbation of the cell; 0 to 2 shown as 0.',
  bounded:
    'At most three of each learner; rounded to 5 after a perturbation of the cell; 0 where it stands on 0 to 2 learners.',
  share: 'From published counts; hidden unless the denominator is certainly 22.5 or more.',
  median:
    'Hidden unless it certainly stands on more than 7 learners, and the rest of every larger cell does, too.',
  exact: 'None: it is public and about no learner.',
  sum: 'At most 15 of each learner; rounded to 25 after a perturbation; hidden on 7 or fewer learners, or where one might hold half.',
} as const

const counts = (
  family: Family,
  unit: Measure['unit'],
  rule: keyof typeof rules,
  entries: Readonly<Record<string, string>>,
): readonly Measure[] =>
  Object.entries(entries).map(([id, description]) => ({
    id,
    description,
    unit,
    denominator: null,
    disclosureRule: rules[rule],
    dimensions: families[family].dimensions,
  }))

const derived = (
  family: Family,
  unit: Measure['unit'],
  rule: keyof typeof rules,
  id: string,
  denominator: string,
  description: string,
): Measure => ({
  id,
  description,
  unit,
  denominator,
  disclosureRule: rules[rule],
  dimensions: families[family].dimensions,
})

/** Every measure there is. */
export const measures: readonly Measure[] = [
  ...counts('journey', 'learners', 'count', {
    'journeys.started': 'Learners who enrolled on a pathway in the period.',
    'journeys.active': 'Learners who enrolled in the period and are still under way.',
    'journeys.completed': 'Learners who enrolled in the period and completed, whenever that was.',
    'journeys.withdrawn':
      'Learners who enrolled in the period, withdrew, and did nothing on the pathway since.',
  }),
  derived(
    'journey',
    'per cent',
    'share',
    'journeys.completionRate',
    'journeys.started',
    'journeys.completed per journeys.started.',
  ),
  derived(
    'journey',
    'completed weeks',
    'median',
    'journeys.timeToComplete',
    'journeys.completed',
    'Quartiles of the weeks from enrolment to completion, by nearest rank.',
  ),
  derived(
    'journey',
    'per cent',
    'share',
    'journeys.retained',
    'journeys.started',
    'Learners of a cohort that had not withdrawn within so many weeks, per journeys.started.',
  ),
  derived(
    'journey',
    'per cent',
    'share',
    'journeys.completedWithin',
    'journeys.started',
    'Learners of a cohort that had completed within so many weeks, per journeys.started.',
  ),
  ...counts('step', 'learners', 'count', {
    'steps.started': 'Learners of the cohort who began or completed the step.',
    'steps.active': 'Of these, not completed, on a pathway still under way.',
    'steps.completed': 'Of these, completed.',
    'steps.withdrawn': 'Of these, not completed, on a pathway they withdrew from.',
  }),
  derived(
    'step',
    'per cent',
    'share',
    'steps.completionRate',
    'steps.started',
    'steps.completed per steps.started.',
  ),
  ...counts('stack', 'learners', 'count', {
    'stacks.started':
      'Learners whose first award counted towards a stacked credential in the period.',
    'stacks.completed': 'Of these, with all requirements met now.',
  }),
  derived(
    'stack',
    'per cent',
    'share',
    'stacks.stackRate',
    'stacks.started',
    'stacks.completed per stacks.started.',
  ),
  ...counts('award', 'learners', 'count', {
    'awards.learners': 'Learners with a valid award made in the period.',
  }),
  ...counts('award', 'awards', 'bounded', {
    'awards.awards': 'Valid awards made in the period: not revoked, superseded or suspended.',
  }),
  derived(
    'award',
    'ECTS credits',
    'sum',
    'awards.ects',
    'awards.learners',
    'ECTS credits of the valid awards made in the period.',
  ),
  {
    id: 'skills.offered',
    description: 'Micro-credentials on offer that name the skill.',
    unit: 'micro-credentials',
    denominator: null,
    disclosureRule: rules.exact,
    dimensions: ['skill'],
  },
  ...counts('award', 'learners', 'count', {
    'skills.learners': 'Learners with a valid award made in the period that names the skill.',
  }),
  ...counts('request', 'requests', 'bounded', {
    'recognition.requested': 'Requests for recognition made in the period.',
    'recognition.decided': 'Of these, with a decision.',
    'recognition.recognised': 'Of these, recognised in full by the latest decision.',
    'recognition.partial': 'Of these, recognised in part.',
    'recognition.refused': 'Of these, refused for a substantial difference.',
    'recognition.pending': 'Of these, without a decision.',
    'recognition.appealed': 'Of these, appealed.',
    'recognition.automatic': 'Of these, decided by an agreement made beforehand.',
  }),
  derived(
    'request',
    'per cent',
    'share',
    'recognition.recognisedShare',
    'recognition.decided',
    'Learners recognised in full per learners with a decision.',
  ),
  derived(
    'request',
    'completed weeks',
    'median',
    'recognition.waitingTime',
    'recognition.decided',
    'Quartiles of the weeks from request to first decision, by nearest rank.',
  ),
]
