import type { Pool } from 'pg'
import { HubError } from '../../../../schema/index.js'
import { inTransaction, type Statements } from './statistics-connection.js'

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
  const spent = await inTransaction(pool, async (statements) => {
    // Aliases of one operation ask at the same time; one after another, or each would see the budget of before.
    await statements.query('select pg_advisory_xact_lock(hashtextextended($1, 7316040))', [
      question.analystKey,
    ])
    const before = await readSpent(statements, question)
    await insertQuestion(statements, question, before + question.cells > budget.cellsPerDay)
    return before
  })
  if (spent + question.cells <= budget.cellsPerDay) return
  throw new HubError('STATISTICS_BUDGET_EXCEEDED', {
    message: `${question.cells} more cells exceed the ${budget.cellsPerDay} of 24 hours`,
    limit: budget.cellsPerDay,
    value: spent,
  })
}

async function readSpent(statements: Statements, question: Question): Promise<number> {
  const { rows } = await statements.query<{ spent: string }>(
    `select coalesce(sum(cells), 0)::text as spent from statistics_question
     where analyst_key = $1 and asked_at > $2::timestamptz - interval '24 hours' and not is_refused`,
    [question.analystKey, question.askedAt],
  )
  return Number(rows[0]?.spent ?? 0)
}

async function insertQuestion(
  statements: Statements,
  question: Question,
  isRefused: boolean,
): Promise<void> {
  await statements.query(
    `insert into statistics_question (analyst_key, asked_at, publication, policy, family, view,
       period, filter, cells, is_refused)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
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
      isRefused,
    ],
  )
}
