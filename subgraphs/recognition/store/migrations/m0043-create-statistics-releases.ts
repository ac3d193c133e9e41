import { Migration } from '@mikro-orm/migrations'

/**
 * What is published does not change under its readers: a release of a period keeps the figures it was made from, and a
 * correction is another release (ADR 0025).
 */
export class M0043CreateStatisticsReleases extends Migration {
  override name = 'm0043-create-statistics-releases'

  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}

const statements: readonly string[] = [
  // The older table of this name keeps what is spent of epsilon, one row for each table let out.
  'alter table statistics_release rename to statistics_epsilon',
  'alter index statistics_release_pkey rename to statistics_epsilon_pkey',
  `create table statistics_release (
    id bigint generated always as identity primary key,
    period text collate "C" not null,
    period_kind text collate "C" not null,
    period_start date not null,
    -- 1, 2, … of the period.
    number integer not null,
    -- Latest day of recording among the events in it; null for a release of nothing.
    as_of date,
    released_at timestamptz not null,
    unique (period, number)
  )`,
  'create index statistics_release_start on statistics_release (period_start, period_kind)',
  `create table statistics_released_cell (
    release_id bigint not null references statistics_release,
    view text collate "C" not null,
    population text collate "C" not null,
    code_1 text collate "C" not null,
    code_2 text collate "C" not null,
    code_3 text collate "C" not null,
    persons bigint not null,
    units bigint not null,
    bounded_units bigint not null,
    ects bigint not null,
    bounded_ects bigint not null,
    squared_ects numeric not null,
    primary key (release_id, view, population, code_1, code_2, code_3)
  )`,
  `create table statistics_released_duration (
    release_id bigint not null references statistics_release,
    view text collate "C" not null,
    measure text collate "C" not null,
    code_1 text collate "C" not null,
    code_2 text collate "C" not null,
    weeks integer not null,
    units bigint not null,
    primary key (release_id, view, measure, code_1, code_2, weeks)
  )`,
  // Breakdowns that are counted when first asked for, and kept from then on.
  `create table statistics_released_view (
    release_id bigint not null references statistics_release,
    family text collate "C" not null,
    view text collate "C" not null,
    primary key (release_id, family, view)
  )`,
  ...['release', 'released_cell', 'released_duration', 'released_view'].map(
    (table) => `create trigger statistics_${table}_append_only
      before update or delete or truncate on statistics_${table}
      for each statement execute function refuse_change()`,
  ),
  // Whose units have changed since the latest release of a period: as long as they are few, nothing is released.
  `create table statistics_unreleased (
    period text collate "C" not null,
    learner_key uuid not null,
    primary key (period, learner_key)
  )`,
  // Writes a question into the audit trail and gives what its analyst had spent in the 24 hours before. Every statement
  // in here sees what was committed before it began: aliases of one operation ask at the same time, and wait.
  `create function statistics_ask(asker uuid, asked timestamptz, in_publication text, by_policy text,
    of_family text, of_view text, of_period text, by_filter jsonb, new_cells integer,
    cells_per_day integer) returns bigint language plpgsql as $$
    declare spent bigint;
    begin
      perform pg_advisory_xact_lock(hashtextextended(asker::text, 7316040));
      select coalesce(sum(cells), 0) into spent from statistics_question
        where analyst_key = asker and asked_at > asked - interval '24 hours' and not is_refused;
      insert into statistics_question (analyst_key, asked_at, publication, policy, family, view,
          period, filter, cells, is_refused)
        values (asker, asked, in_publication, by_policy, of_family, of_view, of_period, by_filter,
          new_cells, spent + new_cells > cells_per_day);
      return spent;
    end $$`,
  // With an index that looks at units, every change of a cell would have to write into all its indexes.
  'drop index statistics_cell_empty',
  'drop index statistics_duration_empty',
  `alter table statistics_state
    -- While everything is made anew from the outbox, nothing is news and nothing is released.
    add column is_rebuilding boolean not null default false`,
]
