import { Migration } from '@mikro-orm/migrations'

/** Links by which learners show a credential: what they disclose, until when, how often it was looked at. */
export class M0031CreateCredentialShare extends Migration {
  override name = 'm0031-create-credential-share'

  override up(): void {
    this.addSql(`create table credential_share (
      id text collate "C" primary key,
      -- Of the link's token only the hash is kept.
      token_hash text collate "C" not null unique,
      learner_id text collate "C" not null references learner,
      credential_id text collate "C" not null references credential,
      disclosed jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      withdrawn_at timestamptz,
      views integer not null default 0
    )`)
    this.addSql(
      'create index credential_share_learner on credential_share (learner_id, created_at)',
    )
  }
}
