import { createHmac } from 'node:crypto'
import type { Statements } from './statistics-connection.js'

/**
 * What a secret is for. `learner`: keys of learners and their journeys, one secret per reporting year. `event`: keys of
 * events, to know one again. `cell`: the noise of published cells. `analyst`: keys of analysts in the audit trail.
 */
export type SecretPurpose = 'learner' | 'event' | 'cell' | 'analyst'

/** Year under which a secret without one is kept. */
const noYear = 0
const blockBytes = 64

/** Makes the secret when there is none. `random` gives that many bytes nobody can guess. */
export async function ensureSecret(
  statements: Statements,
  purpose: SecretPurpose,
  random: (bytes: number) => Buffer,
  reportingYear = noYear,
): Promise<void> {
  const secret = random(blockBytes)
  await statements.query(
    'insert into statistics_secret values ($1, $2, $3, $4) on conflict do nothing',
    [purpose, reportingYear, toPad(secret, 0x36), toPad(secret, 0x5c)],
  )
}

/** The secret, for HMAC-SHA-256 in this process: the same digests as `statistics_hmac` in the database. */
export async function readSecret(statements: Statements, purpose: SecretPurpose): Promise<Buffer> {
  const { rows } = await statements.query<{ inner_pad: Buffer }>(
    'select inner_pad from statistics_secret where purpose = $1 and reporting_year = $2',
    [purpose, noYear],
  )
  const [row] = rows
  if (!row) throw new RangeError(`the secret of ${purpose} has not been made`)
  return toPad(row.inner_pad, 0x36)
}

/** HMAC-SHA-256, cut to 128 bits, as a uuid. */
export function toKey(secret: Buffer, message: string): string {
  const hex = createHmac('sha256', secret).update(message).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * Destroys the secrets of reporting years before this one: from then on nobody, we included, can tell whose facts of
 * those years are whose. The figures stay.
 *
 * @returns The years whose secret is gone now.
 */
export async function destroySecretsBefore(
  statements: Statements,
  reportingYear: number,
  today: string,
): Promise<readonly number[]> {
  const { rows } = await statements.query<{ reporting_year: number }>(
    `with destroyed as (
      delete from statistics_secret where purpose = 'learner' and reporting_year < $1
      returning reporting_year
    )
    update statistics_reporting_year year set secret_destroyed_on = $2
    from destroyed where year.reporting_year = destroyed.reporting_year
    returning year.reporting_year`,
    [reportingYear, today],
  )
  return rows.map((row) => row.reporting_year).sort((left, right) => left - right)
}

function toPad(secret: Buffer, byte: number): Buffer {
  return Buffer.from(secret.map((each) => each ^ byte))
}
