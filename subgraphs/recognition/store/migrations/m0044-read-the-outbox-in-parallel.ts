import { Migration } from '@mikro-orm/migrations'

/**
 * The reading of the outbox for statistics without subqueries: Postgres runs no plan with a correlated one in parallel,
 * and hashing is most of the work.
 */
export class M0044ReadTheOutboxInParallel extends Migration {
  override name = 'm0044-read-the-outbox-in-parallel'

  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}

const statements: readonly string[] = [
  // Strict, so that it is called and not put in place, which would be a subquery again.
  `create function statistics_codes(list jsonb, length integer) returns text[]
    language sql immutable strict parallel safe
    return array(select distinct left(code, length) collate "C"
      from jsonb_array_elements_text(list) as codes(code) order by 1)`,
  `create or replace view statistics_source as
    select sequence, id as event_id, occurred_on, recorded_at, learner_id, corrects as corrects_id, kind,
      coalesce(home_member, '_X') as home_member,
      statistics_year(occurred_on) as own_year,
      case split_part(kind, '.', 1) when 'pathway' then 'journey' when 'recognition' then 'request'
        else split_part(kind, '.', 1) end as family,
      case split_part(kind, '.', 1)
        when 'pathway' then learner_id || ' ' || (fact->>'pathwayId')
        when 'stack' then learner_id || ' ' || (fact->>'stackedCredentialId')
        when 'award' then fact->>'awardId'
        else fact->>'requestId' end as subject_id,
      case split_part(kind, '.', 1) when 'pathway' then fact->>'pathwayId'
        when 'stack' then fact->>'stackedCredentialId' end as reference,
      case when kind like 'pathway.step%' then (fact->>'position')::smallint end as position,
      case when split_part(kind, '.', 1) in ('award', 'recognition') then fact->>'awardingMember' end
        as awarding_member,
      case when kind like 'recognition.%' then fact->>'recognisingMember' end as recognising_member,
      case when kind like 'recognition.%' then fact->>'outcome' end as outcome,
      case when kind like 'recognition.%' then (fact->>'isAutomatic')::boolean end as is_automatic,
      case when kind = 'award.made' then fact->>'jurisdictionCode' end as jurisdiction,
      case when kind = 'award.made' then coalesce(fact->>'eqfLevel', '_U') end as eqf_level,
      case when kind = 'award.made' then ((fact->>'ects')::numeric * 1000)::integer end
        as ects_thousandths,
      case when kind = 'award.made' then statistics_codes(fact->'iscedF', 2) end as isced_fields,
      case when kind = 'award.made' then statistics_codes(fact->'skills', 2000) end as skills
    from outbox_event
    where kind not like 'credential.%'`,
]
