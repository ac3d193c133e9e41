import { Migration } from '@mikro-orm/migrations'

/** Who asked which figures, under a key; and what has been spent of the epsilon of each reporting year. */
export class M0042CreateStatisticsLedgers extends Migration {
  override name = 'm0042-create-statistics-ledgers'

  override up(): void {
    this.addSql(`create table statistics_question (
      id bigint generated always as identity primary key,
      -- HMAC of the analyst's subject: the trail can be followed, and names nobody.
      analyst_key uuid not null,
      asked_at timestamptz not null,
      publication text not null,
      policy text not null,
      family text not null,
      view text not null,
      period text not null,
      filter jsonb not null,
      cells integer not null,
      is_refused boolean not null
    )`)
    this.addSql(
      'create index statistics_question_analyst on statistics_question (analyst_key, asked_at)',
    )
    this.addSql(`create trigger statistics_question_append_only
      before update or delete or truncate on statistics_question
      for each statement execute function refuse_change()`)
    this.addSql(`create table statistics_release (
      policy text not null,
      reporting_year smallint not null,
      -- Canonical name of the table: family, breakdown, period.
      released text collate "C" not null,
      epsilon numeric not null,
      released_at timestamptz not null,
      primary key (policy, reporting_year, released)
    )`)
  }
}
