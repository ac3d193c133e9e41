import { Migration } from '@mikro-orm/migrations'

/**
 * What happened, without who: facts under keys that change with the reporting year, and the units made of them.
 * Partitioned by reporting year, whose partitions are made when its first event comes (ADR-0021).
 */
export class M0040CreateStatisticsFacts extends Migration {
  override name = 'm0040-create-statistics-facts'

  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}

const statements: readonly string[] = [
  // HMAC-SHA-256 over two prepared pads (RFC 2104), cut to 128 bits: pgcrypto may not be there. Neither strict nor
  // immutable, so that Postgres inlines it: a call would cost three times the hashing.
  `create function statistics_hmac(inner_pad bytea, outer_pad bytea, message text) returns uuid
    language sql stable parallel safe
    return encode(substring(
      sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))) from 1 for 16), 'hex')::uuid`,
  // 1 August begins a reporting year, named by the calendar year it begins in.
  `create function statistics_year(occurred_on date) returns smallint
    language sql immutable parallel safe
    return extract(year from occurred_on - interval '7 months')::smallint`,
  `create function statistics_month(occurred_on date) returns date
    language sql immutable parallel safe
    return date_trunc('month', occurred_on::timestamp)::date`,
  `create function statistics_quarter(occurred_on date) returns date
    language sql immutable parallel safe
    return (date_trunc('month', occurred_on::timestamp)
      - ((extract(month from occurred_on)::integer + 4) % 3) * interval '1 month')::date`,
  `create table statistics_secret (
    purpose text collate "C" not null check (purpose in ('learner', 'event', 'cell', 'analyst')),
    reporting_year smallint not null,
    inner_pad bytea not null,
    outer_pad bytea not null,
    primary key (purpose, reporting_year)
  )`,
  // A year stays in this list when its secret is gone, so that none is made for it again.
  `create table statistics_reporting_year (
    reporting_year smallint primary key,
    secret_destroyed_on date
  )`,
  // One reading of the outbox for everybody who counts: what is in no column here is in no statistic.
  `create view statistics_source as
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
      case when kind = 'award.made' then array(
        select distinct left(code, 2) from jsonb_array_elements_text(fact->'iscedF') as list(code)
        order by 1) end as isced_fields,
      case when kind = 'award.made' then array(
        select distinct skill from jsonb_array_elements_text(fact->'skills') as list(skill)
        order by 1) end as skills
    from outbox_event
    where kind not like 'credential.%'`,
  `create table statistics_fact (
    reporting_year smallint not null,
    event_key uuid not null,
    family text collate "C" not null,
    subject_key uuid not null,
    learner_key uuid not null,
    kind text collate "C" not null,
    occurred_on date not null,
    recorded_at timestamptz not null,
    sequence bigint not null,
    -- False once another event corrects this one.
    counts boolean not null,
    corrects_key uuid,
    home_member text collate "C" not null,
    reference text collate "C",
    position smallint,
    awarding_member text collate "C",
    recognising_member text collate "C",
    outcome text collate "C",
    is_automatic boolean,
    jurisdiction text collate "C",
    eqf_level text collate "C",
    ects_thousandths integer,
    isced_fields text[] collate "C",
    skills text[] collate "C"
  ) partition by list (reporting_year)`,
  // These three are dropped for a first filling, and made again by statistics themselves.
  'create unique index statistics_fact_event on statistics_fact (event_key, reporting_year)',
  'create index statistics_fact_learner on statistics_fact (learner_key)',
  `create index statistics_fact_corrects on statistics_fact (corrects_key)
    where corrects_key is not null`,
  // Whose units have to be made anew; emptied by the roll-up.
  `create table statistics_touched (
    reporting_year smallint not null,
    family text collate "C" not null,
    learner_key uuid not null,
    primary key (reporting_year, family, learner_key)
  )`,
  // Events that came after the secret of their year was destroyed: they can be counted here only.
  `create table statistics_unkeyed (
    reporting_year smallint not null,
    family text collate "C" not null,
    events bigint not null,
    primary key (reporting_year, family)
  )`,
]
