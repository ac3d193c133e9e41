import { Migration } from '@mikro-orm/migrations'

/** Consent of learners to show their passport, and which requests were already carried out. */
export class M0006CreateShareLinksAndKeys extends Migration {
  override name = 'm0006-create-share-links-and-keys'

  override up(): void {
    // Of a token only the hash is kept: who reads the database cannot open a passport with it.
    this.addSql(`create table share_link (
      id text collate "C" primary key,
      token_hash text collate "C" not null unique,
      learner_id text collate "C" not null references learner,
      label text,
      scope jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      withdrawn_at timestamptz,
      version integer not null
    )`)
    this.addSql('create index share_link_learner on share_link (learner_id, created_at, id)')
    this.addSql(`create table idempotency_key (
      actor text collate "C" not null,
      key text collate "C" not null,
      operation text not null,
      input_digest text not null,
      answer jsonb,
      created_at timestamptz not null,
      primary key (actor, key)
    )`)
    this.addSql('create index idempotency_key_age on idempotency_key (created_at)')
  }
}
