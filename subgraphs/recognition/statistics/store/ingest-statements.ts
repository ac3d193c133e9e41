import type { EventBatch } from './event-batch.js'

/** A statement of one batch of events, and what it is there for. */
export interface IngestStatement {
  readonly purpose: string
  readonly sql: string
}

/** Stands in the list of the touched for everybody of a year and family. */
export const everybodyKey = '00000000-0000-0000-0000-000000000000'

/**
 * From events to facts, set by set, over temporary tables that end with the transaction. They are the only place where
 * learners' ids stand beside keys.
 *
 * A journey over several reporting years stays under the key of the year it began in: whoever is touched by the batch
 * gets their keys of every year whose secret is still alive, is looked up under each, and all facts of the journey are
 * put under the year of its earliest opening, wherever they were before. So the order of arrival does not matter.
 *
 * In a first filling nobody is known yet, and everybody is touched.
 */
export function ingestStatements(batch: EventBatch): readonly IngestStatement[] {
  return batch.isFirstFilling
    ? [lateEvents, ...nobodyKnown(batch), ...homeKeys, newFacts, everybodyTouched, asOf]
    : [lateEvents, ...whatIsKnown, ...homeKeys, whoIsTouched, movedFacts, newFacts, asOf]
}

const lateEvents: IngestStatement = {
  purpose: 'events too late for a key are counted and left',
  sql: `with late as (
      delete from incoming where not exists (
        select from statistics_secret s where s.purpose = 'learner' and s.reporting_year = own_year)
      returning own_year, family
    )
    insert into statistics_unkeyed as unkeyed
    select own_year, family, count(*) from late group by 1, 2 order by 1, 2
    on conflict (reporting_year, family) do update set events = unkeyed.events + excluded.events`,
}

/** Parts of a first filling are read beside each other: what is corrected in one may be known from another one only. */
function nobodyKnown({ first, last }: EventBatch): readonly IngestStatement[] {
  return [
    {
      purpose: 'nothing is known',
      sql: `create temp table known on commit drop as
        select f.event_key, f.reporting_year, f.kind, f.occurred_on, f.counts,
          f.family, ''::text as subject_id, ''::text as learner_id, f.learner_key
        from statistics_fact f where false`,
    },
    {
      purpose: 'new facts that are corrected already, by whomever',
      sql: `create temp table corrected on commit drop as
        select distinct statistics_hmac(e.inner_pad, e.outer_pad, s.corrects_id) as event_key
        from statistics_source s, statistics_secret e
        where s.sequence > ${first} and s.sequence <= ${last} and s.corrects_id is not null
          and e.purpose = 'event' and exists (select from statistics_secret l
            where l.purpose = 'learner' and l.reporting_year = s.own_year)`,
    },
    { purpose: 'sizes for the planner', sql: 'analyze corrected' },
  ]
}

const whatIsKnown: readonly IngestStatement[] = [
  {
    purpose: 'events seen before are left out; the outbox itself holds an id once',
    sql: `delete from incoming i using statistics_fact f where f.event_key = i.event_key`,
  },
  {
    purpose: 'corrected facts count no more',
    sql: `with corrected as (
        update statistics_fact f set counts = false from incoming i
        where i.corrects_key is not null and f.event_key = i.corrects_key and f.counts
        returning f.reporting_year, f.family, f.learner_key
      )
      insert into statistics_touched select * from corrected on conflict do nothing`,
  },
  {
    purpose: 'journeys, awards, requests and stacks that may move to another year',
    sql: `create temp table touched_subject on commit drop as
      select family, subject_id, learner_id from incoming
      union
      select c.family, c.subject_id, c.learner_id
      from incoming i join statistics_source c on c.event_id = i.corrects_id
      where i.corrects_id is not null`,
  },
  { purpose: 'sizes for the planner', sql: 'analyze touched_subject' },
  // Keys are put down before anything is joined by them: in a join, Postgres would hash anew for every pair of rows. And
  // whether somebody has facts is asked with a limit: as `exists`, it may be answered by reading every fact there is.
  {
    purpose: 'keys of the learners in every living year that has facts',
    sql: `create temp table learner_year on commit drop as
      with living as materialized (
        select * from statistics_secret s where s.purpose = 'learner' and (
          select true from statistics_fact f where f.reporting_year = s.reporting_year limit 1)
      )
      select l.learner_id, s.reporting_year, s.inner_pad, s.outer_pad,
        statistics_hmac(s.inner_pad, s.outer_pad, l.learner_id) as learner_key
      from (select distinct learner_id from touched_subject) l, living s`,
  },
  {
    purpose: 'the years that know the learner',
    sql: `create temp table known_year on commit drop as
      select * from learner_year y where (select true from statistics_fact f
        where f.reporting_year = y.reporting_year and f.learner_key = y.learner_key limit 1)`,
  },
  { purpose: 'sizes for the planner', sql: 'analyze known_year' },
  {
    purpose: 'keys of what is touched in these years',
    sql: `create temp table subject_year on commit drop as
      select t.family, t.subject_id, t.learner_id, y.reporting_year, y.learner_key,
        statistics_hmac(y.inner_pad, y.outer_pad, t.family || ':' || t.subject_id) as subject_key
      from touched_subject t join known_year y using (learner_id)`,
  },
  { purpose: 'sizes for the planner', sql: 'analyze subject_year' },
  {
    purpose: 'what is known of the touched ones already',
    sql: `create temp table known on commit drop as
      select f.event_key, f.reporting_year, f.kind, f.occurred_on, f.counts,
        y.family, y.subject_id, y.learner_id, y.learner_key
      from subject_year y join statistics_fact f
        using (reporting_year, family, learner_key, subject_key)`,
  },
  {
    purpose: 'new facts that are corrected already: by one another, or by what came before them',
    sql: `create temp table corrected on commit drop as
      select corrects_key as event_key from incoming where corrects_key is not null
      union
      select i.event_key from incoming i join statistics_fact f on f.corrects_key = i.event_key`,
  },
  { purpose: 'sizes for the planner', sql: 'analyze corrected' },
]

