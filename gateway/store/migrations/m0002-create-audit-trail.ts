import { Migration } from '@mikro-orm/migrations'

/** Who did what, without what was said: entries are added and never changed or removed. */
export class M0002CreateAuditTrail extends Migration {
  override name = 'm0002-create-audit-trail'

  override up(): void {
    this.addSql(`create table audit_entry (
      id bigint generated always as identity primary key,
      occurred_at timestamptz not null,
      subject_id text not null,
      kind text not null,
      roles jsonb not null,
      action text not null,
      targets jsonb not null,
      outcome text not null check (outcome in ('allowed', 'denied', 'failed')),
      request_id text
    )`)
    this.addSql('create index audit_entry_occurred_at on audit_entry (occurred_at, id)')
    this.addSql('create index audit_entry_subject_id on audit_entry (subject_id, id)')
    this.addSql(`create function refuse_audit_change() returns trigger language plpgsql as $$
      begin raise exception 'the audit trail is append-only'; end $$`)
    this.addSql(`create trigger audit_entry_append_only before update or delete or truncate
      on audit_entry for each statement execute function refuse_audit_change()`)
  }
}
