import { Migration } from '@mikro-orm/migrations'

/** Stacked credentials in every version of their rule, where each learner stands, and how they got there. */
export class M0004CreateStackedCredentials extends Migration {
  override name = 'm0004-create-stacked-credentials'

  override up(): void {
    this.addSql(`create table stacked_credential (
      id text collate "C" primary key,
      sort_title text collate "C" not null,
      search_text text not null,
      awarding_member text collate "C",
      rule_version integer not null,
      document jsonb not null
    )`)
    this.addSql('create index stacked_credential_order on stacked_credential (sort_title, id)')
    this.addSql(`create table stacked_credential_version (
      stacked_credential_id text collate "C" not null references stacked_credential,
      rule_version integer not null,
      document jsonb not null,
      published_at timestamptz not null,
      primary key (stacked_credential_id, rule_version)
    )`)
    this.addSql(`create trigger stacked_credential_version_append_only
      before update or delete or truncate
      on stacked_credential_version for each statement execute function refuse_change()`)
    this.addSql(`create table stack_state (
      learner_id text collate "C" not null references learner,
      stacked_credential_id text collate "C" not null references stacked_credential,
      rule_version integer not null,
      status text not null,
      ects_counted numeric not null,
      requirements_met integer not null,
      requirements_total integer not null,
      award_ids text[] not null,
      evaluation jsonb not null,
      version integer not null,
      evaluated_at timestamptz not null,
      primary key (learner_id, stacked_credential_id)
    )`)
    this.addSql('create index stack_state_credential on stack_state (stacked_credential_id)')
    this.addSql(`create table stack_change (
      sequence bigint generated always as identity primary key,
      learner_id text collate "C" not null references learner,
      stacked_credential_id text collate "C" not null,
      state_version integer not null,
      rule_version integer not null,
      from_status text,
      to_status text not null,
      cause jsonb not null,
      changes jsonb not null,
      recorded_at timestamptz not null,
      unique (learner_id, stacked_credential_id, state_version)
    )`)
    this.addSql(`create trigger stack_change_append_only before update or delete or truncate
      on stack_change for each statement execute function refuse_change()`)
    // A re-evaluation goes through the learners in the order of their ids; what is committed is not done again.
    this.addSql(`create table rule_evaluation (
      stacked_credential_id text collate "C" not null,
      rule_version integer not null,
      after_learner_id text collate "C" not null,
      learners_total integer not null,
      learners_done integer not null,
      stacks_changed integer not null,
      started_at timestamptz not null,
      finished_at timestamptz,
      primary key (stacked_credential_id, rule_version),
      foreign key (stacked_credential_id, rule_version) references stacked_credential_version
    )`)
  }
}