/** Always looked up in a hash: how many rows come of joins by several columns, Postgres guesses wrong. */
const isNotCorrected = 'event_key not in (select event_key from corrected)'

const homeKeys: readonly IngestStatement[] = [
  {
    purpose: 'the year each belongs to: that of its earliest opening that counts',
    sql: `create temp table home on commit drop as
      select family, subject_id, learner_id, greatest(
        statistics_year(coalesce(
          min(occurred_on) filter (where counts and (family = 'stack'
            or kind in ('pathway.enrolled', 'award.made', 'recognition.requested'))),
          min(occurred_on) filter (where counts),
          min(occurred_on))),
        -- The year it began in may have lost its secret since.
        (select min(reporting_year) from statistics_secret where purpose = 'learner')
      ) as reporting_year
      from (
        select family, subject_id, learner_id, kind, occurred_on, counts from known
        union all
        select family, subject_id, learner_id, kind, occurred_on, ${isNotCorrected} from incoming
      ) facts
      group by family, subject_id, learner_id`,
  },
  {
    purpose: 'the keys to use from now on',
    sql: `create temp table home_key on commit drop as
      select family, subject_id, learner_id, home.reporting_year,
        statistics_hmac(inner_pad, outer_pad, learner_id) as learner_key,
        statistics_hmac(inner_pad, outer_pad, family || ':' || subject_id) as subject_key
      from home join statistics_secret s
        on s.purpose = 'learner' and s.reporting_year = home.reporting_year`,
  },
  { purpose: 'sizes for the planner', sql: 'analyze home_key' },
]

const whoIsTouched: IngestStatement = {
  purpose: 'whose units have to be made anew: under the keys they leave and the keys they get',
  sql: `insert into statistics_touched
    select n.reporting_year, family, n.learner_key
    from known n join home_key h using (family, subject_id, learner_id)
    where n.reporting_year <> h.reporting_year
    union
    select h.reporting_year, family, h.learner_key from home_key h
    on conflict do nothing`,
}

/** In order, and after the facts: parts beside each other wait for one another only here, and never in a ring. */
const everybodyTouched: IngestStatement = {
  purpose: 'everything is to be made: nobody has to be named',
  sql: `insert into statistics_touched
    select reporting_year, family, '${everybodyKey}'::uuid from home_key
    group by 1, 2 order by 1, 2
    on conflict do nothing`,
}

const movedFacts: IngestStatement = {
  purpose: 'known facts move to the year of their journey',
  sql: `update statistics_fact f
    set reporting_year = h.reporting_year, learner_key = h.learner_key, subject_key = h.subject_key
    from known n join home_key h using (family, subject_id, learner_id)
    where n.reporting_year <> h.reporting_year
      and f.event_key = n.event_key and f.reporting_year = n.reporting_year`,
}

const newFacts: IngestStatement = {
  purpose: 'new facts',
  sql: `insert into statistics_fact
    select h.reporting_year, i.event_key, i.family, h.subject_key, h.learner_key, i.kind,
      i.occurred_on, i.recorded_at, i.sequence,
      ${isNotCorrected}, i.corrects_key, i.home_member, i.reference, i.position, i.awarding_member,
      i.recognising_member, i.outcome, i.is_automatic, i.jurisdiction, i.eqf_level,
      i.ects_thousandths, i.isced_fields, i.skills
    from incoming i join home_key h using (family, subject_id, learner_id)`,
}

const asOf: IngestStatement = {
  purpose: 'what the figures know',
  sql: `update statistics_state
    set as_of = greatest(as_of, (select max(recorded_at) from incoming))`,
}
