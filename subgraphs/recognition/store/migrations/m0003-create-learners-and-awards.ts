import { Migration } from '@mikro-orm/migrations'

/** Learners, what they were awarded, and who changed what when. */
export class M0003CreateLearnersAndAwards extends Migration {
  override name = 'm0003-create-learners-and-awards'

  override up(): void {
    this.addSql(`create table learner (
      id text collate "C" primary key,
      home_member text collate "C",
      display_name text,
      language text,
      synthetic boolean not null
    )`)
    this.addSql(`create table award (
      id text collate "C" primary key,
      learner_id text collate "C" not null references learner,
      micro_credential_id text collate "C" not null,
      opportunity_id text collate "C" not null,
      awarding_member text collate "C" not null,
      jurisdiction_code text collate "C" not null,
      awarded_on date not null,
      ects numeric not null check (ects >= 0),
      eqf_level integer check (eqf_level between 1 and 8),
      isced_f text[] not null,
      learning_outcomes jsonb not null,
      grade_value text,
      grade_scale text,
      supervision text not null,
      is_capstone boolean not null,
      accreditation text,
      status text not null check (status in ('VALID', 'SUSPENDED', 'REVOKED', 'SUPERSEDED')),
      superseded_by text collate "C" references award,
      version integer not null,
      synthetic boolean not null,
      check ((grade_value is null) = (grade_scale is null)),
      check ((superseded_by is not null) = (status = 'SUPERSEDED'))
    )`)
    this.addSql('create index award_learner on award (learner_id, awarded_on, id)')
    this.addSql('create index award_member on award (awarding_member, awarded_on, id)')
    // The same achievement counts once: a better grade supersedes, it does not add.
    this.addSql(`create unique index award_once on award (learner_id, micro_credential_id)
      where status in ('VALID', 'SUSPENDED')`)
    this.addSql(`create table audit_entry (
      sequence bigint generated always as identity primary key,
      entity_id text collate "C" not null,
      action text not null,
      from_state text,
      to_state text not null,
      actor_subject text not null,
      actor_role text not null,
      actor_member text,
      recorded_at timestamptz not null,
      reason text
    )`)
    this.addSql('create index audit_entry_entity on audit_entry (entity_id, sequence)')
    this.addSql(`create trigger audit_entry_append_only before update or delete or truncate
      on audit_entry for each statement execute function refuse_change()`)
  }
}
