import { Migration } from '@mikro-orm/migrations'

/** What was purged, and the generation every scope is at least at. */
export class M0001CreatePurgeLog extends Migration {
  override name = 'm0001-create-purge-log'

  override up(): void {
    this.addSql(`create table purge_log (
      id bigint generated always as identity primary key,
      purged_at timestamptz not null default now(),
      origin text not null,
      scope jsonb not null,
      generations jsonb not null,
      is_hard boolean not null,
      -- Counts of what a hard purge erased, once it has.
      receipt jsonb
    )`)
    this.addSql('create index purge_log_purged_at on purge_log (purged_at)')
    // Beside the log, because it stays as small as there are scopes: what a starting process reads.
    this.addSql(`create table cache_generation (
      scope text collate "C" primary key,
      value bigint not null,
      changed_at timestamptz not null default now()
    )`)
    this.addSql('create index cache_generation_changed_at on cache_generation (changed_at)')
  }
}
