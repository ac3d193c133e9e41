import { Migration } from '@mikro-orm/migrations'

/** Which gateway processes live, and what each has erased from its memory for a hard purge. */
export class M0003CreatePurgeMemory extends Migration {
  override name = 'm0003-create-purge-memory'

  override up(): void {
    this.addSql(`create table gateway_process (
      name text collate "C" primary key,
      started_at timestamptz not null default now(),
      seen_at timestamptz not null default now()
    )`)
    this.addSql(`create table purge_memory (
      purge_id bigint not null references purge_log (id),
      process text collate "C" not null,
      entries bigint not null,
      primary key (purge_id, process)
    )`)
  }
}
