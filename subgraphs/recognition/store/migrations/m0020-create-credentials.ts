import { Migration } from '@mikro-orm/migrations'

/**
 * What was issued, where its status stands, who the learners are by their registrars' word, and cohorts being issued.
 * Keys are nowhere here.
 */
export class M0020CreateCredentials extends Migration {
  override name = 'm0020-create-credentials'

  override up(): void {
    this.addSql(`create table status_list (
      id integer generated always as identity primary key,
      issuing_body text collate "C" not null,
      -- Orders the places at random: who sees two of them learns nothing about when they were given out.
      permutation_key bytea not null,
      taken integer not null default 0 check (taken between 0 and 131072),
      revocation bytea not null check (octet_length(revocation) = 16384),
      suspension bytea not null check (octet_length(suspension) = 16384),
      version integer not null default 1
    )`)
    this.addSql(`create table credential (
      id text collate "C" primary key,
      award_id text collate "C" not null references award,
      learner_id text collate "C" not null references learner,
      awarding_member text collate "C" not null,
      format text not null,
      -- Thumbprint of the holder's key; empty for a document that is bound to nobody's.
      holder_thumbprint text not null,
      document text not null,
      status text not null check (status in ('VALID', 'SUSPENDED', 'REVOKED', 'SUPERSEDED')),
      status_list integer not null references status_list,
      status_index integer not null check (status_index between 0 and 131071),
      supersedes text collate "C" references credential,
      issued_at timestamptz not null,
      unique (status_list, status_index)
    )`)
    // Asked twice, issued once.
    this.addSql(`create unique index credential_once on credential (award_id, format, holder_thumbprint)
      where status in ('VALID', 'SUSPENDED')`)
    this.addSql('create index credential_award on credential (award_id)')
    this.addSql('create index credential_learner on credential (learner_id, issued_at, id)')
    this.addSql(`create table learner_identity (
      learner_id text collate "C" primary key references learner,
      given_name text not null,
      family_name text not null,
      date_of_birth date,
      attested_by text collate "C" not null,
      attested_at timestamptz not null
    )`)
    this.addSql(`create table issuing_job (
      id text collate "C" primary key,
      member text collate "C" not null,
      format text not null,
      created_at timestamptz not null
    )`)
    this.addSql(`create table issuing_job_item (
      job_id text collate "C" not null references issuing_job,
      award_id text collate "C" not null,
      place integer not null,
      state text not null check (state in ('WAITING', 'ISSUED', 'REFUSED')),
      credential_id text collate "C",
      reason text,
      primary key (job_id, award_id)
    )`)
    this.addSql('create index issuing_job_item_waiting on issuing_job_item (job_id, state, place)')
  }
}
