import { Migration } from '@mikro-orm/migrations'

/**
 * What happened, in the order it was committed, and how far each follower has read. Nobody may change or remove what
 * happened: a correction is an event of its own.
 */
export class M0002CreateOutbox extends Migration {
  override name = 'm0002-create-outbox'

  override up(): void {
    this.addSql(`create table outbox_event (
      sequence bigint generated always as identity primary key,
      id text collate "C" not null unique,
      kind text not null,
      occurred_on date not null,
      recorded_at timestamptz not null,
      learner_id text collate "C" not null,
      home_member text collate "C",
      corrects text collate "C",
      fact jsonb not null
    )`)
    this.addSql('create index outbox_event_learner on outbox_event (learner_id, sequence)')
    this.addSql(`create function refuse_change() returns trigger language plpgsql as
      $$ begin raise exception '% is append-only', tg_table_name; end $$`)
    this.addSql(`create trigger outbox_event_append_only before update or delete or truncate
      on outbox_event for each statement execute function refuse_change()`)
    this.addSql(`create table follower (
      name text collate "C" primary key,
      position bigint not null default 0
    )`)
  }
}
