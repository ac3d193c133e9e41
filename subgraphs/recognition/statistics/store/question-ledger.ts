import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import { toStatements } from './statistics-connection.js'

/** One question of one analyst, as the audit trail keeps it. */
export interface Question {
  readonly analystKey: string
  readonly askedAt: Date
  readonly publication: string
  readonly policy: string
  readonly family: string
  readonly view: string
  readonly period: string
  readonly filter: object
  readonly cells: number
}

/** How many published cells one analyst may ask for within 24 hours, again and again counted each time. */
export interface QuestionBudget {
  readonly cellsPerDay: number
}

/**
 * Writes a question into the audit trail and takes its cells from the analyst's budget, before anything is read. A
 * question beyond the budget is in the trail, too, as refused.
 *
 * @throws HubError `STATISTICS_BUDGET_EXCEEDED`.
 */
export async function recordQuestion(
  pool: Pool,
  question: Question,
  budget: QuestionBudget,
): Promise<void> {
  const { rows } = await toStatements(pool).query<{ spent: string }>(
    'select statistics_ask($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)::text as spent',
    [
      question.analystKey,
      question.askedAt,
      question.publication,
      question.policy,
      question.family,
      question.view,
      question.period,
      JSON.stringify(question.filter),
      question.cells,
      budget.cellsPerDay,
    ],
  )
  const spent = Number(rows[0]?.spent)
  if (spent + question.cells <= budget.cellsPerDay) return
  throw new HubError('STATISTICS_BUDGET_EXCEEDED', {
    message: `${question.cells} more cells exceed the ${budget.cellsPerDay} of 24 hours`,
    limit: budget.cellsPerDay,
    value: spent,
  })
}
