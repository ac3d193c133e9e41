import { Migration } from '@mikro-orm/migrations'

/**
 * The batch of events that statistics are reading, in parts of whole learners: a part is one transaction, so parts can be
 * read beside each other, and what is done of a batch is not done again.
 */
export class M0045CreateStatisticsBatches extends Migration {
  override name = 'm0045-create-statistics-batches'

  override up(): void {
    this.addSql(`create table statistics_batch_part (
      part smallint primary key,
      parts smallint not null,
      -- Events after the first of these numbers, up to and with the last.
      first_sequence bigint not null,
      last_sequence bigint not null,
      events integer not null,
      -- Whether there were no facts before it: nobody in it is known yet.
      is_first_filling boolean not null,
      is_done boolean not null default false
    )`)
    // Corrections are few; whoever reads a part has to know those of the whole batch.
    this.addSql(
      'create index outbox_event_corrects on outbox_event (sequence) where corrects is not null',
    )
  }
}
