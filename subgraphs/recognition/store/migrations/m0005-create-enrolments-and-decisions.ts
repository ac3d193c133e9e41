import { Migration } from '@mikro-orm/migrations'

/** Who is on which pathway, what was asked to be recognised, and what members have agreed on beforehand. */
export class M0005CreateEnrolmentsAndDecisions extends Migration {
  override name = 'm0005-create-enrolments-and-decisions'

  override up(): void {
    this.addSql(`create table enrolment (
      learner_id text collate "C" not null references learner,
      pathway_id text collate "C" not null,
      state text not null check (state in ('ENROLLED', 'COMPLETED', 'WITHDRAWN')),
      enrolled_on date not null,
      ended_on date,
      completed_steps integer[] not null,
      version integer not null,
      primary key (learner_id, pathway_id)
    )`)
    this.addSql(`create table equivalence_agreement (
      id text collate "C" primary key,
      opportunity_id text collate "C" not null,
      target_opportunity_id text collate "C" not null,
      awarding_member text collate "C" not null,
      recognising_member text collate "C" not null,
      state text not null,
      valid_from date not null,
      valid_until date,
      document jsonb not null,
      version integer not null
    )`)
    // Of one pair of opportunities at most one agreement holds, or is on the table.
    this.addSql(`create unique index equivalence_agreement_pair
      on equivalence_agreement (opportunity_id, target_opportunity_id)
      where state in ('PROPOSED', 'AGREED')`)
    this.addSql(
      'create index equivalence_agreement_recognising on equivalence_agreement (recognising_member, id)',
    )
    this.addSql(`create table recognition_request (
      id text collate "C" primary key,
      learner_id text collate "C" not null references learner,
      award_id text collate "C" not null references award,
      target_opportunity_id text collate "C" not null,
      awarding_member text collate "C" not null,
      recognising_member text collate "C" not null,
      state text not null,
      outcome text,
      requested_on date not null,
      equivalence_id text collate "C" references equivalence_agreement,
      document jsonb not null,
      version integer not null
    )`)
    this.addSql('create index recognition_request_learner on recognition_request (learner_id, id)')
    this.addSql(`create index recognition_request_member
      on recognition_request (recognising_member, requested_on, id)`)
  }
}
