import { sizeBands } from '../domain/size-band.js'

/** Tables of units that one family of facts fills, in the order they are filled; families with most work first. */
export const unitTables = {
  journey: ['statistics_journey', 'statistics_step'],
  award: ['statistics_award'],
  stack: ['statistics_stack'],
  request: ['statistics_request'],
} as const

/** Families of facts; steps come with their journey. */
export type FactFamily = keyof typeof unitTables

/** Whose units: those of everybody in the year, or of the learners in the temporary table `touched_now`. */
export type UnitScope = 'YEAR' | 'TOUCHED'

/** Fills one table of units. */
export interface UnitStatement {
  readonly table: (typeof unitTables)[FactFamily][number]
  readonly sql: string
}

/**
 * Statements that make the units of a family and reporting year ($1) from its facts. Only facts that count are read, and
 * equal facts give equal units in whatever order they came. Grouped by learner, so that units come in the order they are
 * looked up and counted in.
 */
export function unitStatements(family: FactFamily, scope: UnitScope): readonly UnitStatement[] {
  const facts = `select * from statistics_fact
    where reporting_year = $1 and family = '${family}' and counts
    ${scope === 'TOUCHED' ? 'and learner_key in (select learner_key from touched_now)' : ''}`
  switch (family) {
    case 'journey':
      return [
        { table: 'statistics_journey', sql: journeys(facts) },
        { table: 'statistics_step', sql: steps(facts) },
      ]
    case 'stack':
      return [{ table: 'statistics_stack', sql: stacks(facts) }]
    case 'award':
      return [{ table: 'statistics_award', sql: awards(facts) }]
    case 'request':
      return [{ table: 'statistics_request', sql: requests(facts) }]
  }
}

const grid = (date: string) =>
  `statistics_month(${date}), statistics_quarter(${date}), make_date($1, 8, 1)`

// Withdrawn is who withdrew and did nothing since; a completion outlasts everything.
const journeys = (facts: string) => `
  with fact as (${facts}), unit as (
    select subject_key, learner_key, min(reference) as pathway,
      min(occurred_on) filter (where kind = 'pathway.enrolled') as enrolled_on,
      min(occurred_on) filter (where kind = 'pathway.completed') as completed_on,
      max(occurred_on) filter (where kind = 'pathway.withdrawn') as withdrawn_on,
      max(occurred_on) filter (where kind <> 'pathway.withdrawn') as last_active_on,
      (array_agg(home_member order by occurred_on, sequence)
        filter (where kind = 'pathway.enrolled'))[1] as home_member
    from fact group by learner_key, subject_key
  ), stated as (
    select *, case when completed_on is not null then 'completed'
      when withdrawn_on >= last_active_on then 'withdrawn' else 'active' end as status
    from unit where statistics_year(enrolled_on) = $1
  )
  insert into statistics_journey
  select $1, learner_key, subject_key, ${grid('enrolled_on')},
    array['journey.started', 'journey.' || status], pathway, home_member, status,
    case when status = 'completed' then greatest(0, completed_on - enrolled_on) / 7 end,
    case when status = 'withdrawn' then greatest(0, withdrawn_on - enrolled_on) / 7 end
  from stated`

// A completed step was begun, whether or not anybody told us. Who completed the pathway without it left it open.
const steps = (facts: string) => `
  with fact as (${facts}), step as (
    select subject_key, learner_key, position,
      bool_or(kind = 'pathway.stepCompleted') as is_completed
    from fact where position is not null group by learner_key, subject_key, position
  )
  insert into statistics_step
  select j.reporting_year, j.learner_key, j.subject_key, j.month_on, j.quarter_on, j.year_on,
    case when s.is_completed then array['step.started', 'step.completed']
      when j.status = 'withdrawn' then array['step.started', 'step.withdrawn']
      when j.status = 'active' then array['step.started', 'step.active']
      else array['step.started'] end,
    j.pathway, j.home_member, s.position::text
  from step s join statistics_journey j
    on j.reporting_year = $1 and j.subject_key = s.subject_key and j.learner_key = s.learner_key`

const stacks = (facts: string) => `
  with fact as (${facts}), unit as (
    select subject_key, learner_key, min(reference) as stacked_credential,
      min(occurred_on) as started_on,
      (array_agg(home_member order by occurred_on, sequence))[1] as home_member,
      (array_agg(kind order by occurred_on desc, sequence desc)
        filter (where kind in ('stack.completed', 'stack.reopened')))[1] as last_change
    from fact group by learner_key, subject_key
  )
  insert into statistics_stack
  select $1, learner_key, subject_key, ${grid('started_on')},
    case when last_change = 'stack.completed' then array['stack.started', 'stack.completed']
      else array['stack.started'] end,
    stacked_credential, home_member
  from unit where statistics_year(started_on) = $1`

const sizeBand = sizeBands
  .toReversed()
  .map(({ code, from }) => `when ects_thousandths >= ${from} then '${code}'`)
  .join(' ')

// Revoked and superseded are final; a suspension ends with a reinstatement.
const awards = (facts: string) => `
  with fact as (${facts}), state as (
    select subject_key, learner_key,
      bool_or(kind in ('award.revoked', 'award.superseded')) as is_gone,
      (array_agg(kind order by occurred_on desc, sequence desc)
        filter (where kind in ('award.suspended', 'award.reinstated')))[1] as last_change
    from fact group by learner_key, subject_key
  ), made as (
    select distinct on (learner_key, subject_key) * from fact where kind = 'award.made'
    order by learner_key, subject_key, occurred_on, sequence
  )
  insert into statistics_award
  select $1, learner_key, subject_key, ${grid('occurred_on')}, array['award.valid'],
    home_member, awarding_member, jurisdiction, eqf_level, case ${sizeBand} end,
    ects_thousandths, isced_fields, skills
  from made join state using (learner_key, subject_key)
  where statistics_year(occurred_on) = $1 and not is_gone
    and last_change is distinct from 'award.suspended'`

// The latest decision holds; how long somebody waited ends with the first.
const requests = (facts: string) => `
  with fact as (${facts}), decision as (
    select subject_key, learner_key,
      min(occurred_on) filter (where kind = 'recognition.decided') as decided_on,
      (array_agg(outcome order by occurred_on desc, sequence desc)
        filter (where kind = 'recognition.decided'))[1] as outcome,
      (array_agg(is_automatic order by occurred_on desc, sequence desc)
        filter (where kind = 'recognition.decided'))[1] as is_automatic,
      bool_or(kind = 'recognition.appealed') as is_appealed
    from fact group by learner_key, subject_key
  ), made as (
    select distinct on (learner_key, subject_key)
      subject_key, learner_key, occurred_on, home_member, awarding_member, recognising_member
    from fact where kind = 'recognition.requested'
    order by learner_key, subject_key, occurred_on, sequence
  )
  insert into statistics_request
  select $1, learner_key, subject_key, ${grid('occurred_on')},
    array['request.made', case outcome when 'RECOGNISED' then 'request.recognised'
        when 'PARTIAL' then 'request.partial'
        when 'REFUSED_SUBSTANTIAL_DIFFERENCE' then 'request.refused'
        else 'request.pending' end]
      || case when outcome is not null then array['request.decided'] else '{}' end
      || case when is_appealed then array['request.appealed'] else '{}' end
      || case when is_automatic then array['request.automatic'] else '{}' end,
    home_member, awarding_member, recognising_member,
    case when decided_on is not null then greatest(0, decided_on - occurred_on) / 7 end
  from made join decision using (learner_key, subject_key)
  where statistics_year(occurred_on) = $1`
