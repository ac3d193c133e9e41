import { Migration } from '@mikro-orm/migrations'

/**
 * Units (journeys, steps, awards, requests, stacks) by reporting year, and what they add up to in every published cell,
 * partitioned by month. All of it can be made anew from the facts.
 */
export class M0041CreateStatisticsRollups extends Migration {
  override name = 'm0041-create-statistics-rollups'

  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}

/** What every kind of unit has: whose it is, when it began, the states it is counted in. */
const unitColumns = `
    reporting_year smallint not null,
    learner_key uuid not null,
    subject_key uuid not null,
    month_on date not null,
    quarter_on date not null,
    year_on date not null,
    populations text[] not null`

const statements: readonly string[] = [
  `create table statistics_journey (${unitColumns},
    pathway text collate "C" not null,
    home_member text collate "C" not null,
    status text not null,
    weeks_to_complete integer,
    weeks_to_withdraw integer
  ) partition by list (reporting_year)`,
  `create table statistics_step (${unitColumns},
    pathway text collate "C" not null,
    home_member text collate "C" not null,
    step text collate "C" not null
  ) partition by list (reporting_year)`,
  `create table statistics_stack (${unitColumns},
    stacked_credential text collate "C" not null,
    home_member text collate "C" not null
  ) partition by list (reporting_year)`,
  `create table statistics_award (${unitColumns},
    home_member text collate "C" not null,
    awarding_member text collate "C" not null,
    jurisdiction text collate "C" not null,
    eqf_level text collate "C" not null,
    size_band text collate "C" not null,
    ects_thousandths integer not null,
    isced_fields text[] collate "C" not null,
    skills text[] collate "C" not null
  ) partition by list (reporting_year)`,
  `create table statistics_request (${unitColumns},
    home_member text collate "C" not null,
    awarding_member text collate "C" not null,
    recognising_member text collate "C" not null,
    weeks_waited integer
  ) partition by list (reporting_year)`,
  ...['journey', 'step', 'stack', 'award', 'request'].map(
    (family) =>
      `create index statistics_${family}_learner on statistics_${family} (learner_key, subject_key)`,
  ),
  // One cell: a breakdown (view), one code for each of its dimensions, a period of the grid, a state.
  `create table statistics_cell (
    period_start date not null,
    period_kind text collate "C" not null,
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
    primary key (period_start, period_kind, view, population, code_1, code_2, code_3)
  ) partition by range (period_start)`,
  'create index statistics_cell_empty on statistics_cell (period_start) where units = 0',
  // How many units of a cell took how many completed weeks; quartiles and survival are read from it.
  `create table statistics_duration (
    period_start date not null,
    period_kind text collate "C" not null,
    view text collate "C" not null,
    measure text collate "C" not null,
    code_1 text collate "C" not null,
    code_2 text collate "C" not null,
    weeks integer not null,
    units bigint not null,
    primary key (period_start, period_kind, view, measure, code_1, code_2, weeks)
  ) partition by range (period_start)`,
  'create index statistics_duration_empty on statistics_duration (period_start) where units = 0',
  `create table statistics_state (
    singleton boolean primary key default true check (singleton),
    -- Latest moment of recording among the events rolled up: what the figures know.
    as_of timestamptz,
    rolled_up_at timestamptz
  )`,
  'insert into statistics_state default values',
]
